"""Who was invited to a meeting, what they were told, and the date that goes with a mail"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, altered, choice, in_area, of_area

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("meeting") as meeting:
        meeting.add("agenda_set_at", MOMENT)
        meeting.add("told_sequence", sa.Integer())
    with altered("mail") as mail:
        mail.add("calendar", sa.String(), "")
    op.create_table(
        "meeting_invitation",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("via", choice("meeting_invitation_via", "mail", "letter"), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        of_area("meeting_invitation"),
        in_area("meeting_invitation", "meeting_id", "meeting"),
        in_area("meeting_invitation", "member_id", "member"),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_meeting_invitation")),
    )


def downgrade() -> None:
    op.drop_table("meeting_invitation")
    with altered("mail") as mail:
        mail.batch.drop_column("calendar")
    with altered("meeting") as meeting:
        for name in ("told_sequence", "agenda_set_at"):
            meeting.batch.drop_column(name)
