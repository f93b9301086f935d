"""How and when a vote was held without this site, as one of the team enters it later."""

from datetime import datetime, time
from typing import cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from app.day_field import Clock, required
from app.models import Meeting
from app.round import afterwards

WAYS = {
    "paper": _("Geheim, auf Papier"),
    "open": _("Offen, mit Handzeichen"),
    "roll_call": _("Offen, alle wurden mit Namen aufgerufen"),
}


class AfterwardsForm(FlaskForm):
    way = RadioField(_("Wie wurde abgestimmt?"))
    clock = Clock(
        _("Um wie viel Uhr wurde abgestimmt? (Berliner Zeit)"),
        description=_("Die Zeit steht auf dem Zählblatt. Zum Beispiel 19:05."),
        validators=[required],
    )

    def offer(self, ways: tuple[str, ...]) -> None:
        self.way.choices = [SelectChoice(each, WAYS[each]) for each in ways]

    def voted_at(self, meeting: Meeting) -> datetime:
        return afterwards.moment(meeting, cast("time", self.clock.data))

    def validate_for(self, meeting: Meeting, now: datetime) -> bool:
        """Whether it can have been then; the field says why not."""
        if not self.validate():
            return False
        if afterwards.is_during(meeting, self.voted_at(meeting), now):
            return True
        self.clock.errors = [gettext("Zu dieser Zeit war keine Sitzung.")]
        return False
