"""People in the panel."""

from datetime import timedelta

import pytest

from community.core.clock import now
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


def found(admin, query):
    """Return the handles in the file of people for what is asked."""
    lines = admin.get(f"/admin/people.csv?{query}").text.splitlines()[1:]
    return {line.split(",")[1] for line in lines}


def test_people_are_narrowed_down(log_in, make):
    long_ago = now() - timedelta(days=400)
    admin = log_in(make.admin("root"))
    make.member("ben", trust_level=2, joined_at=long_ago)
    make.member("sue", staff_title="Support, Acme")
    make.member("pam", moderated_products=[1], imported_from="discourse")
    make.suspended("tom")
    make.muted("max")
    make.member("gone", deleted_at=now(), name="")
    for query, handles in {
        "role=admin": {"root"},
        "level=2": {"ben"},
        "state=staff": {"sue", "root"},
        "state=product-moderator": {"pam"},
        "state=suspended": {"tom"},
        "state=muted": {"max"},
        "state=imported": {"pam"},
        "state=left": {"gone"},
        "kind=staff": {"sue", "root"},
        f"until={long_ago:%Y-%m-%d}": {"ben"},
        f"since={long_ago + timedelta(days=2):%Y-%m-%d}&level=2": set(),
        "q=be": {"ben"},
        "q=sue@example.org": {"sue"},
    }.items():
        among = found(admin, query)
        assert {each for each in among if not each.startswith("member")} == handles, query


def test_wrong_days_are_said_and_stay(log_in, make):
    admin = log_in(make.admin())
    page = admin.get("/admin/people?since=2024-02-02&until=2024-01-01")
    assert (page.status_code, 'value="2024-02-02"' in page.text) == (422, True)
    assert admin.get("/admin/people?role=king").status_code == 422


def test_the_file_runs_no_formula_in_a_spreadsheet(log_in, make):
    make.member("eve", name="=1+1")
    sheet = log_in(make.admin()).get("/admin/people.csv?q=eve")
    assert (sheet.mimetype, "'=1+1" in sheet.text) == ("text/csv", True)
