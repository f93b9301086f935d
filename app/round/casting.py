"""Ballots go into the box: verified first, then stored under the lock of their round."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, update
from sqlmodel import Session, col, select

from app import head_file
from app.errors import Refused
from app.models import Ballot, Board, BoardEvent, CredentialPointer, Receipt, Round
from voting.errors import RefusalError
from voting.protocol import archive, canon
from voting.protocol.ballot import tracker, verify_ballot
from voting.protocol.election import Election, parse_election

# Written once: building a statement costs more than running it.
LOCKED_ROUND = (
    select(Round.state, Round.closes_at).where(Round.id == bindparam("round_id")).with_for_update()
)
RECEIPT = select(Receipt.document).where(Receipt.id == bindparam("name"))
LAST_TRACKER = (
    select(Ballot.tracker)
    .join(
        CredentialPointer,
        (col(CredentialPointer.question_id) == Ballot.question_id)
        & (col(CredentialPointer.height) == Ballot.height),
    )
    .where(
        CredentialPointer.question_id == bindparam("question_id"),
        CredentialPointer.credential == bindparam("credential"),
    )
)
LOCKED_BOARD = (
    select(
        Board.height,
        Board.head,
        Board.timestamp,
        exists()
        .where(
            col(Ballot.question_id) == bindparam("question_id"),
            col(Ballot.tracker) == bindparam("tracker"),
        )
        .label("is_known"),
    )
    .where(Board.question_id == bindparam("question_id"))
    .with_for_update(of=Board)
)
MOVED_BOARD = (
    update(Board)
    .where(col(Board.question_id) == bindparam("of_question"))
    .values(height=bindparam("to_height"), head=bindparam("to_head"))
)
MOVED_POINTER = (
    update(CredentialPointer)
    .where(
        col(CredentialPointer.question_id) == bindparam("of_question"),
        col(CredentialPointer.credential) == bindparam("of_credential"),
    )
    .values(height=bindparam("to_height"))
)


@dataclass(frozen=True)
class Cast:
    """One ballot of a submission: its question, who casts it, its bytes, the election document."""

    question_id: str
    credential: str
    ballot: bytes
    election: str

    @cached_property
    def tracker(self) -> str:
        return tracker(self.ballot)


def lock(held: Connection, round_id: str) -> tuple[str, datetime | None]:
    """Lock the round; its state and end as they are under the lock."""
    state, closes_at = held.execute(LOCKED_ROUND, {"round_id": round_id}).one()
    return state, closes_at


def require_open(state: str, closes_at: datetime | None, now: datetime) -> None:
    if state == "announced":
        raise Refused("not_open")
    if state != "open" or (closes_at and now >= closes_at):
        raise Refused("closed")


def known_receipt(held: Connection, casts: Sequence[Cast]) -> str | None:
    """The stored receipt, if exactly these ballots stand on the boards and still count."""
    name = name_receipt([each.tracker for each in casts])
    document = held.execute(RECEIPT, {"name": name}).scalar()
    if document and any(each.tracker != _last_tracker(held, each) for each in casts):
        raise Refused("superseded")
    return document


def _last_tracker(held: Connection, cast_: Cast) -> str | None:
    sought = {"question_id": cast_.question_id, "credential": cast_.credential}
    return held.execute(LAST_TRACKER, sought).scalar()


def name_receipt(trackers: Sequence[str]) -> str:
    """The public name of a receipt: a hash of the trackers in it."""
    return hashlib.sha256(",".join(trackers).encode()).hexdigest()


def verify(casts: Sequence[Cast]) -> None:
    """Check every proof of every ballot."""
    for each in casts:
        try:
            verify_ballot(_election(each.election), each.ballot, {each.credential})
        except RefusalError as refusal:
            code = {"json.canonical": "malformed", "ballot.credential": "not_entitled"}
            raise Refused(code.get(refusal.reason, "proof_broken")) from refusal


@lru_cache(maxsize=256)
def _election(document: str) -> Election:
    return parse_election(document.encode())


def store(held: Session, area_id: int, round_id: str, casts: Sequence[Cast]) -> str:
    """Append all ballots, move the pointers and write the receipt under the round's lock."""
    name, connection = name_receipt([each.tracker for each in casts]), held.connection()
    lines = [_append(connection, each) for each in casts]
    for line in lines:
        head_file.note_board(held, area_id, line["question"], line["height"], line["head"])
    text = canon.write({"receipt": name, "round": round_id, "ballots": lines}).decode()
    row = {"id": name, "area_id": area_id, "round_id": round_id, "document": text}
    connection.execute(insert(Receipt), row)
    return text


def _append(held: Connection, cast_: Cast) -> dict[str, Any]:
    question_id = cast_.question_id
    board = _require_new(held, cast_)
    event = archive.ballot(board.head, board.height + 1, board.timestamp, cast_.ballot)
    place = {"question_id": question_id, "height": event.height}
    held.execute(insert(BoardEvent), BoardEvent.of(question_id, event).model_dump())
    held.execute(insert(Ballot), place | {"tracker": cast_.tracker, "credential": cast_.credential})
    _point(held, cast_, event.height)
    moved = {"of_question": question_id, "to_height": event.height, "to_head": event.head}
    held.execute(MOVED_BOARD, moved)
    return {
        "question": question_id,
        "tracker": cast_.tracker,
        "height": event.height,
        "head": event.head,
    }


def _require_new(held: Connection, cast_: Cast) -> Any:
    """The board's head, locked; refused when this ballot stands on the board already."""
    sought = {"question_id": cast_.question_id, "tracker": cast_.tracker}
    board = held.execute(LOCKED_BOARD, sought).one()
    if board.is_known:
        raise Refused("superseded")
    return board


def _point(held: Connection, cast_: Cast, height: int) -> None:
    """Let the credential point to its newest ballot."""
    question_id, credential = cast_.question_id, cast_.credential
    moved = {"of_question": question_id, "of_credential": credential, "to_height": height}
    if held.execute(MOVED_POINTER, moved).rowcount == 0:
        first = {"question_id": question_id, "credential": credential, "height": height}
        held.execute(insert(CredentialPointer), first)
