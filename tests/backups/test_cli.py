"""The drill: a forum is saved, restored on the same and on the other database, and compared."""

import json
import zipfile
from contextlib import contextmanager

import pytest
from flask_migrate import Migrate, upgrade
from sqlalchemy import func, insert, select

from community.app import create_app
from community.backups import creating, restoring
from community.backups.errors import BackupError
from community.core import brand
from community.core.clock import now
from community.core.db import db, transaction
from community.core.files import storage
from community.core.jobs import Job
from community.core.migrations import MIGRATIONS
from community.members.models import Member
from community.products.models import Product
from config import Config
from tests.factories import Factory
from tests.servers.postgresql import fresh_database

PICTURE = "0123456789abcdef0123456789abcdef.png"


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
                yield lambda *words: runner.invoke(args=["backup", *map(str, words)])
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


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite", "sqlite"),
        ("sqlite", "postgresql"),
        ("postgresql", "sqlite"),
        ("postgresql", "postgresql"),
    ],
)
def test_every_row_and_file_comes_back_on_either_database(forum, tmp_path, source, target):
    path = tmp_path / "forum.zip"
    with forum(source) as run:
        fill()
        assert run("create", path).exit_code == 0
        rows, pictures = contents(), files()
    assert path.stat().st_mode & 0o777 == 0o600
    with forum(target) as run:
        done = run("restore", path)
        assert done.exit_code == 0, done.output
        assert contents() == rows
        assert files() == pictures == {PICTURE: b"\x89PNG not really"}
        assert db.session.scalar(select(Job.name).where(Job.name == "search.rebuild"))
        assert brand.NAME.get() == "Acme"
        db.session.rollback()
        # New rows are numbered after the old ones, and changes are noted again.
        newest = db.session.scalar(select(func.max(Member.id)))
        assert Factory().member("carla").id > newest
        assert Factory().product("New one").id


def test_a_forum_that_is_there_is_not_given_up_by_mistake(forum, tmp_path):
    path = tmp_path / "forum.zip"
    with forum("sqlite") as run:
        fill()
        run("create", path)
        before = contents()
        Factory().product("Added later")
        storage().save("f" * 32 + ".png", b"later")
        refused = run("restore", path)
        assert (refused.exit_code, "--replace" in refused.output) == (1, True)
        assert db.session.scalar(select(Product.id).where(Product.name == "Added later"))
        db.session.rollback()
        assert run("restore", path, "--replace").exit_code == 0
        assert contents() == before
        assert list(files()) == [PICTURE]


def damaged(path, name, data):
    """Return a copy of a backup in which one member says something else."""
    other = path.with_name("damaged.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for each in old.namelist():
            new.writestr(each, data if each == name else old.read(each))
    return other


def test_what_was_worked_out_from_the_old_forum_goes_with_it(forum, tmp_path):
    """The sitemaps of the forum that is given up lead to pages that are not there."""
    path = tmp_path / "forum.zip"
    with forum("sqlite") as run:
        fill()
        assert run("create", path).exit_code == 0
        facts = {"tag": "x", "pages": 1, "changed_at": "", "counted": 1, "body": b"old"}
        parts = db.metadata.tables["sitemap_parts"]
        with db.engine.begin() as connection:
            connection.execute(insert(parts).values(name="index", built_at=now(), **facts))
        assert run("restore", path, "--replace").exit_code == 0
        with db.engine.connect() as connection:
            assert connection.execute(select(parts.c.name)).all() == []


def test_a_damaged_backup_changes_nothing(forum, tmp_path):
    path = tmp_path / "forum.zip"
    with forum("sqlite") as run:
        fill()
        run("create", path)
        before = contents()
        cut = tmp_path / "cut.zip"
        cut.write_bytes(path.read_bytes()[:-300])
        for wrong in (cut, damaged(path, "tables/members.jsonl", b"[1]\n"), tmp_path / "none"):
            answer = run("restore", wrong, "--replace")
            assert answer.exit_code == 1
            assert "damaged" in answer.output
        assert contents() == before


def test_a_backup_of_another_version_is_named_as_such(forum, tmp_path):
    path = tmp_path / "forum.zip"
    with forum("sqlite") as run:
        run("create", path)
        with zipfile.ZipFile(path) as file:
            manifest = json.loads(file.read("manifest.json"))
        manifest["migration"] = "0001"
        older = damaged(path, "manifest.json", json.dumps(manifest))
        with pytest.raises(BackupError, match="migration 0001"):
            restoring.restore(older)


def test_a_backup_that_cannot_be_written_leaves_nothing_half(forum, tmp_path):
    with forum("sqlite") as run:
        answer = run("create", tmp_path / "no" / "such" / "folder.zip")
    assert answer.exit_code == 1
    assert "could not be written" in answer.output
