"""What members fill in about themselves."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from app import one_line
from app.language import LANGUAGES, NAMES


class OwnForm(FlaskForm):
    name = one_line.line(
        _("Name"), description=_("So stehen Sie in den Listen. Ein anderer Name ist erlaubt.")
    )
    mail = one_line.line(
        _("E-Mail"), optional=True, description=_("Sie können auch ohne E-Mail abstimmen.")
    )
    language = RadioField(
        _("Sprache der Karte und der Nachrichten"),
        choices=[SelectChoice(code, NAMES[code]) for code in LANGUAGES],
    )
    may_be_named = BooleanField(
        _("Mein Name darf öffentlich stehen."),
        description=_("Freiwillig. Ohne Haken geht Ihr Name sofort von allen öffentlichen Seiten."),
    )

    def validate_mail(self, field: StringField) -> None:
        if field.data and not one_line.is_mail(field.data):
            raise StopValidation(one_line.SENTENCES["mail"])
