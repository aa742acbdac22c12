"""Create thank-yous."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_thanks_author_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_thanks_member_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_thanks_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("member_id", "post_id", name=op.f("uq_thanks_member_id_post_id")),
    )
    op.create_index(op.f("ix_thanks_author_id"), "thanks", ["author_id"], unique=False)
    op.create_index(
        op.f("ix_thanks_member_id_said_at"), "thanks", ["member_id", "said_at"], unique=False
    )
    op.create_index(op.f("ix_thanks_post_id"), "thanks", ["post_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_thanks_post_id"), table_name="thanks")
    op.drop_index(op.f("ix_thanks_member_id_said_at"), table_name="thanks")
    op.drop_index(op.f("ix_thanks_author_id"), table_name="thanks")
    op.drop_table("thanks")
