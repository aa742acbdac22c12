"""One person in the panel: what is known of them, and what leads on."""

import pytest

from community.core.clock import now
from community.members.models import Role
from community.members.services import appointing, entering
from community.moderation.models.measures import MeasureAct
from community.moderation.services import appealing


def test_all_that_is_known_stands_on_one_page(log_in, make):
    ana, mia = make.member("ana"), make.moderator("mia")
    answer = make.answer(author=ana)
    measure = make.measured(mia, act=MeasureAct.HIDE, post_id=answer.id)
    appealing.appeal(ana, measure, "It was no insult at all.")
    entering.succeed(ana, [])
    admin = make.admin()
    appointing.assign(admin, ana, Role.MEMBER, "Support, Acme")
    page = log_in(admin).get(f"/admin/people/{ana.id}").text
    known = ["ana@example.org", "Hide it", "waiting", "Logged in", "appointed", "Support, Acme"]
    assert [words for words in known if words not in page] == []


def test_it_leads_to_what_can_be_done(log_in, make):
    page = log_in(make.admin()).get(f"/admin/people/{make.member().id}").text
    for address in ("measure?member=", "/removal", "/badges/new", "/look", "/role", "/staff-notes"):
        assert address in page, address


def test_nobody_looks_as_an_admin_or_measures_one(log_in, make):
    other = make.admin("eva")
    page = log_in(make.admin()).get(f"/admin/people/{other.id}").text
    assert f"/admin/people/{other.id}/look" not in page
    assert "measure?member=" not in page


def test_a_former_member_has_a_page_without_forms_for_powers(log_in, make):
    gone = make.member(name="", deleted_at=now())
    page = log_in(make.admin()).get(f"/admin/people/{gone.id}").text
    assert ("A former member" in page, f"/admin/people/{gone.id}/role" in page) == (True, False)


def test_only_admins_open_it(log_in, make):
    assert log_in(make.moderator()).get(f"/admin/people/{make.member().id}").status_code == 403
    assert log_in(make.admin()).get("/admin/people/999999").status_code == 404


def test_products_are_given_and_taken_on_the_page(log_in, make):
    ana, kettle = make.member("ana"), make.product("Kettle")
    admin, here = log_in(make.admin()), f"/admin/people/{ana.id}"
    send = {"member": "ana", "product": kettle.slug, "next": here}
    assert admin.post("/admin/permissions/moderators", data=send).location == here
    assert make.fresh(ana).moderated_products == [kettle.id]
    admin.post("/admin/permissions/moderators/dismissal", data=send)
    assert make.fresh(ana).moderated_products == []


def test_a_title_that_is_refused_is_not_lost(log_in, make):
    root = make.admin("root")
    sent = {"role": "member", "title": "Head of nothing"}
    address = f"/admin/people/{root.id}/role"
    page = log_in(root).post(address, data=sent, follow_redirects=True).text
    assert ("only admin" in page, 'value="Head of nothing"' in page) == (True, True)


def test_a_note_that_is_too_long_is_not_lost(log_in, make):
    ana = make.member("ana")
    long = {"body": "n" * 2001, "next": f"/admin/people/{ana.id}"}
    admin, address = log_in(make.admin()), f"/members/{ana.id}/staff-notes"
    assert "n" * 2001 in admin.post(address, data=long, follow_redirects=True).text


def test_the_page_takes_as_many_statements_for_much_as_for_little(log_in, make, count_queries):
    mia, admin = make.moderator(), log_in(make.admin())

    def person(times):
        ana = make.member()
        for _ in range(times):
            answer = make.answer(author=ana)
            measure = make.measured(mia, act=MeasureAct.HIDE, post_id=answer.id)
            appealing.appeal(ana, measure, "It was no insult at all.")
            entering.succeed(ana, [])
        return ana.id

    little, much = person(1), person(4)
    admin.get(f"/admin/people/{little}")
    with count_queries() as few:
        admin.get(f"/admin/people/{little}")
    with count_queries() as many:
        admin.get(f"/admin/people/{much}")
    assert len(few) == len(many)


@pytest.mark.parametrize("asked", ["page=2", "page=x"])
def test_there_is_no_page_past_the_end(log_in, make, asked):
    assert log_in(make.admin()).get(f"/admin/people/{make.member().id}?{asked}").status_code == 404
