"""Rows that point at nothing, and rows whose file is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from sqlalchemy import ColumnElement, ForeignKey, Table, and_, delete, select, update

from community.core.db import db, transaction
from community.core.files import storage
from community.core.policy import unguarded
from community.members.models import Member
from community.posts.models import Attachment, Post
from community.questions.models import Reply

AT_ONCE = 500  # rows in one statement
# Links that are empty in rows of another kind only: no reply can be without its question.
NEEDED = {("posts", "question_id")}


def check() -> Iterator[tuple[str, int]]:
    """Repair what can be; yield what was wrong, and how many."""
    for table in reversed(db.metadata.sorted_tables):
        for link in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            yield f"rows of {table.name} whose {link.parent.name} is gone", _mend(link)
    yield "replies that belong to no question", _remove_stray_replies()
    names = [*db.session.scalars(select(Attachment.name)), *_avatars()]
    yield "pictures without their file", sum(not storage().exists(name) for name in names)


def _avatars() -> Sequence[str]:
    return db.session.scalars(select(Member.avatar).where(Member.avatar != "")).all()


@transaction
@unguarded("whoever runs the forum asks for it")
def _mend(link: ForeignKey) -> int:
    """Let go of the rows whose link leads nowhere; return how many there were."""
    there = link.column.table.alias("there")
    found = select(1).select_from(there).where(there.c[link.column.name] == link.parent)
    return _let_go(link, link.parent.is_not(None) & ~found.exists())


@transaction
@unguarded("whoever runs the forum asks for it")
def _remove_stray_replies() -> int:
    posts = cast(Table, Post.__table__)
    replies = [each.polymorphic_identity for each in Reply.__mapper__.self_and_descendants]
    return _remove(posts, posts.c.kind.in_(replies) & posts.c.question_id.is_(None))


def _let_go(link: ForeignKey, which: ColumnElement[bool]) -> int:
    """Remove rows that cannot be without what they point at; let others point at nothing."""
    table = link.parent.table
    if not link.parent.nullable or (table.name, link.parent.name) in NEEDED:
        return _remove(table, which)
    emptied = update(table).where(which).values({link.parent: None}).returning(link.parent)
    return len(db.session.execute(emptied).all())


def _remove(table: Table, which: ColumnElement[bool]) -> int:
    """Remove rows, but first let go of what points at them, so that no new orphans are left."""
    if "id" not in table.c:  # Nothing points at rows that only connect two others.
        gone = delete(table).where(which).returning(*table.primary_key.columns)
        return len(db.session.execute(gone).all())
    ids = db.session.scalars(select(table.c.id).where(which)).all()
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        for link in _links_to(table):
            theirs = link.parent.in_(some)
            is_own = link.parent.table is table
            _let_go(link, and_(theirs, table.c.id.not_in(some)) if is_own else theirs)
        db.session.execute(delete(table).where(table.c.id.in_(some)))
    return len(ids)


def _links_to(table: Table) -> list[ForeignKey]:
    every = (link for each in db.metadata.sorted_tables for link in each.foreign_keys)
    return [link for link in every if link.column.table is table]
