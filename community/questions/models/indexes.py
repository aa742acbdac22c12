"""How posts are found. Writing a post takes time for each index that it is entered in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Index, Table

# Whether everybody sees a post: with these at hand, lists are counted without reading its row.
SEEN = ("deleted_at", "hidden_at", "merged_into_id")
# What lists are sorted by, and what they are narrowed down to: columns by the name of the index.
OF_QUESTIONS = {
    "kind": ("kind", "active_at", "id"),
    "score": ("kind", "score", "id"),
    "me_too_count": ("kind", "me_too_count", "id"),
    "state": ("state", "active_at", "id", "kind"),
    "product_id": ("product_id", "active_at", "id", "kind"),
    "purpose": ("purpose", "active_at", "id", "kind"),
}
# Columns in which most posts have nothing.
SELDOM_FILLED = (
    *("content_changed_at", "duplicate_of_id", "indexable_since", "merged_into_id", "parent_id"),
    *("pinned_until", "solution_id", "solved_at", "translations_id"),
)


def add(posts: Table) -> None:
    """Add the indexes to the table of posts, once it has the columns of all kinds."""
    Index(None, posts.c.question_id, posts.c.kind)
    # Of all kinds, for what was written since a day. Names are said here, for PostgreSQL takes
    # none as long as all of these columns.
    _public(posts, "created_at", ("kind", "created_at", "id"))
    for name, columns in OF_QUESTIONS.items():
        _public(posts, name, columns, only=posts.c.kind == "question")
    for name in SELDOM_FILLED:
        is_filled = posts.c[name].is_not(None)
        Index(None, posts.c[name], sqlite_where=is_filled, postgresql_where=is_filled)


def _public(
    posts: Table, name: str, columns: tuple[str, ...], only: ColumnElement[bool] | None = None
) -> None:
    entries = (posts.c[each] for each in (*columns, *SEEN))
    where: dict[str, Any] = {} if only is None else {"sqlite_where": only, "postgresql_where": only}
    Index(f"ix_posts_public_{name}", *entries, **where)
