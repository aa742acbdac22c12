"""What follows from decisions on floors above: notices, reputation, levels."""

from datetime import timedelta

from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.moderation.services import lapsing, measuring
from community.notifications.models import Kind, Notification
from community.reputation.models import SpamRuling
from community.reputation.queries import progress


def told(kind):
    rows = db.select(Notification).where(Notification.kind == kind)
    return {each.member_id: each for each in db.session.scalars(rows)}


def test_who_reported_hears_the_outcome_once_and_nobody_else(
    make, flagged, decide, run_jobs, log_in
):
    ann, ben, author = make.member("ann"), make.member("ben"), make.member(trust_level=1)
    answer = make.answer(author=author, body="Shoes, shoes, shoes.")
    item = flagged(answer, by=[ann, ben])
    flagged(answer, by=[ann], reason="abusive")
    decide(make.moderator(), item, "agree", act="remove")
    run_jobs()
    heard = told(Kind.REPORT_JUDGED)
    assert heard.keys() == {ann.id, ben.id}
    assert heard[ann.id].facts == {"outcome": "agreed"}
    page = log_in(ann).get("/notifications").text
    assert "They agreed with you and took care of it." in page
    assert "Shoes" not in page


def test_moderators_hear_in_one_notice_of_all_that_waits(make, flagged, run_jobs, log_in, mails):
    kettle, toaster = make.product(), make.product()
    mia = make.moderator("mia")
    pia = make.member("pia", moderated_products=[toaster.id])
    make.member("ann")
    for _ in range(3):
        flagged(make.answer(make.question(product=kettle)))
    run_jobs()
    with as_if_it_were(now() + timedelta(hours=25)):
        lapsing.remind()
        run_jobs()
        heard = told(Kind.REVIEWS_WAIT)
        assert heard.keys() == {mia.id}
        assert pia.id not in heard
        assert heard[mia.id].facts == {"number": 3, "hours": 25}
        assert "3 waiting, the oldest for 25 hours." in log_in(mia).get("/notifications").text


def rulings():
    return db.session.scalars(db.select(SpamRuling.post_id)).all()


def test_spam_that_a_moderator_removes_costs_reputation_until_it_is_lifted(
    make, flagged, decide, run_jobs
):
    mia, answer = make.moderator(), make.answer(author=make.member(trust_level=1, reputation=300))
    item = flagged(answer)
    decide(mia, item, "agree", act="remove")
    run_jobs()
    assert rulings() == [answer.id]
    [measure] = measuring.measure_queries.on_post(answer.id)
    measuring.lift(make.moderator(), measure.id, "It was no spam.")
    run_jobs()
    assert rulings() == []


def test_what_flags_hid_costs_nothing_before_a_moderator_agrees(make, flagged, decide, run_jobs):
    mia, answer = make.moderator(), make.answer(author=make.member(trust_level=1))
    item = flagged(answer, by=3, level=2)
    run_jobs()
    assert rulings() == []
    decide(mia, item, "agree", act="hide")
    run_jobs()
    assert rulings() == [answer.id]


def test_another_rule_costs_no_reputation(make, flagged, decide, run_jobs):
    answer = make.answer(author=make.member(trust_level=1))
    decide(make.moderator(), flagged(answer, reason="abusive"), "disagree")
    run_jobs()
    assert rulings() == []


def test_confirmed_flags_count_against_the_third_level(make, flagged, decide):
    ben = make.member("ben", trust_level=1)
    for decision, act in (("agree", "hide"), ("agree", "remove"), ("disagree", "")):
        decide(make.moderator(), flagged(make.answer(author=ben)), decision, act=act)
    assert progress.altogether([ben.id])[ben.id].confirmed_flags == 2
