"""What all web processes answered is told by whichever of them is asked."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys

import pytest

from config import environment_with
from tests.boot.conftest import ROOT, free_port, start, wait_until

TOKEN = "swordfish-swordfish"
LINE = re.compile(r"^(tertulia_\w+?)(?:\{(.*)\})? (\S+)$", re.MULTILINE)
SET_UP = ("site", "set-up", "--brand", "Acme", "--admin-email", "ann@example.org")


def flask(instance, *words, typed=""):
    environment = environment_with(INSTANCE_FOLDER=str(instance), DATABASE_URL="")
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT, env=environment, input=typed, text=True, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def counted(tmp_path):
    """A forum that is set up and may tell Prometheus, with two web processes."""
    instance = tmp_path / "instance"
    flask(instance, "db", "upgrade")
    words = (*SET_UP, "--admin-name", "Ann", "--admin-password-stdin")
    flask(instance, *words, typed="one green bench under trees\n")
    (instance / "counts").mkdir()
    (instance / "counts" / "counter_1.db").write_bytes(b"of an earlier run, and broken")
    running = start(
        instance, free_port(), tmp_path / "log", METRICS_TOKEN=TOKEN, WORKERS="2", RATE_LIMITS="off"
    )
    wait_until(lambda: "open:" in running.log.read_text() or running.process.poll() is not None)
    yield running
    running.process.send_signal(signal.SIGINT)
    running.process.wait(20)


def ask(forum, path, method="GET", **headers):
    """Ask over a new connection, which either process may take."""
    connection = http.client.HTTPConnection("127.0.0.1", forum.port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        connection.close()


def told(forum):
    """Return what Prometheus is told: the name, the labels, and how many."""
    text = ask(forum, "/metrics", Authorization=f"Bearer {TOKEN}")[1]
    return {
        (name, frozenset(re.findall(r'(\w+)="([^"]*)"', labels))): float(number)
        for name, labels, number in LINE.findall(text)
    }


def total(counts, name, **wanted):
    return sum(
        number for (each, labels), number in counts.items()
        if each == name and set(wanted.items()) <= labels
    )  # fmt: skip


def test_requests_to_all_processes_are_added_up(counted):
    for _ in range(20):
        assert ask(counted, "/questions")[0] == 200
    tag = ask(counted, "/questions")[2]["ETag"]
    assert ask(counted, "/questions", **{"If-None-Match": tag})[0] in {200, 304}
    for path in ("/nowhere", "/nor/here"):
        assert ask(counted, path)[0] == 404
    assert ask(counted, "/questions", method="BREW")[0] == 405
    counts = told(counted)
    lists = total(counts, "tertulia_requests_total", endpoint="questions.index")
    misses = total(counts, "tertulia_requests_total", endpoint="questions.index", kept="miss")
    hits = total(counts, "tertulia_requests_total", endpoint="questions.index", kept="hit")
    assert lists == misses + hits == 22
    assert 1 <= misses <= 22 - hits
    assert hits > 10
    nowhere = {"endpoint": "none", "kept": "no", "status": "4xx"}
    assert total(counts, "tertulia_requests_total", method="GET", **nowhere) == 2
    assert total(counts, "tertulia_requests_total", method="other", **nowhere) == 1
    # The histogram is of what the application made.
    made = total(counts, "tertulia_answer_seconds_count", endpoint="questions.index")
    assert made == misses
    slowest = total(counts, "tertulia_answer_seconds_bucket", endpoint="questions.index", le="+Inf")
    assert slowest == misses
    assert total(counts, "tertulia_questions") == 0
    assert total(counts, "tertulia_database_up") == 1


def test_who_died_has_still_counted(counted):
    for _ in range(8):
        ask(counted, "/healthz")
    before = total(told(counted), "tertulia_requests_total", endpoint="site.healthz")
    (service,) = counted.children()
    web = [n for each in counted.below(service) for n in counted.below(each)]
    subprocess.run(["kill", "-9", str(web[-1])], check=True)
    wait_until(lambda: (found := told_or_none(counted)) and found)
    after = total(told(counted), "tertulia_requests_total", endpoint="site.healthz")
    assert after == before >= 8


def told_or_none(forum):
    try:
        return told(forum)
    except (OSError, http.client.HTTPException):
        return None
