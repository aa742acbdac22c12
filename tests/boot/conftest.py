"""A whole forum as a person starts it: processes, a database on disk, a port."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import environment_with, settings_of_the_environment

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@dataclass
class Running:
    """A forum that runs: its port, its process manager, where it writes."""

    port: int
    process: subprocess.Popen
    log: Path
    instance: Path

    def children(self) -> dict[int, str]:
        """Return the processes below the manager: number and command line."""
        lines = subprocess.run(
            ["ps", "-o", "pid=,pgid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True, text=True, check=False,
        ).stdout.splitlines()  # fmt: skip
        return {int(line.split()[0]): line for line in lines}

    def below(self, process: int) -> list[int]:
        """Return the numbers of the processes that another one started."""
        said = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process)],
            capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        return [int(number) for number in said.split()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(is_so, patience=PATIENCE):
    """Wait until something is so; fail if it does not come about."""
    end = time.monotonic() + patience
    while not (found := is_so()):
        assert time.monotonic() < end, "It did not come about in time."
        time.sleep(0.1)
    return found


def start(instance: Path, port: int, log: Path, **settings: str) -> Running:
    # An empty setting is the default, whatever the surroundings say.
    plain = {setting.name: "" for setting in settings_of_the_environment()}
    given = {"INSTANCE_FOLDER": str(instance), "PORT": str(port)} | settings
    environment = environment_with(**(plain | given))
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "community.boot"],
            cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    return Running(port, process, log, instance)


@pytest.fixture(scope="module")
def forum(tmp_path_factory):
    """A new forum that runs, each module its own."""
    folder = tmp_path_factory.mktemp("forum")
    running = start(folder / "instance", free_port(), folder / "log")
    wait_until(lambda: "open:" in running.log.read_text() or running.process.poll() is not None)
    yield running
    running.process.send_signal(signal.SIGINT)
    try:
        running.process.wait(20)
    except subprocess.TimeoutExpired:
        running.process.kill()
