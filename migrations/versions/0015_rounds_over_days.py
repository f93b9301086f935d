"""Rounds over days: who said to be absent, reminders, the worker's heartbeat"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, altered, choice, in_area, of_area

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("round") as round_:
        round_.add("circular_reason", sa.String(), "")
        round_.add("opening_refused", sa.String(), "")
        round_.add("extended_seconds", sa.Integer(), "0")
    with altered("question") as question:
        question.add("follows_id", sa.String())
        question.refer("follows_id", "question")
    op.create_table(
        "declared_absence",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        of_area("declared_absence"),
        in_area("declared_absence", "round_id", "round"),
        in_area("declared_absence", "member_id", "member"),
        sa.PrimaryKeyConstraint("round_id", "member_id", name=op.f("pk_declared_absence")),
    )
    op.create_table(
        "reminder",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("kind", choice("reminder_kind", "half", "last_day"), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("without_mail", sa.Integer(), nullable=False),
        of_area("reminder"),
        in_area("reminder", "round_id", "round"),
        sa.PrimaryKeyConstraint("round_id", "kind", name=op.f("pk_reminder")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
    )


def downgrade() -> None:
    for table in ("heartbeat", "reminder", "declared_absence"):
        op.drop_table(table)
    with altered("question") as question:
        question.unrefer("follows_id")
        question.batch.drop_column("follows_id")
    with altered("round") as round_:
        for column in ("circular_reason", "opening_refused", "extended_seconds"):
            round_.batch.drop_column(column)
