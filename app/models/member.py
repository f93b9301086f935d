"""People known to an area: members with their memberships, and officers."""

import secrets
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, choice, in_area


class Member(SQLModel, table=True):
    """A person who may hold a seat or stand in. The mail address is optional.

    `has_access` is set when a trustee has set up by an invitation what trustees must show.
    `may_be_named` is the person's consent to see the name on public pages; it can be withdrawn.
    `was_asked` is set once the questions after the first receipt were answered or left out.
    Since `erased_on` the name is a number and stands for somebody who is forgotten. `mark` is a
    random number that no other person ever has: the list of erasures outside the database knows
    people by it.
    """

    __table_args__ = (UniqueConstraint("area_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    name: str
    mail: str | None = None
    language: str = "de"
    may_be_named: bool = False
    was_asked: bool = False
    has_access: bool = False
    is_demo: bool = False
    erased_on: date | None = None
    mark: str = Field(default_factory=lambda: secrets.token_hex(16))


class Membership(SQLModel, table=True):
    """Links a member to a seat for a while.

    The holders of a shared seat vote in the order of `position`. `is_dual_role` marks somebody
    who also works for an institution of the area, named in `dual_role`; it suggests a recusal and
    never sets one. `end_reason` is empty while the membership was not ended early.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        in_area("seat"),
        in_area("member"),
        in_area("term"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    seat_id: int
    member_id: int
    term_id: str
    starts_on: date
    ends_on: date
    position: int = 1
    role: str = Field(default="member", sa_type=choice("membership_role", "member", "speaker"))
    source: str | None = Field(
        default=None,
        sa_type=choice(
            "membership_source",
            "ballot",
            "assembly",
            "en_bloc",
            "lot",
            "quota_lot",
            "appointed",
            "open_door",
            "reserve_list",
        ),
    )
    is_dual_role: bool = False
    dual_role: str = ""
    end_reason: str | None = Field(
        default=None,
        sa_type=choice(
            "membership_end_reason",
            "term_end",
            "moved",
            "resigned",
            "replaced",
            "absence",
            "other",
        ),
    )

    @property
    def is_speaker(self) -> bool:
        """Whether this member speaks for the body: such a member may be the second person."""
        return self.role == "speaker"


class Officer(SQLModel, table=True):
    """A moderator of the area, who runs its rounds, or an administrator; neither has a vote.

    A coordinator has an access here too, at the area of the first invitation; in which areas it
    opens the reading rooms, the coordinations say.

    `login` is the mail address in the form in which it signs in, once the invitation was followed.
    `has_access` is set when there is a passphrase with a second factor, or a passkey; until then
    the officer can do nothing but set it up. Demo officers enter by their link and need neither.
    """

    __table_args__ = (UniqueConstraint("area_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    name: str
    role: str = Field(sa_type=choice("officer_role", "moderator", "administrator", "coordinator"))
    coordinator_id: int | None = Field(default=None, foreign_key="coordinator.id", unique=True)
    mail: str | None = None
    is_demo: bool = False
    login: str | None = Field(default=None, index=True, unique=True)
    has_access: bool = False
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
