"""The agenda that most meetings have, offered while there is none."""

from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import agenda
from app.coming_meeting import last_before
from app.errors import Refused
from app.meeting import ordering
from app.models import AgendaItem, Meeting, Proposal
from app.text import minutes_title

WELCOME, LAST_MINUTES, PROPOSAL, REST = 5, 5, 15, 10


def fill(held: Session, meeting: Meeting) -> None:
    """Welcome, the last minutes, a vote on every proposal that waits, and the rest."""
    if agenda.items_of(held, meeting):
        raise Refused("already_done")
    _add(held, meeting, "information", _("Begrüßung und Beschlussfähigkeit"), WELCOME)
    if before := last_before(held, meeting):
        title = minutes_title(before.starts_at)
        _add(held, meeting, "minutes", title, LAST_MINUTES, approves_meeting_id=before.id)
    for proposal in waiting(held, meeting):
        title = proposal_title(proposal)
        _add(held, meeting, "vote", title, PROPOSAL, proposal_id=proposal.id)
    _add(held, meeting, "discussion", _("Verschiedenes"), REST)


def proposal_title(proposal: Proposal) -> str:
    return _("Antrag %(number)s: %(title)s", number=proposal.number, title=proposal.title)


def waiting(held: Session, meeting: Meeting) -> list[Proposal]:
    """The proposals that the body of this meeting can vote on."""
    found = held.exec(
        select(Proposal)
        .where(Proposal.body_id == meeting.body_id, Proposal.state == "admitted")
        .order_by(col(Proposal.year), col(Proposal.n))
    )
    return list(found)


def _add(
    held: Session, meeting: Meeting, kind: str, title: str, minutes: int, **about: Any
) -> None:
    item = AgendaItem(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        position=0,
        kind=kind,
        title=title,
        length_minutes=minutes,
        **about,
    )
    ordering.add(held, meeting, item)
