"""A confirmed outcome is published: its page is written once, from what was frozen."""

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from sqlmodel import Session, col, func, select

from app import (
    adoption,
    box,
    decision_log,
    electoral_roll,
    granting,
    objection,
    recusal,
    roll_mail,
    subject,
    wording,
)
from app.body import day_of
from app.errors import Refused
from app.models import (
    ActionGoal,
    Area,
    Body,
    Confirmation,
    CostItem,
    Decision,
    Meeting,
    Proposal,
    Question,
    Round,
    RulesOfProcedure,
)
from app.round import papers
from app.round.telling import way_of
from app.subject import Subject
from app.text import rules_title
from voting.log.kind import rules_hash

BERLIN = ZoneInfo("Europe/Berlin")
PROPOSAL_STATES = {
    "recommendation": {"adopted": "recommended", "rejected": "not_recommended"},
    "decision": {"adopted": "approved", "rejected": "rejected"},
}


NO_PROPOSAL: dict[str, Any] = {
    **dict.fromkeys(("proposal_number", "applicant", "requested_cents", "action_goal")),
    "what": "",
    "why": "",
    "cost_items": [],
}


def publish(held: Session, question: Question, summary: dict[str, str], now: datetime) -> Decision:
    """Give the decision its number, write its page and the log entry, once."""
    held.refresh(question, with_for_update=True)
    if question.state != "confirmed":
        raise Refused("already_done")
    round_ = held.get_one(Round, question.round_id)
    area = held.get_one(Area, question.area_id)
    year = now.astimezone(BERLIN).year
    number = _next_number(held, year)
    page = _page(held, round_, question, area) | _doubts(held, round_, question, now)
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
    procedure = electoral_roll.procedure(held, round_, question.matter)
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


def _page(held: Session, round_: Round, question: Question, area: Area) -> dict[str, Any]:
    """Everything the public page shows; the shape is that of Decision.page."""
    body = held.get_one(Body, round_.body_id)
    procedure = electoral_roll.procedure(held, round_, question.matter)
    outcome = question.outcome or {}
    return {
        "label": _label(body, question),
        "outcome": outcome["code"],
        "area": {"slug": area.slug, "name": area.name},
        "body": decision_log.body_record(body),
        "mode": round_.mode,
        "meeting": _where(held, round_),
        "closed_at": _iso(round_.closed_at),
        "confirmed_at": _iso(_confirmed_at(held, question)),
        "wording": question.wording,
        "amount_cents": question.amount_cents,
        "conditions": question.conditions,
        "is_funded": granting.is_funded(held, question),
        "fund": granting.fund_shown(held, round_),
        **{name: outcome[name] for name in ("yes", "no", "abstain", "ballots", "reveals_all")},
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
    names = ("counts", "open_places", "needed")
    found = {name: outcome.get(name) for name in names}
    return found | {"options": question.options, "places": question.places}


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


def _confirmed_at(held: Session, question: Question) -> datetime | None:
    return held.exec(
        select(Confirmation.confirmed_at)
        .where(Confirmation.question_id == question.id, Confirmation.act == "confirm_result")
        .order_by(col(Confirmation.confirmed_at).desc())
    ).first()


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
