"""The demo is loaded into an empty database and kept alive: one round of it is always open."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, inspect
from sqlmodel import Session, col, select

from app import db
from app.demo import casting, content, jury, keychain, meeting, past, people
from app.demo.proposing import propose
from app.models import Area, Installation, Meeting, Proposal, Question, Round
from app.round import opening

MINUTE = timedelta(minutes=1)
UNTIL_NEXT = timedelta(weeks=4)


class NotDemo(Exception):
    """The demo cannot be shown here; the sentence says why."""


def ensure() -> None:
    """Load the demo if the database is empty, open a round of it if none is open.

    Raise NotDemo where it does not belong, having changed nothing, and Refused where rules that a
    visitor changed keep the next round from opening.
    """
    require_possible()
    if not is_empty() and not is_loaded():
        raise NotDemo(
            _("In dieser Datenbank liegen andere Daten. Die Demo braucht eine eigene, leere.")
        )
    with db.acting() as held:
        now = db.clock(held)
        if held.get(Installation, 1) is None:
            held.add(Installation(is_demo=True, created_at=now))
            people.settle(held, now)
    require_cards()
    for told in content.rounds()["decided"]:
        past.tell(told, now)
    jury.tell(now)
    with db.acting() as held:
        _keep_open(held, now)
        jury.lay_table(held, now)


def require_possible() -> None:
    """Refuse a site that others can reach and a database without tables."""
    settings = current_app.extensions["settings"]
    if not settings.is_loopback:
        raise NotDemo(
            _(
                "Die Demo gibt es nur auf dem eigenen Rechner. PUBLIC_URL ist %(url)s.",
                url=settings.public_url,
            )
        )
    if not inspect(current_app.extensions["engine"]).has_table("installation"):
        raise NotDemo(_("Die Datenbank hat noch keine Tabellen. Erst: flask --app wsgi migrate"))


def require_cards() -> None:
    """Refuse to go on without the secrets of the invented members."""
    if not keychain.file().exists():
        raise NotDemo(
            _(
                "Die Karten der Demo fehlen: %(file)s. Sie liegen im Ordner INSTANCE, mit dem die"
                " Demo geladen wurde.",
                file=keychain.file(),
            )
        )


def is_empty() -> bool:
    """Whether nobody has stored anything yet."""
    with db.reading() as held:
        return held.get(Installation, 1) is None and held.exec(select(Area.id)).first() is None


def is_loaded() -> bool:
    """Whether this database was created by the demo."""
    with db.reading() as held:
        installation = held.get(Installation, 1)
    return installation is not None and installation.is_demo


def _keep_open(held: Session, now: datetime) -> None:
    area = people.area(held)
    is_open = select(Round.id).where(Round.area_id == area.id, Round.state == "open")
    if held.exec(is_open).first():
        return
    told = content.rounds()
    here = meeting.tonight(held, now, told["open"]["absent"])
    if _times_asked(held, told["open"]["questions"]) == 0:
        opened = _open(held, here, told["open"]["questions"], now)
        later = _look_ahead(held, here, told, now)
        lines = meeting.run(held, here, [opened, later])
        meeting.hand_out(held, lines[meeting.BEFORE_VOTES].item, here)
    else:
        seldom = min(told["pool"], key=lambda each: _times_asked(held, each))
        _open(held, here, seldom, now)


def _times_asked(held: Session, questions: list[Mapping[str, Any]]) -> int:
    title = content.proposals()[questions[0]["proposal"]]["title"]
    return held.exec(
        select(func.count())
        .select_from(Question)
        .join(Proposal, col(Proposal.id) == Question.proposal_id)
        .where(Proposal.title == title, Proposal.area_id == people.area(held).id)
    ).one()


def _open(held: Session, here: Meeting, questions: list[Mapping[str, Any]], now: datetime) -> Round:
    round_ = meeting.announce(held, here, questions, now - 5 * MINUTE)
    opening.open_round(held, round_, now - 3 * MINUTE)
    casting.cast_some(held, round_, content.rounds()["open"]["has_voted"])
    return round_


def _look_ahead(held: Session, here: Meeting, told: Mapping[str, Any], now: datetime) -> Round:
    """What is voted on later tonight, the next meeting, and proposals that wait for it."""
    later = meeting.announce(held, here, told["announced"]["questions"], now - 2 * MINUTE)
    meeting.call(held, meeting.tuesday_evening(now + UNTIL_NEXT))
    for key in told["waiting"]:
        propose(held, key, now)
    return later
