"""Create the leaderboards."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("span", sa.String(20), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("solutions", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_places_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint(
            "span", "product_id", "member_id", name=op.f("uq_places_span_product_id_member_id")
        ),
    )
    op.create_index(op.f("ix_places_member_id"), "places", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_places_member_id"), table_name="places")
    op.drop_table("places")
