"""The list of what a member can still decide, has done, and what is to come."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select, union

from app import attendance, subject
from app.body import term_ids_of
from app.booth.entitlement import Entitlement, entitlements, listed
from app.booth.receipt import last_receipt
from app.booth.round_page import is_over
from app.models import Attendance, Body, EveningKey, Meeting, Member, Question, Round, Term
from app.round import count_key, releasing
from app.subject import Subject

LONGEST_PAST = 20


class Entry(NamedTuple):
    """A round in the list; `receipt` is the id of the ballots that count."""

    round: Round
    body: Body
    questions: list[tuple[Question, Subject]]
    entitlements: Mapping[str, Entitlement]
    receipt: str | None

    @property
    def may_vote(self) -> bool:
        return any(each.may_vote for each in self.entitlements.values())

    @property
    def reasons(self) -> set[str]:
        return {each.reason for each in self.entitlements.values() if each.reason}


class Counting(NamedTuple):
    """A meeting at which people count; `is_asked` when a sum waits for this member's key."""

    meeting: Meeting
    holds_key: bool
    is_asked: bool


class UpForVote(NamedTuple):
    """The three parts of the list."""

    now: list[Entry]
    done: list[Entry]
    to_come: list[Entry]


def up_for_vote(held: Session, member: Member, now: datetime) -> UpForVote:
    """Everything that concerns this member, the next end first."""
    found = [_entry(held, member, *row) for row in _rounds(held, member)]
    entries = [each for each in found if each.questions]
    running = [
        each for each in entries if each.round.state == "open" and not is_over(each.round, now)
    ]
    return UpForVote(
        now=[each for each in running if each.receipt is None],
        done=[each for each in entries if each.receipt is not None],
        to_come=[each for each in entries if each.round.state == "announced"],
    )


def next_open(held: Session, member: Member, now: datetime, but: Round | None = None) -> str | None:
    """The id of a round in which this member still can vote and has not."""
    for each in up_for_vote(held, member, now).now:
        if each.may_vote and (but is None or each.round.id != but.id):
            return each.round.id
    return None


def next_meeting(held: Session, member: Member, now: datetime) -> Meeting | None:
    """The next meeting of a body in which the member holds a seat or may stand in."""
    return held.exec(
        select(Meeting)
        .join(Term, col(Term.body_id) == Meeting.body_id)
        .where(col(Term.id).in_(term_ids_of(member)), Meeting.starts_at > now)
        .order_by(col(Meeting.starts_at))
    ).first()


def counting_at(held: Session, member: Member, now: datetime) -> Counting | None:
    """The meeting of today at which people count; first one that waits for this member."""
    attended = select(Attendance.meeting_id).where(Attendance.member_id == member.id)
    made_keys = select(EveningKey.meeting_id).where(EveningKey.member_id == member.id)
    own = held.exec(
        select(Meeting)
        .where(col(Meeting.id).in_(union(attended, made_keys)))
        .where(col(Meeting.state).not_in(("closed", "cancelled")))
        .order_by(col(Meeting.starts_at).desc())
    )
    running = [each for each in own if not attendance.is_over(each, now)]
    found = [each for each in (_counting(held, one, member) for one in running) if each]
    return max(found, key=lambda each: each.is_asked, default=None)


def _counting(held: Session, meeting: Meeting, member: Member) -> Counting | None:
    """Who has left still counts what waits for them."""
    has_made = count_key.has_made(held, meeting, member)
    is_asked = has_made and releasing.is_asked(held, meeting, member)
    is_there = member.id in attendance.present_at(held, meeting)
    if is_asked or (is_there and count_key.is_evening(held, meeting.body_id)):
        return Counting(meeting, member in count_key.holders(held, meeting.id), is_asked)
    return None


def _rounds(held: Session, member: Member) -> list[tuple[Round, Body]]:
    """Rounds of the member's own terms."""
    terms = term_ids_of(member)
    return list(
        held.exec(
            select(Round, Body)
            .join(Body, col(Body.id) == Round.body_id)
            .where(Round.area_id == member.area_id, col(Round.term_id).in_(terms))
            .where(col(Round.state).in_(["announced", "open", "closed"]))
            .order_by(col(Round.created_at).desc())
            .limit(LONGEST_PAST)
        )
    )


def _entry(held: Session, member: Member, round_: Round, body: Body) -> Entry:
    questions = listed(held, round_)
    subjects = subject.of_all(held, questions)
    return Entry(
        round=round_,
        body=body,
        questions=[(each, subjects[each.id]) for each in questions],
        entitlements=entitlements(held, round_, questions, member.id),
        receipt=last_receipt(held, round_, member.id) if round_.opened_at else None,
    )
