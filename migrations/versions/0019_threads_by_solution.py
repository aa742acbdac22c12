"""Let threads be found by their solution.

Why: badges ask which of a member's answers are solutions. Without an index each answer of the
member was looked for in all threads: 86 seconds for the most active of 16,000 members.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

NAME = "ix_posts_solution_id"


def upgrade() -> None:
    is_filled = sa.text("solution_id IS NOT NULL")
    op.create_index(
        NAME, "posts", ["solution_id"], sqlite_where=is_filled, postgresql_where=is_filled
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="posts")
