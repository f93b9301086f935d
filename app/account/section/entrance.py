"""What lets somebody in, and what happened there: the same for members and officers."""

from flask_babel import lazy_gettext as _

from app.account.section.shape import AT, ENDS, Section
from app.models import (
    Invitation,
    Mail,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
    SecurityEvent,
    SignInLink,
)

ENTRANCE = (
    Section(Passphrase, _("Passphrase"), {"changed_at": _("Gemacht am")}),
    Section(SecondFactor, _("App für Codes"), {"confirmed_at": _("Eingerichtet am")}),
    Section(
        Passkey,
        _("Passkeys"),
        {"name": _("Name"), "created_at": _("Gemacht am")},
    ),
    Section(RecoveryCode, _("Notfall-Codes"), {"used_at": _("Benutzt am")}),
    Section(Invitation, _("Einladungen"), {"expires_at": ENDS, "used_at": _("Benutzt am")}),
    Section(SignInLink, _("Links zum Ausprobieren"), {"expires_at": ENDS}),
    Section(
        SecurityEvent,
        _("Was an meinem Zugang geschehen ist"),
        {"kind": _("Was"), "at": AT, "device": _("Gerät")},
    ),
    Section(
        Mail,
        _("E-Mails, die noch nicht weg sind"),
        {"subject": _("Betreff"), "body": _("Text"), "created_at": AT},
    ),
)
