"""Note with each change which transaction wrote it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    on_server = op.get_bind().dialect.name == "postgresql"
    default = "(pg_current_xact_id()::text::bigint)" if on_server else "0"
    op.add_column(
        "changes",
        sa.Column("written_by", sa.BigInteger(), server_default=sa.text(default), nullable=False),
    )
    op.create_index(op.f("ix_changes_written_by"), "changes", ["written_by"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_changes_written_by"), table_name="changes")
    op.drop_column("changes", "written_by")
