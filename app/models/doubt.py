"""What people doubt: a published decision, an outcome in its minutes, something while voting."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, choice, in_area

REASONS = ("missing", "not_mine", "differs", "not_listed", "watched", "other")


class Objection(SQLModel, table=True):
    """Somebody doubts that a published decision came about rightly; `n` counts those of it.

    Public are the day and the answer alone. Somebody without an account gives a `name`.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("decision_id", "n"),
        UniqueConstraint("decision_id", "member_id"),
        in_area("decision"),
        in_area("member"),
        in_area("officer", "answered_by"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    decision_id: int
    n: int
    member_id: int | None = None
    name: str = ""
    reason: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: int | None = None


class Report(SQLModel, table=True):
    """ "Etwas stimmt nicht": what somebody noticed while voting, never how they voted.

    `n` counts those of the area. Whoever knows the secret (`secret_hash`) reads the answer.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("area_id", "n"),
        in_area("round"),
        in_area("officer", "answered_by"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    n: int
    round_id: str | None = Field(default=None, index=True)
    secret_hash: str = Field(unique=True)
    reason: str = Field(sa_type=choice("report_reason", *REASONS))
    words: str
    trackers: str = ""
    contact: str = ""
    made_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: int | None = None


class NotedObjection(SQLModel, table=True):
    """What a member wants to have in the minutes about an outcome.

    The minutes name the seat, and the member where `is_named`, which is the member's consent.
    """

    __tablename__ = "noted_objection"
    __table_args__ = (in_area("question"), in_area("seat"), in_area("member"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(index=True)
    seat_id: int
    member_id: int
    is_named: bool = False
    words: str
    noted_at: datetime = Field(sa_type=UtcDateTime)


class Annulment(SQLModel, table=True):
    """What two people are asked for, or agreed to: that a decision no longer holds.

    The reason stands in the confirmation. `vote_id` is the question by which the body wanted it.
    """

    __table_args__ = (
        in_area("confirmation"),
        in_area("decision"),
        in_area("question", "vote_id"),
    )

    confirmation_id: int = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    decision_id: int = Field(index=True)
    vote_id: str | None = None


class Correction(SQLModel, table=True):
    """Another summary of a published decision, and the one it replaces once two people agreed.

    Both map a language to a text.
    """

    __table_args__ = (in_area("confirmation"), in_area("decision"))

    confirmation_id: int = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    decision_id: int = Field(index=True)
    before: dict[str, str] = Field(sa_type=Json)
    after: dict[str, str] = Field(sa_type=Json)
