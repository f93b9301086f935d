"""What happened at a person's entrance."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.models.column import ONE_PERSON, UtcDateTime, choice, in_area

KINDS = (
    *("new_device", "code_refused", "recovery_used", "recovery_codes_made"),
    *("passphrase_set", "passphrase_removed", "app_set_up"),
    *("passkey_added", "passkey_removed", "copy_deleted"),
    *("invited_to_count", "protection_lifted"),
    *("name_changed", "mail_changed"),
)


class SecurityEvent(SQLModel, table=True):
    """What it was, when, and on what kind of device; no address and no place.

    The person reads it for 30 days. `device` is empty where the QM-Team did it.
    """

    __tablename__ = "security_event"
    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="security_event_one_person"),
        in_area("member"),
        in_area("officer"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    member_id: int | None = Field(default=None, index=True)
    officer_id: int | None = Field(default=None, index=True)
    kind: str = Field(sa_type=choice("security_event_kind", *KINDS))
    device: str
    at: datetime = Field(sa_type=UtcDateTime)
