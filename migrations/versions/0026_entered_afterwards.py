"""A vote that was held without the site says when; times that were entered later are marked"""

from migrations.alteration import MOMENT, altered

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("round") as round_:
        round_.add("voted_at", MOMENT)
    with altered("attendance") as attendance:
        attendance.add("entered_at", MOMENT)


def downgrade() -> None:
    for table, column in (("attendance", "entered_at"), ("round", "voted_at")):
        with altered(table) as changed:
            changed.batch.drop_column(column)
