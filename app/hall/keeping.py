"""The page of the hall is made when something has changed, and kept until then."""

from time import monotonic
from typing import Any, NamedTuple

from flask import current_app, render_template
from flask_babel import lazy_gettext
from sqlalchemy import Row
from werkzeug.http import generate_etag

from app import db, language
from app.hall import stage
from app.hall.facts import Facts
from app.hall.second import here, offered, translator
from app.models import Body, Meeting

# What the mark does not see, such as another roster, shows after this time.
SECONDS = 10
MOST = 32
Place = tuple[int, str, str]


class Kept(NamedTuple):
    """A page, what it was made from and until when it is believed."""

    mark: Row[Any]
    until: float
    tag: str
    html: str


def page(meeting_id: int, second: str, mark: Row[Any]) -> Kept:
    """The page of a meeting with this mark, in the visitor's language and a second one."""
    second = second if second in offered() else ""
    place = (meeting_id, language.current(), second)
    kept: dict[Place, Kept] = current_app.extensions.setdefault("hall", {})
    found = kept.get(place)
    if found is None or found.mark != mark or found.until < monotonic():
        found = _make(meeting_id, second, mark)
        _keep(kept, place, found)
    return found


def _make(meeting_id: int, second: str, mark: Row[Any]) -> Kept:
    held = db.session()
    meeting = held.get_one(Meeting, meeting_id)
    shown = stage.find(held, meeting, db.clock(held))
    html = render_template(
        "hall/page.html",
        meeting=meeting,
        body=held.get_one(Body, meeting.body_id),
        shown=shown,
        second=second,
        here=here,
        other=translator(second),
        lazy_gettext=lazy_gettext,
        facts=Facts(held, meeting, shown),
    )
    return Kept(mark, monotonic() + SECONDS, generate_etag(html.encode()), html)


def _keep(kept: dict[Place, Kept], place: Place, made: Kept) -> None:
    kept.pop(place, None)
    while len(kept) >= MOST:
        kept.pop(next(iter(kept)), None)
    kept[place] = made
