"""The holders of keys open a count: each hands in a part, the last one needed completes it.

At a meeting all holders of an evening key are needed, of a counting commission any two of three.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from sqlmodel import Session, col, select

from app import counting_commission
from app.board import read_archive
from app.errors import Refused
from app.models import (
    Board,
    CountingCommission,
    EveningKey,
    Meeting,
    Member,
    Officer,
    Question,
    Round,
    Trustee,
)
from app.round import counting, judging
from app.round.preparing import questions_of
from voting.errors import RefusalError
from voting.protocol import archive, canon, strong, tally
from voting.protocol.board import Setup, counted_in, owner_of, parse_setup

SHARED = ("evening", "commission")


class Part(NamedTuple):
    """What a phone hands in for one question: the partial decryption and the proofs of it."""

    partial: bytes
    share: bytes


class Tallied(NamedTuple):
    """What is needed to open a sum: the election's documents, the sum, the parts there are."""

    setup: Setup
    total: tally.Tally
    partials: dict[int, bytes]


class Holder(NamedTuple):
    """Somebody whose key opens a round, whether their part is there, and whether it is lost."""

    public_key: str
    person: Member | Officer
    has_released: bool
    is_lost: bool


def missing(holders: Sequence[Holder]) -> list[str]:
    """The names of those whose part is not there and can come."""
    return [each.person.name for each in holders if not (each.has_released or each.is_lost)]


def needed(round_: Round, holders: Sequence[Holder]) -> int:
    """How many of them open the count."""
    least = counting_commission.RULE.needed if round_.trust == "commission" else None
    return least or len(holders)


def holders(held: Session, round_: Round) -> list[Holder]:
    """Whose keys open this round, as its boards say, in their order."""
    found = _setup_documents(held, round_)
    if not found:
        return []
    people, lost = _people(held, round_), _lost(held, round_)
    parts = [
        set(_partials(held, each))
        for each in _with_board(held, round_)
        if each.state != "too_few_ballots"
    ]
    return [
        Holder(
            owner.public_key,
            people[owner.public_key],
            has_released=all(number in part for part in parts),
            is_lost=owner.public_key in lost,
        )
        for number, owner in parse_setup(*found).trustees.owners.items()
    ]


def _with_board(held: Session, round_: Round) -> list[Question]:
    return [each for each in questions_of(held, round_) if held.get(Board, each.id)]


def _setup_documents(held: Session, round_: Round) -> Sequence[bytes]:
    """What the first election of a round begins with; they all have the same trustees."""
    if round_.trust not in SHARED or round_.opened_at is None:
        return ()
    found = _with_board(held, round_)
    return _events(held, found[0])[0].documents if found else ()


def commission_of(held: Session, round_: Round) -> CountingCommission:
    """The commission under whose key a round was opened, whether it is still in force or not."""
    return held.exec(
        select(CountingCommission).where(
            CountingCommission.body_id == round_.body_id,
            CountingCommission.document == _setup_documents(held, round_)[1].decode(),
        )
    ).one()


def _people(held: Session, round_: Round) -> dict[str, Member | Officer]:
    """Who holds the keys of a round, by public key."""
    if round_.trust == "commission":
        three = counting_commission.trustees_of(held, commission_of(held, round_))
        return {_key_of(each): counting_commission.person_of(held, each) for each in three}
    keys = held.exec(select(EveningKey).where(EveningKey.meeting_id == round_.meeting_id))
    return {each.public_key: held.get_one(Member, each.member_id) for each in keys}


def _lost(held: Session, round_: Round) -> set[str]:
    """The public keys whose parts of a commission's key were reported lost."""
    if round_.trust != "commission":
        return set()
    three = counting_commission.trustees_of(held, commission_of(held, round_))
    return {_key_of(each) for each in three if each.lost_at}


def _key_of(trustee: Trustee) -> str:
    key: str = json.loads(trustee.verification_key)["public_key"]
    return key


def holder_of(held: Session, round_: Round, person: Member | Officer) -> Holder | None:
    """The key of a round that this person holds; members and officers are numbered apart."""
    own = (type(person), person.id)
    found = (each for each in holders(held, round_) if (type(each.person), each.person.id) == own)
    return next(found, None)


def waiting(held: Session, round_: Round) -> list[Question]:
    """The questions whose sum is published and not yet open."""
    if round_.state != "closed" or round_.trust not in SHARED:
        return []
    found = held.exec(
        select(Question)
        .join(Board, col(Board.question_id) == Question.id)
        .where(Question.round_id == round_.id, Question.state == "listed")
        .where(Board.stage == "tallied")
        .order_by(col(Question.position))
    )
    return list(found)


