"""A member casts: every ballot is verified, then all are stored in one transaction, or none."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, select

from app import db
from app.errors import Refused
from app.models import (
    Ballot,
    Board,
    BoardEvent,
    CredentialPointer,
    Member,
    Question,
    Receipt,
    RollEntry,
    Round,
)
from voting.errors import RefusalError
from voting.protocol import archive, canon
from voting.protocol.ballot import tracker, verify_ballot
from voting.protocol.election import Election, parse_election


@dataclass(frozen=True)
class Cast:
    """One ballot of a submission: the question's board row, who casts it, its bytes."""

    question_id: str
    credential: str
    ballot: bytes

    @property
    def tracker(self) -> str:
        return tracker(self.ballot)


def cast(member: Member, round_id: str, submission: object) -> str:
    """Store a submission; return the receipt, the same text for the same bytes.

    Raise Refused: malformed, not_found, question_unknown, not_entitled, incomplete, superseded,
    not_open, closed or proof_broken.
    """
    texts = _read(submission)
    held = db.session()
    round_ = _load(held, member, round_id)
    casts = _require_entitled(held, member, round_, texts)
    known = _receipt(held, casts)
    if known:
        return known
    _require_open(round_, db.clock(held))
    _verify(held, casts)
    held = db.begin_write()
    round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
    known = _receipt(held, casts)
    if known:
        return known
    _require_open(round_, db.clock(held))
    return _store(held, round_, casts)


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


def _load(held: Session, member: Member, round_id: str) -> Round:
    round_ = held.exec(
        select(Round).where(Round.area_id == member.area_id, Round.id == round_id)
    ).first()
    if round_ is None or round_.state == "draft":
        raise Refused("not_found")
    return round_


def _require_entitled(
    held: Session, member: Member, round_: Round, texts: Mapping[str, bytes]
) -> list[Cast]:
    """Pair each ballot with the member's own credential on that question's roll."""
    rows = held.exec(
        select(Question.id, RollEntry.credential)
        .join(
            RollEntry,
            (col(RollEntry.question_id) == Question.id) & (col(RollEntry.member_id) == member.id),
            isouter=True,
        )
        .where(Question.round_id == round_.id)
        .order_by(col(Question.position))
    ).all()
    if texts.keys() - {question_id for question_id, _ in rows}:
        raise Refused("question_unknown")
    entitled = {question_id: point for question_id, point in rows if point is not None}
    if not entitled or texts.keys() - entitled.keys():
        _require_open(round_, db.clock(held))
        raise Refused("not_entitled")
    if entitled.keys() - texts.keys():
        raise Refused("incomplete")
    return [Cast(each, point, texts[each]) for each, point in entitled.items()]


def _require_open(round_: Round, now: datetime) -> None:
    if round_.state == "announced":
        raise Refused("not_open")
    if round_.state != "open" or (round_.closes_at and now >= round_.closes_at):
        raise Refused("closed")


def _receipt(held: Session, casts: Sequence[Cast]) -> str | None:
    """The stored receipt, if exactly these ballots stand on the boards and still count."""
    stored = held.get(Receipt, receipt_id([each.tracker for each in casts]))
    if stored is None:
        return None

    if any(each.tracker != _last_tracker(held, each) for each in casts):
        raise Refused("superseded")
    return stored.document


def _last_tracker(held: Session, cast_: Cast) -> str | None:
    return held.exec(
        select(Ballot.tracker)
        .join(
            CredentialPointer,
            (col(CredentialPointer.question_id) == Ballot.question_id)
            & (col(CredentialPointer.height) == Ballot.height),
        )
        .where(
            CredentialPointer.question_id == cast_.question_id,
            CredentialPointer.credential == cast_.credential,
        )
    ).first()


def receipt_id(trackers: Sequence[str]) -> str:
    """The public name of a receipt: a hash of the trackers in it."""
    return hashlib.sha256(",".join(trackers).encode()).hexdigest()


def _verify(held: Session, casts: Sequence[Cast]) -> None:
    """Check every proof; no lock is held meanwhile."""
    for each in casts:
        document = held.get_one(Board, each.question_id).election
        try:
            verify_ballot(_election(document), each.ballot, {each.credential})
        except RefusalError as refusal:
            code = {"json.canonical": "malformed", "ballot.credential": "not_entitled"}
            raise Refused(code.get(refusal.reason, "proof_broken")) from refusal


@lru_cache(maxsize=256)
def _election(document: str) -> Election:
    return parse_election(document.encode())


def _store(held: Session, round_: Round, casts: Sequence[Cast]) -> str:
    """Append all ballots, move the pointers and write the receipt under the round's lock."""
    lines = [_append(held, each) for each in casts]
    document = {
        "receipt": receipt_id([each.tracker for each in casts]),
        "round": round_.id,
        "ballots": lines,
    }
    text = canon.write(document).decode()
    held.add(
        Receipt(id=document["receipt"], area_id=round_.area_id, round_id=round_.id, document=text)
    )
    held.flush()
    return text


def _append(held: Session, cast_: Cast) -> dict[str, Any]:
    if _is_on_board(held, cast_):
        raise Refused("superseded")
    pointer = held.get(
        CredentialPointer, (cast_.question_id, cast_.credential), with_for_update=True
    )
    board = held.get_one(Board, cast_.question_id, with_for_update=True)
    event = archive.ballot(board.head, board.height + 1, board.timestamp, cast_.ballot)
    board.append(event)
    held.add(BoardEvent.of(cast_.question_id, event))
    held.add(
        Ballot(
            question_id=cast_.question_id,
            height=event.height,
            tracker=cast_.tracker,
            credential=cast_.credential,
        )
    )
    if pointer is None:
        pointer = CredentialPointer(
            question_id=cast_.question_id, credential=cast_.credential, height=event.height
        )
    pointer.height = event.height
    held.add(pointer)
    held.flush()
    return {
        "question": cast_.question_id,
        "tracker": cast_.tracker,
        "height": event.height,
        "head": event.head,
    }


def _is_on_board(held: Session, cast_: Cast) -> bool:
    found = held.exec(
        select(Ballot.height).where(
            Ballot.question_id == cast_.question_id, Ballot.tracker == cast_.tracker
        )
    )
    return found.first() is not None
