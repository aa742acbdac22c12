"""What the admin of a new forum does first, and what of it is done."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, or_, select

from community.core import brand
from community.core.db import db
from community.members.models import Invitation, Member, Role
from community.moderation.models.rules import RulesVersion
from community.products.models import Product
from community.questions.models import Question
from community.questions.queries import is_public

# A forum with so many questions has found its way.
ENOUGH_QUESTIONS = 10


def first_steps() -> Mapping[str, bool]:
    """Return each step and whether it is done; nothing once all are, or the forum has content.

    One statement. A forum begins with one product that is called like the brand.
    """
    of_its_own = or_(Product.name != brand.NAME.get(), Product.description != "")
    products = select(Product.id).where(Product.archived_at.is_(None), of_its_own)
    in_team = or_(Member.role == Role.MODERATOR, Member.staff_title != "")
    team = select(Member.id).where(in_team, Member.role != Role.ADMIN)
    asked = select(Question.id).where(*is_public())
    row = db.session.execute(
        select(
            products.exists(),
            select(RulesVersion.id).exists(),
            or_(team.exists(), select(Invitation.id).exists()),
            asked.exists(),
            select(func.count())
            .select_from(asked.limit(ENOUGH_QUESTIONS).subquery())
            .scalar_subquery(),
        )
    ).one()
    *done, questions = row
    if all(done) or questions >= ENOUGH_QUESTIONS:
        return {}
    return dict(zip(("products", "rules", "team", "question"), map(bool, done), strict=True))