def unopened_at(held: Session, meeting: Meeting) -> list[Round]:
    """The closed rounds of a meeting whose sums its evening keys still have to open."""
    found = held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .where(Round.meeting_id == meeting.id, Round.trust == "evening")
        .where(Round.state == "closed", Question.state == "listed")
        .order_by(col(Round.closed_at), col(Round.id))
        .distinct()
    )
    return list(found)


def is_asked(held: Session, meeting: Meeting, member: Member) -> bool:
    """Whether a sum of this meeting waits for this member's part."""
    own = (holder_of(held, each, member) for each in unopened_at(held, meeting))
    return any(each and not each.has_released for each in own)


def waiting_for(held: Session, person: Member | Officer) -> list[Round]:
    """The rounds that wait for a commission to which this person belongs, the oldest first."""
    found = held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .join(Board, col(Board.question_id) == Question.id)
        .where(Round.area_id == person.area_id, Round.trust == "commission")
        .where(Round.state == "closed", Question.state == "listed", Board.stage == "tallied")
        .order_by(col(Round.closed_at), col(Round.id))
        .distinct()
    )
    return [each for each in found if holder_of(held, each, person)]


def release(
    held: Session,
    round_: Round,
    person: Member | Officer,
    parts: Mapping[str, Part],
    now: datetime,
) -> None:
    """Take a holder's parts for all questions that wait; the caller has locked the round.

    Handing in the same again changes nothing.
    """
    asked = waiting(held, round_)
    own = holder_of(held, round_, person)
    if own is None:
        raise Refused("not_found")
    if own.has_released or _was_opened(held, round_):
        return
    if not asked or {each.id for each in asked} != set(parts):
        raise Refused("release_incomplete")
    for question in asked:
        board = held.get_one(Board, question.id, with_for_update=True)
        _take(held, board, tallied(held, question), own.public_key, parts[question.id])
        _complete(held, round_, question, board, now)


def _was_opened(held: Session, round_: Round) -> bool:
    """Whether others were faster, where not all are needed."""
    found = (
        select(Board.question_id)
        .join(Question, col(Question.id) == Board.question_id)
        .where(Question.round_id == round_.id, Board.stage == "done")
    )
    return held.exec(found).first() is not None


def _take(held: Session, board: Board, box: Tallied, public_key: str, part: Part) -> None:
    """Check one part completely and put it on the board."""
    election, total = box.setup.election, box.total
    owners = box.setup.trustees.owners.values()
    owner = next(each for each in owners if each.public_key == public_key)
    try:
        share = strong.parse_share(election, part.share)
        factors = tally.verify_partial(election, total, owner, part.partial)
        named = canon.hexadecimal(part.partial)
        strong.verify_share(election, total, owner, named, factors, share)
    except RefusalError:
        raise Refused("release_broken") from None
    event = archive.partial_decryption(
        board.head, board.height + 1, board.timestamp, owner.number, part.partial
    )
    others = strong.shares_of(election, board.strong.encode()) if board.strong else ()
    board.strong = strong.make_strong(election, total, [*others, share]).decode()
    counting.append(held, board, event, "tallied")


def _complete(
    held: Session, round_: Round, question: Question, board: Board, now: datetime
) -> None:
    """Publish the result once every part is there."""
    setup, total, partials = tallied(held, question)
    factors = {
        number: tally.parse_partial(setup.election, total, document)
        for number, document in partials.items()
    }
    counts = tally.decrypt(setup.trustees, total, factors)
    if counts is None:
        return
    document = tally.write_result(counts)
    event = archive.result(board.head, board.height + 1, board.timestamp, document)
    counting.append(held, board, event, "done")
    figures = judging.on_tally(held, round_, question, counts[0])
    counting.conclude(held, round_, question, figures, now)


def tallied(held: Session, question: Question) -> Tallied:
    events = _events(held, question)
    setup = parse_setup(*events[0].documents)
    document, description = next(each.documents for each in events if each.type == "EncryptedTally")
    total = tally.parse_tally(setup.election, document, counted_in(description))
    return Tallied(setup, total, _partials(held, question))


def _partials(held: Session, question: Question) -> dict[int, bytes]:
    """The partial decryptions on a board by the number of their owner."""
    found = (each.documents for each in _events(held, question) if each.type == "PartialDecryption")
    return {owner_of(description): document for document, description in found}


def _events(held: Session, question: Question) -> list[archive.Event]:
    return list(archive.read_events(BytesIO(read_archive(held, question.id))))
