"""People in the panel."""

import pytest

from community.core.errors import Conflict, Forbidden
from community.members.models import Role
from community.members.services import appointing


def test_people_are_found_by_name_and_kind(log_in, make):
    admin = log_in(make.admin("root"))
    make.member("ben")
    make.staff("sue")
    assert "@ben" in admin.get("/admin/people?q=be").text
    staff = admin.get("/admin/people?kind=staff").text
    assert ("@sue" in staff, "@ben" in staff) == (True, False)


def test_an_admin_gives_a_role_and_a_title(log_in, make):
    admin, ben = log_in(make.admin()), make.member("ben")
    admin.post(f"/admin/people/{ben.id}/role", data={"role": "moderator", "title": "Support"})
    assert (make.fresh(ben).role, ben.staff_title) == (Role.MODERATOR, "Support")


def test_the_last_admin_stays_one_and_another_does_not_have_to(make):
    first, second = make.admin(), make.admin()
    appointing.assign(first, second, Role.MEMBER, "")
    with pytest.raises(Conflict):
        appointing.assign(first, first, Role.MEMBER, "")


def test_who_is_no_admin_any_more_appoints_nobody(make):
    with pytest.raises(Forbidden):
        appointing.assign(make.moderator(), make.member(), Role.ADMIN, "")
