"""Create moderation: measures with their reasons, appeals, rules, flags and the review queue."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "acceptances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_acceptances_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptances")),
        sa.UniqueConstraint(
            "member_id", "version_number", name=op.f("uq_acceptances_member_id_version_number")
        ),
    )
    op.create_table(
        "rules_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("body_en_html", sa.Text(), nullable=False),
        sa.Column("body_es", sa.Text(), nullable=False),
        sa.Column("body_es_html", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("summary_es", sa.Text(), nullable=False),
        sa.Column("is_material", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["members.id"],
            name=op.f("fk_rules_versions_published_by_id_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_rules_versions_number")),
    )
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("found_by", sa.String(20), nullable=False),
        sa.Column("decided_by_automation", sa.Boolean(), nullable=False),
        sa.Column("is_mass_spam", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_as", sa.String(20), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["members.id"], name=op.f("fk_measures_actor_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["members.id"], name=op.f("fk_measures_lifted_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_measures_member_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_measures_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    op.create_index(
        op.f("ix_measures_lifted_at_ends_at"), "measures", ["lifted_at", "ends_at"], unique=False
    )
    op.create_index(
        op.f("ix_measures_member_id_taken_at"), "measures", ["member_id", "taken_at"], unique=False
    )
    op.create_index(
        op.f("ix_measures_post_id_lifted_at"), "measures", ["post_id", "lifted_at"], unique=False
    )
    op.create_index(op.f("ix_measures_taken_at"), "measures", ["taken_at"], unique=False)
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_appeals_decided_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_appeals_measure_id_measures")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_appeals_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("measure_id", name=op.f("uq_appeals_measure_id")),
    )
    op.create_index(op.f("ix_appeals_decided_at"), "appeals", ["decided_at"], unique=False)
    op.create_index(op.f("ix_appeals_member_id"), "appeals", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_appeals_member_id"), table_name="appeals")
    op.drop_index(op.f("ix_appeals_decided_at"), table_name="appeals")
    op.drop_table("appeals")
    op.drop_index(op.f("ix_measures_taken_at"), table_name="measures")
    op.drop_index(op.f("ix_measures_post_id_lifted_at"), table_name="measures")
    op.drop_index(op.f("ix_measures_member_id_taken_at"), table_name="measures")
    op.drop_index(op.f("ix_measures_lifted_at_ends_at"), table_name="measures")
    op.drop_table("measures")
    op.drop_table("rules_versions")
    op.drop_table("acceptances")
