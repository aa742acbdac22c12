"""Pictures find their post, or are forgotten."""

from datetime import timedelta

import pytest

from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.errors import Forbidden, TooMany
from community.core.files import storage
from community.core.jobs import run_periodic
from community.posts import services
from community.posts.models import Attachment
from community.posts.uploading import Sent, markdown_of, take
from tests.pictures import drawn

keep = transaction(save)


def sent():
    return Sent(drawn(), "kettle.png", "A kettle")


def old(picture, **ago):
    picture.uploaded_at = now() - timedelta(**ago)
    return keep(picture)


def test_a_picture_belongs_to_the_first_post_that_shows_it(make):
    ann = make.member("ann")
    picture = take(ann, sent())
    question = make.question(ann, body=f"My kettle looks like this: {markdown_of(picture)}")
    assert make.fresh(picture).post_id == question.id
    make.question(ann, body=f"And here it is again: {markdown_of(picture)}")
    assert make.fresh(picture).post_id == question.id
    assert f'width="{picture.width}"' in question.body_html


def test_a_picture_of_somebody_else_stays_theirs(make):
    picture = take(make.member("ann"), sent())
    make.question(make.member("ben"), body=f"Look at this kettle: {markdown_of(picture)}")
    assert make.fresh(picture).post_id is None


def test_the_limits_hold_when_several_pictures_arrive_at_once(make):
    ann = make.member("ann")
    upload = services.Upload(name="a" * 32 + ".png", filename="", alt="", size=1, width=1, height=1)
    for number in range(10):
        keep(Attachment(name=f"{number:032x}.png", member_id=ann.id, size=9, width=1, height=1))
    with pytest.raises(TooMany):
        services.keep_picture(ann, upload)


def test_what_was_never_posted_is_deleted_after_some_months(make):
    ann = make.member("ann")
    young, orphan, posted = (take(ann, sent()) for _ in range(3))
    make.question(ann, body=f"This is my kettle, with sand: {markdown_of(posted)}")
    old(orphan, hours=91 * 24)
    old(posted, hours=91 * 24)
    old(young, hours=89 * 24)
    run_periodic()
    left = {each.name for each in db.session.query(Attachment)}
    assert left == {young.name, posted.name}
    assert not storage().exists(orphan.name)
    assert storage().exists(young.name)
    assert storage().exists(posted.name)


def test_a_suspended_member_keeps_no_picture(make):
    upload = services.Upload(name="a" * 32 + ".png", filename="", alt="", size=1, width=1, height=1)
    with pytest.raises(Forbidden):
        services.keep_picture(make.member(suspended_at=now()), upload)
