"""What the booth is told of a round: the same questions in every language, then this member."""

from datetime import datetime
from typing import Any

from flask_wtf.csrf import generate_csrf
from sqlmodel import Session

from app import alias, electoral_roll, text
from app.booth.receipt import last_receipt
from app.booth.round_page import SMALL_BODY, Item, body_and_meeting, is_over, items
from app.booth.words import booth_words
from app.language import LANGUAGES
from app.models import Board, Member, Round
from app.round.turnout import turnout
from app.wording import ORDER, in_languages


def state(held: Session, round_: Round, member: Member, now: datetime) -> dict[str, Any]:
    """The document of a round as the booth reads it."""
    body, meeting = body_and_meeting(held, round_)
    roll = turnout(held, round_).roll
    rules = electoral_roll.procedure(held, round_)
    return {
        "round": round_.id,
        "state": _state(round_, now),
        "title": in_languages(lambda: f"{body.name}, {text.day(meeting.starts_at.date())}"),
        "group": electoral_roll.GROUP,
        "term": round_.term_id,
        "member": alias.of(member),
        "csrf": generate_csrf(),
        "server_now": now.isoformat(timespec="milliseconds"),
        "closes_at": round_.closes_at.isoformat() if round_.closes_at else None,
        "last_call": round_.last_call_at is not None,
        "roll_size": roll,
        "small_body": roll < SMALL_BODY,
        "min_turnout": rules.number("ballot.min_turnout"),
        "trust": "office",
        "languages": list(LANGUAGES),
        "words": booth_words(),
        "questions": [_question(held, round_, item) for item in items(held, round_, member)],
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
        "title": dict.fromkeys(LANGUAGES, item.subject.title),
        "amount_cents": question.amount_cents,
        "order": list(ORDER),
        "wording": question.wording,
        "options": question.options,
        "explanation": in_languages(lambda: _explanation(round_, item)),
        "election": board.election if board else None,
        "digest": question.digest,
        "is_poll": round_.is_poll,
        "point": entitlement.point,
        "may_vote": entitlement.may_vote,
        "reason": entitlement.reason,
    }


def _explanation(round_: Round, item: Item) -> str:
    """What an abstention does; in a poll there is no majority that it could change."""
    return "" if round_.is_poll else text.abstention_sentence(item.figures["base"])
