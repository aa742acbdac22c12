"""Let far pages of lists be found in an index alone: by date, by votes, by me-too.

Why: page 1,000 of a list among a million questions read rows only to leave them out.
"""

from alembic import op

revision = "0018"
down_revision = "0017"

COLUMNS = ("created_at", "score", "me_too_count")
SEEN = ("id", "deleted_at", "hidden_at", "merged_into_id")


def upgrade() -> None:
    for column in COLUMNS:
        op.create_index(f"ix_posts_public_{column}", "posts", ["kind", column, *SEEN])
        op.drop_index(op.f(f"ix_posts_kind_{column}"), table_name="posts")


def downgrade() -> None:
    for column in COLUMNS:
        op.create_index(op.f(f"ix_posts_kind_{column}"), "posts", ["kind", column])
        op.drop_index(f"ix_posts_public_{column}", table_name="posts")
