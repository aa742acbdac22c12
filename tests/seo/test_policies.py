"""Who may link translations."""

from community.members.models import Guest
from community.seo.policies import may_link_translations


def test_only_staff_may_link_translations(make):
    assert may_link_translations(make.staff())
    assert may_link_translations(make.admin())
    assert not may_link_translations(make.member())
    assert not may_link_translations(Guest())
