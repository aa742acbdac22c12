"""Create votes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invalidated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_votes_author_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_votes_member_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_votes_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("member_id", "post_id", name=op.f("uq_votes_member_id_post_id")),
    )
    op.create_index(
        op.f("ix_votes_member_id_cast_at"), "votes", ["member_id", "cast_at"], unique=False
    )
    op.create_index(op.f("ix_votes_post_id"), "votes", ["post_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_votes_post_id"), table_name="votes")
    op.drop_index(op.f("ix_votes_member_id_cast_at"), table_name="votes")
    op.drop_table("votes")
