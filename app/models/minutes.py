"""The minutes of a meeting: how far they are, and every correction of their words."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, choice, in_area


class Minutes(SQLModel, table=True):
    """What is stored of the minutes of a meeting; without a row they are a draft.

    draft -> corrected -> approved -> published. Until they are approved they are made from what
    the database knows and the newest correction of each section. `content` is that at approval,
    in the shape of `app.proceedings.facts`; people are numbers in it, so that names can go.
    They were approved as a point of a later meeting, without objection or by a vote.
    """

    __table_args__ = (
        in_area("meeting"),
        in_area("agenda_item"),
        in_area("officer", "checked_by"),
        in_area("officer", "approved_by"),
    )

    meeting_id: int = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    state: str = Field(
        default="draft",
        sa_type=choice("minutes_state", "draft", "corrected", "approved", "published"),
    )
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    checked_by: int | None = None
    agenda_item_id: int | None = None
    approved_as: str | None = Field(
        default=None, sa_type=choice("minutes_approved_as", "consent", "vote")
    )
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    approved_by: int | None = None
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    content: dict[str, Any] | None = Field(default=None, sa_type=Json)

    @property
    def is_fixed(self) -> bool:
        """Whether the body has approved these words."""
        return self.state in ("approved", "published")


class MinutesCorrection(SQLModel, table=True):
    """New words of one section and those they replace; the draft is version 1."""

    __tablename__ = "minutes_correction"
    __table_args__ = (
        UniqueConstraint("meeting_id", "version"),
        in_area("meeting"),
        in_area("officer"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    meeting_id: int
    version: int
    section: str
    before: str
    text: str
    officer_id: int
    corrected_at: datetime = Field(sa_type=UtcDateTime)
