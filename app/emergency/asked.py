"""What a meeting is going to vote on, as far as its agenda and its rounds know."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from sqlmodel import Session, col, select

from app import agenda, subject, wording
from app.language import DEFAULT
from app.models import AgendaItem, Meeting, Proposal, Question, Round, RulesOfProcedure
from app.round.preparing import questions_of
from app.subject import Subject
from voting.rules.parameter import Matter

# A round that was closed or broken off needs no paper any more.
BEFORE_ITS_END = ("draft", "announced", "open")


class Asked(NamedTuple):
    """A question to print: its title, and its words in each language they exist in."""

    title: str
    wording: dict[str, str]
    matter: Matter


def at(held: Session, meeting: Meeting) -> list[Asked]:
    """The questions of the agenda in its order, then those of other rounds."""
    rounds = _rounds(held, meeting)
    items = [each for each in agenda.items_of(held, meeting) if each.kind == "vote"]
    found = [asked for item in items for asked in _of_item(held, item, rounds)]
    listed = {item.id for item in items}
    others = [each for each in rounds if each.agenda_item_id not in listed]
    return found + [asked for each in others for asked in _of_round(held, each)]


def without_papers(held: Session, meeting: Meeting) -> list[str]:
    """The titles of questions with own answers: by hand only yes and no are counted."""
    questions = [each for round_ in _rounds(held, meeting) for each in _listed(held, round_)]
    chosen = [each for each in questions if each.is_choice]
    subjects = subject.of_all(held, chosen)
    return [subjects[each.id].title for each in chosen]


def _rounds(held: Session, meeting: Meeting) -> Sequence[Round]:
    return held.exec(
        select(Round)
        .where(Round.meeting_id == meeting.id, col(Round.state).in_(BEFORE_ITS_END))
        .where(col(Round.is_practice).is_(False), col(Round.is_poll).is_(False))
        .order_by(col(Round.created_at), col(Round.id))
    ).all()


def _of_item(held: Session, item: AgendaItem, rounds: Sequence[Round]) -> Iterator[Asked]:
    own = [each for each in rounds if each.agenda_item_id == item.id]
    for round_ in own:
        yield from _of_round(held, round_)
    if not own:
        yield _unprepared(held, item)


def _of_round(held: Session, round_: Round) -> Iterator[Asked]:
    questions = [each for each in _listed(held, round_) if not each.is_choice]
    subjects = subject.of_all(held, questions)
    for question in questions:
        yield _of_question(question, subjects[question.id])


def _listed(held: Session, round_: Round) -> list[Question]:
    return [each for each in questions_of(held, round_) if each.state == "listed"]


def _of_question(question: Question, about: Subject) -> Asked:
    matter = cast("Matter", question.matter)
    return Asked(about.title, question.wording or {DEFAULT: about.title}, matter)


def _unprepared(held: Session, item: AgendaItem) -> Asked:
    """A point of which no round was made yet; without a subject its title is the question."""
    if item.proposal_id:
        about = subject.of_proposal(held.get_one(Proposal, item.proposal_id))
        return Asked(about.title, wording.of(about), "funding")
    if item.rules_id:
        about = subject.of_rules(held, held.get_one(RulesOfProcedure, item.rules_id))
        return Asked(about.title, wording.of(about), "other")
    return Asked(item.title, {DEFAULT: item.title}, "other")
