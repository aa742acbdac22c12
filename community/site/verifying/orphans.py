"""Rows that point at nothing, and rows whose file is gone."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ForeignKey, Table, delete, func, select, update

from community.core.db import db, transaction
from community.core.files import storage
from community.core.policy import unguarded
from community.posts.models import Attachment


def check() -> Iterator[tuple[str, int]]:
    """Repair what can be; yield what was wrong, and how many."""
    for table in reversed(db.metadata.sorted_tables):
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            yield f"rows of {table.name} whose {key.parent.name} is gone", _let_go(table, key)
    names = db.session.scalars(select(Attachment.name))
    yield "pictures without their file", sum(not storage().exists(name) for name in names)


@transaction
@unguarded("whoever runs the forum asks for it")
def _let_go(table: Table, key: ForeignKey) -> int:
    """Delete rows that cannot be without what they point at; let others point at nothing."""
    there = key.column.table.alias("there")
    orphaned = key.parent.is_not(None) & ~(
        select(1).select_from(there).where(there.c[key.column.name] == key.parent).exists()
    )
    count = db.session.scalar(select(func.count()).select_from(table).where(orphaned)) or 0
    if count and key.parent.nullable:
        db.session.execute(update(table).where(orphaned).values({key.parent: None}))
    elif count:
        db.session.execute(delete(table).where(orphaned))
    return count
