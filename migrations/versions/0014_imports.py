"""Create what imports remember."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("fingerprints", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("source", name=op.f("uq_imports_source")),
    )
    op.create_table(
        "old_ids",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("old_id", sa.String(length=255), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_old_ids_member_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_old_ids_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_old_ids")),
        sa.UniqueConstraint("source", "kind", "old_id", name=op.f("uq_old_ids_source_kind_old_id")),
    )
    op.create_index(op.f("ix_old_ids_member_id"), "old_ids", ["member_id"], unique=False)
    op.create_index(op.f("ix_old_ids_post_id"), "old_ids", ["post_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_old_ids_post_id"), table_name="old_ids")
    op.drop_index(op.f("ix_old_ids_member_id"), table_name="old_ids")
    op.drop_table("old_ids")
    op.drop_table("imports")
