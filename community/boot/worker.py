"""The worker: does in the background what a request need not wait for.

A part of `python -m community.boot`; alone: `make worker`.
"""

from __future__ import annotations

import logging.config
import os
import sys

from community.boot import loading
from community.boot.logs import log_format
from community.core import writers
from community.core.setting_checks import WrongSetting
from config import Config


def main() -> None:
    """Work off background jobs until told to stop."""
    os.nice(5)  # Whoever waits for a page comes first.
    try:
        config = Config.from_environment()
    except WrongSetting as error:
        sys.exit(str(error))
    app = loading.load()
    # What a power cut takes back is done again, for its job comes back with it; and nobody was told
    # that it was done. So only those who write wait for the disk. docs/decisions/0123.
    app.config["SQLITE_SYNCHRONOUS"] = "NORMAL"
    writers.let_others_go_first()
    logging.config.dictConfig(log_format("worker", config))
    with app.app_context():
        from community.core import change_triggers, table_statistics  # noqa: PLC0415, loaded by now
        from community.search.reactions import make_ready  # noqa: PLC0415

        change_triggers.refresh()
        table_statistics.gather()
        make_ready()
    app.cli.main(["jobs", "work"], prog_name="worker")


if __name__ == "__main__":
    main()
