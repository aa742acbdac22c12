"""Enough flags hide a post by themselves, and hold what a newcomer wrote."""

import pytest

from community.core.db import db
from community.members.models import Role
from community.moderation.models.items import Item, Step
from community.moderation.models.measures import Measure
from community.moderation.scoring import HOLDING_FLAGGERS


def measures():
    return db.session.scalars(db.select(Measure).order_by(Measure.id)).all()


def settled(make, **facts):
    """Make the answer of somebody who is no newcomer."""
    return make.answer(author=make.member(trust_level=1, **facts))


def test_flags_that_reach_the_threshold_hide_a_post(make, flagged):
    answer = settled(make)
    item = flagged(answer, by=3, level=2)  # 3 x 3 = 9, threshold 8.33
    assert make.fresh(answer).hidden_at is not None
    [measure] = measures()
    assert (measure.act, measure.actor_id, measure.rule) == ("hide", None, "spam")
    assert (measure.found_by, measure.decided_by_automation) == ("flag", True)
    assert item.score == 9.0


def test_flags_below_the_threshold_hide_nothing(make, flagged):
    answer = settled(make)
    flagged(answer, by=2, level=3)  # 2 x 4 = 8
    assert make.fresh(answer).is_visible
    assert measures() == []


def test_the_reason_is_told_with_its_numbers(make, flagged):
    item = flagged(settled(make), by=3, level=2)
    steps = db.session.scalars(db.select(Step).where(Step.item_id == item.id)).all()
    assert steps[-1].kind == "hidden"
    assert steps[-1].facts == {"flags": 3, "score": 9.0, "threshold": 8.33}


@pytest.mark.parametrize(
    "facts", [{"role": Role.MODERATOR}, {"role": Role.ADMIN}, {"staff_title": "Support, Acme"}]
)
def test_nobody_of_staff_is_touched(make, flagged, facts):
    answer = make.answer(author=make.member(**facts))
    flagged(answer, by=5, level=4)
    assert make.fresh(answer).is_visible
    assert measures() == []


def test_three_members_hold_everything_that_a_newcomer_wrote(make, flagged):
    new = make.member("new")
    first, second = make.answer(author=new), make.answer(author=new)
    flagged(first, by=3)  # 3 x 1 = 3, threshold 2.5
    assert [make.fresh(each).hidden_as for each in (first, second)] == ["held", "held"]
    assert [each.act for each in measures()] == ["hold", "hold"]
    waiting = db.session.scalars(db.select(Item.post_id).order_by(Item.post_id)).all()
    assert waiting == [first.id, second.id]


def test_flags_on_several_posts_of_a_newcomer_count_together(make, flagged):
    new = make.member("new")
    posts = [make.answer(author=new) for _ in range(3)]
    for post in posts:
        assert make.fresh(post).is_visible
        flagged(post)
    assert [make.fresh(post).hidden_as for post in posts] == ["held"] * 3


def test_two_members_hold_nothing_however_much_they_weigh(make, flagged):
    answer = make.answer(author=make.member("new"))
    flagged(answer, by=2, level=2)  # 6 is more than 2.5, less than 8.33
    assert make.fresh(answer).is_visible


def test_one_member_with_many_flags_is_one_member(make, flagged):
    new, ann = make.member("new"), make.member(trust_level=1)
    posts = [make.answer(author=new) for _ in range(3)]
    for post in posts:
        flagged(post, by=[ann])
    assert all(make.fresh(post).is_visible for post in posts)


def test_who_is_no_newcomer_is_not_held(make, flagged):
    answer = settled(make)
    flagged(answer, by=4)  # 4: enough for a newcomer, not for hiding one post
    assert make.fresh(answer).is_visible


def test_the_number_of_members_is_a_setting(make, flagged):
    make.set(HOLDING_FLAGGERS, 4)
    answer = make.answer(author=make.member("new"))
    flagged(answer, by=3)
    assert make.fresh(answer).is_visible
