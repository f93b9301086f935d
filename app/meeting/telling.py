"""Everybody who may come is told: invited, told of a change, told that it is off."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import force_locale
from sqlmodel import Session, col, select

from app import agenda, attendance, calendar_file, language, outbox, rules_of_procedure
from app.body import day_of
from app.errors import Refused
from app.meeting import changing, course, letter
from app.models import Area, Body, Meeting, MeetingInvitation, Member
from voting.rules import deadlines
from voting.rules.procedure import Procedure

RULE = "invite_days"


class Plan(NamedTuple):
    """How many hear by mail and by letter that they are invited, and that something changed."""

    invited: Counter[str]
    changed: Counter[str]


class Deadline(NamedTuple):
    """The last day to invite, and by how many days it is missed today (0 while it is not)."""

    day: date
    late: int


def deadline(held: Session, meeting: Meeting, now: datetime) -> Deadline | None:
    """By when the invitation must go out; None while the rules say nothing about it."""
    rules = rules_of_procedure.in_force(held, meeting.body_id)
    if rules is None or RULE not in rules.parameters:
        return None
    last = deadlines.invitation(day_of(meeting.starts_at), Procedure(rules.parameters))
    said = meeting.invited_at or now
    return Deadline(last, max(0, (day_of(said) - last).days))


def told(held: Session, meeting: Meeting) -> Counter[str]:
    """How many were invited by mail and by letter."""
    found = select(MeetingInvitation.via).where(MeetingInvitation.meeting_id == meeting.id)
    return Counter(held.exec(found))


def newcomers(held: Session, meeting: Meeting) -> list[Member]:
    """Who may come and was not invited yet."""
    known = _invitations(held, meeting)
    return [each for each in attendance.members_at(held, meeting) if each.id not in known]


def invite(held: Session, meeting: Meeting, now: datetime) -> Counter[str]:
    """Invite who was not invited, tell the others what changed; how many by which way."""
    require_ready(meeting)
    known = _invitations(held, meeting)
    if changing.is_untold(meeting):
        _write_to(held, meeting, known, now)
    for member in attendance.members_at(held, meeting):
        if member.id not in known:
            _send(held, meeting, member, _invitation(meeting, member, now), now)
    meeting.state = "invited" if meeting.state == "planned" else meeting.state
    meeting.invited_at = meeting.invited_at or now
    meeting.told_sequence = meeting.sequence
    return told(held, meeting)


def require_ready(meeting: Meeting) -> None:
    """Refuse before the agenda is set, and once the meeting has begun."""
    if meeting.state not in course.BEFORE:
        raise Refused("already_done")
    if meeting.agenda_set_at is None:
        raise Refused("agenda_open")


def plan(held: Session, meeting: Meeting) -> Plan:
    """Whom an invitation would reach now."""
    known = _known(held, meeting) if changing.is_untold(meeting) else []
    return Plan(
        Counter(_way(each) for each in newcomers(held, meeting)),
        Counter(_way(each) for each in known),
    )


def tell(held: Session, meeting: Meeting, now: datetime) -> None:
    """Tell all who were invited how things stand: what changed, or that the meeting is off."""
    _write_to(held, meeting, _invitations(held, meeting), now)
    meeting.told_sequence = meeting.sequence


def _write_to(
    held: Session, meeting: Meeting, known: Mapping[int, MeetingInvitation], now: datetime
) -> None:
    for member in _known(held, meeting):
        _send(held, meeting, member, known[member.id], now)


def _known(held: Session, meeting: Meeting) -> list[Member]:
    """Who was invited and can still be told."""
    members = [held.get_one(Member, each) for each in _invitations(held, meeting)]
    return [each for each in members if each.erased_on is None]


def _way(member: Member) -> str:
    """By mail where there is an address; the others are on the page to print."""
    return "mail" if member.mail else "letter"


def letters(held: Session, meeting: Meeting, now: datetime) -> list[letter.Letter]:
    """What is printed for those without a mail address, as it stands now."""
    found = held.exec(
        select(MeetingInvitation, Member)
        .join(Member, col(Member.id) == MeetingInvitation.member_id)
        .where(MeetingInvitation.meeting_id == meeting.id, MeetingInvitation.via == "letter")
        .where(col(Member.erased_on).is_(None))
        .order_by(Member.name)
    ).all()
    return [_letter(held, meeting, member, invitation, now) for invitation, member in found]


def _invitations(held: Session, meeting: Meeting) -> dict[int, MeetingInvitation]:
    found = select(MeetingInvitation).where(MeetingInvitation.meeting_id == meeting.id)
    return {each.member_id: each for each in held.exec(found)}


def _invitation(meeting: Meeting, member: Member, now: datetime) -> MeetingInvitation:
    return MeetingInvitation(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        member_id=member.id,
        via="letter",
        invited_at=now,
        sent_at=now,
    )


def _send(
    held: Session, meeting: Meeting, member: Member, invitation: MeetingInvitation, now: datetime
) -> None:
    invitation.via, invitation.sent_at = _way(member), now
    held.add(invitation)
    held.flush()
    if not member.mail:
        return
    text = _letter(held, meeting, member, invitation, now)
    entry = calendar_file.entry(held, meeting, is_whole=True)
    with force_locale(language.locale(member.language)):
        file = calendar_file.write([entry], now).decode()
    outbox.send(held, member.mail, text.subject, text.as_mail(), now, calendar=file)


def _letter(
    held: Session, meeting: Meeting, member: Member, invitation: MeetingInvitation, now: datetime
) -> letter.Letter:
    return letter.write(
        letter.kind_of(meeting, is_known=invitation.sent_at > invitation.invited_at),
        meeting,
        held.get_one(Body, meeting.body_id),
        held.get_one(Area, meeting.area_id),
        agenda.lines_of(held, meeting),
        member,
        day_of(now),
    )
