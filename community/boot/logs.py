"""How the log looks: lines for people, or JSON for programs that gather them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from pythonjsonlogger.json import JsonFormatter

from community.core import tracing
from community.core.masking import masked

if TYPE_CHECKING:
    from config import Config


class OfRequest(logging.Filter):
    """Says on each line for which request it was written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the name; what was written for no request stays as it is."""
        if tracing.name():
            record.request_id = tracing.name()
        return True


class Lines(logging.Formatter):
    """For people: when, which process, how grave, what, and for which request."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, masked."""
        name = getattr(record, "request_id", "")
        return masked(super().format(record) + (f" [{name}]" if name else ""))


class Json(JsonFormatter):
    """For programs: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, masked."""
        return masked(super().format(record))


def log_format(process: str, config: Config) -> dict[str, Any]:
    """Return the logging of one process, in the format that the settings name."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"of_request": {"()": OfRequest}},
        "formatters": {"generic": FORMATS[config.LOG_FORMAT](process)},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "generic",
                "filters": ["of_request"],
            }
        },
        "root": {"level": config.LOG_LEVEL, "handlers": ["console"]},
        "loggers": {
            "_granian": {},
            "alembic": {"level": "WARNING"},
            "huey": {"level": "WARNING"},
        },
    }


def _lines(process: str) -> dict[str, Any]:
    line = f"%(asctime)s {process:<6} %(levelname)-7s %(message)s"
    return {"()": Lines, "fmt": line, "datefmt": "%H:%M:%S"}


def _json(process: str) -> dict[str, Any]:
    return {
        "()": Json,
        "fmt": "%(levelname)s %(name)s %(message)s",
        "rename_fields": {"levelname": "level", "name": "logger"},
        "static_fields": {"process": process},
        "timestamp": "at",
    }


FORMATS = {"text": _lines, "json": _json}
