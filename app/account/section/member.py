"""All that a member sees of the own data."""

from flask_babel import lazy_gettext as _

from app import text
from app.account.section.counts import COUNTS
from app.account.section.entrance import ENTRANCE
from app.account.section.seats import SEATS
from app.account.section.shape import AT, ENDS, TERM, Section
from app.account.section.votes import VOTES
from app.models import (
    Card,
    Confirmation,
    Erasure,
    LookUp,
    Member,
    UserSession,
)

SECTIONS = (
    Section(
        Member,
        _("Wer ich bin"),
        {
            "name": _("Name"),
            "mail": _("E-Mail"),
            "language": _("Sprache"),
            "may_be_named": _("Darf der Name öffentlich stehen?"),
            "was_asked": _("Nach der ersten Stimme gefragt"),
            "has_access": _("Zugang als Schlüsselperson ist eingerichtet"),
            "is_demo": _("Erfunden zum Ausprobieren"),
            "erased_on": _("Gelöscht am"),
        },
    ),
    *SEATS,
    *VOTES,
    *COUNTS,
    Section(
        Card,
        _("Karten"),
        {
            "term_id": TERM,
            "printed_at": _("Gedruckt am"),
            "printed_by": _("Gedruckt hat"),
            "used_at": _("Zum ersten Mal benutzt am"),
            "revoked_at": _("Gesperrt am"),
        },
    ),
    Section(
        Confirmation,
        _("Was über mich zwei Personen zusammen tun"),
        {
            "act": _("Was"),
            "requested_at": AT,
            "confirmed_at": _("Zugestimmt am"),
            "objected_at": _("Gestoppt am"),
            "done_at": _("Ersetzt am"),
        },
    ),
    Section(
        UserSession,
        _("Geräte"),
        {
            "device": _("Gerät"),
            "created_at": _("Angemeldet am"),
            "seen_at": _("Zuletzt benutzt am"),
            "confirmed_at": _("Zuletzt bestätigt am"),
            "invited_at": _("Einladung angenommen am"),
            "is_doubted": _("Noch gefragt, wessen Gerät das ist"),
            "expires_at": ENDS,
            "revoked_at": _("Abgemeldet am"),
        },
        {"seen_at": lambda _held, at: text.day(at)},
    ),
    *ENTRANCE,
    Section(
        LookUp,
        _("Wer meine Daten angesehen hat"),
        {"officer_id": _("Wer"), "page": _("Wo"), "looked_at": AT},
    ),
    Section(
        Erasure,
        _("Wunsch, gelöscht zu werden"),
        {"requested_at": AT, "due_on": _("Name geht am")},
    ),
)
