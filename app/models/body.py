"""A body, its term and its seats."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import choice, in_area


class Body(SQLModel, table=True):
    """A council; juries and steering rounds have their own kinds."""

    __table_args__ = (UniqueConstraint("area_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    kind: str = Field(sa_type=choice("body_kind", "council", "jury", "steering_round"))
    name: str


class Term(SQLModel, table=True):
    """The period of a body. Its id is published: voting keys are derived from it."""

    __table_args__ = (UniqueConstraint("area_id", "id"), in_area("body"))

    id: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    starts_on: date
    ends_on: date


class Seat(SQLModel, table=True):
    """The unit that votes; it exists without a person."""

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("body_id", "position"),
        in_area("body"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    position: int
    segment: str = Field(sa_type=choice("seat_segment", "resident", "partner"))
    label: str = ""
