"""A mark that changes with everything the hall shows; sixty screens may ask for it all evening.

One query of bare counts and times. Nothing in it depends on what anybody voted.
"""

from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, select
from sqlalchemy.sql.selectable import ScalarSelect

from app import db
from app.models import Meeting

_tables = Meeting.metadata.tables
_meeting, _attendance = _tables["meeting"].c, _tables["attendance"].c
_item, _round = _tables["agenda_item"].c, _tables["round"].c
_question, _recusal = _tables["question"].c, _tables["recusal"].c
_pointer, _amendment = _tables["credential_pointer"].c, _tables["amendment"].c
_board = _tables["board"].c
_ID: BindParameter[int] = bindparam("meeting_id")


def _present(what: Any) -> ScalarSelect[Any]:
    return select(what).where(_attendance.meeting_id == _ID).scalar_subquery()


def _agenda(what: Any) -> ScalarSelect[Any]:
    return select(what).where(_item.meeting_id == _ID).scalar_subquery()


def _rounds(what: Any) -> ScalarSelect[Any]:
    return select(what).where(_round.meeting_id == _ID).scalar_subquery()


def _questions(what: Any, table: str, key: Any) -> ScalarSelect[Any]:
    joined = select(what).select_from(_tables[table]).join(_tables["question"], _question.id == key)
    joined = joined.join(_tables["round"], _round.id == _question.round_id)
    return joined.where(_round.meeting_id == _ID).scalar_subquery()


_states = (
    select(func.aggregate_strings(_question.state, " "))
    .select_from(_tables["question"])
    .join(_tables["round"], _round.id == _question.round_id)
    .where(_round.meeting_id == _ID)
    .scalar_subquery()
)
# Built once: this is asked every two seconds by every screen.
_MARK = select(
    _meeting.hall_key,
    *(_meeting[name] for name in ("state", "starts_at", "place", "began_at", "closed_at")),
    _meeting.table_shown_at,
    _present(func.count()),
    _present(func.count(_attendance.left_at)),
    *(_agenda(func.max(_item[name])) for name in ("began_at", "ended_at", "title")),
    _agenda(func.count(_item.began_at)),
    _agenda(func.count(_item.ended_at)),
    _rounds(func.aggregate_strings(_round.state, " ")),
    *(
        _rounds(func.max(_round[f"{name}_at"]))
        for name in ("announced", "opened", "closes", "last_call", "closed", "shown")
    ),
    _states,
    select(func.max(_amendment.changed_at)).where(_amendment.meeting_id == _ID).scalar_subquery(),
    _questions(func.count(), "recusal", _recusal.question_id),
    _questions(func.count(), "credential_pointer", _pointer.question_id),
    _questions(func.sum(_board.height), "board", _board.question_id),
).where(_meeting.id == _ID)


def read(meeting_id: int) -> Row[Any] | None:
    """The mark of a meeting, its secret first; None where there is no such meeting."""
    return db.look_up(_MARK, meeting_id=meeting_id)
