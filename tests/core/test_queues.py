"""The queue loads no driver of a server that the settings do not name."""

import subprocess
import sys

from sqlalchemy import func, select

from community.core import jobs, queues
from community.core.db import db, transaction
from community.core.job_rows import Job
from community.core.jobs import enqueue, job
from tests.boot.conftest import ROOT

PRAGMAS, NORMAL = ("journal_mode", "synchronous"), 1
CODE = """
import sys
from community.app import create_app
from config import Config
given = {"INSTANCE_FOLDER": sys.argv[1], "REDIS_URL": sys.argv[2]}
app = create_app(Config.from_environment(given))
print("huey" in sys.modules, "redis" in sys.modules, "psycopg" in sys.modules)
"""

added = []


@job("tests.add")
def add(number: int) -> None:
    added.append(number)


def loaded(folder, redis_url):
    words = [sys.executable, "-c", CODE, str(folder), redis_url]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_drivers_that_nobody_uses_are_not_loaded(tmp_path):
    assert loaded(tmp_path, "") == "True False False\n"


def test_the_driver_that_is_used_is_loaded(tmp_path):
    assert loaded(tmp_path, "redis://127.0.0.1:1/0") == "True True False\n"


def test_the_queue_in_a_file_is_safe_and_waits_for_no_disk(house):
    connection = queues.build(house).storage.conn
    values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS]
    assert values == ["wal", NORMAL]


def test_jobs_that_are_handed_over_together_are_all_done(house, monkeypatch):
    monkeypatch.setitem(house.config, "TESTING", False)
    jobs.init_app(house)
    with house.app_context():
        transaction(lambda: [enqueue("tests.add", number=number) for number in (1, 2, 3)])()
        queue = house.extensions["huey"]
        assert queue.pending_count() == 1
        queue.execute(queue.dequeue())
        assert added == [1, 2, 3]
        assert db.session.scalar(select(func.count(Job.id))) == 0
