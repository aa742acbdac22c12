"""What the clock does with the review queue: thresholds, items that nobody decided, reminders."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, transaction
from community.core.events import emit
from community.core.i18n import _l, force_locale
from community.core.jobs import periodic
from community.core.policy import unguarded
from community.core.settings import Setting
from community.members.models import Member
from community.moderation import rulings, scoring
from community.moderation.events import ReviewsWait
from community.moderation.models.flags import Flag
from community.moderation.models.items import Decision, Item, ItemKind, ItemState

DAYS = Setting("review_days", 60, "Days after which what nobody decided is closed by itself.")
FIRST_REMINDER = Setting("review_reminder_hours", 24, "Hours before moderators are reminded.")
SECOND_REMINDER = Setting("review_second_reminder_hours", 48, "Hours before they are once more.")
AT_ONCE = 200
LAPSED = {ItemKind.FLAG: Decision.IGNORE, ItemKind.HELD: Decision.REJECT}


@periodic("calibrate_reviews", hour="3", minute="45")
@transaction
@unguarded("the nightly reckoning")
def calibrate() -> None:
    """Set what medium and high priority mean from the scores of what moderators agreed with.

    Items with a single flag say nothing about how flags add up and are left out.
    """
    scores = _scores_agreed()
    if not scoring.CALIBRATES.get() or len(scores) < max(1, scoring.CALIBRATED_AFTER.get()):
        return
    for setting, percent in (
        (scoring.MEDIUM, scoring.MEDIUM_PERCENTILE.get()),
        (scoring.HIGH, scoring.HIGH_PERCENTILE.get()),
    ):
        before, after = setting.get(), scoring.percentile(scores, percent)
        if before != after:
            setting.put(after)
            record(None, "calibration", f"settings:{setting.name}", before=before, after=after)


def _scores_agreed() -> list[float]:
    flags = func.count(Flag.id) >= scoring.CALIBRATED_FLAGS.get()
    decided = (
        select(Item.score)
        .join(Flag, Flag.item_id == Item.id)
        .where(Item.state == ItemState.AGREED, Item.kind == ItemKind.FLAG)
        .group_by(Item.id, Item.score)
        .having(flags)
    )
    return list(db.session.scalars(decided))


@transaction
@unguarded("cleaning up by the clock")
def lapse() -> int:
    """Ignore flags and reject held posts that nobody looked at; return how many.

    Notices and appeals wait for ever: the law asks for an answer. What flags hid stays hidden,
    and its author may appeal.
    """
    old = select(Item).where(
        Item.state == ItemState.PENDING,
        Item.kind.in_(LAPSED),
        Item.opened_at < now() - timedelta(days=DAYS.get()),
    )
    found = list(db.session.scalars(old.order_by(Item.id).limit(AT_ONCE)))
    for item in found:
        _close(lock(item))
    return len(found)


def _close(item: Item) -> None:
    author = db.session.get(Member, item.member_id)
    with force_locale(author.language if author else "en"):
        why = str(_l("Nobody came to review it in %(days)s days.", days=DAYS.get()))
    ruling = rulings.Ruling(
        item_id=item.id, version=item.version, decision=LAPSED[item.kind], note=why
    )
    rulings.close(item, ruling, None)


@transaction
@unguarded("the clock reminds")
def remind() -> int:
    """Remind moderators of what waits too long, all of it in one notice; return how many wait."""
    first, second = (timedelta(hours=each.get()) for each in (FIRST_REMINDER, SECOND_REMINDER))
    waiting = select(Item).where(Item.state == ItemState.PENDING, Item.reminders < 2)
    old = waiting.where(Item.opened_at < now() - min(first, second))
    late = [item for item in db.session.scalars(old) if _is_due(item, first, second)]
    for item in late:
        item.reminders = 2 if item.opened_at < now() - second else 1
    if late:
        oldest = min(item.opened_at for item in late)
        hours = int((now() - oldest).total_seconds() // 3600)
        products = sorted({item.product_id or 0 for item in late})
        emit(ReviewsWait(count=len(late), hours=hours, product_ids=products, at=_hour(now())))
    return len(late)


def _is_due(item: Item, first: timedelta, second: timedelta) -> bool:
    age = now() - item.opened_at
    return age > (second if item.reminders else first)


def _hour(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H}"


@periodic("close_old_reviews", hour="4", minute="20")
@unguarded("cleaning up by the clock")
@transaction
def lapse_by_the_clock() -> None:
    """Close what nobody decided."""
    lapse()


@periodic("remind_of_reviews", minute="15")
@unguarded("the clock reminds")
@transaction
def remind_by_the_clock() -> None:
    """Remind moderators."""
    remind()
