"""Notices are everybody's own."""

from community.members.models import Guest
from community.notifications.models import Notification
from community.notifications.policies import may_choose, may_open


def test_members_open_their_own_notices_only(make):
    ann, ben = make.member(), make.member()
    mine = Notification(member_id=ann.id)
    assert may_open(ann, mine)
    assert not may_open(ben, mine)
    assert not may_open(Guest(), mine)


def test_guests_have_nothing_to_choose(make):
    assert may_choose(make.member())
    assert not may_choose(Guest())
