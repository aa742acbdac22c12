"""Looking up banners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from community.core.clock import now
from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.panel.models import Banner

MOST = 200


def by_id(banner_id: int) -> Banner:
    """Return a banner. Raises NotFound."""
    return existing(db.session.get(Banner, banner_id), _l("There is no such banner."))


def newest() -> Sequence[Banner]:
    """Return the banners, the newest first, each with its product."""
    rows = select(Banner).options(joinedload(Banner.product))
    return db.session.scalars(rows.order_by(Banner.id.desc()).limit(MOST)).all()


def turned_since(moment: datetime | None) -> bool:
    """Tell whether a banner has begun or ended since this moment."""
    times = [Banner.starts_at <= now(), Banner.ends_at <= now()]
    if moment is not None:
        times = [times[0] & (Banner.starts_at > moment), times[1] & (Banner.ends_at > moment)]
    return db.session.scalar(select(Banner.id).where(or_(*times)).limit(1)) is not None
