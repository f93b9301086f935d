"""What moderators fill in about spare cards, and why a roster is released."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app import public_reason, row_id
from app.models import SpareCard
from app.text import short_day

NONE_CHOSEN = 0


class GiveForm(FlaskForm):
    """The number on a spare card; `shown` is the valid card the moderator saw, if any."""

    number = SelectField(
        _("Welche Nummer steht auf der Ersatzkarte?"),
        coerce=row_id.number,
        default=NONE_CHOSEN,
        # A second tap sends a number that is given by now; giving it again changes nothing.
        validate_choice=False,
        validators=[
            NumberRange(1, None, _("Bitte wählen Sie die Nummer, die auf der Karte steht."))
        ],
    )
    shown = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def offer(self, spares: Sequence[SpareCard]) -> None:
        self.number.choices = [
            SelectChoice(NONE_CHOSEN, _("Bitte wählen")),
            *(SelectChoice(each.number, spare_name(each)) for each in spares),
        ]


class DiscardForm(FlaskForm):
    """Some or all of the unused spare cards."""

    number = SelectMultipleField(
        _("Welche Ersatzkarten?"),
        coerce=row_id.number,
        validators=[InputRequired(_("Kreuzen Sie mindestens eine Ersatzkarte an."))],
        # Somebody may have given one meanwhile; it stays what it became.
        validate_choice=False,
    )

    def offer(self, spares: Sequence[SpareCard]) -> None:
        self.number.choices = [SelectChoice(each.number, spare_name(each)) for each in spares]


class ReleaseForm(FlaskForm):
    """Why the roster of a body with an announced round has to change."""

    reason = public_reason.reason()


def spare_name(spare: SpareCard) -> str:
    """A spare card by what stands on it."""
    return gettext(
        "Ersatzkarte %(number)d, gedruckt am %(day)s",
        number=spare.number,
        day=short_day(spare.printed_at),
    )
