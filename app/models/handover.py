"""Handing an area over to the moderators of a new contractor."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, in_area


class Handover(SQLModel, table=True):
    """From `starts_on` another contractor runs the area, once a second person agreed.

    `team` is [{"name", "mail"}] of the moderators who are invited on that day; it is empty
    afterwards. Until that day nothing happens and it can be undone.
    """

    __table_args__ = (UniqueConstraint("area_id", "id"), in_area("officer", "asked_by"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    contractor: str
    mandated_by: str
    starts_on: date
    team: list[dict[str, Any]] = Field(sa_type=Json)
    reason: str
    asked_by: int
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
