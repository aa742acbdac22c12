"""Enter a reply only in the indexes by which one looks for it.

Why: an answer was entered in more than thirty, and a page of each went to the disk with it. The
indexes of lists are for questions, but for the one by date. Those that only cleaning up used are
gone: it reads small tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

SEEN = ("deleted_at", "hidden_at", "merged_into_id")
OF_QUESTIONS = {
    "kind": ("kind", "active_at", "id"),
    "score": ("kind", "score", "id"),
    "me_too_count": ("kind", "me_too_count", "id"),
    "state": ("state", "active_at", "id", "kind"),
    "product_id": ("product_id", "active_at", "id", "kind"),
    "purpose": ("purpose", "active_at", "id", "kind"),
}
OF_FILLED = ("duplicate_of_id", "parent_id", "solved_at")
UNUSED = {
    "posts": ("render_version",),
    "submissions": ("sent_at",),
    "text_traces": ("member_id", "left_at"),
    "changes": ("at",),
}


def upgrade() -> None:
    for name, columns in OF_QUESTIONS.items():
        op.drop_index(f"ix_posts_public_{name}", table_name="posts")
        _create("posts", f"ix_posts_public_{name}", (*columns, *SEEN), "kind = 'question'")
    for column in OF_FILLED:
        op.drop_index(op.f(f"ix_posts_{column}"), table_name="posts")
        _create("posts", f"ix_posts_{column}", (column,), f"{column} IS NOT NULL")
    op.drop_index(op.f("ix_revisions_editor_id_created_at"), table_name="revisions")
    _create(
        "revisions", "ix_revisions_editor_id_created_at", ("editor_id", "created_at"), "number > 1"
    )
    op.drop_index(op.f("ix_changes_written_by"), table_name="changes")
    op.create_index(
        op.f("ix_changes_written_by"),
        "changes",
        ["written_by"],
        sqlite_where=sa.text("written_by > 0"),
    )
    for table, columns in UNUSED.items():
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)


def downgrade() -> None:
    for table, columns in UNUSED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.drop_index(op.f("ix_changes_written_by"), table_name="changes")
    op.create_index(op.f("ix_changes_written_by"), "changes", ["written_by"])
    op.drop_index(op.f("ix_revisions_editor_id_created_at"), table_name="revisions")
    op.create_index(
        op.f("ix_revisions_editor_id_created_at"), "revisions", ["editor_id", "created_at"]
    )
    for column in OF_FILLED:
        op.drop_index(op.f(f"ix_posts_{column}"), table_name="posts")
        op.create_index(op.f(f"ix_posts_{column}"), "posts", [column])
    for name, columns in OF_QUESTIONS.items():
        op.drop_index(f"ix_posts_public_{name}", table_name="posts")
        op.create_index(f"ix_posts_public_{name}", "posts", [*columns, *SEEN])


def _create(table: str, name: str, columns: tuple[str, ...], only: str) -> None:
    where = sa.text(only)
    op.create_index(op.f(name), table, list(columns), sqlite_where=where, postgresql_where=where)
