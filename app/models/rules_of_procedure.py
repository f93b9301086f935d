"""The rules a body works under."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, choice, in_area


class RulesOfProcedure(SQLModel, table=True):
    """One version of a body's parameters, keyed by their dotted names; a round keeps its version.

    An empty parameter is absent; `asked` names those the interview has gone through, whether they
    were answered or left empty. A draft is adopted by two officers or by a question of the body
    (`adopted_by`), and is in force from `valid_from` until a newer adopted version is.
    """

    __tablename__ = "rules_of_procedure"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("body_id", "version"),
        in_area("body"),
        in_area("officer", "entered_by"),
        in_area("officer", "confirmed_by"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    version: int
    state: str = Field(default="adopted", sa_type=choice("rules_state", "draft", "adopted"))
    parameters: dict[str, Any] = Field(sa_type=Json)
    asked: list[str] = Field(default_factory=list, sa_type=Json)
    template_version: int | None = None
    valid_from: date | None = None
    adopted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    adopted_by: str | None = Field(
        default=None, sa_type=choice("rules_adopted_by", "officers", "question")
    )
    entered_by: int
    confirmed_by: int | None = None
