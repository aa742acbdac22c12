"""Triggers: there after a real migration, and anew when the code notes other changes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import event, select, text

from community.app import create_app
from community.core import change_triggers, changes
from community.core.changes import EVERYTHING, Change, Noted
from community.core.db import db
from config import ROOT, Config, environment_with
from tests.servers.postgresql import fresh_database

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
            # The triggers of before may have told less than what changed.
            last = select(Change.kind).order_by(Change.id.desc()).limit(1)
            assert connection.scalar(last) == EVERYTHING
            connection.rollback()
        db.engine.dispose()


@pytest.fixture
def in_use(tmp_path):
    """A forum on PostgreSQL that was brought up to date by another version."""
    config = Config(
        SECRET_KEY="test" * 8,
        INSTANCE_FOLDER=tmp_path,
        DATABASE_URL=fresh_database(),
        SEARCH_BACKEND="memory",
        TESTING=True,
    )
    app = create_app(config)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


NAMES = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'note_change_of_%' ORDER BY oid"


def test_a_new_version_changes_only_the_triggers_that_differ(in_use, monkeypatch):
    """Those of tables that are much used stay, so nobody there waits for the upgrade."""
    with db.engine.connect() as connection:
        before = set(connection.scalars(text(NAMES)))
    monkeypatch.setitem(changes._noted, "awards", [Noted("medal")])
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    with db.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM posts"))  # Holds its lock until the end.
        assert change_triggers.refresh()
    locked = [each for each in statements if each.startswith("LOCK")]
    assert locked == ["LOCK TABLE awards IN SHARE ROW EXCLUSIVE MODE"]
    with db.engine.connect() as connection:
        after = set(connection.scalars(text(NAMES)))
        assert {each.split("_")[3] for each in before ^ after} == {"awards"}
        assert len(after) == len(before)
        left = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'note_change_of_%'"
        assert connection.scalar(text(left)) == len(after)


def test_an_upgrade_waits_for_who_writes_and_keeps_nobody_waiting(in_use, monkeypatch):
    waited = []
    monkeypatch.setitem(changes._noted, "awards", [Noted("medal")])
    with db.engine.connect() as writer:
        writer.execute(text("LOCK TABLE awards IN ROW EXCLUSIVE MODE"))

        def pause(_seconds):
            with db.engine.begin() as another:  # Who comes meanwhile need not wait for us.
                another.execute(text("LOCK TABLE awards IN ROW EXCLUSIVE MODE NOWAIT"))
            waited.append(True)
            writer.rollback()

        monkeypatch.setattr(change_triggers.time, "sleep", pause)
        assert change_triggers.refresh()
    assert waited == [True]
    assert not change_triggers.refresh()
