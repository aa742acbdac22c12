"""What tests of the core may ask for by name."""

from __future__ import annotations

import pytest

from community.app import create_app
from community.core import access, limits
from community.core.db import db
from community.site import invitation
from config import Config

DOORS = {
    "everyone": access.everyone,
    "members": access.members_only,
    "staff": access.staff_only,
    "moderators": access.moderators_only,
    "admins": access.admins_only,
}


@pytest.fixture
def house(tmp_path, own_database):
    """A forum of its own, in a file, with a room behind each kind of door: /rooms/staff."""
    config = Config(
        SECRET_KEY="test" * 8,
        INSTANCE_FOLDER=tmp_path,
        DATABASE_URL=own_database,
        SEARCH_BACKEND="memory",
        TESTING=True,
        WTF_CSRF_ENABLED=False,
    )
    house = create_app(config)
    house.extensions[invitation.KEY] = True
    for name, door in DOORS.items():
        view = door(limits.limited("3 per minute", guests="2 per minute")(lambda: "Come in"))
        house.add_url_rule(f"/rooms/{name}", f"rooms.{name}", view, methods=["GET", "POST"])
    house.add_url_rule("/rooms/none", "rooms.none", limits.limited()(lambda: "Come in"))
    house.add_url_rule("/rooms/unpaced", "rooms.unpaced", access.everyone(lambda: "Come in"))
    with house.app_context():
        db.create_all()
    yield house
    with house.app_context():
        db.engine.dispose()
