"""Keys that open a count."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area
from voting.protocol.group import NAMES as GROUPS

IN_USE = text("dismissed_at IS NULL")


class EveningKey(SQLModel, table=True):
    """The public half of a count key on the phone of somebody at a meeting.

    `document` is its entry in the trustees document, written by the phone. A round takes keys of
    its own group. A key that was dismissed serves no round that opens afterwards; those that are
    open keep it.
    """

    __tablename__ = "evening_key"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("meeting_id", "public_key"),
        in_area("meeting"),
        in_area("member"),
        Index(
            "uq_evening_key_in_use",
            "meeting_id",
            "member_id",
            unique=True,
            sqlite_where=IN_USE,
            postgresql_where=IN_USE,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    meeting_id: int
    member_id: int
    group: str = Field(default="Ed25519", sa_type=choice("evening_key_group", *GROUPS))
    public_key: str
    document: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    dismissed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
