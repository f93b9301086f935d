"""An area, its office, its action goals and who coordinates it from above."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice


class Area(SQLModel, table=True):
    """One of the QM areas; the owner of all data below it.

    `closes_on` is its last day: afterwards it is an archive that can only be read. An area may be
    closing without a known day. Since `set_back_at` its database is known to be an old one.
    """

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    bezirk: str
    office_address: str
    office_hours: str
    office_phone: str
    office_mail: str
    status: str = Field(default="active", sa_type=choice("area_status", "active", "closing"))
    closes_on: date | None = None
    contractor: str = ""
    mandated_by: str = ""
    set_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ActionGoal(SQLModel, table=True):
    """A strategic aim of the area, in one version of the whole list; every proposal names one.

    `since` is the day on which its version of the list was entered.
    """

    __tablename__ = "action_goal"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("area_id", "version", "position"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    version: int = 1
    since: date | None = None
    position: int
    title: str


class Coordinator(SQLModel, table=True):
    """Somebody of Bezirk or Senate who keeps the levels together, for one or several areas."""

    id: int = Field(default=None, primary_key=True)
    side: str = Field(sa_type=choice("coordinator_side", "bezirk", "senate"))
    name: str
    mail: str | None = None


class Coordination(SQLModel, table=True):
    """Links a coordinator to an area for a while."""

    area_id: int = Field(foreign_key="area.id", primary_key=True)
    coordinator_id: int = Field(foreign_key="coordinator.id", primary_key=True)
    starts_on: date
    ends_on: date | None = None
