"""From when to when somebody was there, as a moderator corrects it."""

from datetime import UTC, datetime, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app.day_field import Clock, required
from app.models import Attendance
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
        left = stay.left_at.astimezone(BERLIN).time() if stay.left_at else None
        return {"arrived": stay.arrived_at.astimezone(BERLIN).time(), "left": left}

    def arrived_at(self, stay: Attendance) -> datetime:
        return _moment(stay, stay.arrived_at, self.arrived.data)

    def left_at(self, stay: Attendance) -> datetime | None:
        return _moment(stay, stay.left_at, self.left.data) if self.left.data else None

    def validate_for(self, stay: Attendance, now: datetime) -> bool:
        """Whether these times can be; the field says why not."""
        if not self.validate():
            return False
        left = self.left_at(stay)
        if self.arrived_at(stay) > now:
            self.arrived.errors = [gettext("Diese Zeit kommt erst noch.")]
        elif stay.left_at and left is None:
            self.left.errors = [gettext("Bitte sagen Sie, wann die Person gegangen ist.")]
        elif left and left < self.arrived_at(stay):
            self.left.errors = [gettext("Das liegt vor dem Kommen.")]
        elif left and left > now:
            self.left.errors = [gettext("Diese Zeit kommt erst noch.")]
        return not self.errors


def _moment(stay: Attendance, noted: datetime | None, typed: time | None) -> datetime:
    """A time of that day; what was not changed keeps its seconds."""
    local = (noted or stay.arrived_at).astimezone(BERLIN)
    clock = typed or local.time()
    if noted and (local.hour, local.minute) == (clock.hour, clock.minute):
        return noted
    return datetime.combine(local.date(), clock, tzinfo=BERLIN).astimezone(UTC)
