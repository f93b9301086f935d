"""What each state of the hall screen is made of: numbers and titles, never a name."""

from functools import cached_property
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from app import agenda, attendance, reckoning, rules_of_procedure, subject
from app.hall import picture
from app.hall.stage import Stage
from app.models import AgendaItem, LogEntry, Meeting, Question, Round
from app.reckoning import Table
from app.round import releasing
from app.round.preparing import questions_of
from app.round.standing import standing
from app.round.turnout import turnout
from app.subject import Subject


class Line(NamedTuple):
    """A question with what it is about, its numbers and what keeps it from opening."""

    question: Question
    subject: Subject
    figures: dict[str, Any] | None
    stopped: str | None


class Facts:
    """What the template of a state may ask for; each is found when it is asked for."""

    def __init__(self, held: Session, meeting: Meeting, shown: Stage) -> None:
        self._held, self._meeting, self._shown = held, meeting, shown

    @cached_property
    def lines(self) -> list[Line]:
        return _lines(self._held, self._shown.round) if self._shown.round else []

    @cached_property
    def cast(self) -> int | None:
        return turnout(self._held, self._shown.round).cast if self._shown.round else None

    @cached_property
    def releases(self) -> tuple[int, int] | None:
        """How many holders of a key have done their part, of how many that the count needs."""
        holders = releasing.holders(self._held, self._shown.round) if self._shown.round else []
        if self._shown.round is None or not holders:
            return None
        there = sum(each.has_released for each in holders)
        return there, releasing.needed(self._shown.round, holders)

    @cached_property
    def standing(self) -> dict[str, Any] | None:
        return attendance.standing(self._held, self._meeting)

    @property
    def arrive_code(self) -> str:
        return picture.code(picture.arriving_address(self._meeting))

    @property
    def vote_code(self) -> str | None:
        round_ = self._shown.round
        return picture.code(picture.voting_address(round_)) if round_ else None

    @cached_property
    def table(self) -> Table | None:
        """The applications: when the desk shows them, and while an item is about all of them."""
        if self._shown.name == "table":
            return reckoning.table(self._held, self._meeting, self._shown.since)
        item = self._shown.item
        if self._shown.round or item is None or not agenda.is_free_vote(item):
            return None
        lying = reckoning.table(self._held, self._meeting, self._shown.since)
        return lying if lying and lying.on_table else None

    @property
    def rules_version(self) -> int | None:
        if self._shown.round is None:
            return None
        return rules_of_procedure.frozen_version(self._held, self._shown.round)

    @cached_property
    def newest_entry(self) -> LogEntry | None:
        """The last entry of the log."""
        area_id = self._meeting.area_id
        newest = select(func.max(LogEntry.seq)).where(LogEntry.area_id == area_id)
        return self._held.get(LogEntry, (area_id, self._held.exec(newest).one() or 0))

    @cached_property
    def next_item(self) -> AgendaItem | None:
        coming = select(AgendaItem).where(AgendaItem.meeting_id == self._meeting.id)
        coming = coming.where(col(AgendaItem.began_at).is_(None))
        return self._held.exec(coming.order_by(col(AgendaItem.position))).first()


def _lines(held: Session, round_: Round) -> list[Line]:
    """The questions of a round that were not taken out; all of them before it opens."""
    questions = questions_of(held, round_)
    subjects = subject.of_all(held, questions)
    return [
        Line(each, subjects[each.id], *standing(held, round_, each))
        for each in questions
        if each.state != "taken_out"
    ]
