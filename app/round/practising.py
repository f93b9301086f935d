"""A practice round: a harmless question for everybody who holds a seat; nothing follows."""

from datetime import datetime

from flask_babel import gettext
from sqlmodel import Session, col, select

from app import electoral_roll, rules_of_procedure, subject, wording
from app.errors import Refused
from app.models import Body, Meeting, Question, Round
from app.round import opening, preparing


def practise(held: Session, body: Body, meeting: Meeting | None, now: datetime) -> Round:
    """Open a practice round, or find the one that runs; it needs no rules and reaches no log.

    The caller has locked the body.
    """
    if running := _running(held, body):
        return running
    asked = subject.of_free(
        wording.in_languages(lambda: gettext("Proberunde")),
        wording.in_languages(lambda: gettext("Soll es in der Pause Kuchen geben?")),
    )
    kind = {"is_practice": True, "mode": "meeting", "secrecy": "secret"}
    round_ = preparing.draft(held, body, meeting, [asked], now, **kind)
    question = preparing.questions_of(held, round_)[0]
    round_.state, round_.announced_at, round_.opened_at = "open", now, now
    if not opening.freeze(held, round_, question) or not _has_keys(held, round_, question):
        raise Refused("nobody_practises")
    opening.set_up(held, round_, rules_of_procedure.PRACTICE, question, now)
    return round_


def _running(held: Session, body: Body) -> Round | None:
    found = select(Round).where(Round.body_id == body.id, Round.state == "open")
    return held.exec(found.where(col(Round.is_practice).is_(True))).first()


def _has_keys(held: Session, round_: Round, question: Question) -> bool:
    """Whether enough people could vote at all."""
    voters = {entry.member for entry in electoral_roll.resolve(held, question).entries}
    least = rules_of_procedure.PRACTICE["ballot.min_turnout"]
    return len(voters & electoral_roll.credentials(held, round_).keys()) >= least
