"""A closed round is counted with the office key: verified whole, decrypted, judged by the rules."""

from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from app import db, decision_log, electoral_roll, office_key
from app.board import read_archive
from app.desk.closing import count_ballots
from app.desk.preparing import questions_of
from app.entropy import rand_scalar
from app.models import Area, Board, BoardEvent, Question, Round
from voting.protocol import archive, canon, strong, tally, trustee
from voting.protocol.election import parse_election
from voting.protocol.verify import Accepted, verify
from voting.rules import outcome
from voting.rules.majority import Ballots
from voting.rules.procedure import Procedure

OWNER = 1


class BoardRefused(RuntimeError):
    """The board does not verify, so nothing on it is decrypted; the reason is in the message."""


class Count(NamedTuple):
    """What the count adds to a board, and the votes that it found."""

    events: list[archive.Appended]
    strong: bytes
    ballots: Ballots


def uncounted(held: Session) -> list[str]:
    """The rounds that are closed and wait for their count."""
    return list(
        held.exec(
            select(Round.id)
            .join(Question, col(Question.round_id) == Round.id)
            .where(Round.state == "closed", Question.state == "listed")
            .distinct()
        )
    )


def count_round(round_id: str, now: datetime | None = None) -> None:
    """Count every question of a closed round; calling it again changes nothing.

    `now` dates the entries of a count that is told as if it had happened then.
    """
    with db.writing() as held:
        round_ = held.exec(select(Round).where(Round.id == round_id)).one()
        listed = [each for each in questions_of(held, round_) if each.state == "listed"]
        archives = {each.id: _archive(held, each.id) for each in listed}
        stopped = {each.id: _judge_closed(held, round_, each) for each in listed}
    counts = {each.id: decrypt(*archives[each.id]) for each in listed if stopped[each.id] is None}
    with db.writing() as held:
        round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
        for each in questions_of(held, round_):
            if round_.state == "closed" and each.state == "listed":
                _record(held, round_, each, stopped[each.id], counts.get(each.id))
                _log(held, round_, each, now or db.clock(held))


def _archive(held: Session, question_id: str) -> tuple[bytes, int]:
    return read_archive(held, question_id), held.get_one(Board, question_id).timestamp


def _judge_closed(held: Session, round_: Round, question: Question) -> outcome.Outcome | None:
    """The outcome that leaves the box shut, if there is one."""
    facts = electoral_roll.facts_of(question.roll_facts or {})
    turnout = outcome.Turnout(count_ballots(held, question.id))
    return outcome.at_close(facts, electoral_roll.procedure(held, round_), turnout)


def decrypt(content: bytes, timestamp: int) -> Count:
    """Verify an ended board whole, then decrypt its sum with the office key and prove it."""
    verdict = verify(BytesIO(content), None)
    if not isinstance(verdict, Accepted) or verdict.stage != "ended":
        raise BoardRefused(str(verdict))
    setup, *rest = archive.read_events(BytesIO(content))
    election = parse_election(setup.documents[0])
    trustees = trustee.parse_trustees(election.group, setup.documents[1])
    exponent = office_key.load(election.group.name)
    total = tally.encrypted_tally(
        election, (event.documents[0] for event in rest if event.type == "Ballot")
    )
    partial = tally.partial_decryption(election, total, exponent, rand_scalar)
    share = strong.make_share(election, total, OWNER, partial, exponent, rand_scalar)
    factors = {OWNER: tally.parse_partial(election, total, partial)}
    result = tally.result(trustees, total, factors)
    return Count(
        events=_events(rest[-1], timestamp, total, partial, result),
        strong=strong.make_strong(election, total, [share]),
        ballots=Ballots(*(tally.decrypt(trustees, total, factors) or ((),))[0]),
    )


def _events(
    last: archive.Event, timestamp: int, total: tally.Tally, partial: bytes, result: bytes
) -> list[archive.Appended]:
    height = last.height + 1
    summed = archive.encrypted_tally(last.hash, height, timestamp, total.document, total.counted)
    shared = archive.partial_decryption(summed.head, height + 1, timestamp, OWNER, partial)
    return [summed, shared, archive.result(shared.head, height + 2, timestamp, result)]


def _record(
    held: Session,
    round_: Round,
    question: Question,
    stopped: outcome.Outcome | None,
    count: Count | None,
) -> None:
    """Store the outcome of one question, and what its count adds to the board."""
    rules = electoral_roll.procedure(held, round_)
    board = held.get_one(Board, question.id, with_for_update=True)
    if count:
        for event, stage in zip(count.events, ("tallied", "tallied", "done"), strict=True):
            board.append(event, stage=stage)
            held.add(BoardEvent.of(question.id, event))
        board.strong = count.strong.decode()
    judged = stopped or _judge(question, rules, count)
    received = count_ballots(held, question.id)
    question.outcome = outcome_figures(judged, received)
    question.state = "too_few_ballots" if judged.code == "too_few_ballots" else "counted"
    held.flush()


def _judge(question: Question, rules: Procedure, count: Count | None) -> outcome.Outcome:
    if count is None:
        raise BoardRefused("no count of an open box")
    facts = electoral_roll.facts_of(question.roll_facts or {})
    return outcome.decide(facts, rules, outcome.Turnout(count.ballots.received), count.ballots)


def outcome_figures(judged: outcome.Outcome, received: int) -> dict[str, Any]:
    """The outcome as pages show it; without a count every figure of it is None."""
    ballots, majority = judged.ballots, judged.majority
    return {
        "code": judged.code,
        "ballots": received,
        "yes": ballots.yes if ballots else None,
        "no": ballots.no if ballots else None,
        "abstain": ballots.abstain if ballots else None,
        "majority": majority.rule if majority else None,
        "base": majority.counted if majority else None,
        "base_count": majority.base if majority else None,
        "required": majority.required if majority else None,
        "missing": judged.missing_yes,
        "reveals_all": judged.reveals_all,
        "minimum": judged.minimum,
    }


def _log(held: Session, round_: Round, question: Question, now: datetime) -> None:
    board = held.get_one(Board, question.id)
    figures = question.outcome or {}
    public = {
        "round": round_.id,
        "question": question.id,
        "outcome": figures["code"],
        "ballots": figures["ballots"],
        "tally": decision_log.tally_record(question),
        "archive_hash": canon.hexadecimal(read_archive(held, question.id)),
        "strong_hash": canon.hexadecimal(board.strong.encode()) if board.strong else None,
    }
    area = held.get_one(Area, round_.area_id)
    decision_log.append(held, area, "counted", public, now)
