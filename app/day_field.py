"""Form fields for days and times; they say in our words what they could not read."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, DateTimeLocalField, TimeField
from wtforms.validators import ValidationError

from app import one_line


class OwnWords:
    """Says in our words what a field of dates and times could not read."""

    sentence: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)  # type: ignore[misc]
        except ValueError:
            raise ValueError(str(self.sentence)) from None


class Day(OwnWords, DateField):
    sentence = _("Dieses Datum gibt es nicht. Schreiben Sie zum Beispiel 2026-11-10.")


class Clock(OwnWords, TimeField):
    sentence = _("Diese Uhrzeit gibt es nicht. Schreiben Sie zum Beispiel 18:30.")


class Moment(OwnWords, DateTimeLocalField):
    sentence = _("Dieser Zeitpunkt ist nicht lesbar.")


def required(_form: FlaskForm, field: Any) -> None:
    """A validator: something was typed; what could not be read has its own sentence."""
    if field.data is None and not field.errors:
        raise ValidationError(one_line.SENTENCES["empty"])
