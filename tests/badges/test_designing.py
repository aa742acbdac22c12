import pytest

from community.badges import queries, rounds
from community.badges.models import Badge, Metric, Operator, Tier
from community.badges.queries.forecasts import forecast
from community.badges.services import choosing, designing
from community.badges.services.designing import Plan
from community.core.audit import Act
from community.core.db import db
from community.core.errors import Forbidden
from community.notifications.models import Notification

FILLED = {
    "name_en": "Coffee friend",
    "name_es": "Amistad cafetera",
    "meaning_en": "Wrote 2 answers",
    "meaning_es": "Escribió 2 respuestas",
    "tier": "silver",
    "icon": "heart",
    "metric": "answers",
    "operator": "at-least",
    "number": "2",
    "score": "0",
    "window_days": "0",
    "product_id": "0",
}


def plan(**facts):
    words = {name: FILLED[name] for name in ("name_en", "name_es", "meaning_en", "meaning_es")}
    return Plan(**(words | {"tier": Tier.SILVER, "icon": "heart"} | facts))


def twice_helpful(make):
    ben = make.member("ben")
    for _number in range(2):
        make.answer(author=ben)
    return ben


def test_an_admin_tries_a_rule_out_before_saving_it(make, log_in):
    ben = twice_helpful(make)
    make.answer()
    page = log_in(make.admin()).post("/admin/badges/new", data=FILLED | {"preview": "1"})
    assert "1 member would hold this badge" in page.text
    assert ben.name in page.text
    assert db.session.query(Badge).filter_by(key="coffee-friend").count() == 0
    assert 'value="Coffee friend"' in page.text


def test_a_saved_badge_reaches_who_earned_it_already(make, log_in, run_jobs):
    ben = twice_helpful(make)
    make.answer()
    sent = log_in(make.admin()).post("/admin/badges/new", data=FILLED)
    assert sent.status_code == 303
    run_jobs()
    badge = queries.by_key("coffee-friend")
    assert {member for member, _ in queries.held(badge, None)} == {ben.id}


def test_a_forecast_knows_who_is_new_and_what_is_lost(make):
    ben, admin = twice_helpful(make), make.admin()
    badge = designing.make(admin, plan(metric=Metric.ANSWERS, number=2, revocable=True))
    rounds.run_one(badge.id)
    ann = make.member("ann")
    for _number in range(3):
        make.answer(author=ann)
    draft = plan(metric=Metric.ANSWERS, number=3, revocable=True).on(Badge(id=badge.id))
    seen = forecast(draft)
    assert (seen.members, seen.new, seen.lost) == (1, 1, 1)
    assert [member.id for member in seen.named] == [ann.id]
    assert {member for member, _ in queries.held(badge, None)} == {ben.id}


def test_a_changed_badge_changes_beside_names(make):
    ben, admin = twice_helpful(make), make.admin()
    badge = designing.make(admin, plan(metric=Metric.ANSWERS, number=2))
    rounds.run_one(badge.id)
    choosing.choose(ben, badge)
    designing.change(admin, badge, plan(metric=Metric.ANSWERS, number=2, icon="star"))
    assert make.fresh(ben).chosen_badge["icon"] == "star"
    acts = db.session.query(Act).filter_by(name="change-badge").one()
    assert (acts.before["icon"], acts.after["icon"]) == ("heart", "star")


def test_nobody_earns_a_retired_badge_and_who_holds_it_keeps_it(make, log_in):
    ben, admin = twice_helpful(make), make.admin()
    badge = designing.make(admin, plan(metric=Metric.ANSWERS, number=2))
    rounds.run_one(badge.id)
    page = log_in(admin)
    page.post("/admin/badges/coffee-friend/retirement", data={"retired": "1"})
    late = make.member()
    for _number in range(2):
        make.answer(author=late)
    rounds.run_all()
    assert {member for member, _ in queries.held(badge, None)} == {ben.id}
    assert "Coffee friend" not in page.get("/badges").text
    assert "Coffee friend" in page.get(f"/members/{ben.id}/ben").text
    page.post("/admin/badges/coffee-friend/retirement", data={"retired": "0"})
    rounds.run_all()
    assert {member for member, _ in queries.held(badge, None)} == {ben.id, late.id}


def test_staff_do_not_give_a_retired_badge(make):
    admin = make.admin()
    badge = designing.make(admin, plan())
    assert badge in queries.to_give()
    designing.retire(admin, badge)
    assert badge not in queries.to_give()


def test_the_same_name_twice_gets_another_address(make):
    admin = make.admin()
    keys = [designing.make(admin, plan()).key for _number in range(3)]
    assert keys == ["coffee-friend", "coffee-friend-2", "coffee-friend-3"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": "0"}, "A whole number from 1"),
        ({"number": "many"}, "Please enter a whole number"),
        ({"window_days": "3651"}, "A whole number from 0 to 3650"),
        ({"name_es": ""}, "Please fill this in."),
        ({"per_post": "y"}, "post by post"),
        ({"icon": "skull"}, "Please choose one of these"),
        ({"metric": "password"}, "Please choose one of these"),
    ],
)
def test_what_makes_no_rule_is_said_at_the_form(make, log_in, wrong, words):
    page = log_in(make.admin()).post("/admin/badges/new", data=FILLED | wrong)
    assert page.status_code == 422
    assert words in page.text


def test_a_badge_of_an_import_gets_a_new_name_and_no_rule(make, log_in):
    make.keep(Badge(key="old", name_en="Old", name_es="Viejo", imported_from="kitsune"))
    page = log_in(make.admin())
    assert page.get("/admin/badges/old").status_code == 200
    page.post("/admin/badges/old", data=FILLED)
    badge = queries.by_key("old")
    assert (badge.name_en, badge.metric) == ("Coffee friend", None)


def test_moderators_and_staff_make_no_badges(make, log_in):
    for member in (make.moderator(), make.staff()):
        assert log_in(member).get("/admin/badges").status_code == 403
        with pytest.raises(Forbidden):
            designing.make(member, plan())


def test_the_desk_lists_every_badge(make, log_in):
    rounds.run_all()
    page = log_in(make.admin()).get("/admin/badges")
    assert "Problem solver" in page.text
    assert "/admin/badges/first-solution" in page.text


def test_at_most_never_reaches_who_did_nothing(make):
    make.member()
    answer = make.answer()
    draft = plan(metric=Metric.ANSWERS, number=5, operator=Operator.AT_MOST).on(Badge())
    assert [member.id for member in forecast(draft).named] == [answer.author_id]


def test_who_is_honoured_by_hand_is_shown_with_reason_and_post(make, log_in, run_jobs):
    rounds.run_all()
    ben, staff = make.member("ben"), make.staff()
    answer = make.answer(author=ben)
    page = log_in(staff)
    filled = {"badge": "thank-you", "reason": "For patience", "post": str(answer.id)}
    page.post(f"/members/{ben.id}/badges/new", data=filled)
    for address in (f"/members/{ben.id}/ben", "/badges/thank-you"):
        shown = page.get(address).text
        assert "For patience" in shown
        assert "for this post" in shown
    award = queries.given_to(ben.id)[0]
    led = page.get(f"/awards/{award.id}/post")
    assert led.headers["Location"].endswith(f"/answers/{answer.id}")
    run_jobs()
    assert db.session.query(Notification).filter_by(member_id=ben.id).count() >= 1
