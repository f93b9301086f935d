"""The decision log of an area."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.models.column import Json


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
