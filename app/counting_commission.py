"""The counting commission of a body and term: which one is in force, and who its trustees are.

`trustees_of` gives them in the order of the owners on the board: the trustee at position 1 is
owner 1 of `document`, whose trustees document serves every election that opens meanwhile.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models import CountingCommission, Member, Officer, Term, Trustee
from voting.protocol import group as groups
from voting.protocol.ceremony import Setting

SIZE = 3
NEEDED = 2


def setting_of(commission: CountingCommission) -> Setting:
    """The group and numbers of a commission's ceremony."""
    return Setting(groups.by_name(commission.group), SIZE, NEEDED)


def in_force(held: Session, body_id: int, day: date) -> CountingCommission | None:
    """The commission whose key new elections of this body take on this day."""
    return held.exec(
        _of_body(body_id)
        .where(CountingCommission.state == "in_force")
        .where(Term.starts_on <= day, Term.ends_on >= day)
    ).first()


def current(held: Session, body_id: int, day: date) -> CountingCommission | None:
    """The commission of this body that is being set up or in force, of a term that is not over."""
    return held.exec(
        _of_body(body_id)
        .where(CountingCommission.state != "ended", Term.ends_on >= day)
        .order_by(col(Term.starts_on))
    ).first()


def _of_body(body_id: int) -> SelectOfScalar[CountingCommission]:
    return (
        select(CountingCommission)
        .join(Term, col(Term.id) == CountingCommission.term_id)
        .where(CountingCommission.body_id == body_id)
    )


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


def held_by(held: Session, person: Member | Officer) -> list[tuple[CountingCommission, Trustee]]:
    """The parts of keys that somebody holds or is asked to make, in commissions not ended."""
    own = Trustee.member_id if isinstance(person, Member) else Trustee.officer_id
    found = held.exec(
        select(CountingCommission, Trustee)
        .join(Trustee, col(Trustee.commission_id) == CountingCommission.id)
        .where(CountingCommission.state != "ended")
        .where(CountingCommission.area_id == person.area_id, own == person.id)
        .order_by(col(CountingCommission.id))
    )
    return list(found)
