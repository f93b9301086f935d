"""What runs in an area as one word: it changes when a vote is announced, opens or closes.

It is the same for everybody and costs one query; sixty phones ask for it every two seconds.
"""

import hashlib

from sqlalchemy import BindParameter, and_, bindparam, func, select

from app import db
from app.models import Round

_tables = Round.metadata.tables
_area, _round = _tables["area"].c, _tables["round"].c
_SLUG: BindParameter[str] = bindparam("slug")
# Built once. The area is there also while no vote is.
_MARK = (
    select(
        _area.id,
        func.aggregate_strings(_round.id + _round.state, " ").label("rounds"),
        func.count(_round.last_call_at).label("last_calls"),
        func.max(_round.closes_at).label("end"),
    )
    .select_from(_tables["area"])
    .outerjoin(
        _tables["round"],
        and_(_round.area_id == _area.id, _round.state.in_(("announced", "open"))),
    )
    .where(_area.slug == _SLUG)
    .group_by(_area.id)
)


def read(slug: str) -> str | None:
    """The mark of an area; None where there is no such area. Nothing in it depends on a choice."""
    found = db.look_up(_MARK, slug=slug)
    if found is None:
        return None
    rounds = sorted((found.rounds or "").split())
    return hashlib.sha256(repr((rounds, found.last_calls, found.end)).encode()).hexdigest()[:16]
