"""What a vote over days needs besides its round: absences, reminders, the worker's heartbeat."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area


class DeclaredAbsence(SQLModel, table=True):
    """A member who said beforehand not to take part in a circular round; a stand-in may vote."""

    __tablename__ = "declared_absence"
    __table_args__ = (in_area("round"), in_area("member"))

    area_id: int = Field(foreign_key="area.id")
    round_id: str = Field(primary_key=True)
    member_id: int = Field(primary_key=True)


class Reminder(SQLModel, table=True):
    """That those who had not cast were reminded, once a kind, and how many; never who.

    `half` goes out at half time, `last_day` 24 hours before the end. `without_mail` have no
    address.
    """

    __table_args__ = (in_area("round"),)

    area_id: int = Field(foreign_key="area.id")
    round_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True, sa_type=choice("reminder_kind", "half", "last_day"))
    sent_at: datetime = Field(sa_type=UtcDateTime)
    mails: int
    without_mail: int


class Heartbeat(SQLModel, table=True):
    """When the worker was last there; a gap says how long the site was down."""

    id: int = Field(default=1, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
