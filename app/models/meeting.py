"""A meeting and who is there."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, in_area


class Meeting(SQLModel, table=True):
    """A dated session of a body."""

    __table_args__ = (UniqueConstraint("area_id", "id"), in_area("body"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    starts_at: datetime = Field(sa_type=UtcDateTime)
    place: str


class Attendance(SQLModel, table=True):
    """A member who is present; the row goes when they leave."""

    __table_args__ = (in_area("meeting"), in_area("member"))

    area_id: int = Field(foreign_key="area.id")
    meeting_id: int = Field(primary_key=True)
    member_id: int = Field(primary_key=True)
