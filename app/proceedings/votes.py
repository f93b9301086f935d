"""What was voted on at a meeting and what came of it, as it was frozen and judged."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app import sharing, subject, wording
from app.models import (
    Decision,
    Meeting,
    NotedObjection,
    Proposal,
    Question,
    RollAnswer,
    Round,
    RulesOfProcedure,
    Seat,
    Sharing,
)
from app.round.preparing import questions_of

Facts = dict[str, Any]
JUDGED = ("confirmed", "published", "annulled")
COUNTED = ("counted", "too_few_ballots")


def held_at(held: Session, meeting: Meeting) -> list[Round]:
    """The rounds that were opened or broken off; a practice round never happened."""
    found = held.exec(
        select(Round)
        .where(Round.meeting_id == meeting.id, col(Round.is_practice).is_(False))
        .where(col(Round.state).in_(("open", "closed", "void")))
        .order_by(col(Round.created_at), col(Round.id))
    )
    return list(found)


def is_settled(round_: Round, question: Question) -> bool:
    """Whether nothing of a question is still to come but its publication."""
    if round_.state == "void" or question.state in ("taken_out", *JUDGED):
        return True
    return round_.is_poll and question.state in COUNTED


def of_round(held: Session, round_: Round) -> Facts:
    """One round: {"item", "state", "questions", ...}; times are ISO texts."""
    rules = held.get(RulesOfProcedure, round_.rules_id) if round_.rules_id else None
    return {
        "item": round_.agenda_item_id,
        "state": round_.state,
        "way": round_.way,
        "is_poll": round_.is_poll,
        "voted_at": _iso(round_.voted_at),
        "opened_at": _iso(round_.opened_at),
        "closed_at": _iso(round_.closed_at),
        "void_reason": round_.void_reason or "",
        "repeat_reason": round_.repeat_reason,
        "rules_version": rules.version if rules else None,
        "pot": _pot(held, round_),
        "questions": _questions(held, round_),
    }


def by_item(held: Session, round_: Round, places: Mapping[int, int]) -> list[Facts]:
    """A round in the parts that belong to an item each; `places` maps proposals to their items.

    A round that was made for an item is one part. What became of the money stands in the last one.
    """
    told = of_round(held, round_)
    if told["item"] is not None:
        return [told]
    parts: dict[int | None, list[Facts]] = {}
    for asked, facts in zip(questions_of(held, round_), told["questions"], strict=True):
        parts.setdefault(places.get(asked.proposal_id or 0), []).append(facts)
    found = [
        told | {"item": item, "questions": questions, "pot": None}
        for item, questions in parts.items()
    ]
    found[-1]["pot"] = told["pot"]
    return found


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _pot(held: Session, round_: Round) -> Facts | None:
    """What was in the pot, what is left, and how much was short; None where no fund is asked."""
    found = held.get(Sharing, round_.id) if round_.state != "void" else None
    names = {"available_cents", "left_cents", "short_cents"}
    return found.model_dump(include=names) if found else None


def _questions(held: Session, round_: Round) -> list[Facts]:
    asked = questions_of(held, round_)
    subjects = wording.in_languages(lambda: subject.of_all(held, asked))
    return [
        _question(held, round_, each)
        | {"title": {name: of[each.id].title_in(name) for name, of in subjects.items()}}
        for each in asked
    ]


def _question(held: Session, round_: Round, question: Question) -> Facts:
    """A question; figures and outcome are None until they are settled, or for good if void."""
    is_told = round_.state != "void" and is_settled(round_, question)
    proposal = held.get(Proposal, question.proposal_id) if question.proposal_id else None
    return {
        "id": question.id,
        "wording": question.wording,
        "conditions": question.conditions,
        "proposal": proposal.number if proposal else None,
        "requested_cents": proposal.requested_cents if proposal else None,
        "amount_cents": question.amount_cents,
        "state": question.state if is_told else None,
        "taken_out": question.taken_out_reason if is_told else None,
        "roll": question.roll_facts if is_told else None,
        "outcome": question.outcome if is_told else None,
        "options": question.options if question.is_choice else None,
        "decision": _number(held, question),
        "funded": sharing.is_funded(held, question) if is_told else None,
        "answers": _answers(held, question) if is_told else [],
        "objections": _objections(held, question),
    }


def _number(held: Session, question: Question) -> str | None:
    found = held.exec(select(Decision).where(Decision.question_id == question.id)).first()
    return found.number if found else None


def _answers(held: Session, question: Question) -> list[Facts]:
    """Who answered what when the names were called; people are numbers."""
    rows = held.exec(
        select(RollAnswer)
        .where(RollAnswer.question_id == question.id)
        .order_by(col(RollAnswer.member_id))
    )
    return [{"member": each.member_id, "answer": each.answer} for each in rows]


def _objections(held: Session, question: Question) -> list[Facts]:
    """What members wanted to have noted; the number of a member only with consent."""
    rows: Sequence[tuple[NotedObjection, Seat]] = held.exec(
        select(NotedObjection, Seat)
        .join(Seat, col(Seat.id) == NotedObjection.seat_id)
        .where(NotedObjection.question_id == question.id)
        .order_by(col(NotedObjection.id))
    ).all()
    return [
        {
            "seat": seat.position,
            "segment": seat.segment,
            "member": noted.member_id if noted.is_named else None,
            "words": noted.words,
        }
        for noted, seat in rows
    ]
