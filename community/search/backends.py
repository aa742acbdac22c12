"""Which search engine is plugged into the socket. Only the one in use is loaded."""

from __future__ import annotations

from flask import Flask

from community.core.db import db
from community.search.engine import Engine


def init_app(app: Flask) -> None:
    """Plug in the engine that the settings name."""
    app.extensions["search"] = _build(app.config["SEARCH_BACKEND"], app.config["SEARCH_FOLDER"])


def _build(name: str, folder: str) -> Engine:
    if name == "memory":
        from community.search.memory_engine import MemoryEngine  # noqa: PLC0415

        return MemoryEngine()
    if name == "postgresql":
        from community.search.postgresql_engine.engine import PostgreSQLEngine  # noqa: PLC0415

        return PostgreSQLEngine(lambda: db.engine)
    from community.search.whoosh_engine.engine import WhooshEngine  # noqa: PLC0415

    return WhooshEngine(folder)
