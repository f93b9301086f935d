"""Who counts for a whole term, and the key that three people made for it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.column import ONE_PERSON, UtcDateTime, choice, in_area

NOT_ENDED = text("state <> 'ended'")


class CountingCommission(SQLModel, table=True):
    """Three trustees of a body and term, two of whom open a sum together.

    gathering -> keyed -> in_force -> ended. While it is gathering the three make their parts; keyed
    means that `document`, the trustees document of all elections under this key, is there and
    waits for their comparison and rehearsal. A ceremony that broke begins again: `attempt` counts
    them, `fault` says what was wrong the last time. Which one is in force for a body on a day,
    `app/counting_commission.py` tells, and who its owners are.
    """

    __tablename__ = "counting_commission"
    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        in_area("body"),
        in_area("term"),
        Index(
            "uq_counting_commission_not_ended",
            "term_id",
            unique=True,
            sqlite_where=NOT_ENDED,
            postgresql_where=NOT_ENDED,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    term_id: str
    group: str
    state: str = Field(
        default="gathering",
        sa_type=choice("counting_commission_state", "gathering", "keyed", "in_force", "ended"),
    )
    attempt: int = 1
    fault: str = ""
    document: str = ""
    public_key: str = ""
    made_at: datetime = Field(sa_type=UtcDateTime)
    in_force_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Trustee(SQLModel, table=True):
    """One of the three; `position` is the index in the ceremony and the owner on the board.

    `certificate`, `polynomial` and `verification_key` are the canonical documents of the three
    rounds, empty until they were sent. `compared_parts` and `compared_key` say that the digits read
    aloud were the same before the second and after the third round. `rehearsed_at` is when a known
    sum was opened with the part restored from the safety copy, `lost_at` when its holder reported
    that the part is lost.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("commission_id", "position"),
        CheckConstraint(ONE_PERSON, name="trustee_one_person"),
        in_area("counting_commission", "commission_id"),
        in_area("member"),
        in_area("officer"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    commission_id: int
    position: int
    member_id: int | None = Field(default=None, index=True)
    officer_id: int | None = None
    certificate: str = ""
    compared_parts: bool = False
    polynomial: str = ""
    verification_key: str = ""
    compared_key: bool = False
    rehearsed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lost_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
