"""The counting commission of a body and term: which one is in force, and who its trustees are.

`trustees_of` gives them in the order of the owners on the board: the trustee at position 1 is
owner 1 of `document`, whose trustees document serves every election that opens meanwhile.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from app import setback
from app.models import Body, CountingCommission, Member, Officer, Term, Trustee
from voting.protocol import group as groups
from voting.protocol.ceremony import Setting
from voting.rules import trust
from voting.rules.procedure import Procedure

RULE = trust.of(Procedure({"trust.circular": "commission"}, mode="circular"))


def setting_of(commission: CountingCommission) -> Setting:
    """The group and numbers of a commission's ceremony."""
    return Setting(groups.by_name(commission.group), RULE.most, RULE.needed or RULE.most)


def is_lost_to(parts: int) -> bool:
    """Whether so few parts open nothing any more."""
    return parts < (RULE.needed or RULE.most)


def in_force(held: Session, body_id: int, day: date) -> CountingCommission | None:
    """The commission whose key new elections of this body take on this day."""
    return held.exec(
        select(CountingCommission)
        .join(Term, col(Term.id) == CountingCommission.term_id)
        .where(CountingCommission.body_id == body_id, CountingCommission.state == "in_force")
        .where(Term.starts_on <= day, Term.ends_on >= day)
    ).first()


def of_term(held: Session, term_id: str) -> CountingCommission | None:
    """The commission of this term that is being set up or in force."""
    return held.exec(
        select(CountingCommission).where(
            CountingCommission.term_id == term_id, CountingCommission.state != "ended"
        )
    ).first()


def over(held: Session, day: date) -> Sequence[int]:
    """The commissions that are not ended though their term is over on this day."""
    return held.exec(
        select(CountingCommission.id)
        .join(Term, col(Term.id) == CountingCommission.term_id)
        .where(CountingCommission.state != "ended", Term.ends_on < day)
        .where(setback.is_whole(CountingCommission.area_id))
    ).all()


def trustees_of(held: Session, commission: CountingCommission) -> Sequence[Trustee]:
    """The three, in the order of their positions."""
    return held.exec(
        select(Trustee)
        .where(Trustee.commission_id == commission.id)
        .order_by(col(Trustee.position))
    ).all()


def person_of(held: Session, trustee: Trustee) -> Member | Officer:
    """Who holds this part of the key."""
    if trustee.member_id is not None:
        return held.get_one(Member, trustee.member_id)
    return held.get_one(Officer, trustee.officer_id)


def is_of(trustee: Trustee, person: Member | Officer) -> bool:
    """Whether this part of the key is this person's; members and officers are numbered apart."""
    if isinstance(person, Member):
        return trustee.member_id == person.id
    return trustee.officer_id == person.id


def held_by(held: Session, person: Member | Officer) -> list[tuple[CountingCommission, Body]]:
    """The commissions, not ended, in which somebody holds a part of the key or is to make one."""
    own = Trustee.member_id if isinstance(person, Member) else Trustee.officer_id
    found = held.exec(
        select(CountingCommission, Body)
        .join(Trustee, col(Trustee.commission_id) == CountingCommission.id)
        .join(Body, col(Body.id) == CountingCommission.body_id)
        .where(CountingCommission.state != "ended")
        .where(Trustee.area_id == person.area_id, own == person.id)
        .order_by(col(CountingCommission.id))
    )
    return list(found)
