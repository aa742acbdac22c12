"""What tests of reputation may ask for by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core.clock import now
from community.core.db import db
from community.reputation.models import Booking


@pytest.fixture
def long_here(make):
    """A member whose votes count: long_here("ben")."""

    def _long_here(handle="", **facts):
        return make.member(handle, joined_at=now() - timedelta(days=400), **facts)

    return _long_here


@pytest.fixture
def lines():
    """Return a member's bookings, oldest first, as (kind, amount)."""

    def _lines(member):
        mine = select(Booking).where(Booking.member_id == member.id).order_by(Booking.id)
        return [(each.kind.value, each.amount) for each in db.session.scalars(mine)]

    return _lines
