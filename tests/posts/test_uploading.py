"""From a file that somebody sends to a picture in a post."""

from datetime import timedelta

import pytest

from community.core.clock import now
from community.core.db import save, transaction
from community.core.errors import Forbidden, Invalid, TooMany
from community.core.files import storage
from community.members.models import Guest
from community.posts import pace, queries, services
from community.posts.models import Attachment
from community.posts.policies import may_upload
from community.posts.uploading import Sent, markdown_of, name_for_download, take
from tests.pictures import drawn

keep = transaction(save)


def sent(**facts):
    return Sent(**{"data": drawn(), "filename": "kettle.png", "alt": "A kettle"} | facts)


def old(picture, **ago):
    picture.uploaded_at = now() - timedelta(**ago)
    return keep(picture)


def test_a_picture_is_written_anew_and_waits_for_its_post(make):
    ann = make.member("ann")
    picture = take(ann, sent())
    assert storage().exists(picture.name)
    assert (picture.width, picture.height, picture.alt) == (8, 6, "A kettle")
    assert picture.size == len(storage().read(picture.name))
    assert list(queries.unused_pictures(ann)) == [picture]


def test_guests_and_suspended_members_upload_nothing(make):
    assert not may_upload(Guest())
    with pytest.raises(Forbidden):
        take(make.member("ann", suspended_at=now()), sent())


def test_what_is_no_picture_leaves_nothing_behind(make):
    ann = make.member("ann")
    with pytest.raises(Invalid):
        take(ann, sent(data=b"<svg/>"))
    assert list(queries.unused_pictures(ann)) == []


def test_a_file_without_its_row_is_taken_away_again(make, monkeypatch):
    def fail(*_):
        raise TooMany("no")

    before = set(storage().folder.rglob("*.png"))
    monkeypatch.setattr(services, "keep_picture", fail)
    with pytest.raises(TooMany):
        take(make.member("ann"), sent())
    assert set(storage().folder.rglob("*.png")) == before


def test_ten_pictures_an_hour_are_enough(make, monkeypatch):
    ann = make.member("ann")
    for number in range(10):
        picture = Attachment(name=f"{number:032x}.png", member_id=ann.id, size=9, width=1, height=1)
        keep(picture)
    with pytest.raises(TooMany) as refusal:
        take(ann, sent())
    assert refusal.value.seconds == 3600
    assert take(make.member("ben"), sent())
    old(picture, hours=2)
    assert take(ann, sent())


def test_fifty_megabytes_a_day_are_enough(make):
    ann = make.member("ann")
    much = Attachment(
        name=f"{1:032x}.png", member_id=ann.id, size=50 * pace.MEGABYTE - 10, width=1, height=1
    )
    old(much, hours=20)
    with pytest.raises(TooMany) as refusal:
        take(ann, sent())
    assert refusal.value.seconds == 86400
    old(much, hours=25)
    assert take(ann, sent())


@pytest.mark.parametrize(
    ("filename", "kept"),
    [
        ("kettle.png", "kettle.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Pictures\\my kettle.PNG", "my kettle.jpg"),
        ("kettle.php.png", "kettle.php.jpg"),
        ("a\r\nSet-Cookie: x=1.png", "a Set-Cookie x 1.jpg"),
        ("\u202egnp.exe", "gnp.jpg"),
        ("", "picture.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("té ☕.png", "té.jpg"),
        ("x" * 300 + ".png", "x" * 120 + ".jpg"),
    ],
)
def test_a_file_is_called_what_it_was_called_with_its_true_ending(make, filename, kept):
    picture = take(make.member(), sent(filename=filename, data=drawn("JPEG")))
    assert name_for_download(picture) == kept


def test_a_description_cannot_break_the_markdown(make):
    picture = take(make.member(), sent(alt="a](x) `b` <c>\n[d\\"))
    assert markdown_of(picture) == f"![a (x) b c d](/uploads/{picture.name})"
