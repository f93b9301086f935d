"""What people fill in about themselves."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from app import one_line
from app.config import MAIL_ADDRESS
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


class OwnEntryForm(FlaskForm):
    """An officer's own name and address; only invented officers have none."""

    name = one_line.line(_("Name"), description=_("So steht er dort, wo Sie etwas getan haben."))
    mail = one_line.line(
        _("E-Mail"),
        optional=True,
        description=_("Damit melden Sie sich an. Eine neue Adresse gilt erst nach einem Link."),
    )

    def validate_mail(self, field: StringField) -> None:
        is_as_before = (field.data or "") == (field.object_data or "")
        if not is_as_before and not MAIL_ADDRESS.fullmatch(field.data or ""):
            raise StopValidation(one_line.SENTENCES["mail"])


class NewMailForm(FlaskForm):
    """What the link to a new address brought."""

    token = HiddenField()
