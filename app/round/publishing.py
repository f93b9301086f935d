"""A confirmed outcome is published: its number, its page, its entry in the log, and who is told."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from app import adoption, decision_log, objection, roll_mail, rules_of_procedure, subject
from app.body import day_of
from app.errors import Refused
from app.models import Area, Decision, Question, Round, RulesOfProcedure
from app.round import decision_page
from app.round.telling import way_of
from voting.log.kind import rules_hash

PROPOSAL_STATES = {
    "recommendation": {"adopted": "recommended", "rejected": "not_recommended"},
    "decision": {"adopted": "approved", "rejected": "rejected"},
}


def publish(held: Session, question: Question, summary: dict[str, str], now: datetime) -> Decision:
    """Give the decision its number, write its page and the log entry, once."""
    held.refresh(question, with_for_update=True)
    if question.state != "confirmed":
        raise Refused("already_done")
    round_ = held.get_one(Round, question.round_id)
    area = held.get_one(Area, question.area_id)
    year = day_of(now).year
    number = _next_number(held, year)
    page = decision_page.write(held, round_, question, area) | _doubts(held, round_, question, now)
    entry = decision_log.append(
        held, area, "decision", _public(held, round_, question, f"{year}-{number}", page), now
    )
    decision = Decision(
        area_id=question.area_id,
        body_id=round_.body_id,
        question_id=question.id,
        year=year,
        n=number,
        page=page | {"log_seq": entry.seq},
        summary=summary,
        published_at=now,
    )
    held.add(decision)
    question.state = "published"
    _follow(held, question, page, now)
    held.flush()
    roll_mail.tell_published(held, decision, now)
    return decision


def _doubts(held: Session, round_: Round, question: Question, now: datetime) -> dict[str, Any]:
    """Until when and by whom it may be doubted, by the rules it was decided under."""
    procedure = rules_of_procedure.procedure(held, round_, question.matter)
    return {"objection": objection.terms(procedure, day_of(now))}


def _follow(held: Session, question: Question, page: dict[str, Any], now: datetime) -> None:
    """What the decision means for what it was about."""
    asked = subject.of(held, question)
    if asked.proposal:
        if not _is_asked_again(held, question):
            asked.proposal.state = _state_after(page)
    elif asked.rules and page["outcome"] == "adopted":
        adoption.adopt_by_question(held, asked.rules, question, now)


def _state_after(page: dict[str, Any]) -> str:
    """What a proposal is now; one that was adopted but not paid for may come again."""
    if page["is_funded"] is False:
        return "admitted"
    return PROPOSAL_STATES[page["label"]].get(page["outcome"], "admitted")


def _is_asked_again(held: Session, question: Question) -> bool:
    """Whether a later round is about the same proposal, because the money did not suffice."""
    own = held.get_one(Round, question.round_id)
    later = (
        select(Question.id)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Question.proposal_id == question.proposal_id, Question.state != "taken_out")
        .where(col(Round.created_at) > own.created_at, Round.state != "void")
    )
    return held.exec(later).first() is not None


def _next_number(held: Session, year: int) -> int:
    """The next number of the installation; areas that publish at once wait for each other."""
    held.exec(select(Area.id).order_by(col(Area.id)).with_for_update()).all()
    highest = held.exec(select(func.max(Decision.n)).where(Decision.year == year)).one()
    return (highest or 0) + 1


def _public(
    held: Session, round_: Round, question: Question, number: str, page: dict[str, Any]
) -> dict[str, Any]:
    rules = held.get_one(RulesOfProcedure, round_.rules_id)
    rule = page["rule"]
    judged = {
        "rule": rule["majority"],
        "base": rule["base"],
        "of": rule["base_count"],
        "required": rule["required"],
    }
    names = ("label", "body", "digest", "title", "requested_cents", "amount_cents", "outcome")
    return {
        "number": number,
        **way_of(round_),
        **{name: page[name] for name in (*names, "ballots")},
        "round": round_.id,
        "question": question.id,
        "tally": decision_log.tally_record(question),
        **decision_log.chosen_record(question),
        "roll": decision_log.roll_record(page["roll"]),
        "quorum": decision_log.quorum_record(page["roll"]),
        "majority": judged if rule["majority"] else None,
        "rules_version": rules.version,
        "rules_hash": rules_hash(rules.parameters),
    }
