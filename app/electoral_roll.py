"""The electoral roll of a question as roster, attendance and recusals stand now."""

from dataclasses import asdict, fields
from typing import Any

from sqlmodel import Session, col, select

from app import db
from app.body import day_of, places_on
from app.models import (
    Attendance,
    Body,
    Meeting,
    Member,
    Question,
    Recusal,
    Round,
    RulesOfProcedure,
    Term,
    VotingKey,
)
from voting.rules import outcome, parameter, roll
from voting.rules.procedure import Procedure

GROUP = "Ed25519"


def rules_in_force(held: Session, body_id: int) -> RulesOfProcedure | None:
    """The newest adopted version of a body's rules that is valid today."""
    return held.exec(
        select(RulesOfProcedure)
        .where(RulesOfProcedure.body_id == body_id, RulesOfProcedure.state == "adopted")
        .where(col(RulesOfProcedure.valid_from) <= day_of(db.clock(held)))
        .order_by(col(RulesOfProcedure.version).desc())
        .limit(1)
    ).first()


def missing_rules(held: Session, body_id: int) -> list[str]:
    """The names of the parameters without which no round of this body may open."""
    rules = rules_in_force(held, body_id)
    parameters = rules.parameters if rules else {}
    return parameter.missing(parameters, parameter.needed(parameters))


def procedure_of(rules: RulesOfProcedure) -> Procedure:
    return Procedure(rules.parameters, mode="meeting", matter="funding")


def procedure(held: Session, round_: Round) -> Procedure:
    """The rules a round runs under: its frozen version, before opening the one in force."""
    frozen = held.get(RulesOfProcedure, round_.rules_id) if round_.rules_id else None
    rules = frozen or rules_in_force(held, round_.body_id)
    return procedure_of(rules) if rules else Procedure({})


def resolve(held: Session, question: Question) -> roll.Roll[int]:
    """Resolve seats, holders, presence and recusals into one roll."""
    round_ = held.get_one(Round, question.round_id)
    recused = held.exec(select(Recusal.member_id).where(Recusal.question_id == question.id)).all()
    present = held.exec(
        select(Attendance.member_id).where(Attendance.meeting_id == round_.meeting_id)
    ).all()
    meeting = held.get_one(Meeting, round_.meeting_id)
    seats = seats_at(held, meeting, held.get_one(Term, round_.term_id))
    return roll.resolve(seats, procedure(held, round_), present=present, recused=recused)


def seats_at(held: Session, meeting: Meeting, term: Term | None) -> list[roll.Seat[int]]:
    """The seats of a meeting's body with who holds them on its day, as the rules want them."""
    body = held.get_one(Body, meeting.body_id)
    places = places_on(held, body, term, day_of(meeting.starts_at))
    return [
        roll.Seat(
            place.seat.id,
            place.seat.segment,  # type: ignore[arg-type]
            tuple(member.id for _, member in place.holders),
        )
        for place in places
    ]


def announced(held: Session, question: Question) -> dict[str, Any]:
    """The figures said before the ballot, for the roll as it stands."""
    round_ = held.get_one(Round, question.round_id)
    return figures(resolve(held, question).facts, procedure(held, round_))


def figures(facts: roll.RollFacts, rules: Procedure) -> dict[str, Any]:
    """The numbers that pages and the log show of a roll; no names, ready to be frozen."""
    said = outcome.announce(facts, rules)
    majority = said.majority
    return {
        **asdict(facts),
        "entitled": facts.entitled,
        "stand_ins": facts.stand_ins,
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
    }


def facts_of(numbers: dict[str, Any]) -> roll.RollFacts:
    """The facts behind frozen figures, for the rules to judge by."""
    return roll.RollFacts(**{each.name: numbers[each.name] for each in fields(roll.RollFacts)})


def credentials(held: Session, round_: Round) -> dict[int, str]:
    """The points of the voting keys by member: those made before now."""
    keys = held.exec(
        select(VotingKey).where(VotingKey.term_id == round_.term_id, VotingKey.group == GROUP)
    )
    return {key.member_id: key.point for key in keys}


def without_key(held: Session, round_: Round) -> list[Member]:
    """Who is on a roll of this round and has no voting key yet."""
    questions = held.exec(select(Question).where(Question.round_id == round_.id)).all()
    voters = {entry.member for each in questions for entry in resolve(held, each).entries}
    missing = voters - credentials(held, round_).keys()
    return list(held.exec(select(Member).where(col(Member.id).in_(missing)).order_by(Member.name)))
