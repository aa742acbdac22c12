"""Logging in and out: how often one may try, and the record of it."""

from __future__ import annotations

from sqlalchemy import select

from community.core import audit
from community.core.clock import now
from community.core.db import db, transaction
from community.core.i18n import _l
from community.core.policy import allowed_if, require, unguarded
from community.members import queries
from community.members.models import Member
from community.members.services import attempts


@transaction
@unguarded("whoever knocks is not yet known")
def begin(name: str, origin: str) -> list[int]:
    """Note an attempt to log in; return its numbers. Raises TooMany for too many failures.

    Failures count for the name, whether it exists or not, and for the address they come from.
    Where a member has logged in before, strangers elsewhere cannot shut that member out.
    """
    key = f"{name} from {origin}" if _is_at_home(name, origin) else name
    return [
        attempts.note("log-in", key, attempts.LOG_IN),
        attempts.note("log-in-from", origin, attempts.LOG_IN),
    ]


@transaction
def succeed(actor: Member, attempt: list[int], renewed_hash: str = "") -> None:
    """Record that a member logged in. Raises Forbidden if the account is no more."""
    require(
        allowed_if(
            actor.may_log_in,
            _l("This account was deleted."),
        )
    )
    attempts.forgive(attempt)
    if renewed_hash:
        actor.password_hash = renewed_hash
    actor.last_seen_at = now()
    audit.record(actor.id, "logged-in", f"members:{actor.id}")


@transaction
@unguarded("whoever knocks is not yet known")
def fail(member_id: int | None) -> None:
    """Record that somebody tried a wrong password."""
    audit.record(None, "log-in-failed", f"members:{member_id}" if member_id else "")


@transaction
@unguarded("everybody may leave")
def leave(actor: Member) -> None:
    """Record that a member logged out."""
    audit.record(actor.id, "logged-out", f"members:{actor.id}")


def _is_at_home(name: str, origin: str) -> bool:
    ids = [member.id for member in queries.called(name)]
    before = select(audit.Act.id).where(
        audit.Act.name == "logged-in", audit.Act.actor_id.in_(ids), audit.Act.origin == origin
    )
    return bool(ids) and db.session.scalar(before.limit(1)) is not None
