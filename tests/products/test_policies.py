"""Who may arrange products."""

import pytest

from community.members.models import Guest
from community.products.policies import may_arrange


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("admin", True), ("moderator", False), ("staff", False), ("member", False)],
)
def test_only_admins_arrange_products(make, who, allowed):
    assert bool(may_arrange(getattr(make, who)())) is allowed
    assert not may_arrange(Guest())
