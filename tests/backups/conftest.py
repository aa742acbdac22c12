"""A forum to save and to restore, and what is in it."""

import hashlib
import json
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask.testing import FlaskCliRunner
from flask_migrate import Migrate, upgrade
from sqlalchemy import select

from community.app import create_app
from community.backups import creating
from community.core import brand
from community.core.db import db, transaction
from community.core.files import storage
from community.core.migrations import MIGRATIONS
from config import Config
from tests.factories import Factory
from tests.servers.postgresql import fresh_database

PICTURE = "0123456789abcdef0123456789abcdef.png"


@dataclass
class Forum:
    """A forum whose commands are run by calling it: forum("create", path)."""

    config: Config
    runner: FlaskCliRunner

    def __call__(self, *words):
        return self.runner.invoke(args=["backup", *map(str, words)])


@pytest.fixture
def forum(tmp_path):
    """Open forums on a database of the kind, each with files of its own: with forum("sqlite")."""
    numbers = iter(range(100))

    @contextmanager
    def _forum(kind):
        folder = tmp_path / f"forum{next(numbers)}"
        folder.mkdir()
        address = fresh_database() if kind == "postgresql" else ""
        config = Config(
            SECRET_KEY="test" * 8,
            INSTANCE_FOLDER=folder,
            DATABASE_URL=address,
            SEARCH_BACKEND="memory",
            TESTING=True,
        )
        app = create_app(config)
        Migrate(app, db, directory=str(MIGRATIONS))
        runner = app.test_cli_runner()
        with app.app_context():
            try:
                upgrade()
                yield Forum(config, runner)
            finally:
                db.session.remove()
                db.engine.dispose()

    return _forum


def fill():
    make = Factory()
    asker, helper = make.member("ann", last_seen_at=None), make.staff("ben")
    question = make.question(asker, title="¿Por qué gotea? 💧", body="Nul in text")
    answer = make.answer(question, helper, body="Change the **seal**.")
    make.comment(answer)
    make.voted(answer)
    make.edited(question, body="It drips.", tags=("seal",))
    transaction(brand.NAME.put)("Acme")
    storage().save(PICTURE, b"\x89PNG not really")


def contents():
    """Return every row of every table in a form that does not depend on the database."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(
                creating.line_of(tuple(row)) for row in connection.execute(select(table))
            )
            for table in creating.tables()
            if table.name != "jobs"
        }


def files():
    return {name: storage().read(name) for name in storage().names()}


def damaged(path, name, data):
    """Return a copy of a backup in which one member says something else."""
    other = path.with_name("damaged.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for each in old.namelist():
            new.writestr(each, data if each == name else old.read(each))
    return other


def rewritten(path, name, change):
    """Return a backup in which the lines of one table are others, and whose sums are right."""
    with zipfile.ZipFile(path) as file:
        manifest = json.loads(file.read("manifest.json"))
        lines = change(file.read(f"tables/{name}.jsonl").splitlines(keepends=True))
    data = b"".join(lines)
    manifest["members"][f"tables/{name}.jsonl"] = hashlib.sha256(data).hexdigest()
    manifest["tables"][name]["rows"] = len(lines)
    half = damaged(path, f"tables/{name}.jsonl", data)
    whole = half.rename(path.with_name("half.zip"))
    return damaged(whole, "manifest.json", json.dumps(manifest))
