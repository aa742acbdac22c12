"""Invitations for the panel."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from community.core.clock import now
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.members import queries as member_queries
from community.members.models import Invitation, Member

OPEN, ACCEPTED, OVER = "open", "accepted", "over"


def by_id(invitation_id: int) -> Invitation:
    """Return an invitation. Raises NotFound."""
    return existing(
        member_queries.invitation(invitation_id), _l("There is no such invitation any more.")
    )


def invitations(viewer: Member, state: str, number: int, size: int = 50) -> Page[Invitation]:
    """Return the invitations in this state, the latest first: admins see all, others their own."""
    rows = select(Invitation).options(joinedload(Invitation.inviter), joinedload(Invitation.member))
    if not viewer.is_admin:
        rows = rows.where(Invitation.inviter_id == viewer.id)
    unused = rows.where(Invitation.accepted_at.is_(None))
    if state == ACCEPTED:
        rows = rows.where(Invitation.accepted_at.is_not(None))
    elif state == OVER:
        rows = unused.where(or_(Invitation.revoked_at.is_not(None), Invitation.expires_at <= now()))
    else:
        rows = unused.where(Invitation.revoked_at.is_(None), Invitation.expires_at > now())
    return page_of(rows.order_by(Invitation.id.desc()), number, size)
