"""What people show when they sign in: passphrases, codes of an app, passkeys, recovery codes."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.models.column import ONE_PERSON, UtcDateTime, in_area


class Passphrase(SQLModel, table=True):
    """A passphrase as argon2id left it: an officer's, or what a member's new device shows too."""

    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="passphrase_one_person"),
        in_area("officer"),
        in_area("member"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    officer_id: int | None = Field(default=None, unique=True)
    member_id: int | None = Field(default=None, unique=True)
    verifier: str
    changed_at: datetime = Field(sa_type=UtcDateTime)


class SecondFactor(SQLModel, table=True):
    """The secret that an app makes codes of, sealed with a key outside the database.

    It counts once `confirmed_at` is set. `last_step` is the newest time step whose code was used:
    no code of this step or an older one is ever taken again.
    """

    __tablename__ = "second_factor"
    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="second_factor_one_person"),
        in_area("officer"),
        in_area("member"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    officer_id: int | None = None
    member_id: int | None = None
    sealed_secret: bytes
    last_step: int = 0
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Passkey(SQLModel, table=True):
    """A key pair in a device of an officer or member; `id` is the credential's in base64url."""

    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="passkey_one_person"),
        in_area("officer"),
        in_area("member"),
    )

    id: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    officer_id: int | None = None
    member_id: int | None = None
    name: str
    public_key: bytes
    sign_count: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class RecoveryCode(SQLModel, table=True):
    """A code on paper that replaces a lost factor once; only its digest is stored."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="recovery_code_one_person"),
        in_area("officer"),
        in_area("member"),
    )

    verifier: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    officer_id: int | None = None
    member_id: int | None = None
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Invitation(SQLModel, table=True):
    """The link that sets up the access of an officer or trustee once; stored as its digest."""

    __table_args__ = (
        CheckConstraint(ONE_PERSON, name="invitation_one_person"),
        in_area("officer"),
        in_area("member"),
    )

    token_hash: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    officer_id: int | None = None
    member_id: int | None = None
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UsedChallenge(SQLModel, table=True):
    """A challenge that a passkey has answered; it is kept until it would expire."""

    __tablename__ = "used_challenge"

    digest: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
