"""What SQLite knows about its tables when it plans how to read them.

Without statistics it takes every index to lead to ten rows: it then reads all questions of a forum
to find twenty whose numbers it was given. PostgreSQL gathers its own. docs/decisions/0126.
"""

from __future__ import annotations

from sqlalchemy import text

from community.core.db import db, speaks_postgresql, transaction
from community.core.jobs import periodic
from community.core.policy import unguarded

# Rows of each index that are looked at: some hundredths of a second, however large the forum is.
# https://www.sqlite.org/lang_analyze.html#approximate_analysis_for_large_databases
LOOKED_AT = 1000


@periodic("gather_table_statistics", hour="4", minute="5")
@transaction
@unguarded("by the clock, and after many rows came")
def gather() -> None:
    """Let SQLite see how its tables are filled now; new connections plan with it at once."""
    if not speaks_postgresql():
        db.session.execute(text(f"PRAGMA analysis_limit = {LOOKED_AT}"))
        db.session.execute(text("ANALYZE"))
