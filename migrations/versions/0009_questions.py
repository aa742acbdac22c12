"""Create what hangs on questions: tags, me-too, follows, drafts, related ones."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("fields", sa.String(length=64000), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_drafts_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("member_id", "place", name=op.f("uq_drafts_member_id_place")),
    )
    op.create_index(op.f("ix_drafts_saved_at"), "drafts", ["saved_at"], unique=False)
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_follows_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_follows_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint(
            "member_id", "question_id", name=op.f("uq_follows_member_id_question_id")
        ),
    )
    op.create_index(op.f("ix_follows_question_id"), "follows", ["question_id"], unique=False)
    op.create_table(
        "me_toos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_me_toos_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_me_toos_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_me_toos")),
        sa.UniqueConstraint(
            "member_id", "question_id", name=op.f("uq_me_toos_member_id_question_id")
        ),
    )
    op.create_index(op.f("ix_me_toos_question_id"), "me_toos", ["question_id"], unique=False)
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["members.id"], name=op.f("fk_merges_actor_id_members")
        ),
        sa.ForeignKeyConstraint(["into_id"], ["posts.id"], name=op.f("fk_merges_into_id_posts")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_merges_question_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["members.id"], name=op.f("fk_merges_undone_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_into_id"), "merges", ["into_id"], unique=False)
    op.create_index(op.f("ix_merges_question_id"), "merges", ["question_id"], unique=False)
    op.create_table(
        "related_questions",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("related_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_related_questions_question_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["related_id"], ["posts.id"], name=op.f("fk_related_questions_related_id_posts")
        ),
        sa.PrimaryKeyConstraint("question_id", "related_id", name=op.f("pk_related_questions")),
    )
    op.create_index(
        op.f("ix_related_questions_related_id"), "related_questions", ["related_id"], unique=False
    )
    op.create_table(
        "taggings",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_taggings_question_id_posts")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_taggings_tag_id_tags")),
        sa.PrimaryKeyConstraint("question_id", "tag_id", name=op.f("pk_taggings")),
    )
    op.create_index(op.f("ix_taggings_tag_id"), "taggings", ["tag_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_taggings_tag_id"), table_name="taggings")
    op.drop_table("taggings")
    op.drop_index(op.f("ix_related_questions_related_id"), table_name="related_questions")
    op.drop_table("related_questions")
    op.drop_index(op.f("ix_merges_question_id"), table_name="merges")
    op.drop_index(op.f("ix_merges_into_id"), table_name="merges")
    op.drop_table("merges")
    op.drop_index(op.f("ix_me_toos_question_id"), table_name="me_toos")
    op.drop_table("me_toos")
    op.drop_index(op.f("ix_follows_question_id"), table_name="follows")
    op.drop_table("follows")
    op.drop_index(op.f("ix_drafts_saved_at"), table_name="drafts")
    op.drop_table("drafts")
