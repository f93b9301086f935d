"""Sessions, sign-in links and the counts that slow guessing down."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.models.column import ONE_PERSON, UtcDateTime, in_area


class UserSession(SQLModel, table=True):
    """A signed-in device; the cookie's value is stored as its SHA-256 only.

    `confirmed_at` is when an officer last proved who they are, `seen_at` when they last did
    something here; both stay empty for demo officers. Of members `seen_at` is the day alone.
    `viewed_area_id` is the area that a coordinator looks at.
    `invited_at` is when a trustee's invitation was accepted here, which lets the access be set up.
    `card_id` is the card that a member entered by. `is_doubted` is set while the member's other
    devices ask whose device this is.
    """

    __tablename__ = "user_session"
    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="user_session_one_person"),
        in_area("member"),
        in_area("officer"),
        in_area("card"),
    )

    id_hash: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    member_id: int | None = None
    officer_id: int | None = None
    card_id: int | None = None
    viewed_area_id: int | None = Field(default=None, foreign_key="area.id")
    device: str = ""
    is_doubted: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    invited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInLink(SQLModel, table=True):
    """A link that signs one demo person in by a button, for 24 hours."""

    __tablename__ = "sign_in_link"
    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="sign_in_link_one_person"),
        in_area("member"),
        in_area("officer"),
    )

    token_hash: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    member_id: int | None = None
    officer_id: int | None = None
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Throttle(SQLModel, table=True):
    """Failures counted in a window of time: of what, on whom and from where; empty means all."""

    scope: str = Field(primary_key=True)
    subject: str = Field(default="", primary_key=True)
    network: str = Field(primary_key=True)
    window_started_at: datetime = Field(sa_type=UtcDateTime)
    failures: int
