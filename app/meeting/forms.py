"""What moderators fill in about a meeting."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import one_line
from app.body_field import BodyField
from app.day_field import Clock, Day, required
from app.models import Meeting
from app.text import BERLIN

LONGEST_REASON = 500
LONGEST_ACCESS = 500
LONGEST_LINK = 300
BY_RULE = "rule"
VISIBILITIES = (
    SelectChoice("public", _("Öffentlich: Alle dürfen zuhören")),
    SelectChoice("registered_guests", _("Gäste nach Anmeldung")),
    SelectChoice("closed", _("Nicht öffentlich")),
)


class DetailsForm(FlaskForm):
    """When and where a meeting is, and who may listen."""

    day = Day(_("Tag"), validators=[required])
    time = Clock(_("Beginn (Berliner Zeit)"), validators=[required])
    end = Clock(_("Geplantes Ende"))
    place = one_line.line(_("Ort"), optional=True)
    link = one_line.line(
        _("Link zur Video-Sitzung"),
        LONGEST_LINK,
        optional=True,
        description=_("Nur wenn man per Video dabei sein kann."),
    )
    access = one_line.line(
        _("So kommt man hinein"),
        LONGEST_ACCESS,
        optional=True,
        description=_("Zum Beispiel: Stufenlos. Rollstuhl-WC. Hör-Anlage im Saal."),
    )
    visibility = RadioField(_("Wer darf zuhören?"), choices=list(VISIBILITIES))

    def validate_end(self, field: Clock) -> None:
        if field.data and self.time.data and field.data <= self.time.data:
            raise ValidationError(gettext("Das Ende liegt vor dem Beginn."))

    def validate_link(self, field: Any) -> None:
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(gettext("Ein Link beginnt mit https://."))

    def validate_place(self, field: Any) -> None:
        if not field.data and not self.link.data:
            raise ValidationError(gettext("Bitte nennen Sie einen Ort oder einen Link."))

    @property
    def starts_at(self) -> datetime:
        return self._moment(self.time.data)

    def said(self) -> Mapping[str, Any]:
        """The columns of a meeting as they were filled in."""
        return {
            "starts_at": self.starts_at,
            "ends_at": self._moment(self.end.data) if self.end.data else None,
            "place": self.place.data,
            "link": self.link.data,
            "access": self.access.data,
            "visibility": self.visibility.data,
        }

    def _moment(self, clock: Any) -> datetime:
        day = cast("date", self.day.data)
        return datetime.combine(day, cast("time", clock), tzinfo=BERLIN).astimezone(UTC)


class MeetingForm(DetailsForm):
    """A new meeting; who may listen follows from the rules unless it is said."""

    body = BodyField(_("Welches Gremium trifft sich?"))
    visibility = RadioField(
        _("Wer darf zuhören?"),
        choices=[SelectChoice(BY_RULE, _("So, wie es in den Regeln steht")), *VISIBILITIES],
        default=BY_RULE,
    )


class ReasonForm(FlaskForm):
    reason = one_line.line(
        _("Grund"), longest=LONGEST_REASON, description=_("Der Grund ist öffentlich.")
    )


def filled(meeting: Meeting) -> dict[str, Any]:
    """What a form about this meeting starts with."""
    start = meeting.starts_at.astimezone(BERLIN)
    end = meeting.ends_at.astimezone(BERLIN) if meeting.ends_at else None
    return {
        "day": start.date(),
        "time": start.time(),
        "end": end.time() if end else None,
        "place": meeting.place,
        "link": meeting.link,
        "access": meeting.access,
        "visibility": meeting.visibility,
    }
