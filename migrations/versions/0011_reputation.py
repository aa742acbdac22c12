"""Create reputation."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "vote_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("member_ids", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_reports")),
        sa.UniqueConstraint("key", name=op.f("uq_vote_reports_key")),
    )
    op.create_index(op.f("ix_vote_reports_found_at"), "vote_reports", ["found_at"], unique=False)
    op.create_table(
        "product_reputations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_product_reputations_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_product_reputations_product_id_products")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_reputations")),
        sa.UniqueConstraint(
            "member_id", "product_id", name=op.f("uq_product_reputations_member_id_product_id")
        ),
    )
    op.create_index(
        op.f("ix_product_reputations_product_id_amount"),
        "product_reputations",
        ["product_id", "amount"],
        unique=False,
    )
    op.create_table(
        "reading_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("opened", sa.JSON(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_reading_days_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_days")),
        sa.UniqueConstraint("member_id", "day", name=op.f("uq_reading_days_member_id_day")),
    )
    op.create_index(op.f("ix_reading_days_day"), "reading_days", ["day"], unique=False)
    op.create_table(
        "standings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanting_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_standings_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standings")),
        sa.UniqueConstraint("member_id", name=op.f("uq_standings_member_id")),
    )
    op.create_table(
        "vote_reversals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("vote_ids", sa.JSON(), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_vote_reversals_author_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["cleared_by_id"], ["members.id"], name=op.f("fk_vote_reversals_cleared_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["voter_id"], ["members.id"], name=op.f("fk_vote_reversals_voter_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_reversals")),
    )
    op.create_index(
        op.f("ix_vote_reversals_reversed_at"), "vote_reversals", ["reversed_at"], unique=False
    )
    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("caused_by_id", sa.Integer(), nullable=True),
        sa.Column("is_capped", sa.Boolean(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["caused_by_id"], ["members.id"], name=op.f("fk_bookings_caused_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_bookings_member_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_bookings_post_id_posts")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_bookings_product_id_products")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["bookings.id"], name=op.f("fk_bookings_reverses_id_bookings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_bookings_reverses_id")),
    )
    op.create_index(
        op.f("ix_bookings_member_id_booked_at"),
        "bookings",
        ["member_id", "booked_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_bookings_member_id_day_kind"),
        "bookings",
        ["member_id", "day", "kind"],
        unique=False,
    )
    op.create_index(op.f("ix_bookings_post_id_kind"), "bookings", ["post_id", "kind"], unique=False)
    op.create_table(
        "spam_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_spam_rulings_post_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["members.id"], name=op.f("fk_spam_rulings_ruled_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spam_rulings")),
        sa.UniqueConstraint("post_id", name=op.f("uq_spam_rulings_post_id")),
    )


def downgrade() -> None:
    op.drop_table("spam_rulings")
    op.drop_index(op.f("ix_bookings_post_id_kind"), table_name="bookings")
    op.drop_index(op.f("ix_bookings_member_id_day_kind"), table_name="bookings")
    op.drop_index(op.f("ix_bookings_member_id_booked_at"), table_name="bookings")
    op.drop_table("bookings")
    op.drop_index(op.f("ix_vote_reversals_reversed_at"), table_name="vote_reversals")
    op.drop_table("vote_reversals")
    op.drop_table("standings")
    op.drop_index(op.f("ix_reading_days_day"), table_name="reading_days")
    op.drop_table("reading_days")
    op.drop_index(
        op.f("ix_product_reputations_product_id_amount"), table_name="product_reputations"
    )
    op.drop_table("product_reputations")
    op.drop_index(op.f("ix_vote_reports_found_at"), table_name="vote_reports")
    op.drop_table("vote_reports")
