"""What the clock does: thresholds, what nobody decided, reminders."""

from datetime import timedelta

from community.core.clock import as_if_it_were, now
from community.core.db import db, save, transaction
from community.core.job_rows import Job
from community.moderation import scoring
from community.moderation.models.flags import Flag
from community.moderation.models.items import Decision, Item, ItemKind, ItemState, Step
from community.moderation.rulings import _consequences
from community.moderation.services import lapsing, queueing


@transaction
def decided(make, score, flags=2, state=ItemState.AGREED):
    ann = make.member()
    item = save(
        Item(kind=ItemKind.FLAG, subject_key="posts:1", member_id=ann.id, score=score, state=state)
    )
    for _ in range(flags):
        save(
            Flag(
                item_id=item.id,
                member_id=make.member().id,
                subject_key="posts:1",
                about_id=ann.id,
                reason="spam",
                state=state,
            )
        )


def test_fifteen_agreed_items_set_the_priorities(make):
    for number in range(1, 16):
        decided(make, float(number))
    lapsing.calibrate()
    assert (scoring.MEDIUM.get(), scoring.HIGH.get()) == (8.0, 13.0)
    assert scoring.hiding_threshold() == 8.67


def test_fourteen_are_too_few_and_others_do_not_count(make):
    for number in range(1, 15):
        decided(make, float(number))
    decided(make, 40.0, state=ItemState.DISAGREED)
    decided(make, 2.0, flags=1)
    lapsing.calibrate()
    assert (scoring.MEDIUM.get(), scoring.HIGH.get()) == (12.5, 12.5)


def test_who_sets_the_priorities_by_hand_keeps_them(make):
    make.set(scoring.CALIBRATES, False)
    for number in range(1, 16):
        decided(make, float(number))
    lapsing.calibrate()
    assert scoring.HIGH.get() == 12.5


def test_a_flag_is_ignored_after_sixty_days(make, flagged):
    item = flagged(make.answer())
    with as_if_it_were(now() + timedelta(days=59)):
        assert lapsing.lapse() == 0
    with as_if_it_were(now() + timedelta(days=61)):
        assert lapsing.lapse() == 1
    item = make.fresh(item)
    assert (item.state, item.decided_by_id) == ("ignored", None)
    assert item.decision_note == "Nobody came to review it in 60 days."
    assert db.session.scalar(db.select(Flag.state)) == "ignored"
    assert db.session.scalar(db.select(Step.kind).order_by(Step.id.desc())) == "lapsed"


def test_what_flags_hid_stays_hidden_when_nobody_comes(make, flagged):
    answer = make.answer(author=make.member(trust_level=1))
    flagged(answer, by=3, level=2)
    with as_if_it_were(now() + timedelta(days=61)):
        lapsing.lapse()
    assert make.fresh(answer).hidden_as == "hidden"


def test_a_held_post_is_rejected_with_its_reason(make, monkeypatch):
    heard = []
    monkeypatch.setitem(_consequences, ItemKind.HELD, [])
    queueing.on_decision(ItemKind.HELD)(lambda item, ruling, actor: heard.append((ruling, actor)))
    queueing.open_item(ItemKind.HELD, post_id=make.answer(author=make.member(language="es")).id)
    with as_if_it_were(now() + timedelta(days=61)):
        lapsing.lapse()
    [(ruling, actor)] = heard
    assert (ruling.decision, actor) == (Decision.REJECT, None)
    assert ruling.note == "Nadie lo revisó en 60 días."


def test_notices_and_appeals_wait_for_ever(make):
    answer = make.answer()
    queueing.open_item(ItemKind.NOTICE, post_id=answer.id)
    queueing.open_item(ItemKind.APPEAL, post_id=answer.id, key="measures:1")
    with as_if_it_were(now() + timedelta(days=400)):
        assert lapsing.lapse() == 0


def reminders(run_jobs):
    name = "community.notifications.reactions.tell_of_waiting_reviews"
    return db.session.scalars(db.select(Job).where(Job.name == name)).all()


def test_moderators_are_reminded_after_a_day_and_after_two_of_all_at_once(make, flagged, run_jobs):
    for _ in range(3):
        flagged(make.answer())
    run_jobs()
    counts = []
    for hours in (23, 25, 26, 47, 49, 80):
        with as_if_it_were(now() + timedelta(hours=hours)):
            counts.append(lapsing.remind())
    assert counts == [0, 3, 0, 0, 3, 0]


def test_what_is_decided_reminds_nobody(make, flagged, decide):
    decide(make.moderator(), flagged(make.answer()), "disagree")
    with as_if_it_were(now() + timedelta(hours=25)):
        assert lapsing.remind() == 0
