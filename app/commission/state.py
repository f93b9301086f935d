"""What the phone of somebody who counts has to know of a meeting."""

from typing import Any

from flask import url_for
from sqlmodel import Session, col, select

from app import attendance, subject
from app.models import Meeting, Member, Question, Round
from app.round import count_key, releasing
from app.round.closing import count_votes


def state(held: Session, meeting: Meeting, member: Member) -> dict[str, Any]:
    """Who counts at this meeting, and which rounds wait for this member's part.

    `own` is the public key of the member's own, `trustees` that of each round tells which key it
    wants: a phone finds the exponent by it.
    """
    keys = count_key.keys_of(held, meeting.id)
    own = next((key.public_key for key in keys if key.member_id == member.id), None)
    return {
        "meeting": meeting.id,
        "is_over": meeting.state in ("closed", "cancelled"),
        "may_count": member.id in attendance.present_at(held, meeting),
        "own": own,
        "there": len(keys),
        "fewest": count_key.EVENING.fewest,
        "most": count_key.EVENING.most,
        "rounds": [_waiting(held, each, member) for each in _closed(held, meeting, member)],
    }


def _closed(held: Session, meeting: Meeting, member: Member) -> list[Round]:
    """The rounds of this meeting whose sum waits for keys, one of them this member's."""
    found = held.exec(
        select(Round)
        .where(Round.meeting_id == meeting.id, Round.state == "closed", Round.trust == "evening")
        .order_by(col(Round.closed_at))
    )
    return [
        each
        for each in found
        if releasing.waiting(held, each)
        and member.id in {holder.member.id for holder in releasing.holders(held, each)}
    ]


def _waiting(held: Session, round_: Round, member: Member) -> dict[str, Any]:
    holders = releasing.holders(held, round_)
    own = next(each for each in holders if each.member.id == member.id)
    return {
        "round": round_.id,
        "public_key": own.key.public_key,
        "released": own.has_released,
        "there": sum(each.has_released for each in holders),
        "needed": len(holders),
        "questions": [_question(held, round_, each) for each in releasing.waiting(held, round_)],
        "address": url_for("commission.release", round_id=round_.id),
    }


def _question(held: Session, round_: Round, question: Question) -> dict[str, Any]:
    return {
        "question": question.id,
        "title": subject.of(held, question).title,
        "ballots": count_votes(held, round_, question),
        "archive": url_for(
            "commission.archive", round_id=question.round_id, question_id=question.id
        ),
    }
