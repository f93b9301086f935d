"""A person's consent to be named in public: given, or withdrawn with effect on every page."""

from typing import Any

from sqlmodel import Session, col, select

from app.models import Decision, Member, Membership, Question, Recusal, Round, Seat


def set_for(held: Session, member: Member, *, may_be_named: bool) -> None:
    """Note the consent; without it the name leaves the pages on which it already stands."""
    member.may_be_named = may_be_named
    held.add(member)
    if not may_be_named:
        _take_out_of_decisions(held, member)


def _take_out_of_decisions(held: Session, member: Member) -> None:
    """A decision page names recused people beside their seats."""
    recused = held.exec(
        select(Decision, Round.term_id)
        .join(Recusal, col(Recusal.question_id) == Decision.question_id)
        .join(Question, col(Question.id) == Decision.question_id)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Recusal.member_id == member.id, Recusal.area_id == member.area_id)
    )
    for decision, term_id in recused.all():
        seats = _seats(held, member, term_id)
        shown = [_unnamed(each, seats) for each in decision.page.get("recusals", ())]
        if shown != decision.page.get("recusals", []):
            decision.page = decision.page | {"recusals": shown}
            held.add(decision)


def _seats(held: Session, member: Member, term_id: str) -> set[int]:
    """The numbers of the seats that the member held in a term."""
    return set(
        held.exec(
            select(Seat.position)
            .join(Membership, col(Membership.seat_id) == Seat.id)
            .where(Membership.member_id == member.id, Membership.term_id == term_id)
        )
    )


def _unnamed(shown: dict[str, Any], seats: set[int]) -> dict[str, Any]:
    """Whoever shares the seat is no longer named there either: the page knows one line a seat."""
    return shown | {"name": None} if shown["position"] in seats else shown
