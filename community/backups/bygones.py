"""What was true when a backup was made, and must not be again: who was logged in, what was mailed.

Why, and why so: docs/decisions/0113-a-backup-is-rows.md.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from community.core.clock import now
from community.core.db import db
from community.core.job_rows import Job
from community.members.models import Invitation

# What lets somebody in without a password. It may have been ended or used up since.
LETS_IN = frozenset({"sessions", "tokens"})
# Whoever moves to another database restores at once; then mails that wait are to be sent.
FRESH = timedelta(hours=1)
MAILS = re.compile(
    r"mail\.deliver|members\.mail_\w+|notifications\.mail\w*"
    r"|community\.notifications\.reactions\.tell_of_\w+"
)


def is_mail(name: str) -> bool:
    """Tell whether jobs of this name send a mail, or tell members of what happened."""
    return MAILS.fullmatch(name) is not None


def is_fresh(made_at: datetime) -> bool:
    """Tell whether a backup is so young that hardly anything was done since."""
    return now() - made_at < FRESH


def end_links(connection: Connection) -> int:
    """Let no invitation be accepted by a link sent before; return how many were open."""
    table = db.metadata.tables[Invitation.__tablename__]
    sent = update(Invitation).where(table.c.token_hash.is_not(None)).values(token_hash=None)
    return len(connection.execute(sent.returning(table.c.id)).all())


def drop_mails(connection: Connection) -> int:
    """Drop the jobs that send mails; return how many there were."""
    table = db.metadata.tables[Job.__tablename__]
    names = [name for name in connection.scalars(select(table.c.name).distinct()) if is_mail(name)]
    dropped = delete(table).where(table.c.name.in_(names)).returning(table.c.id)
    return len(connection.scalars(dropped).all())
