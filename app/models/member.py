"""People known to an area: members with their memberships, and officers."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import choice, in_area


class Member(SQLModel, table=True):
    """A person who may hold a seat. The mail address is optional."""

    __table_args__ = (UniqueConstraint("area_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    name: str
    mail: str | None = None
    language: str = "de"
    is_demo: bool = False


class Membership(SQLModel, table=True):
    """Links a member to a seat for a while."""

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        in_area("seat"),
        in_area("member"),
        in_area("term"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    seat_id: int
    member_id: int
    term_id: str
    starts_on: date
    ends_on: date


class Officer(SQLModel, table=True):
    """A moderator of the area: opens and closes rounds and has no vote."""

    __table_args__ = (UniqueConstraint("area_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    name: str
    role: str = Field(sa_type=choice("officer_role", "moderator", "administrator"))
    mail: str | None = None
    is_demo: bool = False
