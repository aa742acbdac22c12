"""The web server: granian with this forum's limits. docs/decisions/0001 says why it and why so.

Started by supervisor (boot/supervisord.conf); alone: `python -m boot.server`.
"""

from __future__ import annotations

import resource
import sys

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from config import Config
from setting_checks import WrongSetting

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
    _allow_many_connections()
    server(config).serve()


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
        log_dictconfig=log_format("web", config.LOG_LEVEL),
    )


def log_format(process: str, level: str) -> dict[str, object]:
    """Return the logging of one process: each line says when, from where and how grave."""
    line = f"%(asctime)s {process:<6} %(levelname)-7s %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"generic": {"format": line, "datefmt": "%H:%M:%S"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "generic"}},
        "root": {"level": level, "handlers": ["console"]},
        "loggers": {"_granian": {"level": max(level, "WARNING", key=_gravity), "propagate": True}},
    }


def _gravity(level: str) -> int:
    return ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"].index(level)


def _allow_many_connections() -> None:
    """Lift the limit on open files, often 1,024, as far as this account may."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main()
