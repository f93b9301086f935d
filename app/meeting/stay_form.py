"""From when to when somebody was there, as a moderator corrects it."""

from datetime import UTC, datetime, time
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app import attendance
from app.day_field import Clock, required
from app.models import Attendance, Meeting
from app.text import BERLIN


class StayForm(FlaskForm):
    arrived = Clock(_("Gekommen (Berliner Zeit)"), validators=[required])
    left = Clock(
        _("Gegangen (Berliner Zeit)"),
        description=_("Leer, wenn die Person noch da ist."),
    )

    @staticmethod
    def filled(stay: Attendance) -> dict[str, Any]:
        """What the form starts with."""
        return {"arrived": clock_of(stay.arrived_at), "left": clock_of(stay.left_at)}

    def arrived_at(self, stay: Attendance, meeting: Meeting) -> datetime:
        return moment_of(meeting, stay.arrived_at, cast("time", self.arrived.data))

    def left_at(self, stay: Attendance, meeting: Meeting) -> datetime | None:
        return moment_of(meeting, stay.left_at, self.left.data) if self.left.data else None

    def validate_for(self, stay: Attendance, meeting: Meeting, now: datetime) -> bool:
        """Whether these times can be; the field says why not."""
        if not self.validate():
            return False
        arrived, left = self.arrived_at(stay, meeting), self.left_at(stay, meeting)
        if arrived > now:
            self.arrived.errors = [gettext("Diese Zeit kommt erst noch.")]
        elif stay.left_at and left is None:
            self.left.errors = [gettext("Bitte sagen Sie, wann die Person gegangen ist.")]
        elif left and left < arrived:
            self.left.errors = [gettext("Das liegt vor dem Kommen.")]
        elif left and left > now:
            self.left.errors = [gettext("Diese Zeit kommt erst noch.")]
        return not self.errors


def clock_of(noted: datetime | None) -> time | None:
    """The time of day in Berlin, as a field shows it."""
    return noted.astimezone(BERLIN).time() if noted else None


def moment_of(meeting: Meeting, noted: datetime | None, typed: time) -> datetime:
    """A typed time on the day of the meeting; what was not changed keeps its seconds.

    Of a meeting that lasts until after midnight the day stays that of what was noted in it.
    """
    local = noted.astimezone(BERLIN) if noted else None
    if noted and local and (local.hour, local.minute) == (typed.hour, typed.minute):
        return noted
    if noted and local and noted < meeting.starts_at + attendance.LONGEST:
        return datetime.combine(local.date(), typed, tzinfo=BERLIN).astimezone(UTC)
    return attendance.on_its_day(meeting, typed)
