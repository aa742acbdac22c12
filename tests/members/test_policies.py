import pytest

from community.core.clock import now
from community.members.models import Guest, Member, Role
from community.members.policies import may_change_account, may_leave

CAST = {
    "guest": Guest(),
    "member": Member(role=Role.MEMBER),
    "suspended": Member(role=Role.MEMBER, suspended_at=now()),
    "deleted": Member(role=Role.MEMBER, deleted_at=now()),
    "admin": Member(role=Role.ADMIN),
}


@pytest.mark.parametrize("who", CAST)
def test_members_change_their_account(who):
    assert bool(may_change_account(CAST[who])) is (who in {"member", "admin"})


@pytest.mark.parametrize(
    ("who", "has_other", "allowed"),
    [
        ("guest", True, False),
        ("member", False, True),
        ("suspended", False, False),
        ("admin", True, True),
        ("admin", False, False),
    ],
)
def test_all_but_the_last_admin_may_leave(who, has_other, allowed):
    assert bool(may_leave(CAST[who], has_other_admin=has_other)) is allowed
