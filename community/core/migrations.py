"""The command that changes the tables from one version of the forum to the next."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from community.core.db import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def offer_migrations(app: Flask) -> None:
    """Let commands change the tables. A process that serves pages starts sooner without that."""
    if click.get_current_context(silent=True) is None:
        return
    from flask_migrate import Migrate  # noqa: PLC0415

    Migrate(app, db, directory=str(MIGRATIONS))
