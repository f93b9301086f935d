"""The rules a body works under."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, in_area


class RulesOfProcedure(SQLModel, table=True):
    """One version of a body's parameters, keyed by their dotted names; a round keeps its version.

    An empty parameter is absent. The newest version is the one in force.
    """

    __tablename__ = "rules_of_procedure"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("body_id", "version"),
        in_area("body"),
        in_area("officer", "entered_by"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    version: int
    parameters: dict[str, Any] = Field(sa_type=Json)
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    entered_by: int
