"""Finding measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from community.core.clock import now
from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.moderation.models.measures import Measure, MeasureAct


def in_force() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a measure restricts something now."""
    lasts = or_(Measure.ends_at.is_(None), Measure.ends_at > now())
    return (Measure.lifted_at.is_(None), lasts)


def by_id(measure_id: int) -> Measure:
    """Return a bare measure. Raises NotFound."""
    return existing(db.session.get(Measure, measure_id), _l("There is no such measure."))


def shown(measure_id: int) -> Measure:
    """Return a measure with whom it concerns, who took it, and the post. Raises NotFound."""
    found = db.session.scalar(
        select(Measure)
        .where(Measure.id == measure_id)
        .options(joinedload(Measure.member), joinedload(Measure.actor), joinedload(Measure.post))
    )
    return existing(found, _l("There is no such measure."))


def on_post(post_id: int) -> Sequence[Measure]:
    """Return the measures that restrict a post now, the latest first."""
    mine = select(Measure).where(Measure.post_id == post_id, *in_force())
    return db.session.scalars(mine.order_by(Measure.id.desc())).all()


def on_account(member_id: int) -> Sequence[Measure]:
    """Return the measures that restrict an account now, the latest first."""
    mine = select(Measure).where(
        Measure.member_id == member_id, Measure.post_id.is_(None), *in_force()
    )
    return db.session.scalars(mine.order_by(Measure.id.desc())).all()


def of_member(member_id: int) -> Sequence[Measure]:
    """Return what has been decided about an account and its posts, latest first: 200 at most."""
    mine = select(Measure).where(Measure.member_id == member_id)
    loaded = mine.options(joinedload(Measure.post), joinedload(Measure.actor))
    return db.session.scalars(loaded.order_by(Measure.id.desc()).limit(200)).all()


def page_of_all(number: int, size: int, act: MeasureAct | None = None) -> Page[Measure]:
    """Return a page of all measures, the latest first."""
    rows = select(Measure).options(joinedload(Measure.member), joinedload(Measure.actor))
    if act is not None:
        rows = rows.where(Measure.act == act)
    return page_of(rows.order_by(Measure.id.desc()), number, size)


def is_told_already(measure: Measure, span: timedelta) -> bool:
    """Tell whether the person was told of another part of the same flood of spam a while ago."""
    others = select(Measure.id).where(
        Measure.member_id == measure.member_id, Measure.is_mass_spam, Measure.id != measure.id
    )
    if measure.lifted_at is None:
        others = others.where(Measure.id < measure.id, Measure.taken_at > measure.taken_at - span)
    else:
        others = others.where(Measure.lifted_at > measure.lifted_at - span)
    return measure.is_mass_spam and db.session.scalar(others.limit(1)) is not None


def due_to_end(limit: int) -> Sequence[Measure]:
    """Return the measures whose time has come."""
    over = select(Measure).where(Measure.lifted_at.is_(None), Measure.ends_at <= now())
    return db.session.scalars(over.order_by(Measure.ends_at).limit(limit)).all()


def remembered(post_id: int) -> dict[str, Any]:
    """Return what the measure that took the post out of view noted, to put it back exactly."""
    return next((each.before for each in with_memory(post_id)), {})


def with_memory(post_id: int) -> list[Measure]:
    """Return the measures on a post that noted something to be put back, the latest first."""
    mine = select(Measure).where(Measure.post_id == post_id).order_by(Measure.id.desc())
    return [each for each in db.session.scalars(mine) if each.before]
