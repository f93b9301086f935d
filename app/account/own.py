"""What a person may see of themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app import card_notice, trusteeship
from app.body import day_of, people_of, term_ids_of
from app.models import Body, Confirmation, Erasure, Member, Officer, Term, VotingKey
from app.models.card import MARK
from app.policy import POLICY, Action


class OwnKey(NamedTuple):
    """A voting key of the member: for which body, and the point by which it is known again."""

    body: Body
    term: Term
    point: str
    group: str = MARK


class OwnMembership(NamedTuple):
    """A place the person has today, in which capacity, and since when a voting key goes with it."""

    body: Body
    segment: str
    capacity: str
    ends_on: date
    key_since: datetime | None


def memberships(held: Session, person: Member | Officer, now: datetime) -> Sequence[OwnMembership]:
    """The seats of a member, and the places as deputy or on a reserve list; officers have none."""
    if isinstance(person, Officer):
        return ()
    today = day_of(now)
    rows = held.exec(
        select(Body, Term, VotingKey)
        .join(Term, col(Term.body_id) == Body.id)
        .join(
            VotingKey,
            (col(VotingKey.term_id) == Term.id)
            & (col(VotingKey.member_id) == person.id)
            & (col(VotingKey.group) == MARK),
            isouter=True,
        )
        .where(col(Term.id).in_(term_ids_of(person)), Term.starts_on <= today)
        .where(Term.ends_on >= today)
        .order_by(Body.name)
    )
    return [
        OwnMembership(
            body, own.segment, own.capacity, term.ends_on, key.registered_at if key else None
        )
        for body, term, key in rows
        for own in people_of(held, term, today)
        if own.member.id == person.id
    ]


def keys(held: Session, member: Member, now: datetime) -> list[OwnKey]:
    """The member's voting keys of terms that are not over."""
    rows = held.exec(
        select(Body, Term, VotingKey.point)
        .join(Term, col(Term.body_id) == Body.id)
        .join(VotingKey, col(VotingKey.term_id) == Term.id)
        .where(VotingKey.area_id == member.area_id, VotingKey.member_id == member.id)
        .where(VotingKey.group == MARK, Term.ends_on >= day_of(now))
        .order_by(Body.name)
    )
    return [OwnKey(body, term, point) for body, term, point in rows]


def card_notices(held: Session, person: Member | Officer, now: datetime) -> Sequence[Confirmation]:
    """What a member is told about cards that are to be replaced, or were; officers have none."""
    return card_notice.shown_to(held, person, now) if isinstance(person, Member) else ()


def is_trustee(held: Session, person: Member | Officer) -> bool:
    """Whether a member has to show more than the card when counting; officers do so anyway."""
    return isinstance(person, Member) and not person.is_demo and trusteeship.is_named(held, person)


def wish(held: Session, person: Member | Officer) -> Erasure | None:
    """The member's wish to be forgotten, while it waits."""
    return held.get(Erasure, person.id) if isinstance(person, Member) else None


def readers(held: Session, person: Member | Officer) -> Sequence[str]:
    """Who sees an officer in the list of the team; of members each look is noted instead."""
    if isinstance(person, Member):
        return ()
    return held.exec(
        select(Officer.name)
        .where(Officer.area_id == person.area_id, col(Officer.ended_at).is_(None))
        .where(col(Officer.role).in_(POLICY[Action.INVITE_OFFICERS]))
        .order_by(col(Officer.name))
    ).all()
