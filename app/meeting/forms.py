"""What moderators fill in about a meeting."""

from datetime import UTC, date, datetime, time
from typing import cast

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app import one_line
from app.body_field import BodyField
from app.day_field import Clock, Day, required
from app.text import BERLIN


class MeetingForm(FlaskForm):
    day = Day(_("Tag"), validators=[required])
    time = Clock(_("Beginn (Berliner Zeit)"), validators=[required])
    place = one_line.line(_("Ort"))
    body = BodyField(_("Welches Gremium trifft sich?"))

    @property
    def starts_at(self) -> datetime:
        local = datetime.combine(
            cast("date", self.day.data), cast("time", self.time.data), tzinfo=BERLIN
        )
        return local.astimezone(UTC)
