"""Doing a thing once: a form that creates something carries a key, and a key works once.

The key also says, signed, when the form was opened.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import String, UniqueConstraint, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, connection, db, put, take_turns, transaction
from community.core.jobs import periodic
from community.core.keyed import is_ours, keyed_hash
from community.core.policy import unguarded

KEPT = timedelta(days=7)
MOST_CHARACTERS = 64
FORM = "form"
SIGNATURE = 20  # characters
NEXT = "~"  # Between the key of a page and the number of a form on it.


class Submission(Model):
    """A form that was sent, and what came of it."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("member_id", "key"),)

    member_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(MOST_CHARACTERS))
    result_id: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(default=now)


# Put together once: that takes longer than the database needs to answer.
_MADE = select(Submission.result_id).where(
    Submission.member_id == bindparam("member_id"), Submission.key == bindparam("key")
)


def new_key(opened_at: datetime | None = None) -> str:
    """Return a key for a form that is shown now, or again since it was opened at that moment."""
    moment = int((opened_at or now()).timestamp())
    key = f"{secrets.token_urlsafe(12)}.{moment}"
    return f"{key}.{keyed_hash(FORM, key)[:SIGNATURE]}"


def another(key: str, number: int) -> str:
    """Return the key of one more form on the page that a key was made for, opened when it was."""
    return f"{key}{NEXT}{number}"


def opened_at(key: str | None) -> datetime | None:
    """Return when the form with this key was opened; None if the key was not made here."""
    signed, _, signature = (key or "").partition(NEXT)[0].rpartition(".")
    moment = signed.rpartition(".")[2]
    if len(signature) != SIGNATURE or not (moment.isascii() and moment.isdigit()):
        return None
    return datetime.fromtimestamp(int(moment), UTC) if is_ours(FORM, signed, signature) else None


@transaction
@unguarded("wraps services that require their own policies")
def once(member_id: int, key: str | None, work: Callable[[], int]) -> int:
    """Do the work, which returns the id of what it made, unless the key was used already.

    Then the id of what was made the first time is returned.
    """
    if not key:
        return work()
    key = key[:MOST_CHARACTERS]
    take_turns("once", member_id, key)
    made: int | None = connection().scalar(_MADE, {"member_id": member_id, "key": key})
    if made is not None:
        return made
    result = work()
    put(Submission, member_id=member_id, key=key, result_id=result)
    return result


@periodic("forget_old_submissions", hour="4", minute="10")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Forget the keys of forms that were sent long ago."""
    db.session.execute(delete(Submission).where(Submission.sent_at < now() - KEPT))
