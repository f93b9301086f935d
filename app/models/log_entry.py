"""The decision log of an area."""

from sqlmodel import Field, SQLModel


class LogEntry(SQLModel, table=True):
    """One leaf: `leaf` holds the canonical bytes as text, `root` the tree's root with it."""

    __tablename__ = "log_entry"

    area_id: int = Field(primary_key=True, foreign_key="area.id")
    seq: int = Field(primary_key=True)
    type: str
    leaf: str
    leaf_hash: str
    root: str
