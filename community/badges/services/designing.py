"""Admins make badges, change them and retire them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from slugify import slugify
from sqlalchemy import select, update

from community.badges.models import Badge, Metric, Operator, Tier
from community.badges.policies import may_design
from community.badges.services.choosing import refresh
from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Invalid
from community.core.i18n import _l
from community.core.jobs import enqueue
from community.core.policy import require, unguarded
from community.members.models import Member

LONGEST_KEY = 60


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a badge is to be. Without a metric, staff give it."""

    name_en: str
    name_es: str
    meaning_en: str
    meaning_es: str
    tier: Tier
    icon: str
    metric: Metric | None = None
    operator: Operator = Operator.AT_LEAST
    number: int = 1
    score: int = 0
    window_days: int = 0
    product_id: int | None = None
    per_post: bool = False
    revocable: bool = False

    def on(self, badge: Badge) -> Badge:
        """Write the plan onto a badge; what an import brought keeps having no rule."""
        for name, value in asdict(self).items():
            setattr(badge, name, value)
        if badge.imported_from:
            badge.metric = None
        return badge


@transaction
def make(actor: Member, plan: Plan) -> Badge:
    """Add a badge; who has earned it already gets it in the background."""
    require(may_design(actor))
    badge = save(plan.on(Badge(key=_free_key(plan.name_en), imported_from="")))
    record(actor.id, "make-badge", f"badges:{badge.key}", after=asdict(plan))
    _run_soon(badge)
    return badge


@transaction
def change(actor: Member, badge: Badge, plan: Plan) -> None:
    """Change a badge. Who holds it keeps it, unless it is revocable and the rule holds no more."""
    require(may_design(actor))
    before = _said(lock(badge))
    plan.on(badge)
    record(actor.id, "change-badge", f"badges:{badge.key}", before=before, after=_said(badge))
    refresh(badge)
    _run_soon(badge)


@transaction
def retire(actor: Member, badge: Badge) -> None:
    """Let nobody earn or be given a badge any more; who holds it keeps it. Twice is once."""
    require(may_design(actor))
    if lock(badge).retired_at is None:
        badge.retired_at = now()
        record(actor.id, "retire-badge", f"badges:{badge.key}")


@transaction
def bring_back(actor: Member, badge: Badge) -> None:
    """Let a retired badge be earned again."""
    require(may_design(actor))
    if lock(badge).retired_at is not None:
        badge.retired_at = None
        record(actor.id, "bring-badge-back", f"badges:{badge.key}")
        _run_soon(badge)


def _run_soon(badge: Badge) -> None:
    db.session.flush()
    if badge.metric is not None and badge.retired_at is None:
        enqueue("badges.run_one", key=f"badges:{badge.id}", badge_id=badge.id)


def _free_key(name: str) -> str:
    key = slugify(name)[: LONGEST_KEY - 4].strip("-")
    if not key:
        raise Invalid(_l("A name has letters or figures in it."), field="name_en")
    taken = set(db.session.scalars(select(Badge.key).where(Badge.key.startswith(key))))
    keys = [key, *(f"{key}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in keys if each not in taken)


def _said(badge: Badge) -> dict[str, Any]:
    return {name: getattr(badge, name) for name in Plan.__dataclass_fields__}


@transaction
@unguarded("part of merging products, which is guarded")
def follow_product(product_id: int, into_id: int) -> None:
    """Let rules about a product be about another one."""
    mine = update(Badge).where(Badge.product_id == product_id)
    db.session.execute(mine.values(product_id=into_id))
