"""The bench of the crowd reads what wrk says, asks as many as it says, and spoils no forum."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import insert, select

from bench.asking import Scripts
from bench.cases import Case
from bench.forums import Folders
from bench.tables import Table, growth
from bench.wrk import Load, Run, middle_of, run_of, told
from community.core.db import db
from config import ROOT, environment_with

SAID = """Running 4s test @ http://127.0.0.1:8148/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   651.12us    1.20ms  30.87ms   95.21%
    Req/Sec    14.02k     1.33k   16.52k    71.25%
  Latency Distribution
     50%  458.00us
     75%  612.00us
     90%    1.03ms
     99%    {p99}
  8000 requests in 4.00s, 1.12GB read
Requests/sec:   2000.50
Transfer/sec:    287.10MB
"""


@pytest.mark.parametrize(("p99", "is_"), [("6.97ms", 6.97), ("1.50s", 1500), ("1.10m", 66_000)])
def test_what_wrk_says_is_read_in_milliseconds(p99, is_):
    run = told(SAID.format(p99=p99), processor=4.0)
    assert (run.speed, run.p50, run.p99) == (2000.5, 0.458, pytest.approx(is_))
    # Four seconds of the processors for 8,000 requests.
    assert run.processor == 0.5


def test_the_run_with_the_middle_speed_counts():
    runs = [Run(3, 1, 1, None), Run(1, 9, 9, 0.5), Run(2, 5, 5, None)]
    assert middle_of(runs).speed == 2


def test_the_ratio_is_to_the_control_of_the_same_minute(monkeypatch):
    """The machine gets slower by half; the forum stays at a fifth of the control."""
    speeds = iter([999, 1000, 200, 500, 100, 800, 176])  # a warm-up, then pairs
    monkeypatch.setattr(Load, "_run", lambda self, *_: Run(next(speeds), self.port, 1))
    run, ratio = Load(port=1).beside(Load(port=2), "/posts", "/questions", None)
    assert (run.speed, run.p50, ratio) == (176, 1, 0.2)


def test_what_was_written_is_told_as_what_was_read():
    run = run_of([0.001, 0.002, 0.003], wall=0.5)
    assert (run.speed, run.p50) == (6, pytest.approx(2))


def test_a_missed_goal_is_said_and_remembered(capsys):
    table = Table("15 questions")
    table.add(Case("control"), Run(1000, 1, 1, 0.1))
    table.add(Case("page", control="control", goal=0.2), Run(200, 1, 1, 0.5), 0.2)
    assert table.goals_met
    table.add(Case("slow page", control="control", goal=0.2), Run(300, 1, 1, 0.5), 0.199)
    assert not table.goals_met
    rows = capsys.readouterr().out.splitlines()
    assert [row for row in rows if "MISSED" in row] == [rows[-1]]
    assert "| 0.20 | ≥ 0.2 MISSED |" in rows[-1]


def test_growth_is_each_time_over_that_at_the_first_size():
    small, large = Table("15"), Table("150")
    small.runs = {"page": Run(9, 2, 3, 0.5), "vote": Run(9, 4, 5)}
    large.runs = {"page": Run(9, 3, 9, 1.0), "vote": Run(9, 5, 5)}
    assert growth([small, large]) == [
        ("page", [(1, 1), (1.5, 2)]), ("vote", [(1, None), (1.25, None)]),
    ]  # fmt: skip


def test_each_member_asks_for_each_path_once_before_anything_repeats(tmp_path):
    paths = [f"/questions/{number}" for number in range(9)]
    script = Scripts(tmp_path).of_members([3, 4, 5], paths)
    (listed,) = tmp_path.glob("*.txt")
    lines = listed.read_text().splitlines()
    assert str(listed) in script.read_text()
    assert len(lines) == len(set(lines)) == 27
    assert {line.split("\t")[0] for line in lines} == set(paths)
    # Not one member after the other.
    assert len({line.split("\t")[1] for line in lines[:9]}) > 1


def test_what_is_written_goes_into_a_copy_that_is_gone_afterwards(tmp_path):
    kept = tmp_path / "bench-7"
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"], cwd=ROOT, check=True,
        env=environment_with(INSTANCE_FOLDER=str(kept), DATABASE_URL=""),
    )  # fmt: skip
    before = (kept / "tertulia.db").read_bytes()
    shelf = Folders(tmp_path / "no shape", tmp_path)
    shelf.make(7)  # It is there, so nothing is made.
    settings = db.metadata.tables["settings"]
    with shelf.copied(7) as forum:
        with forum.connected() as connection:
            connection.execute(insert(settings).values(name="a name", value=1))
        with forum.connected() as connection:
            assert "a name" in connection.scalars(select(settings.c.name)).all()
        assert forum.folder.parent.parent == tmp_path
    assert (kept / "tertulia.db").read_bytes() == before
    assert list(tmp_path.iterdir()) == [kept]
