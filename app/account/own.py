"""What a person may see of themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.electoral_roll import GROUP
from app.models import Body, Member, Membership, Officer, Seat, Term, VotingKey
from app.text import BERLIN


class OwnMembership(NamedTuple):
    """A seat the person holds today, and since when a voting key goes with it."""

    body: Body
    segment: str
    ends_on: date
    key_since: datetime | None


def memberships(held: Session, person: Member | Officer, now: datetime) -> Sequence[OwnMembership]:
    """The seats of a member; officers hold none."""
    if isinstance(person, Officer):
        return ()
    today = now.astimezone(BERLIN).date()
    rows = held.exec(
        select(Body, Seat, Term, VotingKey)
        .join(Term, col(Term.body_id) == Body.id)
        .join(Membership, col(Membership.term_id) == Term.id)
        .join(Seat, col(Seat.id) == Membership.seat_id)
        .join(
            VotingKey,
            (col(VotingKey.term_id) == Term.id)
            & (col(VotingKey.member_id) == Membership.member_id)
            & (col(VotingKey.group) == GROUP),
            isouter=True,
        )
        .where(
            Membership.area_id == person.area_id,
            Membership.member_id == person.id,
            Membership.starts_on <= today,
            Membership.ends_on >= today,
        )
        .order_by(Body.name)
    )
    return [
        OwnMembership(body, seat.segment, term.ends_on, key.registered_at if key else None)
        for body, seat, term, key in rows
    ]
