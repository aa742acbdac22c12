"""Who may run the community."""

import pytest

from community.members.models import Guest
from community.panel import policies


@pytest.mark.parametrize("may", [policies.may_change_settings, policies.may_dress])
def test_admins_and_nobody_else(make, may):
    assert may(make.admin())
    others = (make.moderator(), make.staff(), make.member(moderated_products=[1]), Guest())
    assert [who for who in others if may(who)] == []
