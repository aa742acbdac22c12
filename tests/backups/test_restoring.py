"""A restore that fails or is killed leaves one forum whole: the old one or the new one."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, update

from community.backups import creating, placing, restoring
from community.core import jobs
from community.core.clock import now
from community.core.db import db
from community.core.files import LocalStorage, storage
from community.core.job_rows import Job
from tests.backups.conftest import PICTURE, contents, files, fill, rewritten
from tests.factories import Factory

SAVED, LATER = "a" * 32 + ".png", "b" * 32 + ".png"
KINDS = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
# Restores over the forum in a folder, and is killed when it comes to the function that is named.
DYING = """
import os, signal, sys
from pathlib import Path
from community.app import create_app
from community.backups import placing, restoring
from config import Config

folder, address, path, function = sys.argv[1:]
kept = getattr(placing, function)

def die(*given, **named):
    if given[0] != []:
        os.kill(os.getpid(), signal.SIGKILL)
    return kept(*given, **named)

setattr(placing, function, die)
app = create_app(Config(SECRET_KEY="test" * 8, INSTANCE_FOLDER=Path(folder),
    DATABASE_URL=address, SEARCH_BACKEND="memory", TESTING=True))
with app.app_context():
    restoring.restore(Path(path), replace=True)
"""


@pytest.fixture
def changed(forum, tmp_path):
    """A forum of this kind that went on after its backup was made, and the two states of it."""
    path = tmp_path / "forum.zip"

    def _changed(run):
        fill()
        storage().save(SAVED, b"saved")
        assert run("create", path).exit_code == 0
        then = contents(), files()
        storage().delete(SAVED)
        storage().save(PICTURE, b"damaged on the disk")
        storage().save(LATER, b"later")
        Factory().product("Added later")
        db.session.remove()
        return path, then, (contents(), files())

    return _changed


def left_to_do():
    names = (placing.FORGET, placing.SWAP)
    found = list(db.session.scalars(select(Job.id).where(Job.name.in_(names)).order_by(Job.id)))
    db.session.rollback()
    return found


def of_nobody(lines):
    """Return votes of which one is for a post that is not there."""
    row = json.loads(lines[-1])
    names = [column.name for column in db.metadata.tables["votes"].columns]
    row[names.index("post_id")] = 987654
    return [*lines[:-1], json.dumps(row).encode() + b"\n"]


@KINDS
@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("posts", lambda lines: [*lines, lines[0]], "rows of posts do not fit"),
        ("votes", of_nobody, r"points at no row of posts|could not be put in place"),
        ("votes", lambda _lines: [b"[1, 2]\n"], "damaged"),
    ],
)
def test_rows_that_do_not_fit_change_neither_row_nor_file(
    forum, changed, kind, table, change, said
):
    with forum(kind) as run:
        path, _, before = changed(run)
        answer = run("restore", rewritten(path, table, change), "--replace")
        assert answer.exit_code == 1
        assert re.search(said, answer.output)
        assert (contents(), files()) == before
        assert left_to_do() == []


def test_files_that_cannot_be_written_change_nothing(forum, changed, monkeypatch):
    save = LocalStorage.save

    def on_a_full_disk(self, name, data):
        save(self, name, data)
        if data == b"saved":
            raise OSError("No space left on device")

    with forum("sqlite") as run:
        path, _, before = changed(run)
        with monkeypatch.context() as patched:
            patched.setattr(LocalStorage, "save", on_a_full_disk)
            answer = run("restore", path, "--replace")
        assert (answer.exit_code, "No space left" in answer.output) == (1, True)
        assert (contents(), files()) == before


def test_postgresql_does_not_end_what_waits_for_files(forum):
    """It ends transactions that do nothing for ten minutes, as while a bucket is filled."""
    with forum("postgresql"), creating.one_moment() as reading, restoring.writing() as writing:
        for connection in (reading, writing):
            shown = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout")
            assert shown.scalar() == "0"


def test_sqlite_looks_at_references_once_and_then_again_as_ever(forum):
    """Deferred, it would look through the whole table for each row."""
    looks = "PRAGMA foreign_keys"
    with forum("sqlite"):
        with restoring.writing() as connection:
            assert connection.exec_driver_sql(looks).scalar() == 0
        with pytest.raises(KeyError), restoring.writing() as connection:
            raise KeyError
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql(looks).scalar() == 1


def killed_at(function, forum, path):
    words = [forum.config.INSTANCE_FOLDER, forum.config.DATABASE_URL, path, function]
    process = subprocess.run(
        [sys.executable, "-c", DYING, *map(str, words)],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
    )
    assert process.returncode == -signal.SIGKILL, process.stderr.decode()


@KINDS
def test_killed_before_its_rows_count_the_old_forum_is_whole(forum, changed, kind):
    with forum(kind) as run:
        path, then, (rows, pictures) = changed(run)
        killed_at("note_rest", run, path)
        assert contents() == rows
        # The new files lie beside the old ones, until the worker comes to take them away.
        assert files().items() > pictures.items()
        for job_id in left_to_do():
            jobs.do(job_id)
        assert files() == pictures
        killed_at("note_rest", run, path)
        assert run("restore", path, "--replace").exit_code == 0
        assert (contents(), files()) == then
        assert left_to_do() == []


@KINDS
def test_killed_after_that_the_new_forum_is_whole(forum, changed, kind):
    with forum(kind) as run:
        path, (rows, pictures), _ = changed(run)
        killed_at("finish", run, path)
        assert contents() == rows
        assert files().keys() > pictures.keys()
        assert db.session.scalar(select(Job.name).where(Job.name == "search.rebuild"))
        for job_id in reversed(left_to_do()):  # In whichever order.
            jobs.do(job_id)
        assert files() == pictures


def test_killed_in_an_empty_forum_nothing_is_left_lying_about(forum, changed):
    with forum("sqlite") as run:
        path, then, _ = changed(run)
    with forum("sqlite") as run:
        storage().save(PICTURE, b"damaged on the disk")
        killed_at("note_rest", run, path)
        assert len(files()) == len(then[1]) + 1
        assert run("restore", path).exit_code == 0
        assert (contents(), files()) == then


def test_a_worker_that_runs_meanwhile_is_told_to_be_stopped(forum, changed, monkeypatch):
    note = placing.note_way_back

    def noted(*given):
        ids = note(*given)
        monkeypatch.setattr(placing, "put", lambda *_: pytest.fail("came too far"))
        given[0].execute(placing.JOBS.delete())  # As a worker does that finished them.
        return ids

    monkeypatch.setattr(placing, "note_way_back", noted)
    with forum("sqlite") as run:
        path, _, before = changed(run)
        answer = run("restore", path, "--replace")
        assert (answer.exit_code, "Stop web nodes and workers" in answer.output) == (1, True)
        assert (contents(), files()) == before


def test_files_that_cannot_be_taken_away_are_left_to_the_worker(forum, changed, monkeypatch):
    def refused(*_):
        raise OSError("Read-only")

    with forum("sqlite") as run:
        path, then, _ = changed(run)
        with monkeypatch.context() as patched:
            patched.setattr(LocalStorage, "delete", refused)
            answer = run("restore", path, "--replace")
        assert answer.exit_code == 0
        assert "the worker tries again" in answer.output
        assert contents() == then[0]
        assert len(left_to_do()) == 2
        db.session.execute(update(Job).values(due_at=now()))
        db.session.commit()
        for job_id in left_to_do():
            jobs.do(job_id)
        assert files() == then[1]
