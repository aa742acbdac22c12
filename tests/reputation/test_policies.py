"""Who may do what with reputation."""

import pytest

from community.members.models import Guest
from community.reputation.policies import may_rule, may_see_ledger


@pytest.mark.parametrize(
    ("who", "allowed"), [("member", False), ("staff", False), ("moderator", True), ("admin", True)]
)
def test_moderators_say_what_is_spam(make, who, allowed):
    assert bool(may_rule(getattr(make, who)())) is allowed


def test_members_see_their_own_lines_alone(make):
    ann = make.member()
    assert may_see_ledger(ann, ann.id)
    assert not may_see_ledger(make.admin(), ann.id)
    assert not may_see_ledger(Guest(), ann.id)
