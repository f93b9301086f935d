"""Forms of the entrance."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app import one_line
from app.account import passphrase
from app.account.recognising import Holder, require_card_of_words
from app.config import MAIL_ADDRESS
from app.errors import Refused, sentence


class WordsForm(FlaskForm):
    """The words of a card, for browsers that run no script; valid words name a holder."""

    holder: Holder

    words = StringField(
        _("Die acht Wörter auf Ihrer Karte"),
        description=_("Groß oder klein, mit Leerzeichen oder Strichen: alles geht."),
        validators=[
            InputRequired(_("Bitte tragen Sie die Wörter Ihrer Karte ein.")),
            Length(max=200, message=_("Das ist zu lang. Eine Karte hat acht kurze Wörter.")),
        ],
    )

    def validate_words(self, field: Field) -> None:
        """Look the card up; other refusals than an unknown card are pages of their own."""
        try:
            self.holder = require_card_of_words(field.data)
        except Refused as refusal:
            if refusal.code != "card_unknown":
                raise
            raise ValidationError(sentence(refusal.code, {})) from None


class OwnPassphraseForm(FlaskForm):
    """What a member's new device shows beside the card."""

    passphrase = PasswordField(
        _("Ihre Passphrase"),
        validators=[
            InputRequired(_("Bitte tragen Sie Ihre Passphrase ein.")),
            Length(max=passphrase.LONGEST, message=_("Das ist zu lang.")),
        ],
    )


class OwnNameForm(FlaskForm):
    name = one_line.line(
        _("Name"), description=_("So stehen Sie in den Listen. Ein anderer Name ist erlaubt.")
    )


class OwnMailForm(FlaskForm):
    mail = one_line.line(
        _("E-Mail"), description=_("Dorthin schreiben wir, wenn jemand Ihre Karte benutzt.")
    )

    def validate_mail(self, field: Field) -> None:
        if not MAIL_ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(_("Das ist keine E-Mail-Adresse."))
