"""The page of a decision, written once from what was frozen; its shape is that of Decision.page."""

from datetime import datetime
from functools import partial
from typing import Any

from flask_babel import force_locale
from sqlmodel import Session, col, select

from app import box, decision_log, recusal, rules_of_procedure, sharing, subject, wording
from app.models import (
    ActionGoal,
    Area,
    Body,
    Confirmation,
    CostItem,
    Meeting,
    Proposal,
    Question,
    Round,
    RulesOfProcedure,
)
from app.round import papers
from app.subject import Subject
from app.text import rules_title

NO_PROPOSAL: dict[str, Any] = {
    **dict.fromkeys(("proposal_number", "applicant", "requested_cents", "action_goal")),
    "what": "",
    "why": "",
    "cost_items": [],
}


def write(held: Session, round_: Round, question: Question, area: Area) -> dict[str, Any]:
    """Everything that the public page shows."""
    body = held.get_one(Body, round_.body_id)
    procedure = rules_of_procedure.procedure(held, round_, question.matter)
    outcome = question.outcome or {}
    return {
        "label": _label(body, question),
        "outcome": outcome["code"],
        "area": {"slug": area.slug, "name": area.name},
        "body": decision_log.body_record(body),
        "mode": round_.mode,
        "meeting": _where(held, round_),
        "voted_at": _iso(round_.voted_at),
        "closed_at": _iso(round_.closed_at),
        "confirmed_at": _iso(_confirmed_at(held, question)),
        "wording": question.wording,
        "amount_cents": question.amount_cents,
        "conditions": question.conditions,
        "is_funded": sharing.is_funded(held, question),
        "fund": sharing.fund_shown(held, round_),
        **{name: outcome[name] for name in ("yes", "no", "abstain", "ballots", "reveals_all")},
        "invalid": outcome.get("invalid"),
        **_picked(question, outcome),
        "minimum": outcome["minimum"],
        "roll": _roll(question),
        "recusals": recusal.shown(held, question, procedure),
        "rule": _rule(held, round_, outcome),
        "trust": round_.trust,
        "box": _box(held, round_),
        "way": round_.way,
        "on_paper": papers.shown_share(papers.standing(held, question.id).cast, outcome["ballots"]),
        "round_id": round_.id,
        "question_id": question.id,
        "digest": question.digest,
        **_about(held, question),
    }


def _picked(question: Question, outcome: dict[str, Any]) -> dict[str, Any]:
    """Of a choice: the words of its answers, what each got, how many it was about."""
    if not question.is_choice:
        return {}
    names = ("counts", "open_places", "needed", "lot")
    found = {name: outcome.get(name) for name in names}
    ticks = {"fewest": question.fewest, "most": question.most, "places": question.places}
    return found | ticks | {"options": question.options}


def _where(held: Session, round_: Round) -> dict[str, str | None]:
    """When and where the vote took place; one over days is dated by its close and has no place."""
    if round_.meeting_id is None:
        return {"at": _iso(round_.closed_at), "place": None}
    meeting = held.get_one(Meeting, round_.meeting_id)
    return {"at": meeting.starts_at.isoformat(), "place": meeting.place}


def _box(held: Session, round_: Round) -> dict[str, str | None] | None:
    """Who may count again and until when; None where no box holds the votes."""
    if not round_.has_box:
        return None
    last = round_.recount_until
    return {
        "audience": box.audience(held, round_),
        "until": last.isoformat() if last else None,
    }


def _roll(question: Question) -> dict[str, Any]:
    """The frozen figures; how many took part in a vote over days is known since its close."""
    figures = question.roll_facts or {}
    have = (question.outcome or {}).get("quorum_have", figures["quorum_have"])
    return figures | {"quorum_have": have, "quorate": have >= figures["quorum_need"]}


def _label(body: Body, question: Question) -> str:
    """A council recommends where money is asked for; on itself, and in a jury, a body decides."""
    recommends = body.kind == "council" and question.matter == "funding"
    return "recommendation" if recommends else "decision"


def _about(held: Session, question: Question) -> dict[str, Any]:
    with force_locale("de"):
        asked = subject.of(held, question)
    if asked.proposal:
        return _proposal(held, asked.proposal)
    return NO_PROPOSAL | {"title": asked.title, "titles": _titles(asked), "rules": _rules(asked)}


def _titles(asked: Subject) -> dict[str, str]:
    """The title in each language that has one."""
    if asked.rules is None:
        return dict(asked.titles)
    return wording.in_languages(partial(rules_title, asked.rules.version))


def _rules(asked: Subject) -> dict[str, Any] | None:
    """The version that was voted on, and the one that it follows."""
    if asked.rules is None:
        return None
    return {
        "body_id": asked.rules.body_id,
        "version": asked.rules.version,
        "before": asked.before,
    }


def _proposal(held: Session, proposal: Proposal) -> dict[str, Any]:
    costs = held.exec(
        select(CostItem).where(CostItem.proposal_id == proposal.id).order_by(col(CostItem.position))
    )
    return {
        "title": proposal.title,
        "proposal_number": proposal.number,
        "what": proposal.what,
        "why": proposal.why,
        "applicant": proposal.applicant,
        "requested_cents": proposal.requested_cents,
        "action_goal": held.get_one(ActionGoal, proposal.action_goal_id).title,
        "cost_items": [{"label": each.label, "amount_cents": each.amount_cents} for each in costs],
    }


def _rule(held: Session, round_: Round, outcome: dict[str, Any]) -> dict[str, Any]:
    rules = held.get_one(RulesOfProcedure, round_.rules_id)
    names = ("majority", "base", "base_count", "required", "missing")
    return {name: outcome[name] for name in names} | {"version": rules.version}


def _confirmed_at(held: Session, question: Question) -> datetime | None:
    return held.exec(
        select(Confirmation.confirmed_at)
        .where(Confirmation.question_id == question.id, Confirmation.act == "confirm_result")
        .order_by(col(Confirmation.confirmed_at).desc())
    ).first()


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
