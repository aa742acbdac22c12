"""Fills a new forum: the sample community and five members who can log in.

In a process of its own with the settings of that forum:
python -m tests.journeys.community_of_tests en
"""

from __future__ import annotations

import sys
from datetime import timedelta

from community.core import brand
from community.core.clock import now
from community.core.db import db
from community.members.models import Role
from community.members.passwords import hashed
from community.members.trust import Level
from community.questions.services.pacing import GAP
from community.site.samples.loading import load
from community.site.services import setting_up
from tests.factories import PASSWORD, Factory
from tests.journeys.quarrels_of_tests import quarrel
from wsgi import app

PEOPLE = {
    "ana": {"name": "Ana Ferrer"},
    "bruno": {"name": "Bruno Lindqvist"},
    "carla": {"name": "Carla Nakamura"},
    "dora": {"name": "Dora Whitfield", "staff_title": "Support, Tostalba"},
}


def fill(language: str) -> None:
    """Set the forum up, load the sample, let the people join, fill the index of the search."""
    secret = hashed(PASSWORD)
    chosen = setting_up.Setup(
        brand="Tostalba",
        language=language,
        colour=brand.COLOUR.default,
        name="Ada Admin",
        email="ada@example.org",
        password_hash=secret,
    )
    setting_up.set_up(chosen)
    load(language)
    Factory().set(GAP, 0)  # Who acts in these journeys is quicker than anybody who thinks.
    since = {"joined_at": now() - timedelta(days=400), "email_confirmed_at": now()}
    # What others write so fast, and alike in each journey, would wait for a moderator.
    since["trust_level"] = Level.REGULAR
    for handle, facts in PEOPLE.items():
        who = {"password_hash": secret, "language": language, "role": Role.MEMBER} | since | facts
        Factory().member(handle, **who)
    who = {"password_hash": secret, "language": language, "email_confirmed_at": now()}
    quarrel(Factory().member("sven", name="Sven Shut-Out", **who))


if __name__ == "__main__":
    with app.app_context():
        db.create_all()
        if len(sys.argv) > 1:
            fill(sys.argv[1])
    if len(sys.argv) > 1:
        app.cli.main(["search", "rebuild"], standalone_mode=False)
