"""What waits for a second person."""

from datetime import datetime, timedelta

from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area

LIFETIME = timedelta(minutes=30)


class Confirmation(SQLModel, table=True):
    """An act that one officer asked for and another must confirm within 30 minutes."""

    __table_args__ = (
        in_area("round"),
        in_area("question"),
        in_area("rules_of_procedure", "rules_id"),
        in_area("officer", "requested_by"),
        in_area("officer", "confirmed_by"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    act: str = Field(
        sa_type=choice(
            "confirmation_act", "close_early", "confirm_result", "void_round", "adopt_rules"
        )
    )
    round_id: str | None = None
    question_id: str | None = None
    rules_id: int | None = None
    reason: str
    requested_by: int
    requested_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_by: int | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def expires_at(self) -> datetime:
        return self.requested_at + LIFETIME
