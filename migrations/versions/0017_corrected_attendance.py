"""When somebody came or left can be corrected; what was noted first stays beside it"""

from migrations.alteration import MOMENT, altered

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("attendance") as attendance:
        attendance.add("first_arrived_at", MOMENT)
        attendance.add("first_left_at", MOMENT)


def downgrade() -> None:
    with altered("attendance") as attendance:
        for name in ("first_left_at", "first_arrived_at"):
            attendance.batch.drop_column(name)
