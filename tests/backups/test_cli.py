"""The drill: a forum is saved, restored on the same and on the other database, and compared."""

import json
import zipfile

import pytest
from sqlalchemy import func, insert, select, text

from community.backups import restoring
from community.backups.errors import BackupError
from community.core import brand
from community.core.clock import now
from community.core.db import db
from community.core.files import storage
from community.core.job_rows import Job
from community.members.models import Member
from community.products.models import Product
from tests.backups.conftest import PICTURE, contents, damaged, files, fill
from tests.factories import Factory


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


def test_sqlite_plans_by_the_rows_that_came(forum, tmp_path):
    path = tmp_path / "forum.zip"
    with forum("sqlite") as run:
        fill()
        run("create", path)
    with forum("sqlite") as run:
        assert run("restore", path).exit_code == 0
        known = db.session.scalars(text("SELECT DISTINCT tbl FROM sqlite_stat1"))
        assert {"posts", "members"} <= set(known)


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
