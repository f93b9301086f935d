"""A round closes: at its end, when all have cast, after a last call, or early with two persons."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select, update

from app import setback
from app.errors import Refused
from app.models import (
    Board,
    BoardEvent,
    CredentialPointer,
    Question,
    RollEntry,
    Round,
)
from app.round import by_hand, papers
from app.round.preparing import questions_of
from app.round.telling import tell
from voting.protocol import archive

LAST_CALL = timedelta(seconds=20)


def start_last_call(held: Session, round_: Round, now: datetime) -> None:
    """Announce in the room that the round closes in 20 seconds, whatever end was announced."""
    if round_.state != "open":
        raise Refused("closed")
    if round_.mode == "circular":
        raise Refused("last_call_outside")
    if not round_.has_box:
        raise Refused("hand_count_missing")
    if papers.of_round(held, round_.id).out:
        raise Refused("papers_out")
    if round_.last_call_at is None:
        round_.last_call_at = now
        round_.closes_at = min(round_.closes_at or now + LAST_CALL, now + LAST_CALL)
        held.flush()


def close(held: Session, round_: Round, now: datetime) -> None:
    """Close in the normal way; refuse while neither the end has come nor every key has cast."""
    how = _normal_way(held, round_, now)
    if how is None:
        raise Refused("not_yet_closable")
    end(held, round_, now, how)


def is_closable(held: Session, round_: Round, now: datetime) -> bool:
    """Whether the round may be closed now without a second person."""
    return round_.state == "open" and _normal_way(held, round_, now) is not None


def close_at_the_end(held: Session, now: datetime) -> list[str]:
    """Close every round whose announced end or last call has run out; return their ids."""
    due = held.exec(
        select(Round)
        .where(Round.state == "open", col(Round.closes_at) <= now)
        .where(setback.is_whole(Round.area_id))
        .with_for_update()
    ).all()
    for round_ in due:
        close(held, round_, now)
    return [round_.id for round_ in due]


def _normal_way(held: Session, round_: Round, now: datetime) -> str | None:
    if not round_.has_box:
        return "counted" if by_hand.is_counted(held, round_) else None
    if round_.closes_at and now >= round_.closes_at:
        return "last_call" if round_.last_call_at else "end"
    return "all_cast" if _have_all_cast(held, round_) else None


def _have_all_cast(held: Session, round_: Round) -> bool:
    keys = (
        select(func.count())
        .select_from(RollEntry)
        .join(Question, col(Question.id) == RollEntry.question_id)
        .where(Question.round_id == round_.id, col(RollEntry.credential).is_not(None))
    )
    cast = (
        select(func.count())
        .select_from(CredentialPointer)
        .join(Question, col(Question.id) == CredentialPointer.question_id)
        .where(Question.round_id == round_.id)
    )
    on_paper = papers.of_round(held, round_.id)
    wanted = held.exec(keys).one() + on_paper.all - on_paper.returned
    return 0 < wanted == held.exec(cast).one()


def end(held: Session, round_: Round, now: datetime, how: str, reason: str | None = None) -> None:
    """Close for good. Of several closers one wins; the others are refused."""
    won = held.exec(
        update(Round)
        .where(col(Round.id) == round_.id, col(Round.state) == "open")
        .values(state="closed", closed_at=now, close_reason=reason)
    )
    if won.rowcount != 1:
        raise Refused("already_done")
    held.refresh(round_)
    listed = [each for each in questions_of(held, round_) if each.state == "listed"]
    for question in listed if round_.has_box else ():
        board = held.get_one(Board, question.id, with_for_update=True)
        event = archive.end_ballots(board.head, board.height + 1, board.timestamp)
        board.append(event, stage="ended")
        held.add(BoardEvent.of(board.question_id, event))
    public = {
        "round": round_.id,
        "how": how,
        "reason": reason,
        "ballots": [_closed(held, round_, each) for each in listed],
    }
    tell(held, round_, "round_closed", public, now)


def _closed(held: Session, round_: Round, question: Question) -> dict[str, Any]:
    """How many cast, and with which entry the box ends: it can only be continued.

    Who casts last or closes could try out lots between own answers if nothing here were random.
    """
    board = held.get(Board, question.id)
    head = {"head": board.head} if board else {}
    chance = {"chance": secrets.token_hex(32)} if question.is_choice else {}
    return {"question": question.id, "ballots": count_votes(held, round_, question)} | head | chance


def count_votes(held: Session, round_: Round, question: Question) -> int:
    """The votes that count: those in the box, or what people counted."""
    if round_.has_box:
        return count_ballots(held, question.id)
    return by_hand.received(held, round_, question)


def count_ballots(held: Session, question_id: str) -> int:
    """The ballots that count: one for each credential that cast."""
    return held.exec(
        select(func.count())
        .select_from(CredentialPointer)
        .where(CredentialPointer.question_id == question_id)
    ).one()
