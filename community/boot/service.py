"""The whole forum on one machine: loaded once, then forked into web server and worker.

What they load is the same and the most that they have in memory; so it is there once, and the start
takes half the time. This process only watches: it starts again what dies. Supervisor watches it.
"""

from __future__ import annotations

import logging.config
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from community.boot import announce, loading, orphans, server, worker
from community.boot.logs import log_format
from community.core.setting_checks import WrongSetting
from config import Config

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds before what died is started again
Work = Callable[[], None]


@dataclass(frozen=True)
class Part:
    """One of the processes that make up a forum."""

    module: str
    work: Work
    end: signal.Signals
    stays: bool = True


PARTS = (
    Part("community.boot.server", server.main, signal.SIGTERM),
    # INT lets it finish the job at hand.
    Part("community.boot.worker", worker.main, signal.SIGINT),
    Part("community.boot.announce", announce.main, signal.SIGTERM, stays=False),
)


def main() -> None:
    """Keep the forum running until told to stop."""
    try:
        config = Config.from_environment()
    except WrongSetting as error:
        sys.exit(str(error))
    logging.config.dictConfig(log_format("forum", config))
    if loading.are_forked():
        loading.load()
    work = Family().keep()
    if work:
        work()


class Family:
    """The processes of the forum, by their numbers."""

    def __init__(self) -> None:
        self._running: dict[int, Part] = {}
        self._is_ending = False

    def keep(self) -> Work | None:
        """Start every part, and again what dies. Returns in each fork, too: with its work."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        for part in PARTS:
            if self._is_fork(part):
                return part.work
        while self._running:
            part = self._ended()
            if part.stays and not self._is_ending and self._is_fork(part):
                return part.work
        return None

    def _ended(self) -> Part:
        """Wait until a part ends; if it should not have, take breath before it starts again."""
        pid, status = os.wait()
        part = self._running.pop(pid)
        if part.stays and not self._is_ending:
            code = os.waitstatus_to_exitcode(status)
            log.error("%s ended with %s; it is started again", part.module, code)
            time.sleep(PAUSE)
        return part

    def _is_fork(self, part: Part) -> bool:
        """Start a part; tell whether this is the process that was started."""
        parent = os.getpid()
        if loading.are_forked():
            pid = os.fork()
        else:
            pid = subprocess.Popen([sys.executable, "-m", part.module]).pid  # noqa: S603
        if pid == 0:
            _begin_anew(parent)
            return True
        self._running[pid] = part
        if self._is_ending:
            self._tell(pid)
        return False

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        """Let every part end."""
        self._is_ending = True
        for pid in list(self._running):
            self._tell(pid)

    def _tell(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, self._running[pid].end)


def _begin_anew(parent: int) -> None:
    """Hear signals as any program does; end when the one that watches is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    orphans.end_with(parent)


if __name__ == "__main__":
    main()
