"""A meeting, its agenda and who is there when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area

NOT_LEFT = text("left_at IS NULL")


class Meeting(SQLModel, table=True):
    """A dated session of a body.

    planned -> invited -> running -> closed, and cancelled before it runs. `sequence` counts the
    changes that calendars have to know; those who were invited know of `told_sequence`. `hall_key`
    is the secret in the address of the hall screen, empty until the screen is first wanted; since
    `table_shown_at` the screen shows the table of a jury evening.
    """

    __table_args__ = (UniqueConstraint("area_id", "id"), in_area("body"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    place: str
    link: str = ""
    access: str = ""
    visibility: str = Field(
        default="closed",
        sa_type=choice("meeting_visibility", "public", "registered_guests", "closed"),
    )
    state: str = Field(
        default="planned",
        sa_type=choice("meeting_state", "planned", "invited", "running", "closed", "cancelled"),
    )
    sequence: int = 0
    told_sequence: int | None = None
    agenda_set_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    invited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancel_reason: str = ""
    hall_key: str = ""
    table_shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AgendaItem(SQLModel, table=True):
    """One point of a meeting: what is told, discussed, voted on, or the last minutes approved.

    A vote is about a proposal, about new rules, or about what its rounds ask. `text` is Markdown;
    `notes` is what was typed during the meeting and goes into the minutes. `approves_meeting_id`
    is the meeting whose minutes are approved here.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        in_area("meeting"),
        in_area("proposal"),
        in_area("rules_of_procedure", "rules_id"),
        in_area("meeting", "approves_meeting_id"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    meeting_id: int = Field(index=True)
    position: int
    kind: str = Field(
        sa_type=choice("agenda_item_kind", "information", "discussion", "vote", "minutes")
    )
    title: str
    text: str = ""
    length_minutes: int | None = None
    proposal_id: int | None = None
    rules_id: int | None = None
    approves_meeting_id: int | None = None
    notes: str = ""
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AgendaDocument(SQLModel, table=True):
    """A file that belongs to an agenda item."""

    __tablename__ = "agenda_document"
    __table_args__ = (UniqueConstraint("area_id", "id"), in_area("agenda_item"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    agenda_item_id: int = Field(index=True)
    name: str
    media_type: str
    content: bytes = Field(sa_type=LargeBinary)
    sha512: str
    added_at: datetime = Field(sa_type=UtcDateTime)


class MeetingInvitation(SQLModel, table=True):
    """Somebody who was invited to a meeting, how, when, and when something was last said of it.

    Who has no mail address gets a letter, printed in the office.
    """

    __tablename__ = "meeting_invitation"
    __table_args__ = (in_area("meeting"), in_area("member"))

    area_id: int = Field(foreign_key="area.id")
    meeting_id: int = Field(primary_key=True)
    member_id: int = Field(primary_key=True)
    via: str = Field(sa_type=choice("meeting_invitation_via", "mail", "letter"))
    invited_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime = Field(sa_type=UtcDateTime)


class Attendance(SQLModel, table=True):
    """From when to when a member was there; `left_at` is empty while they are.

    Who comes back has another row. Where a time was corrected, `first_…` is what was noted first.
    What was entered on a later day, from a list on paper, says when: `entered_at`.
    """

    __table_args__ = (
        in_area("meeting"),
        in_area("member"),
        CheckConstraint("left_at >= arrived_at", name="attendance_in_order"),
        Index(
            "uq_attendance_present",
            "meeting_id",
            "member_id",
            unique=True,
            sqlite_where=NOT_LEFT,
            postgresql_where=NOT_LEFT,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    meeting_id: int
    member_id: int
    arrived_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_arrived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    entered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    via: str = Field(default="desk", sa_type=choice("attendance_via", "desk", "phone", "door"))


class MistakenStay(SQLModel, table=True):
    """Somebody was noted as there by mistake and taken out again; whose name it was is not kept."""

    __tablename__ = "mistaken_stay"
    __table_args__ = (in_area("meeting"), in_area("officer"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    meeting_id: int = Field(index=True)
    arrived_at: datetime = Field(sa_type=UtcDateTime)
    taken_out_at: datetime = Field(sa_type=UtcDateTime)
    officer_id: int
