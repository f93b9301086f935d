"""The minutes of a meeting as they stand: computed until the body approves them, then frozen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from app import agenda, recusal, rules_of_procedure
from app.body import SEGMENTS
from app.models import (
    AgendaItem,
    Body,
    Meeting,
    Member,
    Minutes,
    MinutesCorrection,
    Officer,
    Question,
    Round,
)
from app.proceedings import presence, votes

Facts = dict[str, Any]
ATTENDANCE, OTHER_VOTES = "attendance", "votes"


class Record(NamedTuple):
    """Facts without names, the names that belong to them, and what was corrected by whom.

    `recused` maps a question to its seats, as far as the rules publish them today.
    """

    meeting: Meeting
    stored: Minutes | None
    facts: Facts
    names: Mapping[int, str]
    recused: Mapping[str, Sequence[Facts]]
    corrections: Sequence[tuple[MinutesCorrection, Officer]]

    @property
    def state(self) -> str:
        return self.stored.state if self.stored else "draft"

    @property
    def version(self) -> int:
        return self.corrections[-1][0].version if self.corrections else 1

    @property
    def sections(self) -> list[str]:
        """The keys of the sections whose words can be corrected."""
        keys = [ATTENDANCE, *(section_of(item["id"]) for item in self.facts["items"])]
        return [*keys, OTHER_VOTES] if self.facts["rounds"] else keys

    @property
    def changed_at(self) -> datetime:
        """When the minutes last became something else."""
        marks = [self.meeting.starts_at, self.meeting.closed_at]
        marks += [each.corrected_at for each, _officer in self.corrections]
        if self.stored:
            marks += [self.stored.approved_at, self.stored.published_at]
        return max(mark for mark in marks if mark)

    def words(self, section: str) -> str:
        """What people wrote into a section."""
        return str(self.facts["words"].get(section, ""))


def section_of(item_id: int) -> str:
    return f"item-{item_id}"


def stored_of(held: Session, meeting: Meeting) -> Minutes | None:
    """What is stored of the minutes; nothing while they are an untouched draft."""
    return held.get(Minutes, meeting.id)


def of(held: Session, meeting: Meeting) -> Record:
    """The minutes as they stand now."""
    stored = stored_of(held, meeting)
    corrections = _corrections(held, meeting)
    facts = stored.content if stored and stored.content else gather(held, meeting, corrections)
    return Record(
        meeting=meeting,
        stored=stored,
        facts=facts,
        names=_names(held, facts),
        recused=_recused(held, facts),
        corrections=corrections,
    )


def gather(
    held: Session,
    meeting: Meeting,
    corrections: Sequence[tuple[MinutesCorrection, Officer]],
) -> Facts:
    """All that the minutes say, from what was frozen, noted and corrected."""
    body = held.get_one(Body, meeting.body_id)
    items = agenda.items_of(held, meeting)
    places = {item.proposal_id: item.id for item in items if item.proposal_id}
    held_rounds = votes.held_at(held, meeting)
    rounds = [part for each in held_rounds for part in votes.by_item(held, each, places)]
    known = {item.id for item in items}
    notes = {section_of(item.id): item.notes for item in items}
    return {
        "body": body.name,
        "place": meeting.place,
        "began_at": _iso(meeting.began_at or meeting.starts_at),
        "closed_at": _iso(meeting.closed_at),
        "segments": list(SEGMENTS[body.kind]),
        "people": presence.people(held, meeting),
        "entered_at": _iso(presence.entered_at(held, meeting)),
        "items": [_item(item, rounds) for item in items],
        "rounds": [each for each in rounds if each["item"] not in known],
        "words": notes | {each.section: each.text for each, _officer in corrections},
    }


def _item(item: AgendaItem, rounds: Sequence[Facts]) -> Facts:
    return {
        "id": item.id,
        "title": item.title,
        "kind": item.kind,
        "began_at": _iso(item.began_at),
        "ended_at": _iso(item.ended_at),
        "rounds": [each for each in rounds if each["item"] == item.id],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def _corrections(held: Session, meeting: Meeting) -> Sequence[tuple[MinutesCorrection, Officer]]:
    return held.exec(
        select(MinutesCorrection, Officer)
        .join(Officer, col(Officer.id) == MinutesCorrection.officer_id)
        .where(MinutesCorrection.meeting_id == meeting.id)
        .order_by(col(MinutesCorrection.version))
    ).all()


def questions_of(facts: Facts) -> list[Facts]:
    """Every question of every round, in the order of the minutes."""
    rounds = [each for item in facts["items"] for each in item["rounds"]] + facts["rounds"]
    return [question for each in rounds for question in each["questions"]]


def _names(held: Session, facts: Facts) -> dict[int, str]:
    """Names as they are today: who was forgotten is a number in old minutes too."""
    questions = questions_of(facts)
    named = [each for told in questions for each in (*told["objections"], *told["answers"])]
    wanted = {each["member"] for each in (*facts["people"], *named)}
    found = held.exec(select(Member).where(col(Member.id).in_(wanted - {None})))
    return {member.id: member.name for member in found}


def _recused(held: Session, facts: Facts) -> dict[str, list[Facts]]:
    """Seats by question; only consents of today open a name."""
    found = {}
    for told in questions_of(facts):
        question = held.get_one(Question, told["id"])
        if (question.roll_facts or {}).get("recused"):
            rules = rules_of_procedure.procedure(
                held, held.get_one(Round, question.round_id), question.matter
            )
            found[question.id] = recusal.shown(held, question, rules)
    return found
