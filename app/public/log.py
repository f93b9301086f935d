"""The decision log of an area: its entries with the texts beside them, and all of it as a file."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Response, abort, request
from sqlmodel import Session, col, select

from app import db, log_text, row_id
from app.models import Area, LogEntry, LogText
from app.policy import Action, requires
from app.public import area as areas
from app.public.page import download, page
from app.public.routes import blueprint
from voting.log.kind import TYPED

AT_ONCE = 50


class Shown(NamedTuple):
    """One entry for a reader: what it says, as it stands, and the texts beside it.

    `typed` is what stands in entries from before there were texts beside them.
    """

    seq: int
    kind: str
    at: datetime
    public: dict[str, Any]
    leaf: str
    texts: Sequence[LogText]
    typed: str | None


@blueprint.get("/gebiet/<slug>/register")
@requires(Action.READ_PUBLIC)
def log(slug: str) -> Response:
    held = db.session()
    area = _area(held, slug)
    before = request.args.get("vor", type=row_id.number)
    return page("public/log.html", area=area, entries=_newest(held, area, before))


@blueprint.get("/gebiet/<slug>/register.jsonl")
@requires(Action.READ_PUBLIC)
def log_file(slug: str) -> Response:
    held = db.session()
    area = _area(held, slug)
    content = b"".join(log_text.lines(held, area))
    return download(content, f"register-{area.slug}.jsonl", "application/jsonl")


def _area(held: Session, slug: str) -> Area:
    return areas.find(held, slug) or abort(404)


def _newest(held: Session, area: Area, before: int | None) -> list[Shown]:
    """The newest entries, or those before this number."""
    query = select(LogEntry).where(LogEntry.area_id == area.id)
    if before is not None:
        query = query.where(LogEntry.seq < before)
    found = held.exec(query.order_by(col(LogEntry.seq).desc()).limit(AT_ONCE)).all()
    texts = log_text.of_entries(held, area, [each.seq for each in found])
    return [_shown(each, texts.get(each.seq, [])) for each in found]


def _shown(entry: LogEntry, texts: Sequence[LogText]) -> Shown:
    told = json.loads(entry.leaf)
    at = datetime.fromisoformat(told["at"])
    typed = told["public"].get(TYPED.get(entry.type))
    return Shown(entry.seq, entry.type, at, told["public"], entry.leaf, texts, typed)
