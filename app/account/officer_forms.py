"""What officers fill in to sign in, to set up their access, and to invite each other."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from app import one_line, public_reason
from app.account import passphrase
from app.config import MAIL_ADDRESS
from app.text import WORDS

LONGEST_CODE = 40
LONGEST_WORDS = 200
TOO_LONG = _("Das ist zu lang.")


def _mail() -> StringField:
    return one_line.line(_("E-Mail"))


def _passphrase(*, optional: bool = False, **more: Any) -> Field:
    needed = [] if optional else [InputRequired(_("Bitte tragen Sie Ihre Passphrase ein."))]
    longest = Length(max=passphrase.LONGEST, message=TOO_LONG)
    return PasswordField(_("Passphrase"), validators=[*needed, longest], **more)


def _code() -> StringField:
    return StringField(
        _("Code aus Ihrer App"),
        description=_("Sechs Ziffern. Jeder Code geht nur einmal."),
        validators=[
            InputRequired(_("Bitte tragen Sie den Code aus Ihrer App ein.")),
            Length(max=LONGEST_CODE, message=TOO_LONG),
        ],
    )


class SignInForm(FlaskForm):
    mail = _mail()
    passphrase = _passphrase()


class CodeForm(FlaskForm):
    code = _code()


class EpochForm(FlaskForm):
    """Why an area may go on from a restored backup."""

    reason = public_reason.reason()


class PasskeyForm(FlaskForm):
    """What a passkey answered, as the browser's script wrote it into the page."""

    answer = HiddenField()


class NewPasskeyForm(FlaskForm):
    name = one_line.line(
        _("Name für diesen Passkey"),
        40,
        description=_("Damit Sie ihn wiederfinden, zum Beispiel: mein Handy."),
    )
    answer = HiddenField()


class ConfirmForm(FlaskForm):
    """A code, a member's passphrase or a passkey's answer, beside fields of another form."""

    code = StringField(
        _("Code aus Ihrer App"),
        description=_("Sechs Ziffern. Jeder Code geht nur einmal."),
        validators=[Length(max=LONGEST_CODE, message=TOO_LONG)],
    )
    passphrase = _passphrase(optional=True)
    answer = HiddenField()


class OwnRecoveryForm(FlaskForm):
    passphrase = _passphrase(
        optional=True, description=_("Lassen Sie das Feld leer, wenn Sie keine haben.")
    )
    code = StringField(
        _("Notfall-Code"),
        description=_("Acht kurze Wörter. Groß oder klein, mit Leerzeichen oder Strichen."),
        validators=[
            InputRequired(_("Bitte tragen Sie einen Notfall-Code ein.")),
            Length(max=LONGEST_WORDS, message=TOO_LONG),
        ],
    )


class RecoveryForm(OwnRecoveryForm):
    mail = _mail()


class PassphraseForm(FlaskForm):
    """A new passphrase; `known` are names that everybody knows of this person."""

    passphrase = PasswordField(
        _("Neue Passphrase"),
        description=_(
            "Mindestens 12 Zeichen, zum Beispiel vier Wörter, die nichts miteinander zu tun haben."
            " Einfügen aus einem Passwort-Programm geht."
        ),
        validators=[InputRequired(_("Bitte denken Sie sich eine Passphrase aus."))],
    )

    def __init__(self, known: list[str]) -> None:
        super().__init__()
        self.known = known

    def validate_passphrase(self, field: Field) -> None:
        faults = {
            "short": gettext("Bitte mindestens 12 Zeichen. Ein kurzer Satz geht gut."),
            "long": gettext("Bitte höchstens 128 Zeichen."),
            "guessable": gettext(
                "Das ist zu leicht zu erraten. Nehmen Sie Wörter, die nichts miteinander zu tun"
                " haben."
            ),
        }
        found = passphrase.fault(field.data, self.known)
        if found:
            raise ValidationError(faults[found])


class OfficerForm(FlaskForm):
    name = one_line.line(_("Name"))
    mail = one_line.line(
        _("E-Mail"), description=_("An diese Adresse geht die Einladung. Damit meldet man sich an.")
    )
    role = RadioField(
        _("Aufgabe"),
        choices=[
            SelectChoice("moderator", WORDS["moderator"]),
            SelectChoice("administrator", WORDS["administrator"]),
        ],
        default="moderator",
    )

    def validate_mail(self, field: StringField) -> None:
        if not MAIL_ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(gettext("Das ist keine E-Mail-Adresse."))
