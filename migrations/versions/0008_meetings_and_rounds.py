"""Agendas, times of attendance, and every kind of round"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import JSON, MOMENT, Alteration, altered, choice, in_area, no, of_area

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENTS = ("ends_at", "invited_at", "began_at", "closed_at", "cancelled_at")
VISIBILITIES = ("public", "registered_guests", "closed")
STATES = ("planned", "invited", "running", "closed", "cancelled")
KINDS = ("information", "discussion", "vote", "minutes")
QUESTION_STATES = (
    *("listed", "taken_out", "counted", "too_few_ballots", "confirmed", "published"),
    "annulled",
)
ROUND_CHOICES = {
    "mode": ("meeting", "circular"),
    "secrecy": ("secret", "open", "roll_call"),
    "trust": ("office", "evening", "commission"),
}
PRESENT = sa.text("left_at IS NULL")


def upgrade() -> None:
    with altered("meeting") as meeting:
        meeting.add("link", sa.String(), "")
        meeting.add("access", sa.String(), "")
        meeting.add_choice("visibility", "meeting_visibility", VISIBILITIES, "closed")
        meeting.add_choice("state", "meeting_state", STATES, "planned")
        meeting.add("sequence", sa.Integer(), "0")
        meeting.add("cancel_reason", sa.String(), "")
        meeting.add("hall_key", sa.String(), "")
        for name in MOMENTS:
            meeting.add(name, MOMENT)
    _create_agenda()
    _keep_times_of_attendance()
    with altered("round") as round_:
        _upgrade_round(round_)
    with altered("question") as question:
        question.add("title", JSON)
        question.add("conditions", JSON, "[]")
        question.uncheck("question_state")
        question.check("state", "question_state", QUESTION_STATES)


def _upgrade_round(round_: Alteration) -> None:
    round_.require("meeting_id", sa.Integer(), filled=False)
    round_.add("agenda_item_id", sa.Integer())
    round_.refer("agenda_item_id", "agenda_item")
    round_.add("repeats_id", sa.String())
    round_.refer("repeats_id", "round")
    round_.add("repeat_reason", sa.String(), "")
    for (column, values), default in zip(
        ROUND_CHOICES.items(), ("meeting", "secret", "office"), strict=True
    ):
        round_.add_choice(column, f"round_{column}", values, default)
    round_.add("is_practice", sa.Boolean(), no())
    round_.add("opens_at", MOMENT)
    round_.add("shown_at", MOMENT)


def _create_agenda() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", choice("agenda_item_kind", *KINDS), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("length_minutes", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("rules_id", sa.Integer(), nullable=True),
        sa.Column("approves_meeting_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        of_area("agenda_item"),
        in_area("agenda_item", "meeting_id", "meeting"),
        in_area("agenda_item", "proposal_id", "proposal"),
        in_area("agenda_item", "rules_id", "rules_of_procedure"),
        in_area("agenda_item", "approves_meeting_id", "meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_agenda_item_area_id_id")),
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"])
    op.create_table(
        "agenda_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha512", sa.String(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        of_area("agenda_document"),
        in_area("agenda_document", "agenda_item_id", "agenda_item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_document")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_agenda_document_area_id_id")),
    )
    op.create_index(
        op.f("ix_agenda_document_agenda_item_id"), "agenda_document", ["agenda_item_id"]
    )


def _keep_times_of_attendance() -> None:
    """Who was there is taken to have been there from the start."""
    rows = op.get_bind().execute(
        sa.text(
            "SELECT attendance.area_id, meeting_id, member_id, meeting.starts_at"
            " FROM attendance JOIN meeting ON meeting.id = meeting_id"
            " ORDER BY meeting_id, member_id"
        ).columns(
            sa.Column("area_id"),
            sa.Column("meeting_id"),
            sa.Column("member_id"),
            sa.Column("starts_at", MOMENT),
        )
    )
    kept = [
        {
            "area_id": area,
            "meeting_id": meeting,
            "member_id": member,
            "arrived_at": start,
            "via": "desk",
        }
        for area, meeting, member, start in rows
    ]
    op.drop_table("attendance")
    made = op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("via", choice("attendance_via", "desk", "phone", "door"), nullable=False),
        sa.CheckConstraint("left_at >= arrived_at", name=op.f("ck_attendance_attendance_in_order")),
        of_area("attendance"),
        in_area("attendance", "meeting_id", "meeting"),
        in_area("attendance", "member_id", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(
        "uq_attendance_present",
        "attendance",
        ["meeting_id", "member_id"],
        unique=True,
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )
    if kept:
        op.bulk_insert(made, kept)


def downgrade() -> None:
    """Drop agendas and times; stop where the older tables have no place for a row."""
    with altered("question") as question:
        question.uncheck("question_state")
        question.check("state", "question_state", QUESTION_STATES[:-1])
        question.batch.drop_column("conditions")
        question.batch.drop_column("title")
    with altered("round") as round_:
        for name in ("shown_at", "opens_at", "is_practice"):
            round_.batch.drop_column(name)
        for column in ROUND_CHOICES:
            round_.drop_choice(column, f"round_{column}")
        round_.unrefer("repeats_id")
        round_.unrefer("agenda_item_id")
        for name in ("repeat_reason", "repeats_id", "agenda_item_id"):
            round_.batch.drop_column(name)
        round_.require("meeting_id", sa.Integer(), filled=True)
    _forget_times_of_attendance()
    op.drop_table("agenda_document")
    op.drop_table("agenda_item")
    with altered("meeting") as meeting:
        for name in (*MOMENTS, "hall_key", "cancel_reason", "sequence", "access", "link"):
            meeting.batch.drop_column(name)
        meeting.drop_choice("state", "meeting_state")
        meeting.drop_choice("visibility", "meeting_visibility")


def _forget_times_of_attendance() -> None:
    rows = op.get_bind().execute(
        sa.text(
            "SELECT DISTINCT area_id, meeting_id, member_id FROM attendance WHERE left_at IS NULL"
        )
    )
    kept = [dict(row) for row in rows.mappings()]
    op.drop_table("attendance")
    made = op.create_table(
        "attendance",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        of_area("attendance"),
        in_area("attendance", "meeting_id", "meeting"),
        in_area("attendance", "member_id", "member"),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_attendance")),
    )
    if kept:
        op.bulk_insert(made, kept)
