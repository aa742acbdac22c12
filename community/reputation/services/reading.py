"""Noting what members read, as little as the levels need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update

from community.core.clock import now
from community.core.db import db, insert_once, save, transaction
from community.core.jobs import periodic
from community.core.policy import require, unguarded
from community.members.models import Member
from community.members.trust import Level
from community.questions.models import Question
from community.reputation.models import ReadingDay
from community.reputation.policies import may_be_measured
from community.reputation.queries import progress
from community.reputation.services.levelling import look_at

# One message tells of at most so many seconds, and of no more than have passed since the last.
MOST_SECONDS = 90
MOST_QUESTIONS_A_DAY = 200
LATELY = timedelta(days=7)
# Somewhat longer than from one look to the next.
VISITS_SINCE = timedelta(minutes=20)


@transaction
def note_reading(actor: Member, opened: Sequence[int], posts: int, seconds: int) -> None:
    """Add to what a member read today. More than can be read in the time does not count."""
    require(may_be_measured(actor))
    today = _row_of_today(actor)
    passed = MOST_SECONDS
    if today.seconds:
        passed = min(MOST_SECONDS, int((now() - today.noted_at).total_seconds()))
    seconds = max(0, min(seconds, passed))
    new = set(opened[:MOST_QUESTIONS_A_DAY]) - set(today.opened)
    known = db.session.scalars(select(Question.id).where(Question.id.in_(new))).all() if new else []
    known = known[: max(0, MOST_QUESTIONS_A_DAY - len(today.opened))]
    today.opened = [*today.opened, *known]
    today.questions += len(known)
    today.posts += max(0, min(posts, seconds))
    today.seconds += seconds
    today.noted_at = now()
    db.session.flush()
    if actor.trust_level == Level.NEW:
        look_at([actor.id])


def _row_of_today(actor: Member) -> ReadingDay:
    day = now().date()
    row = progress.reading_of(actor.id, day)
    if row is not None:
        return row
    return save(ReadingDay(member_id=actor.id, day=day, questions=0, posts=0, seconds=0, opened=[]))


@periodic("note_visits", minute="*/15")
@transaction
@unguarded("by the clock; members switch it off in their settings")
def note_visits() -> None:
    """Count the day for who opened any page lately, with or without script.

    No page writes anything for it: when members were last here is known from their sessions.
    """
    lately = (Member.last_seen_at >= now() - VISITS_SINCE, Member.deleted_at.is_(None))
    rows = select(Member.id, Member.last_seen_at).where(*lately, Member.measures_reading)
    for member_id, seen_at in db.session.execute(rows).all():
        assert seen_at is not None
        visit = {"member_id": member_id, "day": seen_at.date(), "noted_at": seen_at}
        nothing = {"questions": 0, "posts": 0, "seconds": 0, "opened": []}
        db.session.execute(insert_once(ReadingDay, **visit, **nothing))


@periodic("forget_what_was_opened", hour="2", minute="20")
@transaction
@unguarded("cleaning up by the clock")
def forget_what_was_opened() -> None:
    """Forget which questions were opened on days that are over; the numbers stay."""
    today = now().date()
    lately = (ReadingDay.day < today) & (ReadingDay.day >= today - LATELY)
    over = update(ReadingDay).where(lately)
    db.session.execute(over.values(opened=[]))
