"""What levels allow."""

from community.members.models import Guest
from community.members.trust import TABLE, Level, allowance_of


def test_each_level_may_at_least_what_the_one_below_may():
    for below, above in zip(list(Level)[:-1], list(Level)[1:], strict=True):
        assert TABLE[above].links >= TABLE[below].links
        assert TABLE[above].images >= TABLE[below].images
        assert TABLE[above].mentions >= TABLE[below].mentions
        assert TABLE[above].may_close >= TABLE[below].may_close


def test_guests_are_new_and_staff_need_no_level(make):
    assert allowance_of(Guest()) == TABLE[Level.NEW]
    assert allowance_of(make.staff()) == TABLE[Level.LEADER]
    assert allowance_of(make.member(trust_level=2)) == TABLE[Level.MEMBER]
