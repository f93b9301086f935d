"""A proposal, its cost items and the comments on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area


class Proposal(SQLModel, table=True):
    """An application for money: what, why and for how much. Money is integer cents.

    `what` and `why` are Markdown sources. Its number is shown as `A-<year>-<n>`. The name of the
    applicant is empty since `applicant_removed_on`; the mail address is never public.
    `applicant_link` is the digest of the secret that leads the applicant to it.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("area_id", "year", "n"),
        CheckConstraint("requested_cents > 0", name="proposal_requested_positive"),
        in_area("body"),
        in_area("action_goal"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    action_goal_id: int
    year: int
    n: int
    title: str
    what: str
    why: str
    applicant: str
    applicant_mail: str | None = None
    requested_cents: int
    state: str = Field(
        default="admitted",
        sa_type=choice(
            "proposal_state",
            "admitted",
            "scheduled",
            "recommended",
            "not_recommended",
            "approved",
            "rejected",
            "withdrawn",
            "cancelled",
            "settled",
            "completed",
        ),
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    applicant_removed_on: date | None = None
    applicant_link: str | None = Field(default=None, unique=True)

    @property
    def number(self) -> str:
        return f"A-{self.year}-{self.n}"


class CostItem(SQLModel, table=True):
    """One line of the cost table."""

    __tablename__ = "cost_item"
    __table_args__ = (
        UniqueConstraint("proposal_id", "position"),
        CheckConstraint("amount_cents >= 0", name="cost_item_amount_not_negative"),
        in_area("proposal"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    proposal_id: int
    position: int
    label: str
    amount_cents: int


class Comment(SQLModel, table=True):
    """One statement of a member in the discussion of a proposal (Markdown source).

    It is empty since `removed_on`, when its author asked to be forgotten.
    """

    __table_args__ = (in_area("proposal"), in_area("member"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    proposal_id: int = Field(index=True)
    member_id: int
    source: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    removed_on: date | None = None
