"""Rounds as lists show them: where each stands and what it asks about."""

from collections.abc import Iterable

from sqlmodel import Session

from app import subject
from app.models import Round
from app.round.preparing import questions_of
from app.round.progress import progress


def entries(held: Session, rounds: Iterable[Round]) -> list[tuple[Round, str, list[str]]]:
    """Rounds with the step each stands at and the titles of its questions."""
    return [(each, *_contents(held, each)) for each in rounds]


def _contents(held: Session, round_: Round) -> tuple[str, list[str]]:
    questions = questions_of(held, round_)
    subjects = subject.of_all(held, questions)
    return progress(round_, questions), [subjects[each.id].title for each in questions]
