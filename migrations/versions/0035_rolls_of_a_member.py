"""The rolls of a member are found without reading those of everybody"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

INDEX = op.f("ix_roll_entry_member_id")


def upgrade() -> None:
    op.create_index(INDEX, "roll_entry", ["member_id"])


def downgrade() -> None:
    op.drop_index(INDEX, "roll_entry")
