"""What somebody of a counting commission may do beside counting: be the second person of its body.

A trustee who is a member enters with a card; acts need more than that.
"""

from datetime import date

from sqlmodel import Session, col, select

from app.models import CountingCommission, Member, Term, Trustee


def counted_for(held: Session, member: Member, day: date) -> set[int]:
    """The bodies whose key in force on this day this member holds a part of."""
    found = (
        select(CountingCommission.body_id)
        .join(Trustee, col(Trustee.commission_id) == CountingCommission.id)
        .join(Term, col(Term.id) == CountingCommission.term_id)
        .where(Trustee.area_id == member.area_id, Trustee.member_id == member.id)
        .where(CountingCommission.state == "in_force")
        .where(Term.starts_on <= day, Term.ends_on >= day)
    )
    return set(held.exec(found))


def is_named(held: Session, member: Member) -> bool:
    """Whether this member is or was to hold a part of a key."""
    found = select(Trustee.id).where(
        Trustee.area_id == member.area_id, Trustee.member_id == member.id
    )
    return held.exec(found.limit(1)).first() is not None
