"""The decision log of an area."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, choice
from voting.log.kind import GROUNDS


class LogEntry(SQLModel, table=True):
    """One leaf: its canonical bytes as text, and the tree that ends with it.

    `peaks` are the roots of the tree's full subtrees, so that appending reads one row.
    """

    __tablename__ = "log_entry"
    __table_args__ = (Index("ix_log_entry_type", "type", "area_id", "seq"),)

    area_id: int = Field(primary_key=True, foreign_key="area.id")
    seq: int = Field(primary_key=True)
    type: str
    leaf: str
    root: str
    peaks: list[str] = Field(sa_type=Json)


class LogText(SQLModel, table=True):
    """What a person typed, of which the entry holds the commitment alone; `salt` is hexadecimal.

    Two people can remove it: salt and text go, `removed_at` and `ground` say so.
    """

    __tablename__ = "log_text"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("area_id", "seq", "field"),
        ForeignKeyConstraint(["area_id", "seq"], ["log_entry.area_id", "log_entry.seq"]),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    seq: int
    field: str
    salt: str | None
    value: str | None
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ground: str | None = Field(default=None, sa_type=choice("log_text_ground", *GROUNDS))
