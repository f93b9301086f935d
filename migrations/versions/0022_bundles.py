"""The hashes of what browsers run"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_log_entry_type", "log_entry", ["type", "area_id", "seq"])


def downgrade() -> None:
    op.drop_index("ix_log_entry_type", "log_entry")
