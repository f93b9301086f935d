"""What waits for a second person."""

from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area

LIFETIME = timedelta(minutes=30)
# A card is replaced at home a day after two officers agreed, or in the week that follows.
NOTICE = timedelta(hours=24)
AFTER_NOTICE = timedelta(days=7)
ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster", "hand_over_area"),
    "undo_handover",
    *("annul_decision", "correct_summary", "open_epoch", "count_again"),
    *("pay_grant", "return_paper", "remove_text"),
)


class Confirmation(SQLModel, table=True):
    """An act that one officer asked for and another person must confirm within 30 minutes.

    The second person is an officer or a member who speaks or counts for the body. An act that the
    first person carries out afterwards has `done_at`; a member may have objected before it.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        in_area("round"),
        in_area("question"),
        in_area("rules_of_procedure", "rules_id"),
        in_area("body"),
        in_area("member"),
        in_area("handover"),
        in_area("log_text"),
        in_area("officer", "requested_by"),
        in_area("officer", "confirmed_by"),
        in_area("member", "confirmed_by_member"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    act: str = Field(sa_type=choice("confirmation_act", *ACTS))
    round_id: str | None = None
    question_id: str | None = None
    rules_id: int | None = None
    body_id: int | None = None
    member_id: int | None = None
    handover_id: int | None = None
    log_text_id: int | None = None
    reason: str
    requested_by: int
    requested_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_by: int | None = None
    confirmed_by_member: int | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    objected_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def expires_at(self) -> datetime:
        return self.requested_at + LIFETIME

    @property
    def notice_ends(self) -> datetime | None:
        """From when a card may be replaced at home, once two officers agreed."""
        return self.confirmed_at + NOTICE if self.confirmed_at else None
