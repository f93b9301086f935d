"""A roster that was uploaded and waits to be confirmed."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, in_area


class RosterImport(SQLModel, table=True):
    """The rows of a file as they were read, until they are applied or a day has passed.

    `rows` holds the header and the cells as text; `mapping` says which column is which.
    """

    __tablename__ = "roster_import"
    __table_args__ = (in_area("body"), in_area("officer", "uploaded_by"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    uploaded_by: int
    uploaded_at: datetime = Field(sa_type=UtcDateTime)
    filename: str
    rows: list[list[str]] = Field(sa_type=Json)
    mapping: dict[str, Any] = Field(sa_type=Json)
