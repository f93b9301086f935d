"""Who was noted as there by mistake is taken out, which stays noted without a name"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, in_area, of_area

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mistaken_stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.Column("taken_out_at", MOMENT, nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        of_area("mistaken_stay"),
        in_area("mistaken_stay", "meeting_id", "meeting"),
        in_area("mistaken_stay", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mistaken_stay")),
    )
    op.create_index(op.f("ix_mistaken_stay_meeting_id"), "mistaken_stay", ["meeting_id"])


def downgrade() -> None:
    op.drop_table("mistaken_stay")
