"""A body, its term, its seats, and who may stand in or move up."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import choice, in_area


class Body(SQLModel, table=True):
    """A council, a jury, a steering round with its level, or the selection body of a competition.

    Councils and juries vote by ballot; their seats are of residents and partners. In the other
    bodies Senate, Bezirk and QM have seats too.
    """

    __table_args__ = (UniqueConstraint("area_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    kind: str = Field(
        sa_type=choice("body_kind", "council", "jury", "steering_round", "selection_body")
    )
    level: str | None = Field(
        default=None, sa_type=choice("body_level", "local", "district", "state")
    )
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
    """The unit that votes; it exists without a person, up to `ended_on` if it was given up."""

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("body_id", "position"),
        in_area("body"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    position: int
    segment: str = Field(
        sa_type=choice("seat_segment", "resident", "partner", "senate", "bezirk", "qm")
    )
    label: str = ""
    ended_on: date | None = None


class Deputy(SQLModel, table=True):
    """A person who may stand in for one seat, in the order of rank; never its holder."""

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
    rank: int
    starts_on: date
    ends_on: date


class ReservePlace(SQLModel, table=True):
    """A place on the reserve list of a term; by rule the same list is the pool of deputies.

    Ranks are never given twice: who moved up or left keeps theirs, with the day and the reason.
    """

    __tablename__ = "reserve_place"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("term_id", "rank"),
        in_area("member"),
        in_area("term"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    term_id: str
    member_id: int
    segment: str = Field(sa_type=choice("reserve_segment", "resident", "partner"))
    rank: int
    listed_on: date
    left_on: date | None = None
    left_reason: str | None = Field(
        default=None,
        sa_type=choice("reserve_left_reason", "moved_up", "declined", "moved", "other"),
    )
