"""Who can be a trustee, and how three people become the counting commission of a term."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from app import counting_commission, rules_of_procedure
from app.body import day_in, people_of
from app.errors import Refused
from app.models import Body, CountingCommission, Member, Officer, Term, Trustee


def candidates(held: Session, term: Term, day: date) -> list[Member | Officer]:
    """Everybody of the term, and the officers of the area."""
    people = people_of(held, term, day_in(term, day))
    officers = held.exec(
        select(Officer)
        .where(Officer.area_id == term.area_id, col(Officer.ended_at).is_(None))
        .where(col(Officer.role).in_(("moderator", "administrator")))
        .order_by(col(Officer.id))
    )
    return [*(each.member for each in people), *officers]


def appoint(
    held: Session, body: Body, term: Term, people: Sequence[Member | Officer], now: datetime
) -> CountingCommission:
    """Name the three; they make the key in the order given here."""
    if counting_commission.of_term(held, term.id):
        raise Refused("commission_there")
    made = CountingCommission(
        area_id=body.area_id,
        body_id=body.id,
        term_id=term.id,
        group=rules_of_procedure.group_of(held, body.id),
        made_at=now,
    )
    held.add(made)
    held.flush()
    for position, person in enumerate(people, 1):
        held.add(_trustee(made, position, person))
    held.flush()
    return made


def _trustee(commission: CountingCommission, position: int, person: Member | Officer) -> Trustee:
    made = Trustee(area_id=commission.area_id, commission_id=commission.id, position=position)
    if isinstance(person, Member):
        made.member_id = person.id
    else:
        made.officer_id = person.id
    return made
