"""The web server: granian with this forum's limits. docs/decisions/0001 says why it and why so.

A part of `python -m community.boot`; alone: `python -m community.boot.server`.
"""

from __future__ import annotations

import importlib
import os
import resource
import sys
from functools import partial
from typing import TYPE_CHECKING

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from community.boot import loading, orphans
from community.boot.logs import log_format
from community.core import counting
from community.core.setting_checks import WrongSetting
from config import Config

if TYPE_CHECKING:
    from flask import Flask

# A thread that waits for a slow body costs next to nothing. How many requests are worked on at
# the same time is another number: THREADS, kept by community.core.admission.
WAITING_THREADS = 64
CONNECTIONS_PER_WORKER = 2000
SECONDS_FOR_HEADERS = 10
BYTES_OF_HEADERS = 64 * 1024
SECONDS_TO_FINISH = 5


def main() -> None:
    """Serve the forum until it is told to stop."""
    try:
        config = Config.from_environment()
    except WrongSetting as error:
        sys.exit(str(error))
    counting.begin_anew(config)
    if loading.are_forked():
        loading.load()
    serve(config)


def serve(config: Config) -> None:
    """Serve until told to stop. What is loaded already is shared by the processes."""
    _allow_many_connections()
    server(config).serve(target_loader=partial(_app, os.getpid()))


def server(config: Config) -> MPServer:
    """Build the server that the settings describe."""
    return MPServer(
        "wsgi:app",
        address=config.HOST,
        port=config.PORT,
        interface=Interfaces.WSGI,
        workers=config.WORKERS,
        blocking_threads=WAITING_THREADS,
        backlog=1024,
        backpressure=CONNECTIONS_PER_WORKER,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=SECONDS_FOR_HEADERS * 1000, max_buffer_size=BYTES_OF_HEADERS
        ),
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=SECONDS_TO_FINISH,
        # What granian says below that is of no use to who runs a forum.
        log_level=LogLevels.debug if config.LOG_LEVEL == "DEBUG" else LogLevels.error,
        log_dictconfig=log_format("web", config),
    )


def _app(parent: int, *_target: str) -> Flask:
    """Return the forum, in one of the processes that answer."""
    orphans.end_with(parent)
    app: Flask = importlib.import_module("wsgi").app
    return app


def _allow_many_connections() -> None:
    """Lift the limit on open files, often 1,024, as far as this account may."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main()
