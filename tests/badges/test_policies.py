"""Staff honour others, with what is theirs to give."""

from community.badges.models import Badge, Metric
from community.badges.policies import may_give, may_give_to
from community.members.models import Guest


def test_staff_and_moderators_give_badges(make):
    assert may_give(make.staff())
    assert may_give(make.moderator())
    assert not may_give(make.member())
    assert not may_give(Guest())


def test_what_is_earned_or_imported_is_not_given(make):
    staff, ann = make.staff(), make.member()
    assert may_give_to(staff, Badge(imported_from=""), ann)
    assert not may_give_to(staff, Badge(imported_from="", metric=Metric.VOTES), ann)
    assert not may_give_to(staff, Badge(imported_from="se"), ann)
    assert not may_give_to(staff, Badge(imported_from=""), staff)
