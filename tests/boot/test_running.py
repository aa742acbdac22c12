"""The forum as it runs: web server, worker and process manager together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.slow_clients import attack
from community.site.first_code import code_of
from config import environment_with
from tests.boot.conftest import ROOT, start, wait_until

SERVER, WORKER = "community.boot.server", "community.boot.worker"


def get(forum, path):
    connection = http.client.HTTPConnection("127.0.0.1", forum.port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        connection.close()


def is_well(forum):
    """Tell whether it says that all is well; a server that begins anew listens a bit later."""
    try:
        return get(forum, "/healthz")[0] == 200
    except ConnectionError:
        return False


def send(forum, raw, patience=10):
    """Send bytes as they are; return the status, or None if the door was shut without one."""
    with socket.create_connection(("127.0.0.1", forum.port), timeout=patience) as connection:
        try:
            connection.sendall(raw)
            head = connection.recv(4096)
        except ConnectionError:
            return None
    return int(head.split()[1]) if head else None


def test_it_says_where_it_is_and_how_to_set_it_up(forum):
    said = forum.log.read_text()
    assert f"The forum is open: http://localhost:{forum.port}" in said
    assert f"with this code: {code_of((forum.instance / 'secret_key').read_text())}" in said
    assert get(forum, "/")[2]["location"] == "/set-up"


def test_everything_that_it_keeps_is_for_its_owner_alone(forum):
    assert forum.instance.stat().st_mode & 0o077 == 0
    for path in forum.instance.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_it_is_well(forum):
    wait_until(lambda: is_well(forum))
    assert '"ok":true' in get(forum, "/healthz")[1]


def test_the_port_is_taken_now(forum, tmp_path):
    again = start(tmp_path / "instance", forum.port, tmp_path / "log")
    assert again.process.wait(30) == 1
    assert f"PORT {forum.port} is already in use" in again.log.read_text()


@pytest.mark.parametrize(("kind", "connections"), [("headers", 300), ("body", 40), ("body", 200)])
def test_slow_clients_keep_nobody_waiting(forum, kind, connections):
    outcome = attack(kind, connections, forum.port, seconds=4)
    assert outcome.answered >= 0.99


HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /set-up/code HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
PARTS = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" * 3000 + b"--x--\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        HEAD + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n",
        HEAD + b"".join(b"X-%d: 1\r\n" % number for number in range(500)) + b"\r\n",
        b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\na=1\r\n",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + FORM + b"Content-Length: 10000000\r\n\r\n",
        POST + b"Content-Type: multipart/form-data; boundary=x\r\n"
        + b"Content-Length: %d\r\n\r\n" % len(PARTS) + PARTS,
        b"G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
        b"GET /questions?page=%ff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
    ids=["long header", "many headers", "long address", "two lengths", "negative length",
         "ten megabytes", "many parts", "no method", "no address", "TLS", "bad query", "zero"],
)  # fmt: skip
def test_what_makes_no_sense_is_never_an_error_of_ours(forum, request_):
    started = time.monotonic()
    status = send(forum, request_)
    assert status is None or 300 <= status < 500
    assert time.monotonic() - started < 5


def parts(forum):
    """Return the numbers of the one that watches, the web server and the worker, if all run."""
    children = forum.children()
    if len(children) != 1:
        return None
    (service,) = children
    below = {number: forum.below(number) for number in forum.below(service)}
    web = [number for number, processes in below.items() if len(processes) == 2]
    workers = [number for number, processes in below.items() if not processes]
    return (service, web[0], workers[0]) if len(web) == len(workers) == 1 else None


def test_who_dies_comes_back(forum):
    service, web, worker = wait_until(lambda: parts(forum))
    before = forum.below(web)
    os.kill(before[-1], signal.SIGKILL)
    wait_until(lambda: len(set(forum.below(web)) - set(before)) == 1)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: (now := parts(forum)) and now[2] != worker)
    assert parts(forum)[:2] == (service, web)
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: (now := parts(forum)) and now[1] != web)
    wait_until(lambda: is_well(forum))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells processes")
def test_when_the_one_that_watches_dies_all_begins_anew(forum):
    service, web, worker = wait_until(lambda: parts(forum))
    os.kill(service, signal.SIGKILL)
    wait_until(lambda: (now := parts(forum)) and now[0] != service)
    wait_until(lambda: not {web, worker} & set(everything_that_runs()))
    wait_until(lambda: is_well(forum))


def everything_that_runs():
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def test_ctrl_c_ends_all_of_it_soon_and_it_starts_again(tmp_path, forum):
    children = [*forum.children(), *(n for each in forum.children() for n in forum.below(each))]
    children += [n for each in children for n in forum.below(each)]
    started = time.monotonic()
    forum.process.send_signal(signal.SIGINT)
    assert forum.process.wait(15) == 0
    assert time.monotonic() - started < 12
    assert children
    assert not any(os.path.exists(f"/proc/{number}") for number in children)  # noqa: PTH110
    again = start(forum.instance, forum.port, tmp_path / "log")
    wait_until(lambda: "open:" in again.log.read_text())
    assert "up to date" not in again.log.read_text()
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(15) == 0


@pytest.mark.parametrize("module", ["community.boot", SERVER, WORKER])
def test_a_wrong_setting_stops_the_start_with_one_sentence(module, tmp_path):
    environment = environment_with(INSTANCE_FOLDER=str(tmp_path), PORT="many")
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "PORT is 'many', but must be a whole number from 1 to 65535. See docs/settings.md."
    ]
