"""Create posts of every kind, their revisions and pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("render_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("thank_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("editor_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_as", sa.String(20), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("demoted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slow_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slow_seconds", sa.Integer(), nullable=True),
        sa.Column("imported_from", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=True),
        sa.Column("purpose", sa.String(20), nullable=True),
        sa.Column("lang", sa.String(length=5), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(20), nullable=True),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("answer_count", sa.Integer(), nullable=True),
        sa.Column("me_too_count", sa.Integer(), nullable=True),
        sa.Column("solution_id", sa.Integer(), nullable=True),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved_by_id", sa.Integer(), nullable=True),
        sa.Column("asker_spoke_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("close_reason", sa.String(20), nullable=True),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("likely_original_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("translations_id", sa.Integer(), nullable=True),
        sa.Column("content_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinned_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinned_everywhere", sa.Boolean(), nullable=True),
        sa.Column("indexable_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("asks_for_info", sa.Boolean(), nullable=True),
        sa.Column("is_partial", sa.Boolean(), nullable=True),
        sa.Column("official_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("official_by_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_posts_author_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["members.id"], name=op.f("fk_posts_closed_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["members.id"], name=op.f("fk_posts_deleted_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["posts.id"], name=op.f("fk_posts_duplicate_of_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["members.id"], name=op.f("fk_posts_editor_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["likely_original_id"], ["posts.id"], name=op.f("fk_posts_likely_original_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["posts.id"], name=op.f("fk_posts_merged_into_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["official_by_id"], ["members.id"], name=op.f("fk_posts_official_by_id_members")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["posts.id"], name=op.f("fk_posts_parent_id_posts")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_posts_product_id_products")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_posts_question_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["posts.id"], name=op.f("fk_posts_solution_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["solved_by_id"], ["members.id"], name=op.f("fk_posts_solved_by_id_members")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_posts_topic_id_topics")),
        sa.ForeignKeyConstraint(
            ["translations_id"], ["posts.id"], name=op.f("fk_posts_translations_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index(
        op.f("ix_posts_author_id_kind_created_at"),
        "posts",
        ["author_id", "kind", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_posts_content_changed_at"),
        "posts",
        ["content_changed_at"],
        unique=False,
        sqlite_where=sa.text("content_changed_at IS NOT NULL"),
        postgresql_where=sa.text("content_changed_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_posts_duplicate_of_id"), "posts", ["duplicate_of_id"], unique=False)
    op.create_index(
        op.f("ix_posts_indexable_since"),
        "posts",
        ["indexable_since"],
        unique=False,
        sqlite_where=sa.text("indexable_since IS NOT NULL"),
        postgresql_where=sa.text("indexable_since IS NOT NULL"),
    )
    op.create_index(op.f("ix_posts_kind_created_at"), "posts", ["kind", "created_at"], unique=False)
    op.create_index(
        op.f("ix_posts_kind_me_too_count"), "posts", ["kind", "me_too_count"], unique=False
    )
    op.create_index(op.f("ix_posts_kind_score"), "posts", ["kind", "score"], unique=False)
    op.create_index(
        op.f("ix_posts_merged_into_id"),
        "posts",
        ["merged_into_id"],
        unique=False,
        sqlite_where=sa.text("merged_into_id IS NOT NULL"),
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_posts_parent_id"), "posts", ["parent_id"], unique=False)
    op.create_index(
        op.f("ix_posts_pinned_until"),
        "posts",
        ["pinned_until"],
        unique=False,
        sqlite_where=sa.text("pinned_until IS NOT NULL"),
        postgresql_where=sa.text("pinned_until IS NOT NULL"),
    )
    op.create_index(
        "ix_posts_public_kind",
        "posts",
        ["kind", "active_at", "id", "deleted_at", "hidden_at", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        "ix_posts_public_product_id",
        "posts",
        ["product_id", "active_at", "id", "kind", "deleted_at", "hidden_at", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        "ix_posts_public_purpose",
        "posts",
        ["purpose", "active_at", "id", "kind", "deleted_at", "hidden_at", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        "ix_posts_public_state",
        "posts",
        ["state", "active_at", "id", "kind", "deleted_at", "hidden_at", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_posts_question_id_kind"), "posts", ["question_id", "kind"], unique=False
    )
    op.create_index(op.f("ix_posts_render_version"), "posts", ["render_version"], unique=False)
    op.create_index(op.f("ix_posts_solved_at"), "posts", ["solved_at"], unique=False)
    op.create_index(
        op.f("ix_posts_translations_id"),
        "posts",
        ["translations_id"],
        unique=False,
        sqlite_where=sa.text("translations_id IS NOT NULL"),
        postgresql_where=sa.text("translations_id IS NOT NULL"),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_attachments_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_attachments_post_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("name", name=op.f("uq_attachments_name")),
    )
    op.create_index(op.f("ix_attachments_member_id"), "attachments", ["member_id"], unique=False)
    op.create_index(op.f("ix_attachments_post_id"), "attachments", ["post_id"], unique=False)
    op.create_index(
        op.f("ix_attachments_uploaded_at"), "attachments", ["uploaded_at"], unique=False
    )
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("tags", sa.String(length=250), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["members.id"], name=op.f("fk_revisions_editor_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_revisions_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("post_id", "number", name=op.f("uq_revisions_post_id_number")),
    )
    op.create_index(
        op.f("ix_revisions_editor_id_created_at"),
        "revisions",
        ["editor_id", "created_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_revisions_editor_id_created_at"), table_name="revisions")
    op.drop_table("revisions")
    op.drop_index(op.f("ix_attachments_uploaded_at"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_post_id"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_member_id"), table_name="attachments")
    op.drop_table("attachments")
    op.drop_index(
        op.f("ix_posts_translations_id"),
        table_name="posts",
        sqlite_where=sa.text("translations_id IS NOT NULL"),
        postgresql_where=sa.text("translations_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_posts_solved_at"), table_name="posts")
    op.drop_index(op.f("ix_posts_render_version"), table_name="posts")
    op.drop_index(op.f("ix_posts_question_id_kind"), table_name="posts")
    op.drop_index("ix_posts_public_state", table_name="posts")
    op.drop_index("ix_posts_public_purpose", table_name="posts")
    op.drop_index("ix_posts_public_product_id", table_name="posts")
    op.drop_index("ix_posts_public_kind", table_name="posts")
    op.drop_index(
        op.f("ix_posts_pinned_until"),
        table_name="posts",
        sqlite_where=sa.text("pinned_until IS NOT NULL"),
        postgresql_where=sa.text("pinned_until IS NOT NULL"),
    )
    op.drop_index(op.f("ix_posts_parent_id"), table_name="posts")
    op.drop_index(
        op.f("ix_posts_merged_into_id"),
        table_name="posts",
        sqlite_where=sa.text("merged_into_id IS NOT NULL"),
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_posts_kind_score"), table_name="posts")
    op.drop_index(op.f("ix_posts_kind_me_too_count"), table_name="posts")
    op.drop_index(op.f("ix_posts_kind_created_at"), table_name="posts")
    op.drop_index(
        op.f("ix_posts_indexable_since"),
        table_name="posts",
        sqlite_where=sa.text("indexable_since IS NOT NULL"),
        postgresql_where=sa.text("indexable_since IS NOT NULL"),
    )
    op.drop_index(op.f("ix_posts_duplicate_of_id"), table_name="posts")
    op.drop_index(
        op.f("ix_posts_content_changed_at"),
        table_name="posts",
        sqlite_where=sa.text("content_changed_at IS NOT NULL"),
        postgresql_where=sa.text("content_changed_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_posts_author_id_kind_created_at"), table_name="posts")
    op.drop_table("posts")
