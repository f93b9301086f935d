""" "Nachrichten": what a member was told by mail, or would have been, read from what happened."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app.models import (
    Body,
    Decision,
    Meeting,
    MeetingInvitation,
    Member,
    Objection,
    Officer,
    RollEntry,
)
from app.text import outcome_phrase, short_day

MOST = 50
NEWEST = 3


class Notice(NamedTuple):
    """What happened when, in a sentence, and the page that says more."""

    at: datetime
    said: str
    title: str
    address: str


def of(held: Session, member: Member) -> list[Notice]:
    """The newest first: invitations, and what became of votes the member was entitled to."""
    found = [*_of_decisions(held, member), *_of_meetings(held, member)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def newest(held: Session, person: Member | Officer) -> list[Notice]:
    """The last few for the account's first page; officers have their desk."""
    return of(held, person)[:NEWEST] if isinstance(person, Member) else []


def _of_decisions(held: Session, member: Member) -> Iterator[Notice]:
    mine = select(RollEntry.question_id).where(RollEntry.member_id == member.id)
    decisions = held.exec(
        select(Decision)
        .where(Decision.area_id == member.area_id, col(Decision.question_id).in_(mine))
        .order_by(col(Decision.published_at).desc())
        .limit(MOST)
    ).all()
    for each in decisions:
        phrase = outcome_phrase(each.page["outcome"])
        yield _about(each, each.published_at, _("Das Ergebnis ist da: %(outcome)s", outcome=phrase))
        if each.annulled_at:
            yield _about(each, each.annulled_at, _("Die Entscheidung ist aufgehoben"))
    yield from _of_objections(held, decisions)


def _of_objections(held: Session, decisions: Sequence[Decision]) -> Iterator[Notice]:
    known = {each.id: each for each in decisions}
    for each in held.exec(select(Objection).where(col(Objection.decision_id).in_(known))):
        about = known[each.decision_id]
        yield _about(about, each.made_at, _("Es gibt einen Einwand"))
        if each.answered_at:
            yield _about(about, each.answered_at, _("Der Einwand ist beantwortet"))


def _about(decision: Decision, at: datetime, said: str) -> Notice:
    address = url_for("public.decision", year=decision.year, n=decision.n)
    return Notice(at, said, decision.page["title"], address)


def _of_meetings(held: Session, member: Member) -> Iterator[Notice]:
    rows = held.exec(
        select(MeetingInvitation, Meeting, Body)
        .join(Meeting, col(Meeting.id) == MeetingInvitation.meeting_id)
        .join(Body, col(Body.id) == Meeting.body_id)
        .where(MeetingInvitation.member_id == member.id)
        .order_by(col(MeetingInvitation.sent_at).desc())
        .limit(MOST)
    )
    for invited, meeting, body in rows:
        day = short_day(meeting.starts_at)
        if meeting.cancelled_at:
            at, said = meeting.cancelled_at, _("Die Sitzung am %(day)s ist abgesagt", day=day)
        elif invited.sent_at > invited.invited_at:
            at, said = invited.sent_at, _("Zur Sitzung am %(day)s hat sich etwas geändert", day=day)
        else:
            at, said = invited.invited_at, _("Einladung zur Sitzung am %(day)s", day=day)
        yield Notice(at, said, body.name, url_for("meeting.shown", meeting_id=meeting.id))
