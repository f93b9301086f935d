"""Who was there from when to when, as it is copied from the list on paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app import one_line
from app.body import Person
from app.day_field import Clock
from app.meeting.stay_form import clock_of, moment_of
from app.models import Attendance, Meeting

Stays = Mapping[int, Sequence[Attendance]]


class Row(NamedTuple):
    """The two times of one stay; without a stay they are still empty."""

    person: Person
    stay: Attendance | None
    arrived: Clock
    left: Clock


class Span(NamedTuple):
    row: Row
    arrived_at: datetime
    left_at: datetime | None


class StaysForm(FlaskForm):
    """A pair of fields for each stay, and an empty one for who has none or left before the end."""

    ended = Clock(
        _("Ende der Sitzung (Berliner Zeit)"),
        description=_("Bis dahin war da, wer keine Zeit zum Gehen hat."),
    )
    meeting: Meeting
    is_live: bool
    people: Sequence[tuple[Person, Sequence[Attendance | None]]]

    @property
    def rows(self) -> list[Row]:
        return [
            Row(person, stay, self[f"arrived_{key}"], self[f"left_{key}"])
            for person, stays in self.people
            for stay in stays
            for key in [_key(person, stay)]
        ]

    @property
    def spans(self) -> list[Span]:
        """The filled rows as moments."""
        return [self._span(row) for row in self.rows if row.arrived.data]

    def _span(self, row: Row) -> Span:
        noted = (row.stay.arrived_at, row.stay.left_at) if row.stay else (None, None)
        arrived = moment_of(self.meeting, noted[0], cast("time", row.arrived.data))
        if row.left.data:
            return Span(row, arrived, moment_of(self.meeting, noted[1], row.left.data))
        return Span(row, arrived, None if self._stays_open(row) else self.ended_at)

    def _stays_open(self, row: Row) -> bool:
        """Whether nobody says when this stay ended: it goes on, or ended with the meeting."""
        if self.is_live:
            return self.ended.data is None
        return bool(self.meeting.closed_at and row.stay and row.stay.left_at is None)

    @property
    def ended_at(self) -> datetime | None:
        if self.ended.data is None:
            return None
        return moment_of(self.meeting, self.meeting.closed_at, self.ended.data)

    def validate_for(self, now: datetime) -> bool:
        """Whether these times can be; the fields say why not."""
        if not self.validate():
            return False
        for row in self.rows:
            if row.arrived.data is None and (row.stay or row.left.data):
                row.arrived.errors = [one_line.SENTENCES["empty"]]
        for span in self.spans:
            self._check(span, now)
        self._check_order()
        return not self.errors

    def _check(self, span: Span, now: datetime) -> None:
        end = self.ended_at or self.meeting.closed_at or now
        if span.left_at is None and not self._stays_open(span.row):
            self.ended.errors = [gettext("Bitte sagen Sie, wann die Sitzung zu Ende war.")]
        if span.arrived_at > now:
            span.row.arrived.errors = [gettext("Diese Zeit kommt erst noch.")]
        elif span.arrived_at > end:
            span.row.arrived.errors = [gettext("Da war die Sitzung schon zu Ende.")]
        elif span.left_at and span.left_at > now:
            span.row.left.errors = [gettext("Diese Zeit kommt erst noch.")]
        elif span.left_at and span.left_at < span.arrived_at:
            span.row.left.errors = [gettext("Das liegt vor dem Kommen.")]

    def _check_order(self) -> None:
        """Nobody comes again before having left."""
        last: dict[int, Span] = {}
        for span in sorted(self.spans, key=lambda each: each.arrived_at):
            before = last.get(span.row.person.member.id)
            if before and (before.left_at is None or span.arrived_at < before.left_at):
                span.row.arrived.errors = [gettext("Diese Zeiten überschneiden sich.")]
            last[span.row.person.member.id] = span


def form_of(
    meeting: Meeting, people: Sequence[Person], stays: Stays, *, is_live: bool
) -> StaysForm:
    """The form with a row for each stay that is noted, and the rows that may come."""
    end = meeting.closed_at or (None if is_live else _last(stays))
    lines = [(each, _with_next(stays.get(each.member.id, ()), end)) for each in people]
    known: dict[str, time | None] = {"ended": clock_of(end)}
    fields: dict[str, Clock] = {}
    for person, found in lines:
        for stay in found:
            key = _key(person, stay)
            fields |= {f"arrived_{key}": Clock(_("Gekommen")), f"left_{key}": Clock(_("Gegangen"))}
            known[f"arrived_{key}"] = clock_of(stay.arrived_at) if stay else None
            known[f"left_{key}"] = clock_of(stay.left_at) if stay else None
    form: StaysForm = type("TheseStaysForm", (StaysForm,), fields)(data=known)
    form.meeting, form.is_live, form.people = meeting, is_live, lines
    return form


def _last(stays: Stays) -> datetime | None:
    """When the last one left; unknown while somebody's leaving is not noted."""
    found = [each.left_at for of_one in stays.values() for each in of_one]
    left = [each for each in found if each]
    return max(left, default=None) if len(left) == len(found) else None


def _with_next(stays: Sequence[Attendance], end: datetime | None) -> Sequence[Attendance | None]:
    """The stays of somebody, and None where one more is possible."""
    last = stays[-1].left_at if stays else None
    if not stays or (last and (end is None or last < end)):
        return [*stays, None]
    return stays


def _key(person: Person, stay: Attendance | None) -> str:
    """What names the fields of a stay; a new one is named by whoever it is of."""
    return f"stay_{stay.id}" if stay else f"member_{person.member.id}"
