"""A round is opened: wording, sums, rules and rolls are frozen, each election is set up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app import (
    attendance,
    box,
    card_printing,
    coming_meeting,
    decision_log,
    electoral_roll,
    head_file,
    rules_of_procedure,
    setback,
)
from app.errors import Refused
from app.models import (
    Board,
    BoardEvent,
    Body,
    Meeting,
    Question,
    RollEntry,
    Round,
    RulesOfProcedure,
)
from app.models.round import BLANK
from app.round import afterwards, by_hand, count_key, papers
from app.round.announcing import require_rules
from app.round.circulating import require_circular
from app.round.preparing import free_proposals, questions_of
from app.round.telling import decides, tell
from app.text import word
from voting.log.kind import rules_hash
from voting.protocol import archive, canon, credential, election, trustee
from voting.protocol import group as groups
from voting.protocol.question import Question as BallotQuestion
from voting.rules import outcome, poll
from voting.rules.procedure import Procedure
from voting.rules.roll import RollEntry as Entry
from voting.rules.roll import RollFacts


def open_round(
    held: Session, round_: Round, now: datetime, closes_at: datetime | None = None
) -> list[Question]:
    """Open what can be opened; return the questions that were taken out."""
    if round_.state != "announced":
        raise Refused("already_done")
    _require_meeting(held, round_, now)
    rules = require_rules(held, round_)
    round_.rules_id = rules.id
    listed = [each for each in questions_of(held, round_) if each.state == "listed"]
    opened = [each for each in listed if freeze(held, round_, each)]
    taken_out = [each for each in listed if each.state == "taken_out"]
    if not opened:
        reasons = {word(str(each.taken_out_reason)) for each in taken_out}
        raise Refused("no_question_left", names=", ".join(sorted(reasons)))
    free_proposals(held, round_, taken_out)
    round_.state, round_.opened_at, round_.closes_at = "open", now, closes_at or round_.closes_at
    if round_.mode == "circular":
        require_circular(held, round_, now)
    if not round_.has_box:
        round_.closes_at = None
        by_hand.tell_opened(held, round_, rules, opened, taken_out, now)
        return taken_out
    round_.box_ends_on = box.end_of(held, round_, rules)
    round_.card_printers = card_printing.printers(held, round_.term_id)
    boards = [set_up(held, round_, rules.parameters, each, now) for each in opened]
    _log(held, round_, rules, boards, taken_out, now)
    return taken_out


def _require_meeting(held: Session, round_: Round, now: datetime) -> None:
    """Refuse for a meeting that is over, unless its vote was held there and is entered now."""
    meeting = held.get(Meeting, round_.meeting_id) if round_.meeting_id else None
    if meeting is None:
        return
    if round_.voted_at:
        afterwards.require_moment(held, meeting, round_.voted_at, now)
    elif afterwards.is_due(round_, meeting, now) and attendance.may_enter(held, meeting, now):
        raise Refused("voted_at_missing")
    elif meeting.state in coming_meeting.OVER:
        raise Refused("meeting_over")


def due(held: Session, now: datetime) -> list[str]:
    """The announced rounds whose moment to open has come."""
    found = select(Round.id).where(Round.state == "announced", col(Round.opens_at) <= now)
    return list(held.exec(found.where(setback.is_whole(Round.area_id))))


def open_by_itself(held: Session, round_id: str, now: datetime) -> None:
    """Open a round whose moment has come; somebody may have been faster."""
    round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
    if round_.state != "announced" or round_.opens_at is None or round_.opens_at > now:
        return
    if round_.closes_at and round_.closes_at <= now:
        raise Refused("end_missing")
    open_round(held, round_, now)


def note_refusal(held: Session, round_id: str, code: str) -> None:
    """Let the moment pass at which a round could not open, and say why at the desk."""
    round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
    if round_.state == "announced":
        round_.opens_at, round_.opening_refused = None, code


def take_out(held: Session, round_: Round) -> list[Question]:
    """Take every question out of a round of which none may open; nothing is opened."""
    if round_.state != "announced":
        raise Refused("already_done")
    rules = require_rules(held, round_)
    round_.rules_id = rules.id
    listed = [each for each in questions_of(held, round_) if each.state == "listed"]
    if any(freeze(held, round_, each) for each in listed):
        raise Refused("no_poll")
    free_proposals(held, round_, listed)
    return listed


def obstacle(round_: Round, facts: RollFacts, procedure: Procedure) -> str | None:
    """The outcome that keeps a question from opening; a poll needs a large enough roll only."""
    if not decides(round_):
        return None if poll.can_open(facts, procedure) else "cannot_open"
    stopped = outcome.at_opening(facts, procedure)
    return stopped.code if stopped else None


def freeze(held: Session, round_: Round, question: Question) -> bool:
    """Freeze figures and roll; a question that may not open is taken out."""
    procedure = rules_of_procedure.procedure(held, round_, question.matter)
    roll = electoral_roll.resolve(held, question)
    figures = electoral_roll.figures(roll.facts, procedure, question)
    question.roll_facts = figures
    question.required_yes = None if round_.is_poll else figures["required_yes"]
    question.roll_gaps = {
        str(place.seat): place.state for place in roll.places if place.entry is None
    }
    stopped = obstacle(round_, roll.facts, procedure)
    if stopped:
        question.state, question.taken_out_reason = "taken_out", stopped
        return False
    points = electoral_roll.credentials(held, round_) if round_.has_box else {}
    for place in roll.places:
        if place.entry is not None:
            held.add(_roll_entry(question, place.state, place.entry, points))
    held.flush()
    if round_.has_box:
        papers.put_on_roll(held, round_, question)
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


def set_up(
    held: Session, round_: Round, rules: Mapping[str, Any], question: Question, now: datetime
) -> Board:
    """Make the election's documents and put its Setup event on the board."""
    group = groups.by_name(round_.group)
    trustees = count_key.trustees(held, round_, now)
    credentials = credential.make_roll(group, _roll_points(held, question))
    document = _election(held, round_, rules, question, trustee.public_key(group, trustees))
    timestamp = int(now.timestamp())
    event = archive.setup(timestamp, document, trustees, credentials)
    board = Board(
        area_id=question.area_id,
        question_id=question.id,
        group=group.name,
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
    head_file.note_board(held, board.area_id, board.question_id, board.height, board.head)
    return board


def _election(
    held: Session, round_: Round, rules: Mapping[str, Any], question: Question, public_key: str
) -> bytes:
    """The election document; its description binds what is frozen beside the wording."""
    adopts = held.get(RulesOfProcedure, question.rules_id) if question.rules_id else None
    description = election.make_description(
        round_id=question.round_id,
        question_id=question.id,
        digest=question.digest,
        rules=rules_hash(rules),
        amount_cents=question.amount_cents,
        adopts=rules_hash(adopts.parameters) if adopts else None,
        is_poll=round_.is_poll,
        is_practice=round_.is_practice,
    )
    return election.make_election(
        uuid=question.id,
        name=held.get_one(Body, round_.body_id).name,
        description=description,
        group=groups.by_name(round_.group),
        public_key=public_key,
        questions=[_ballot_question(question)],
    )


def _ballot_question(question: Question) -> BallotQuestion:
    """What a ballot answers; a blank one is an answer of its own and no option."""
    return BallotQuestion(
        tuple(each for each in question.answers if each != BLANK),
        blank=True if question.has_blank else None,
        min=question.fewest,
        max=question.most,
        question=question.wording["de"],
    )


def _roll_points(held: Session, question: Question) -> list[str]:
    found = held.exec(select(RollEntry.credential).where(RollEntry.question_id == question.id))
    own = [point for point in found if point is not None]
    return own + papers.points(held, question.id)


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
    tell(held, round_, kind, public, now)


def _opened(held: Session, round_: Round, board: Board) -> dict[str, Any]:
    question = held.get_one(Question, board.question_id)
    figures = question.roll_facts or {}
    needed = {"quorum": decision_log.quorum_record(figures)} | (
        {"choice": decision_log.choice_record(question)}
        if question.is_choice
        else {"required_yes": question.required_yes}
    )
    return ({} if round_.is_poll else needed) | {
        "question": question.id,
        "phi": board.phi,
        "credentials_hash": board.credentials_hash,
        "credentials": len(_roll_points(held, question)),
        "roll_size": figures["entitled"],
        "roll": decision_log.roll_record(figures),
        "head": board.head,
    }
