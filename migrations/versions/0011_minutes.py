"""Minutes and their corrections"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import JSON, MOMENT, choice, in_area, of_area

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES = ("draft", "corrected", "approved", "published")


def upgrade() -> None:
    op.create_table(
        "minutes",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("state", choice("minutes_state", *STATES), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("approved_as", choice("minutes_approved_as", "consent", "vote"), nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("content", JSON, nullable=True),
        of_area("minutes"),
        in_area("minutes", "meeting_id", "meeting"),
        in_area("minutes", "agenda_item_id", "agenda_item"),
        in_area("minutes", "checked_by", "officer"),
        in_area("minutes", "approved_by", "officer"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes")),
    )
    op.create_table(
        "minutes_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("corrected_at", MOMENT, nullable=False),
        of_area("minutes_correction"),
        in_area("minutes_correction", "meeting_id", "meeting"),
        in_area("minutes_correction", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_correction")),
        sa.UniqueConstraint(
            "meeting_id", "version", name=op.f("uq_minutes_correction_meeting_id_version")
        ),
    )


def downgrade() -> None:
    op.drop_table("minutes_correction")
    op.drop_table("minutes")
