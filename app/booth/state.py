"""What the booth is told of a round: the same questions in every language, then this member."""

from datetime import date, datetime
from typing import Any

from flask_wtf.csrf import generate_csrf
from sqlmodel import Session

from app import alias, rules_of_procedure, tablet_mode, text
from app.booth.receipt import last_receipt
from app.booth.round_page import SMALL_BODY, Item, body_and_meeting, is_over, items
from app.booth.words import booth_words
from app.language import LANGUAGES
from app.models import Board, Meeting, Member, Round
from app.round.telling import decides
from app.round.turnout import turnout
from app.wording import in_languages


def state(held: Session, round_: Round, member: Member, now: datetime) -> dict[str, Any]:
    """The document of a round as the booth reads it."""
    body, meeting = body_and_meeting(held, round_)
    questions = items(held, round_, member)
    roll = turnout(held, round_).roll
    rules = rules_of_procedure.procedure(held, round_)
    return {
        "round": round_.id,
        "state": _state(round_, now),
        "title": in_languages(lambda: f"{body.name}, {text.day(_moment(round_, meeting))}"),
        "group": round_.group,
        "term": round_.term_id,
        "member": alias.of(member),
        "csrf": generate_csrf(),
        "server_now": now.isoformat(timespec="milliseconds"),
        "closes_at": round_.closes_at.isoformat() if round_.closes_at else None,
        "last_call": round_.last_call_at is not None,
        "roll_size": roll,
        "small_body": roll < SMALL_BODY,
        "min_turnout": rules.number("ballot.min_turnout"),
        "trust": round_.trust,
        "tablet": tablet_mode.is_on(),
        "languages": _languages(questions),
        "words": booth_words(),
        "questions": [_question(held, round_, item) for item in questions],
        "voted": {"receipt": last_receipt(held, round_, member.id)},
    }


def _state(round_: Round, now: datetime) -> str:
    return "closed" if round_.state == "open" and is_over(round_, now) else round_.state


def _question(held: Session, round_: Round, item: Item) -> dict[str, Any]:
    question, entitlement = item.question, item.entitlement
    board = held.get(Board, question.id)
    return {
        "question": question.id,
        "position": question.position,
        "title": {language: item.subject.title_in(language) for language in LANGUAGES},
        "amount_cents": question.amount_cents,
        "order": list(question.answers),
        "fewest": question.fewest,
        "most": question.most,
        "wording": question.wording,
        "options": question.options,
        "explanation": in_languages(lambda: _explanation(round_, item)),
        "election": board.election if board else None,
        "digest": question.digest,
        "is_poll": round_.is_poll,
        "is_practice": round_.is_practice,
        "point": entitlement.point,
        "may_vote": entitlement.may_vote,
        "reason": entitlement.reason,
    }


def _moment(round_: Round, meeting: Meeting | None) -> date:
    moment = meeting.starts_at if meeting else round_.opened_at or round_.created_at
    return moment.date()


def _languages(questions: list[Item]) -> list[str]:
    """The languages in which every question can be read."""
    return [
        language
        for language in LANGUAGES
        if all(language in item.question.wording for item in questions)
    ]


def _explanation(round_: Round, item: Item) -> str:
    """What an abstention does; in a poll there is no majority that it could change."""
    return text.abstention_sentence(item.figures["base"]) if decides(round_) else ""
