"""Loading the forum into a process, quickly, and so that its forks share the memory."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
from typing import TYPE_CHECKING

from sqlalchemy.orm import configure_mappers

if TYPE_CHECKING:
    from flask import Flask


def load() -> Flask:
    """Return the forum. Nothing is connected yet: each process opens its own connections.

    Whatever is made while it loads stays. The collector of garbage, looking through it again and
    again, would take a third of the time; and, later, write on pages that forks share.
    """
    gc.disable()
    app: Flask = importlib.import_module("wsgi").app
    configure_mappers()
    gc.freeze()
    gc.enable()
    return app


def are_forked() -> bool:
    """Tell whether processes are forked here, or else started anew (as on macOS)."""
    return multiprocessing.get_start_method() == "fork"
