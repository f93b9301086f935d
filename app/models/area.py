"""An area, its office and its action goals."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Area(SQLModel, table=True):
    """One of the QM areas; the owner of all data below it."""

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    bezirk: str
    office_address: str
    office_hours: str
    office_phone: str
    office_mail: str


class ActionGoal(SQLModel, table=True):
    """A strategic aim of the area; every proposal names one."""

    __tablename__ = "action_goal"
    __table_args__ = (UniqueConstraint("area_id", "id"), UniqueConstraint("area_id", "position"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    position: int
    title: str
