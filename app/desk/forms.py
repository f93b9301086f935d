"""What moderators fill in at the desk."""

from datetime import UTC, datetime, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from app import one_line
from app.day_field import Moment
from app.text import BERLIN

LONGEST_REASON = 500
LONGEST_SUMMARY = 1500
SHORTEST_ROUND = timedelta(minutes=1)
LONGEST_ROUND = timedelta(days=60)


class PrepareForm(FlaskForm):
    proposals = SelectMultipleField(_("Worüber wird abgestimmt?"), coerce=int)

    def validate_proposals(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(gettext("Bitte kreuzen Sie mindestens einen Antrag an."))


class OpenForm(FlaskForm):
    closes_at = Moment(
        _("Ende (Berliner Zeit)"),
        format="%Y-%m-%dT%H:%M",
        description=_("In der Sitzung meist leer: Sie schließen dann selbst."),
    )

    def ends_between(self, now: datetime) -> bool:
        """Whether the end is one that a round can have; the field says so if not."""
        if self.end is None or SHORTEST_ROUND <= self.end - now <= LONGEST_ROUND:
            return True
        self.closes_at.errors = [gettext("Das Ende muss in den nächsten 60 Tagen liegen.")]
        return False

    @property
    def end(self) -> datetime | None:
        local = self.closes_at.data
        return local.replace(tzinfo=BERLIN).astimezone(UTC) if local else None


class ReasonForm(FlaskForm):
    reason = one_line.line(
        _("Grund"), longest=LONGEST_REASON, description=_("Der Grund ist öffentlich.")
    )


class RecusalForm(FlaskForm):
    member = RadioField(
        _("Wer hat ein eigenes Interesse und stimmt hier nicht mit?"),
        coerce=int,
        validate_choice=False,
    )
    reason = one_line.line(
        _("Grund"),
        longest=LONGEST_REASON,
        description=_("Den Grund sehen nur das QM-Team und die Person selbst."),
    )

    def validate_member(self, field: RadioField) -> None:
        if field.data not in {choice.value for choice in field.choices or ()}:
            raise ValidationError(gettext("Bitte wählen Sie eine Person aus."))


class SummaryForm(FlaskForm):
    german = one_line.text(_("Zusammenfassung auf Deutsch"), longest=LONGEST_SUMMARY)
    english = one_line.text(_("Zusammenfassung auf Englisch"), longest=LONGEST_SUMMARY)

    @property
    def summary(self) -> dict[str, str]:
        return {"de": self.german.data, "en": self.english.data}
