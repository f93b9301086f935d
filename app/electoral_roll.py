"""The electoral roll of a question as roster, attendance and recusals stand now."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app import db, rules_of_procedure
from app.body import (
    day_of,
    people_of,
    places_on,
    reserves_on,
    votes_by_ballot,
)
from app.errors import Refused
from app.models import (
    Attendance,
    Body,
    DeclaredAbsence,
    Meeting,
    Member,
    PaperVoter,
    Question,
    Recusal,
    Round,
    Term,
    VotingKey,
)
from app.text import parameter_name
from voting.errors import LawError
from voting.rules import outcome, roll
from voting.rules.procedure import Procedure


def day_in_force(held: Session, round_: Round) -> date:
    """The day whose roster votes: that of the meeting; over days that of the opening, or today."""
    if round_.meeting_id:
        return day_of(held.get_one(Meeting, round_.meeting_id).starts_at)
    return day_of(round_.opened_at or db.clock(held))


def people(held: Session, round_: Round) -> list[Member]:
    """Everybody who may come to vote in a round: holders, deputies, reserve list."""
    term = held.get_one(Term, round_.term_id)
    return [each.member for each in people_of(held, term, day_in_force(held, round_))]


def resolve(held: Session, question: Question) -> roll.Roll[int]:
    """Resolve seats, holders, stand-ins, presence and recusals into one roll."""
    round_ = held.get_one(Round, question.round_id)
    recused = held.exec(select(Recusal.member_id).where(Recusal.question_id == question.id)).all()
    return _resolve(
        held,
        held.get_one(Body, round_.body_id),
        held.get_one(Term, round_.term_id),
        day_in_force(held, round_),
        rules_of_procedure.procedure(held, round_, question.matter),
        present=_present(held, round_.meeting_id, round_.voted_at),
        absent=declared_absent(held, round_),
        recused=recused,
    )


def roll_at(
    held: Session,
    meeting: Meeting,
    term: Term | None,
    rules: Procedure,
    recused: Collection[int] = (),
) -> roll.Roll[int]:
    """The roll of who is at a meeting now; a rule that it needs and that is empty is named."""
    return _resolve(
        held,
        held.get_one(Body, meeting.body_id),
        term,
        day_of(meeting.starts_at),
        rules,
        present=_present(held, meeting.id),
        recused=recused,
    )


def _resolve(
    held: Session, body: Body, term: Term | None, day: date, rules: Procedure, **people: Any
) -> roll.Roll[int]:
    try:
        return roll.resolve(
            seats_on(held, body, term, day),
            rules,
            reserves=_reserves_on(held, term, day),
            **people,
        )
    except LawError as failure:
        raise Refused("roll_unclear", names=parameter_name(str(failure.facts["name"]))) from failure


def _present(held: Session, meeting_id: int | None, at: datetime | None = None) -> Sequence[int]:
    """Who is at a meeting now, or was there at a moment."""
    there = select(Attendance.member_id).where(Attendance.meeting_id == meeting_id)
    stays = col(Attendance.left_at).is_(None)
    if at is None:
        return held.exec(there.where(stays)).all()
    is_after = or_(stays, col(Attendance.left_at) > at)
    return held.exec(there.where(Attendance.arrived_at <= at, is_after)).all()


def declared_absent(held: Session, round_: Round) -> Sequence[int]:
    """Who said beforehand not to take part in a vote over days."""
    found = select(DeclaredAbsence.member_id).where(DeclaredAbsence.round_id == round_.id)
    return held.exec(found).all()


def seats_on(held: Session, body: Body, term: Term | None, day: date) -> list[roll.Seat[int]]:
    """The seats of a body with who holds them on a day, as the rules want them."""
    if not votes_by_ballot(body):
        raise Refused("no_ballots")
    return [
        roll.Seat(
            place.seat.id,
            place.seat.segment,  # type: ignore[arg-type]
            tuple(member.id for _, member in place.holders),
            tuple(member.id for _, member in place.deputies),
        )
        for place in places_on(held, body, term, day)
    ]


def _reserves_on(held: Session, term: Term | None, day: date) -> list[roll.Reserve[int]]:
    """Who stands on the reserve list on a day, as the rules want it."""
    if term is None:
        return []
    return [
        roll.Reserve(place.rank, member.id, place.segment)  # type: ignore[arg-type]
        for place, member in reserves_on(held, term, day)
    ]


def announced(held: Session, question: Question) -> dict[str, Any]:
    """The figures said before the ballot, for the roll as it stands."""
    round_ = held.get_one(Round, question.round_id)
    rules = rules_of_procedure.procedure(held, round_, question.matter)
    return figures(resolve(held, question).facts, rules, question)


def figures(
    facts: roll.RollFacts, rules: Procedure, question: Question | None = None
) -> dict[str, Any]:
    """The numbers that pages and the log show of a roll; no names, ready to be frozen.

    A choice between options asks for no number of yes votes.
    """
    said = outcome.announce(facts, rules)
    majority = None if question and question.is_choice else said.majority
    return {
        **asdict(facts),
        "entitled": facts.entitled,
        "stand_ins": facts.stand_ins,
        "deputy_mode": rules.parameters.get("deputy.mode"),
        "present": facts.entitled + facts.recused,
        "quorum_rule": rules.choice("quorum.rule"),
        "quorum_base": said.quorum.base,
        "quorum_need": said.quorum.need,
        "quorum_have": said.quorum.have,
        "quorate": said.quorum.is_met,
        "majority": rules.majority_rule,
        "base": majority.counted if majority else rules.choice("majority.base"),
        "base_count": majority.base if majority else 0,
        "required_yes": majority.required if majority else None,
        "resident_majority": rules.choice("resident_majority"),
        "minimum": rules.parameters.get("ballot.min_turnout"),
        "small_roll": rules.parameters.get("small_roll.effect"),
    }


def facts_of(numbers: dict[str, Any]) -> roll.RollFacts:
    """The facts behind frozen figures, for the rules to judge by."""
    return roll.RollFacts(**{each.name: numbers[each.name] for each in fields(roll.RollFacts)})


def credentials(held: Session, round_: Round) -> dict[int, str]:
    """The points of the voting keys by member, in the round's group: of who uses an own phone."""
    keys = held.exec(
        select(VotingKey)
        .where(VotingKey.term_id == round_.term_id, VotingKey.group == round_.group)
        .where(col(VotingKey.member_id).not_in(_on_paper(round_)))
    )
    return {key.member_id: key.point for key in keys}


def _on_paper(round_: Round) -> SelectOfScalar[int]:
    return select(PaperVoter.member_id).where(PaperVoter.round_id == round_.id)


def without_key(held: Session, round_: Round) -> list[Member]:
    """Who is on a roll of this round and has no voting key in its group yet."""
    questions = held.exec(select(Question).where(Question.round_id == round_.id)).all()
    voters = {entry.member for each in questions for entry in resolve(held, each).entries}
    on_paper = held.exec(_on_paper(round_)).all()
    missing = voters - credentials(held, round_).keys() - set(on_paper)
    return list(held.exec(select(Member).where(col(Member.id).in_(missing)).order_by(Member.name)))
