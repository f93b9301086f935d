"""Count keys"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, in_area, of_area

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IN_USE = sa.text("dismissed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "evening_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("dismissed_at", MOMENT, nullable=True),
        of_area("evening_key"),
        in_area("evening_key", "meeting_id", "meeting"),
        in_area("evening_key", "member_id", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evening_key")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_evening_key_area_id_id")),
        sa.UniqueConstraint(
            "meeting_id", "public_key", name=op.f("uq_evening_key_meeting_id_public_key")
        ),
    )
    op.create_index(
        "uq_evening_key_in_use",
        "evening_key",
        ["meeting_id", "member_id"],
        unique=True,
        sqlite_where=IN_USE,
        postgresql_where=IN_USE,
    )


def downgrade() -> None:
    op.drop_table("evening_key")
