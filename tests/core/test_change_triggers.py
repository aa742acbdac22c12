"""Triggers: there after a real migration, and anew when the code notes other changes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import text

from community.app import create_app
from community.core import change_triggers, changes
from community.core.changes import Noted
from community.core.db import db
from config import ROOT, Config, environment_with

OURS = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'note_change_of_%'"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """The folder of a forum that was migrated as an installation is."""
    folder = tmp_path_factory.mktemp("migrated")
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    environment = environment_with(INSTANCE_FOLDER=str(folder), DATABASE_URL="")
    subprocess.run(words, cwd=ROOT, env=environment, check=True, capture_output=True)
    return folder


def test_a_migrated_forum_notes_what_changes(migrated):
    with sqlite3.connect(migrated / "tertulia.db") as database:
        assert database.execute(OURS).fetchone()[0] > 40
        database.execute("INSERT INTO settings (name, value) VALUES ('brand.name', '\"Acme\"')")
        assert database.execute("SELECT kind FROM changes").fetchall() == [(changes.EVERYTHING,)]
        database.rollback()


def test_triggers_of_another_version_are_put_in_anew(migrated, monkeypatch):
    settings = {"INSTANCE_FOLDER": str(migrated), "DATABASE_URL": ""}
    with create_app(Config.from_environment(settings)).app_context():
        assert not change_triggers.refresh()
        monkeypatch.setitem(changes._noted, "votes", [Noted("votes")])
        monkeypatch.setattr(changes, "_quiet", changes._quiet - {"votes"})
        assert change_triggers.refresh()
        assert not change_triggers.refresh()
        count = text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'note_change_of_votes_%'")
        with db.engine.connect() as connection:
            assert connection.scalar(count) == 3
            connection.rollback()
        db.engine.dispose()
