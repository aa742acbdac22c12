"""Create what admins write: banners and canned replies."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
    )
    op.create_table(
        "banners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("link_words", sa.String(length=60), nullable=False),
        sa.Column("tone", sa.String(20), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_dismissible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_banners_product_id_products")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banners")),
    )
    op.create_table(
        "canned_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["posts.id"], name=op.f("fk_canned_uses_answer_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_canned_uses_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_canned_uses_question_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["canned_replies.id"], name=op.f("fk_canned_uses_reply_id_canned_replies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_uses")),
    )
    op.create_index(op.f("ix_canned_uses_answer_id"), "canned_uses", ["answer_id"], unique=False)
    op.create_index(
        op.f("ix_canned_uses_member_id_question_id"),
        "canned_uses",
        ["member_id", "question_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_canned_uses_question_id"), "canned_uses", ["question_id"], unique=False
    )
    op.create_index(op.f("ix_canned_uses_reply_id"), "canned_uses", ["reply_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_canned_uses_reply_id"), table_name="canned_uses")
    op.drop_index(op.f("ix_canned_uses_question_id"), table_name="canned_uses")
    op.drop_index(op.f("ix_canned_uses_member_id_question_id"), table_name="canned_uses")
    op.drop_index(op.f("ix_canned_uses_answer_id"), table_name="canned_uses")
    op.drop_table("canned_uses")
    op.drop_table("banners")
    op.drop_table("canned_replies")
