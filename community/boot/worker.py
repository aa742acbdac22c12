"""The worker: does in the background what a request need not wait for.

Started by supervisor (supervisord.conf); alone: `make worker`.
"""

from __future__ import annotations

import logging.config
import os

from community.boot.logs import log_format
from community.search.reactions import make_ready
from wsgi import app


def main() -> None:
    """Work off background jobs until told to stop."""
    os.nice(5)  # Whoever waits for a page comes first.
    logging.config.dictConfig(log_format("worker", app.config["LOG_LEVEL"]))
    with app.app_context():
        make_ready()
    app.cli.main(["jobs", "work"], prog_name="worker")


if __name__ == "__main__":
    main()
