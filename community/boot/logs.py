"""How a line of the log looks in the terminal."""

from __future__ import annotations

from typing import Any


def log_format(process: str, level: str) -> dict[str, Any]:
    """Return the logging of one process: each line says when, which process and how grave."""
    line = f"%(asctime)s {process:<6} %(levelname)-7s %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"generic": {"format": line, "datefmt": "%H:%M:%S"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "generic"}},
        "root": {"level": level, "handlers": ["console"]},
        "loggers": {
            "_granian": {},
            "alembic": {"level": "WARNING"},
            "huey": {"level": "WARNING"},
        },
    }
