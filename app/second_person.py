"""What one officer asks for, another person confirms on an own session within 30 minutes.

The second person is another officer, or a member who speaks or counts for the body.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session, col, select, update

from app import same_person, subject, trusteeship
from app.body import day_of, spoken_for
from app.errors import Refused
from app.models import (
    Area,
    Body,
    Confirmation,
    Grant,
    Handover,
    LogText,
    Member,
    Officer,
    Payment,
    Proposal,
    Question,
    Round,
    RulesOfProcedure,
)
from app.models.confirmation import LIFETIME
from app.text import amount

BY_OFFICERS = frozenset({"adopt_rules", "replace_card_home"})


def ask(
    held: Session, act: str, officer: Officer, now: datetime, *, reason: str = "", **about: Any
) -> Confirmation:
    """Ask for a second person; `about` names the rows the act is about.

    Nobody asks for what is about themselves.
    """
    if _is_own_case(held, about.get("member_id"), officer):
        raise Refused("own_case")
    confirmation = Confirmation(
        area_id=officer.area_id,
        act=act,
        reason=reason,
        requested_by=officer.id,
        requested_at=now,
        **about,
    )
    held.add(confirmation)
    held.flush()
    return confirmation


def waiting(held: Session, area_id: int, now: datetime) -> Sequence[Confirmation]:
    """What still waits for a second person in this area."""
    return held.exec(
        select(Confirmation)
        .where(
            Confirmation.area_id == area_id,
            col(Confirmation.confirmed_at).is_(None),
            Confirmation.requested_at > now - LIFETIME,
        )
        .order_by(col(Confirmation.requested_at), col(Confirmation.id))
    ).all()


def require_none(held: Session, person: Officer | Member, now: datetime) -> None:
    """Refuse a new name or address while something waits that this very person asked for.

    By name and address is known who must not be the second person.
    """
    for each in waiting(held, person.area_id, now):
        if same_person.are_same(held.get_one(Officer, each.requested_by), person):
            raise Refused("request_waits")


def waiting_for(held: Session, person: Officer | Member, now: datetime) -> list[Confirmation]:
    """What waits in the area and is this person's business: asked for, or to be confirmed."""
    return [
        each
        for each in waiting(held, person.area_id, now)
        if isinstance(person, Officer) or may_confirm(held, each, person, now)
    ]


def may_confirm(
    held: Session, confirmation: Confirmation, person: Officer | Member, now: datetime
) -> bool:
    """Whether this person can be the second one: never who asked, nor whom the act is about."""
    asker = held.get_one(Officer, confirmation.requested_by)
    if same_person.are_same(person, asker) or _is_own_case(held, confirmation.member_id, person):
        return False
    return isinstance(person, Officer) or (
        confirmation.act not in BY_OFFICERS
        and _is_about(held, confirmation, own_bodies(held, person, now))
    )


def _is_own_case(held: Session, member_id: int | None, person: Officer | Member) -> bool:
    """Whether the act is about this very person."""
    return member_id is not None and same_person.are_same(held.get_one(Member, member_id), person)


def own_bodies(held: Session, member: Member, now: datetime) -> set[int]:
    """The bodies that a member speaks or counts for."""
    today = day_of(now)
    return spoken_for(held, member, today) | trusteeship.counted_for(held, member, today)


def _is_about(held: Session, confirmation: Confirmation, bodies: set[int]) -> bool:
    """Whether it is about one of these bodies; what is about the area is about all of them."""
    if is_about_area(confirmation):
        return bool(bodies)
    return body_of(held, confirmation).id in bodies


def require_second(
    held: Session, confirmation: Confirmation, person: Officer | Member, now: datetime
) -> None:
    """Refuse the one who asked, whoever has no say here, and anybody after the 30 minutes."""
    if not may_confirm(held, confirmation, person, now):
        raise Refused("second_person_needed")
    if confirmation.expires_at <= now:
        raise Refused("confirmation_expired")


def agree(
    held: Session, confirmation: Confirmation, person: Officer | Member, now: datetime
) -> None:
    """Store who confirmed, once."""
    is_officer = isinstance(person, Officer)
    won = held.exec(
        update(Confirmation)
        .where(col(Confirmation.id) == confirmation.id, col(Confirmation.confirmed_at).is_(None))
        .values(
            confirmed_by=person.id if is_officer else None,
            confirmed_by_member=None if is_officer else person.id,
            confirmed_at=now,
        )
    )
    if won.rowcount != 1:
        raise Refused("already_done")


def is_about_area(confirmation: Confirmation) -> bool:
    """Whether the act concerns the area as a whole."""
    return (
        confirmation.handover_id is not None
        or confirmation.log_text_id is not None
        or confirmation.act == "open_epoch"
    )


def body_of(held: Session, confirmation: Confirmation) -> Body:
    """The body that the act is about."""
    if confirmation.round_id:
        return held.get_one(Body, held.get_one(Round, confirmation.round_id).body_id)
    if confirmation.rules_id:
        return held.get_one(Body, held.get_one(RulesOfProcedure, confirmation.rules_id).body_id)
    return held.get_one(Body, confirmation.body_id)


def about(held: Session, confirmation: Confirmation) -> str:
    """What the act is about: a contractor, an entry, an area, a version, a person, questions."""
    if confirmation.handover_id:
        return held.get_one(Handover, confirmation.handover_id).contractor
    if confirmation.log_text_id:
        seq = held.get_one(LogText, confirmation.log_text_id).seq
        return _("Eintrag %(height)d", height=seq)
    if is_about_area(confirmation):
        return held.get_one(Area, confirmation.area_id).name
    if confirmation.act == "pay_grant":
        return _payment(held, confirmation)
    body = body_of(held, confirmation).name
    if confirmation.rules_id:
        rules = held.get_one(RulesOfProcedure, confirmation.rules_id)
        return f"{body}, {_('Fassung %(version)d', version=rules.version)}"
    if confirmation.member_id:
        return f"{held.get_one(Member, confirmation.member_id).name}, {body}"
    return _titles(held, confirmation) if confirmation.round_id else body


def _payment(held: Session, confirmation: Confirmation) -> str:
    payment = held.get_one(Payment, confirmation.id)
    grant = held.get_one(Grant, payment.grant_id)
    return f"{held.get_one(Proposal, grant.proposal_id).title}, {amount(payment.cents)}"


def _titles(held: Session, confirmation: Confirmation) -> str:
    wanted = (
        Question.id == confirmation.question_id
        if confirmation.question_id
        else Question.round_id == confirmation.round_id
    )
    questions = held.exec(select(Question).where(wanted).order_by(col(Question.position))).all()
    subjects = subject.of_all(held, questions)
    return ", ".join(subjects[each.id].title for each in questions)
