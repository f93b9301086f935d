"""The outbox."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime


class Mail(SQLModel, table=True):
    """A mail to send; the row is deleted once it has been handed over.

    `calendar` is an iCalendar file that goes with it, empty for most.
    """

    id: int = Field(default=None, primary_key=True)
    recipient: str
    subject: str
    body: str
    calendar: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    next_try_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
