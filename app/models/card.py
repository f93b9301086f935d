"""Cards, voting keys and the single-use numbers their registration needs."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area
from voting.protocol.group import NAMES as GROUPS

MARK = "Ed25519"


class Card(SQLModel, table=True):
    """A member's entrance for one term; valid until revoked, reprinted or the term ends.

    `verifier` is SHA-256 of the sign-in key that the card's secret yields. `wrapped` is the voting
    code locked under another key of the same secret, which the server never sees. `used_at` is
    when somebody first entered with it, `printed_by` the officer whose browser made its secret;
    of cards from before that was kept nobody knows.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        in_area("member"),
        in_area("term"),
        in_area("officer", "printed_by"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    member_id: int
    term_id: str
    verifier: str = Field(unique=True)
    wrapped: str | None = None
    printed_at: datetime = Field(sa_type=UtcDateTime)
    printed_by: int | None = None
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SpareCard(SQLModel, table=True):
    """A card printed in advance: it opens nothing until it is given to a member as their card."""

    __tablename__ = "spare_card"
    __table_args__ = (
        UniqueConstraint("term_id", "number"),
        in_area("term"),
        in_area("officer", "printed_by"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    term_id: str
    number: int
    verifier: str = Field(unique=True)
    printed_at: datetime = Field(sa_type=UtcDateTime)
    printed_by: int | None = None


class VotingKey(SQLModel, table=True):
    """The public point of a member's voting key in one group; it counts in later rounds.

    One code has a point in each group. By the one in `MARK` phones and pages know the key again.
    """

    __tablename__ = "voting_key"
    __table_args__ = (
        UniqueConstraint("term_id", "group", "point"),
        UniqueConstraint("term_id", "group", "member_id"),
        in_area("member"),
        in_area("term"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    member_id: int
    term_id: str
    group: str = Field(sa_type=choice("key_group", *GROUPS))
    point: str
    registered_at: datetime = Field(sa_type=UtcDateTime)


class EnrolmentNonce(SQLModel, table=True):
    """128 fresh bits that a proof of possession must cover; deleted when used."""

    __tablename__ = "enrolment_nonce"
    __table_args__ = (in_area("member"),)

    nonce: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    member_id: int
    expires_at: datetime = Field(sa_type=UtcDateTime)
