"""Funds, their money for a year, and what was granted from it. All sums are integer cents."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, choice, in_area

ACTS = (
    *("pot_change", "approve", "reduce", "pay", "withdraw", "cancel", "annul", "settle"),
    *("repay", "complete"),
)


class Fund(SQLModel, table=True):
    """Money of an area that one body decides about alone; `slug` is its public address."""

    __table_args__ = (UniqueConstraint("area_id", "id"), in_area("body"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int = Field(unique=True)
    slug: str = Field(unique=True)
    name: str


class Pot(SQLModel, table=True):
    """The money of a fund for one year, and the most that one grant may be (empty: no cap)."""

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("fund_id", "year"),
        CheckConstraint("cents >= 0", name="pot_not_negative"),
        in_area("fund"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    fund_id: int
    year: int
    cents: int = 0
    cap_cents: int | None = None


class Grant(SQLModel, table=True):
    """Money promised by one decision: reserved, paid (less what came back), due back.

    Its sums are those of its movements.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("question_id"),
        CheckConstraint(
            "approved_cents >= 0 AND reserved_cents >= 0 AND paid_cents >= 0 AND due_cents >= 0",
            name="grant_not_negative",
        ),
        in_area("pot"),
        in_area("question"),
        in_area("proposal"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    pot_id: int = Field(index=True)
    question_id: str
    proposal_id: int
    state: str = Field(
        default="approved",
        sa_type=choice("grant_state", "approved", "settled", "ended", "completed"),
    )
    approved_cents: int = 0
    reserved_cents: int = 0
    paid_cents: int = 0
    due_cents: int = 0


class Movement(SQLModel, table=True):
    """One event of a pot: its own sum, and by how much it changed pot, reserved and paid money.

    Rows are only added; their changes add up to what pot and grants hold.
    """

    __table_args__ = (UniqueConstraint("pot_id", "n"), in_area("pot"), in_area("grant"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    pot_id: int
    n: int
    act: str = Field(sa_type=choice("movement_act", *ACTS))
    grant_id: int | None = None
    cents: int = 0
    pot_change: int = 0
    reserved_change: int = 0
    paid_change: int = 0
    reason: str = ""
    moved_at: datetime = Field(sa_type=UtcDateTime)


class Payment(SQLModel, table=True):
    """Money of a grant that was sent on `paid_on`; it is booked once a second person agrees.

    `note` names the receipt; it is never public.
    """

    __table_args__ = (in_area("confirmation"), in_area("grant"))

    confirmation_id: int = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    grant_id: int = Field(index=True)
    cents: int
    paid_on: date
    note: str


class Condition(SQLModel, table=True):
    """One of a question's conditions, by its place there: when it is due, since when it is met."""

    __table_args__ = (in_area("question"),)

    question_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    due_on: date | None = None
    met_on: date | None = None


class Sharing(SQLModel, table=True):
    """What the pot pays for of the adopted questions of a round, as it was first relied on.

    The lists hold question ids. `drawn` is the order of a lot among those of equal yes votes;
    `needs_lot` is empty once it was drawn.
    """

    __table_args__ = (in_area("round"), in_area("pot"))

    round_id: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    pot_id: int
    available_cents: int
    adopted_cents: int
    short_cents: int
    funded: list[str] = Field(sa_type=Json)
    unfunded: list[str] = Field(sa_type=Json)
    needs_lot: list[str] = Field(sa_type=Json)
    drawn: list[str] = Field(sa_type=Json)
    left_cents: int
    shared_at: datetime = Field(sa_type=UtcDateTime)


class Amendment(SQLModel, table=True):
    """What a meeting proposes for one application: a sum and conditions, until it votes on them.

    `conditions` are codes of the translated list, `own_condition` one of the body's own in every
    offered language. `is_left_out` keeps the application for another meeting.
    """

    __table_args__ = (
        UniqueConstraint("meeting_id", "proposal_id"),
        in_area("meeting"),
        in_area("proposal"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    meeting_id: int
    proposal_id: int
    cents: int
    conditions: list[str] = Field(default_factory=list, sa_type=Json)
    own_condition: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    is_left_out: bool = False
    changed_at: datetime = Field(sa_type=UtcDateTime)
