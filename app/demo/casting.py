"""Invented members cast real encrypted ballots."""

from collections.abc import Collection, Mapping, Sequence
from random import SystemRandom

from sqlmodel import Session, col, select

from app.booth.casting import cast
from app.demo import keychain, people
from app.models import Board, CredentialPointer, Question, RollEntry, Round
from app.models.round import YES_NO
from app.round.preparing import questions_of

random = SystemRandom()


def voters(held: Session, question: Question) -> list[str]:
    """Who may vote on a question with the voting key of their own phone, in order of the seats."""
    points = set(
        held.exec(select(RollEntry.credential).where(RollEntry.question_id == question.id))
    )
    return [key for key, owner in keychain.read().items() if owner.phone.point in points]


def have_cast(held: Session, round_: Round) -> set[str]:
    """Who of them has cast in this round."""
    points = set(
        held.exec(
            select(CredentialPointer.credential)
            .join(Question, col(Question.id) == CredentialPointer.question_id)
            .where(Question.round_id == round_.id)
        )
    )
    return {key for key, owner in keychain.read().items() if owner.phone.point in points}


def cast_as_told(held: Session, round_: Round, votes: Sequence[Mapping[str, int]]) -> None:
    """Everybody casts, so that each question gets its number of yes, no and abstentions."""
    answers: dict[str, dict[str, str]] = {}
    for question, told in zip(questions_of(held, round_), votes, strict=True):
        dealt = [choice for choice in YES_NO for _each in range(told[choice])]
        random.shuffle(dealt)
        for key, choice in zip(voters(held, question), dealt, strict=True):
            answers.setdefault(key, {})[question.id] = choice
    _cast(held, round_, answers)


def cast_some(held: Session, round_: Round, keys: Collection[str]) -> None:
    """Some cast anything."""
    answers: dict[str, dict[str, str]] = {}
    for question in questions_of(held, round_):
        if question.state == "listed":
            for key in voters(held, question):
                if key in keys:
                    answers.setdefault(key, {})[question.id] = random.choice(question.answers)
    _cast(held, round_, answers)


def _cast(held: Session, round_: Round, answers: Mapping[str, Mapping[str, str]]) -> None:
    owners, members = keychain.read(), people.members(held)
    for key in random.sample(list(answers), len(answers)):
        filled = {
            held.get_one(Board, question_id).election: choice
            for question_id, choice in answers[key].items()
        }
        cast(members[key], round_.id, owners[key].phone.fill_in(filled))
