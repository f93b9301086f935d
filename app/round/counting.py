"""A closed round is counted: verified whole, added up, decrypted, judged by the rules."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from sqlmodel import Session, col, or_, select

from app import db, decision_log, office_key, setback
from app.board import read_archive
from app.entropy import rand_scalar
from app.models import Board, BoardEvent, Question, Round
from app.round import by_hand, judging
from app.round.preparing import questions_of
from app.round.telling import tell
from voting.protocol import archive, canon, strong, tally, trustee
from voting.protocol.election import Election, parse_election
from voting.protocol.verify import Accepted, verify

OWNER = 1
STAGES = ("tallied", "tallied", "done")


class BoardRefused(RuntimeError):
    """The board does not verify, so nothing on it is decrypted; the reason is in the message."""


class Count(NamedTuple):
    """What the count adds to a board, and what each answer got; None until the sum is open."""

    events: list[archive.Appended]
    strong: bytes | None
    counts: Sequence[int] | None


def uncounted(held: Session) -> list[str]:
    """The rounds that are closed and wait for their count."""
    return list(
        held.exec(
            select(Round.id)
            .join(Question, col(Question.round_id) == Round.id)
            .join(Board, col(Board.question_id) == Question.id, isouter=True)
            .where(Round.state == "closed", Round.count_fault == "", Question.state == "listed")
            .where(setback.is_whole(Round.area_id))
            .where(or_(col(Board.stage).is_(None), Board.stage == "ended"))
            .distinct()
        )
    )


def note_fault(round_id: str, code: str) -> None:
    """Let nobody count a round again by himself: two people decide that."""
    with db.writing() as held:
        round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
        round_.count_fault = code


def count_round(round_id: str, now: datetime | None = None) -> None:
    """Count every question of a closed round; calling it again changes nothing.

    `now` dates the entries of a count that is told as if it had happened then.
    """
    with db.writing() as held:
        round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
        if not round_.has_box:
            by_hand.judge(held, round_, now or db.clock(held))
            return
        listed = _waiting(held, round_)
        archives = {each.id: _archive(held, each.id) for each in listed}
        stopped = {each.id: judging.at_close(held, round_, each) for each in listed}
    counts = {
        each.id: count_box(round_.trust, *archives[each.id])
        for each in listed
        if stopped[each.id] is None
    }
    with db.writing() as held:
        round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
        for each in _waiting(held, round_):
            _record(held, round_, each, stopped[each.id], counts.get(each.id), now)


def _waiting(held: Session, round_: Round) -> list[Question]:
    """The questions of a closed round that nobody has added up; somebody may have been faster."""
    if round_.state != "closed":
        return []
    listed = (each for each in questions_of(held, round_) if each.state == "listed")
    return [each for each in listed if held.get_one(Board, each.id).stage == "ended"]


def _archive(held: Session, question_id: str) -> tuple[bytes, int]:
    return read_archive(held, question_id), held.get_one(Board, question_id).timestamp


def count_box(trust: str, content: bytes, timestamp: int) -> Count:
    """Verify an ended board whole and add it up; the office opens the sum at once.

    Others open it with their own keys: see `app.round.releasing`.
    """
    verdict = verify(BytesIO(content), None)
    if not isinstance(verdict, Accepted) or verdict.stage != "ended":
        raise BoardRefused(str(verdict))
    setup, *rest = archive.read_events(BytesIO(content))
    election = parse_election(setup.documents[0])
    total = tally.encrypted_tally(
        election, (event.documents[0] for event in rest if event.type == "Ballot")
    )
    last = rest[-1]
    summed = archive.encrypted_tally(
        last.hash, last.height + 1, timestamp, total.document, total.counted
    )
    if trust != "office":
        return Count([summed], None, None)
    trustees = trustee.parse_trustees(election.group, setup.documents[1])
    return _open(election, trustees, total, summed, timestamp)


def _open(
    election: Election,
    trustees: trustee.Trustees,
    total: tally.Tally,
    summed: archive.Appended,
    timestamp: int,
) -> Count:
    """Decrypt a sum with the office key and prove it."""
    exponent = office_key.require(election.group, trustees.public_key)
    partial = tally.partial_decryption(election, total, exponent, rand_scalar)
    share = strong.make_share(election, total, OWNER, partial, exponent, rand_scalar)
    factors = {OWNER: tally.parse_partial(election, total, partial)}
    result = tally.result(trustees, total, factors)
    height = summed.height + 1
    shared = archive.partial_decryption(summed.head, height, timestamp, OWNER, partial)
    return Count(
        events=[summed, shared, archive.result(shared.head, height + 1, timestamp, result)],
        strong=strong.make_strong(election, total, [share]),
        counts=(tally.decrypt(trustees, total, factors) or ((),))[0],
    )


def _record(
    held: Session,
    round_: Round,
    question: Question,
    stopped: judging.Figures | None,
    count: Count | None,
    now: datetime | None,
) -> None:
    """Store what one question came to, and what its count adds to the board."""
    board = held.get_one(Board, question.id, with_for_update=True)
    if count:
        for event, stage in zip(count.events, STAGES, strict=False):
            append(held, board, event, stage)
        board.strong = count.strong.decode() if count.strong else None
        held.flush()
    if stopped or (count and count.counts):
        figures = stopped or _judge(held, round_, question, count)
        conclude(held, round_, question, figures, now or db.clock(held))


def append(held: Session, board: Board, event: archive.Appended, stage: str) -> None:
    """Put one event on a board; the caller has locked it."""
    board.append(event, stage=stage)
    held.add(BoardEvent.of(board.question_id, event))
    held.flush()


def conclude(
    held: Session, round_: Round, question: Question, figures: judging.Figures, now: datetime
) -> None:
    """Say what a question came to."""
    question.outcome = figures
    is_shut = figures["code"] == "too_few_ballots"
    question.state = "too_few_ballots" if is_shut else "counted"
    held.flush()
    _log(held, round_, question, now)


def _judge(
    held: Session, round_: Round, question: Question, count: Count | None
) -> judging.Figures:
    if count is None or count.counts is None:
        raise BoardRefused("no count of an open box")
    return judging.on_tally(held, round_, question, count.counts)


def _log(held: Session, round_: Round, question: Question, now: datetime) -> None:
    board = held.get_one(Board, question.id)
    figures = question.outcome or {}
    kind = "poll_counted" if round_.is_poll else "counted"
    public = {
        "round": round_.id,
        "question": question.id,
        **({} if round_.is_poll else {"outcome": figures["code"]}),
        "ballots": figures["ballots"],
        "tally": decision_log.tally_record(question),
        **({} if round_.is_poll else decision_log.chosen_record(question)),
        "archive_hash": canon.hexadecimal(read_archive(held, question.id)),
        "strong_hash": canon.hexadecimal(board.strong.encode()) if board.strong else None,
    }
    tell(held, round_, kind, public, now)
