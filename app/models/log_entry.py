"""The decision log of an area."""

from sqlmodel import Field, SQLModel

from app.models.column import Json


class LogEntry(SQLModel, table=True):
    """One leaf: its canonical bytes as text, and the tree that ends with it.

    `peaks` are the roots of the tree's full subtrees, so that appending reads one row.
    """

    __tablename__ = "log_entry"

    area_id: int = Field(primary_key=True, foreign_key="area.id")
    seq: int = Field(primary_key=True)
    type: str
    leaf: str
    root: str
    peaks: list[str] = Field(sa_type=Json)
