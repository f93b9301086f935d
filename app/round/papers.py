"""Papers of a secret round: who votes on paper, which numbers are on a roll, what became of them.

Which number a member has is known nowhere: numbers stand for no seat and in no base.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app import electoral_roll
from app.errors import Refused
from app.models import (
    CredentialPointer,
    Member,
    Paper,
    PaperEnterer,
    PaperNumber,
    PaperReturn,
    PaperVoter,
    Question,
    RollEntry,
    Round,
)

# Fewer papers than this let those who enter them guess who voted how.
FEW = 5


class Papers(NamedTuple):
    """The papers of a question: on its roll, cast, given back without a vote."""

    all: int
    cast: int
    returned: int

    @property
    def out(self) -> int:
        """Handed out, and neither cast nor given back."""
        return self.all - self.cast - self.returned


def voters(held: Session, round_id: str) -> dict[int, str]:
    """Who votes without an own phone, and in which way, by member."""
    found = select(PaperVoter).where(PaperVoter.round_id == round_id)
    return {each.member_id: each.way for each in held.exec(found)}


def mark(held: Session, round_: Round, ways: Mapping[int, str]) -> None:
    """Let exactly these members vote on paper or by telephone; possible before the opening only."""
    if round_.state not in ("draft", "announced"):
        raise Refused("papers_fixed")
    for each in held.exec(select(PaperVoter).where(PaperVoter.round_id == round_.id)):
        held.delete(each)
    held.flush()
    held.add_all(
        PaperVoter(area_id=round_.area_id, round_id=round_.id, member_id=member_id, way=way)
        for member_id, way in sorted(ways.items())
    )
    held.flush()


def put_on_roll(held: Session, round_: Round, question: Question) -> None:
    """Give the roll of a question as many numbers as members on it vote on paper."""
    count = len(holders(held, question))
    numbers = held.exec(
        select(PaperNumber)
        .where(PaperNumber.round_id == round_.id)
        .order_by(col(PaperNumber.number))
        .limit(count)
    ).all()
    if len(numbers) < count or (count and len(enterers_of(held, round_.id)) < 2):
        raise Refused("papers_missing")
    held.add_all(
        Paper(
            area_id=question.area_id,
            question_id=question.id,
            number=each.number,
            credential=each.point,
        )
        for each in numbers
    )
    held.flush()


def enterers_of(held: Session, round_id: str) -> Sequence[PaperEnterer]:
    """Who enters the papers of a round: the one who made the numbers, then the second one."""
    found = select(PaperEnterer).where(PaperEnterer.round_id == round_id)
    return held.exec(found.order_by(col(PaperEnterer.place))).all()


def points(held: Session, question_id: str) -> list[str]:
    """The public points of the papers on a question's roll."""
    return list(held.exec(select(Paper.credential).where(Paper.question_id == question_id)))


def standing(held: Session, question_id: str) -> Papers:
    """How many papers of a question there are and what became of them."""
    cast = (
        select(func.count())
        .select_from(Paper)
        .join(
            CredentialPointer,
            (col(CredentialPointer.question_id) == Paper.question_id)
            & (col(CredentialPointer.credential) == Paper.credential),
        )
        .where(Paper.question_id == question_id)
    )
    all_ = select(func.count()).select_from(Paper).where(Paper.question_id == question_id)
    returned = (
        select(func.count()).select_from(PaperReturn).where(PaperReturn.question_id == question_id)
    )
    return Papers(*(held.exec(query).one() for query in (all_, cast, returned)))


def of_round(held: Session, round_id: str) -> Papers:
    """The papers of all questions of a round together."""
    questions = held.exec(select(Question.id).where(Question.round_id == round_id)).all()
    each = [standing(held, question_id) for question_id in questions]
    return (
        Papers(*(sum(figures) for figures in zip(*each, strict=True))) if each else Papers(0, 0, 0)
    )


def give_back(held: Session, question: Question, member_id: int) -> None:
    """A member gives the paper back without a vote, as two persons agreed; the round is locked."""
    require_returnable(held, question, member_id)
    held.add(PaperReturn(area_id=question.area_id, question_id=question.id, member_id=member_id))
    held.flush()


def require_returnable(held: Session, question: Question, member_id: int | None) -> None:
    """Refuse where the member has no paper of this open question, or none is out any more."""
    if held.get_one(Round, question.round_id).state != "open":
        raise Refused("closed")
    if member_id not in {member.id for _entry, member in holders(held, question)}:
        raise Refused("paper_unknown")
    if standing(held, question.id).out < 1 or member_id in returned(held, question.id):
        raise Refused("paper_used")


def holders(held: Session, question: Question) -> list[tuple[RollEntry, Member]]:
    """Who is on the roll of a question with a paper, by name."""
    return list(
        held.exec(
            select(RollEntry, Member)
            .join(Member, col(Member.id) == RollEntry.member_id)
            .join(
                PaperVoter,
                (col(PaperVoter.member_id) == RollEntry.member_id)
                & (col(PaperVoter.round_id) == question.round_id),
            )
            .where(RollEntry.question_id == question.id)
            .order_by(col(Member.name), col(Member.id))
        )
    )


def returned(held: Session, question_id: str) -> set[int]:
    """Who gave the paper of a question back without a vote."""
    found = select(PaperReturn.member_id).where(PaperReturn.question_id == question_id)
    return set(held.exec(found))


def needed(held: Session, round_: Round, question: Question, marked: Collection[int]) -> int:
    """How many papers a question needs: for each marked member who is on its roll."""
    if round_.opened_at is not None:
        return standing(held, question.id).all
    entries = electoral_roll.resolve(held, question).entries
    return len({each.member for each in entries} & set(marked))


def are_missing(held: Session, round_: Round) -> bool:
    """Whether members are marked for paper before two persons made enough numbers for them."""
    marked = voters(held, round_.id)
    if round_.opened_at is not None or not marked:
        return False
    asked = held.exec(
        select(Question).where(Question.round_id == round_.id, Question.state == "listed")
    ).all()
    count = max((needed(held, round_, each, marked) for each in asked), default=0)
    numbers = select(func.count()).select_from(PaperNumber)
    made = held.exec(numbers.where(PaperNumber.round_id == round_.id)).one()
    return made < count or (count > 0 and len(enterers_of(held, round_.id)) < 2)


def cast_by_segment(held: Session, question: Question) -> dict[str, int]:
    """How many papers of which group were cast; where some are still out, as few residents
    as there may have been."""
    cast = standing(held, question.id).cast
    gone = returned(held, question.id)
    segments = [
        entry.segment for entry, _ in holders(held, question) if entry.member_id not in gone
    ]
    partners = min(cast, segments.count("partner"))
    return {"resident": cast - partners, "partner": partners}


def shown_share(count: int, cast: int) -> int | None:
    """How many voted on paper, where neither these nor the others are too few to be said."""
    return count if count >= FEW and cast - count >= FEW else None
