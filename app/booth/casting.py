"""A member casts: every ballot is verified, then all are stored in one transaction, or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app import db
from app.errors import Refused
from app.models import Board, Member, Question, RollEntry, Round
from app.round.casting import Cast, known_receipt, lock, require_open, store, verify

# Written once: building a statement costs more than running it.
ROUND = (
    select(Round, Question.id, RollEntry.credential, Board.election)
    .join(Question, col(Question.round_id) == Round.id)
    .join(Board, col(Board.question_id) == Question.id, isouter=True)
    .join(
        RollEntry,
        (col(RollEntry.question_id) == Question.id)
        & (col(RollEntry.member_id) == bindparam("member_id")),
        isouter=True,
    )
    .where(
        Round.area_id == bindparam("area_id"),
        Round.id == bindparam("round_id"),
        Round.state != "draft",
    )
    .order_by(col(Question.position))
)


def cast(member: Member, round_id: str, submission: object) -> str:
    """Store a submission; return the receipt, the same text for the same bytes.

    Raise Refused: malformed, not_found, question_unknown, not_entitled, incomplete, superseded,
    not_open, closed or proof_broken.
    """
    texts, area_id = _read(submission), member.area_id
    held = db.session()
    round_, questions = _load(held, member, round_id)
    casts = _require_entitled(round_, questions, texts, db.clock(held))
    known = known_receipt(held.connection(), casts)
    if known:
        return known
    db.end_read()
    verify(casts)
    held = db.begin_write()
    connection = held.connection()
    state, closes_at = lock(connection, round_id)
    known = known_receipt(connection, casts)
    if known:
        return known
    require_open(state, closes_at, db.clock(held))
    return store(held, area_id, round_id, casts)


def _read(submission: object) -> dict[str, bytes]:
    """Ballot bytes by question; the shape is strict, the padding is ignored."""
    if not isinstance(submission, dict) or not isinstance(submission.get("ballots"), list):
        raise Refused("malformed")
    texts: dict[str, bytes] = {}
    for item in submission["ballots"]:
        if not isinstance(item, dict) or set(item) != {"question", "ballot"}:
            raise Refused("malformed")
        if not all(isinstance(value, str) for value in item.values()) or item["question"] in texts:
            raise Refused("malformed")
        texts[item["question"]] = _encode(item["ballot"])
    return texts


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refused("malformed") from None


class Asked(NamedTuple):
    """A question of the round: the member's credential on its roll, if any, and its election."""

    question_id: str
    credential: str | None
    election: str | None


def _load(held: Session, member: Member, round_id: str) -> tuple[Round, list[Asked]]:
    """The round and its questions, as they concern this member."""
    sought = {"area_id": member.area_id, "member_id": member.id, "round_id": round_id}
    rows = held.exec(ROUND, params=sought).all()
    if not rows:
        raise Refused("not_found")
    return rows[0][0], [Asked(*row[1:]) for row in rows]


def _require_entitled(
    round_: Round, questions: Sequence[Asked], texts: Mapping[str, bytes], now: datetime
) -> list[Cast]:
    """Pair each ballot with the member's own credential on that question's roll."""
    if texts.keys() - {each.question_id for each in questions}:
        raise Refused("question_unknown")
    entitled = {each.question_id: each for each in questions if each.credential}
    if not entitled or texts.keys() - entitled.keys():
        require_open(round_.state, round_.closes_at, now)
        raise Refused("not_entitled")
    if entitled.keys() - texts.keys():
        raise Refused("incomplete")
    return [
        Cast(name, each.credential or "", texts[name], each.election or "")
        for name, each in entitled.items()
    ]
