"""A round is opened: wording, sums, rules and rolls are frozen, each election is set up."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from app import decision_log, electoral_roll, office_key, wording
from app.entropy import rand_scalar
from app.errors import Refused
from app.models import Area, Board, BoardEvent, Body, Question, RollEntry, Round, RulesOfProcedure
from app.round.announcing import require_rules
from app.round.preparing import free_proposals, questions_of
from app.text import word
from voting.log.kind import rules_hash
from voting.protocol import archive, canon, credential, election, trustee
from voting.protocol import group as groups
from voting.protocol.question import Question as BallotQuestion
from voting.rules import outcome, poll
from voting.rules.procedure import Procedure
from voting.rules.roll import RollEntry as Entry
from voting.rules.roll import RollFacts

GROUP = electoral_roll.GROUP


def open_round(
    held: Session, round_: Round, now: datetime, closes_at: datetime | None = None
) -> list[Question]:
    """Open what can be opened; return the questions that were taken out."""
    if round_.state != "announced":
        raise Refused("already_done")
    rules = require_rules(held, round_)
    round_.rules_id = rules.id
    listed = [each for each in questions_of(held, round_) if each.state == "listed"]
    opened = [each for each in listed if _freeze(held, round_, rules, each)]
    taken_out = [each for each in listed if each.state == "taken_out"]
    if not opened:
        reasons = {word(str(each.taken_out_reason)) for each in taken_out}
        raise Refused("no_question_left", names=", ".join(sorted(reasons)))
    free_proposals(held, round_, taken_out)
    round_.state, round_.opened_at, round_.closes_at = "open", now, closes_at
    boards = [_set_up(held, round_, rules, each, now) for each in opened]
    _log(held, round_, rules, boards, taken_out, now)
    return taken_out


def take_out(held: Session, round_: Round) -> list[Question]:
    """Take every question out of a round of which none may open; nothing is opened."""
    if round_.state != "announced":
        raise Refused("already_done")
    rules = require_rules(held, round_)
    round_.rules_id = rules.id
    listed = [each for each in questions_of(held, round_) if each.state == "listed"]
    if any(_freeze(held, round_, rules, each) for each in listed):
        raise Refused("no_poll")
    free_proposals(held, round_, listed)
    return listed


def obstacle(round_: Round, facts: RollFacts, procedure: Procedure) -> str | None:
    """The outcome that keeps a question from opening; a poll needs a large enough roll only."""
    if round_.is_poll:
        return None if poll.can_open(facts, procedure) else "cannot_open"
    stopped = outcome.at_opening(facts, procedure)
    return stopped.code if stopped else None


def _freeze(held: Session, round_: Round, rules: RulesOfProcedure, question: Question) -> bool:
    """Freeze figures and roll; a question that may not open is taken out."""
    procedure = electoral_roll.procedure_of(rules, question.matter)
    roll = electoral_roll.resolve(held, question)
    figures = electoral_roll.figures(roll.facts, procedure)
    question.roll_facts = figures
    question.required_yes = None if round_.is_poll else figures["required_yes"]
    question.roll_gaps = {
        str(place.seat): place.state for place in roll.places if place.entry is None
    }
    stopped = obstacle(round_, roll.facts, procedure)
    if stopped:
        question.state, question.taken_out_reason = "taken_out", stopped
        return False
    points = electoral_roll.credentials(held, round_)
    for place in roll.places:
        if place.entry is not None:
            held.add(_roll_entry(question, place.state, place.entry, points))
    held.flush()
    return True


def _roll_entry(
    question: Question, state: str, entry: Entry[int], points: dict[int, str]
) -> RollEntry:
    return RollEntry(
        area_id=question.area_id,
        question_id=question.id,
        seat_id=entry.seat,
        member_id=entry.member,
        segment=entry.segment,
        via=entry.via,
        state=state,
        credential=points.get(entry.member),
    )


def _set_up(
    held: Session, round_: Round, rules: RulesOfProcedure, question: Question, now: datetime
) -> Board:
    """Make the election's documents and put its Setup event on the board."""
    group = groups.by_name(GROUP)
    trustees = trustee.make_single(group, office_key.load(GROUP), rand_scalar)
    credentials = credential.make_roll(group, _roll_points(held, question))
    document = _election(held, round_, rules, question, trustee.public_key(group, trustees))
    timestamp = int(now.timestamp())
    event = archive.setup(timestamp, document, trustees, credentials)
    board = Board(
        area_id=question.area_id,
        question_id=question.id,
        group=GROUP,
        timestamp=timestamp,
        election=document.decode(),
        credentials_hash=canon.hexadecimal(credentials),
        phi=election.phi(document),
        height=event.height,
        head=event.head,
    )
    held.add(board)
    held.flush()
    held.add(BoardEvent.of(question.id, event))
    held.flush()
    return board


def _election(
    held: Session, round_: Round, rules: RulesOfProcedure, question: Question, public_key: str
) -> bytes:
    """The election document; its description binds what is frozen beside the wording."""
    adopts = held.get(RulesOfProcedure, question.rules_id) if question.rules_id else None
    description = election.make_description(
        round_id=question.round_id,
        question_id=question.id,
        digest=question.digest,
        rules=rules_hash(rules.parameters),
        amount_cents=question.amount_cents,
        adopts=rules_hash(adopts.parameters) if adopts else None,
        is_poll=round_.is_poll,
    )
    asked = BallotQuestion(wording.ORDER, blank=None, min=1, max=1, question=question.wording["de"])
    return election.make_election(
        uuid=question.id,
        name=held.get_one(Body, round_.body_id).name,
        description=description,
        group=groups.by_name(GROUP),
        public_key=public_key,
        questions=[asked],
    )


def _roll_points(held: Session, question: Question) -> list[str]:
    found = held.exec(select(RollEntry.credential).where(RollEntry.question_id == question.id))
    return [point for point in found if point is not None]


def _log(
    held: Session,
    round_: Round,
    rules: RulesOfProcedure,
    boards: list[Board],
    taken_out: list[Question],
    now: datetime,
) -> None:
    kind = "poll_opened" if round_.is_poll else "round_opened"
    public = {
        "round": round_.id,
        "rules_version": rules.version,
        "rules_hash": rules_hash(rules.parameters),
        "closes_at": decision_log.moment(round_.closes_at) if round_.closes_at else None,
        "questions": [_opened(held, round_, board) for board in boards],
        "taken_out": [
            {"question": each.id, "outcome": each.taken_out_reason} for each in taken_out
        ],
    }
    decision_log.append(held, held.get_one(Area, round_.area_id), kind, public, now)


def _opened(held: Session, round_: Round, board: Board) -> dict[str, Any]:
    question = held.get_one(Question, board.question_id)
    figures = question.roll_facts or {}
    needed = {
        "quorum": decision_log.quorum_record(figures),
        "required_yes": question.required_yes,
    }
    return ({} if round_.is_poll else needed) | {
        "question": question.id,
        "phi": board.phi,
        "credentials_hash": board.credentials_hash,
        "credentials": len(_roll_points(held, question)),
        "roll_size": figures["entitled"],
        "roll": decision_log.roll_record(figures),
    }
