"""Everything the panel knows of one person, in as many statements however much it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from community.core.audit import Act
from community.core.db import db
from community.core.paging import Page, page_of
from community.members import queries as member_queries
from community.members.models import Invitation, Member, Session
from community.moderation.models.appeals import Appeal
from community.moderation.models.flags import Flag
from community.moderation.queries import log as log_queries
from community.moderation.queries import people as history_queries
from community.moderation.queries.people import History
from community.posts.models import Post

SIGN_INS = ("logged-in", "log-in-failed", "logged-out", "registered")
SIGN_INS_SHOWN = 20
APPEALS_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What an admin sees of a person."""

    history: History
    # How many posts of each kind that everybody may see, such as {"answer": 12}.
    kinds: dict[str, int]
    flags_made: int
    appeals: Sequence[Appeal]
    sessions: Sequence[Session]
    sign_ins: Sequence[Act]
    invitation: Invitation | None
    invited: int


def dossier(member: Member) -> Dossier:
    """Return what is known of a person."""
    return Dossier(
        history=history_queries.history(member),
        kinds=_kinds(member),
        flags_made=_count(select(func.count(Flag.id)).where(Flag.member_id == member.id)),
        appeals=_appeals(member),
        sessions=member_queries.sessions_of(member.id),
        sign_ins=_sign_ins(member),
        invitation=_invitation(member),
        invited=_count(select(func.count(Invitation.id)).where(Invitation.inviter_id == member.id)),
    )


def acts(member: Member, number: int, size: int = 30) -> Page[Act]:
    """Return what was done to a person and what they did by their powers, the latest first."""
    concerns = or_(Act.subject == f"members:{member.id}", Act.actor_id == member.id)
    rows = select(Act).where(concerns, Act.name.not_in(log_queries.PRIVATE))
    return page_of(rows.order_by(Act.id.desc()), number, size)


def _kinds(member: Member) -> dict[str, int]:
    shown = (Post.author_id == member.id, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    counts = select(Post.kind, func.count(Post.id)).where(*shown).group_by(Post.kind)
    return {str(kind): number for kind, number in db.session.execute(counts)}


def _appeals(member: Member) -> Sequence[Appeal]:
    mine = select(Appeal).where(Appeal.member_id == member.id).options(joinedload(Appeal.measure))
    return db.session.scalars(mine.order_by(Appeal.id.desc()).limit(APPEALS_SHOWN)).all()


def _sign_ins(member: Member) -> Sequence[Act]:
    mine = select(Act).where(Act.subject == f"members:{member.id}", Act.name.in_(SIGN_INS))
    return db.session.scalars(mine.order_by(Act.id.desc()).limit(SIGN_INS_SHOWN)).all()


def _invitation(member: Member) -> Invitation | None:
    mine = select(Invitation).where(Invitation.member_id == member.id)
    return db.session.scalar(mine.options(joinedload(Invitation.inviter)).limit(1))


def _count(rows: object) -> int:
    return db.session.scalar(rows) or 0  # type: ignore[call-overload]
