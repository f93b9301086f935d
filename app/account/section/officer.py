"""All that an officer or coordinator sees of the own data."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from app import text
from app.account.section.counts import KEY_PARTS
from app.account.section.entrance import ENTRANCE
from app.account.section.shape import AT, ENDS, Section
from app.models import Confirmation, LookUp, Officer, Opinion, UserSession
from voting.log.kind import GROUNDS

# Where an officer stands under another name than `officer_id`.
OFFICER_COLUMNS: Mapping[Any, tuple[str, ...]] = {Confirmation: ("requested_by", "confirmed_by")}

OFFICER_SECTIONS = (
    Section(
        Officer,
        _("Wer ich bin"),
        {
            "name": _("Name"),
            "mail": _("E-Mail"),
            "login": _("Anmelden mit"),
            "role": _("Aufgabe"),
            "has_access": _("Zugang ist eingerichtet"),
            "is_demo": _("Erfunden zum Ausprobieren"),
            "ended_at": _("Zugang beendet am"),
        },
    ),
    Section(
        UserSession,
        _("Geräte"),
        {
            "device": _("Gerät"),
            "created_at": _("Angemeldet am"),
            "confirmed_at": _("Zuletzt bestätigt am"),
            "seen_at": _("Zuletzt benutzt am"),
            "expires_at": ENDS,
            "revoked_at": _("Abgemeldet am"),
        },
    ),
    KEY_PARTS,
    *ENTRANCE,
    Section(
        LookUp,
        _("Wessen Daten ich angesehen habe"),
        {"member_id": _("Wessen"), "page": _("Wo"), "looked_at": AT},
        {"page": lambda _held, page: text.looked_at(page)},
    ),
    Section(
        Confirmation,
        _("Worum ich eine zweite Person gebeten oder was ich bestätigt habe"),
        {
            "act": _("Was"),
            "reason": _("Grund"),
            "requested_by": _("Gefragt hat"),
            "requested_at": AT,
            "confirmed_by": _("Bestätigt hat"),
            "confirmed_at": _("Bestätigt am"),
            "done_at": _("Ausgeführt am"),
        },
        {"reason": lambda _held, reason: text.word(reason) if reason in GROUNDS else reason},
    ),
    Section(
        Opinion,
        _("Stellungnahmen"),
        {"proposal_id": _("Antrag"), "words": _("Text"), "stated_at": AT},
    ),
)
