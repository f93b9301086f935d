"""Who looked at a member's record, and which members asked to be forgotten."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area


class LookUp(SQLModel, table=True):
    """An officer saw what is noted of one member: when, and on which kind of page."""

    __tablename__ = "look_up"
    __table_args__ = (in_area("member"), in_area("officer"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    member_id: int = Field(index=True)
    officer_id: int
    page: str = Field(sa_type=choice("look_up_page", "person", "seat", "card", "export"))
    looked_at: datetime = Field(sa_type=UtcDateTime)


class Erasure(SQLModel, table=True):
    """A member's wish to be forgotten, while a seat, a place or a list still needs the name.

    `due_on` is the first day on which none does, as things stood when the wish was noted.
    """

    __table_args__ = (in_area("member"),)

    member_id: int = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    requested_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date
