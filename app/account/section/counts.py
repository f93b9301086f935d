"""What somebody does to count the votes of others."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.account.section.shape import AT, QUESTION, Section
from app.models import (
    CountEntry,
    EveningKey,
    PaperEnterer,
    RollCall,
    Trustee,
)

KEY_PARTS = Section(
    Trustee,
    _("Zählkommission"),
    {
        "commission_id": _("Gremium"),
        "position": _("Schlüssel-Teil Nummer"),
        "certificate": _("Öffentlicher Teil"),
        "compared_parts": _("Zeichen der Teile verglichen"),
        "polynomial": _("Ausgetauschte Teile, verschlossen"),
        "verification_key": _("Beweis zum öffentlichen Teil"),
        "compared_key": _("Zeichen des Schlüssels verglichen"),
        "rehearsed_at": _("Probe-Auszählung am"),
        "lost_at": _("Als verloren gemeldet am"),
    },
)
ENTRY: dict[str, Any] = {
    "place": _("Erste oder zweite Person"),
    "reason": _("Grund"),
    "entered_at": AT,
}

COUNTS = (
    Section(
        EveningKey,
        _("Abendschlüssel"),
        {
            "meeting_id": _("Sitzung"),
            "made_at": _("Angelegt am"),
            "dismissed_at": _("Zählt nicht mehr mit seit"),
            "group": _("Verfahren"),
            "public_key": _("Öffentlicher Teil"),
            "document": _("Beweis zum öffentlichen Teil"),
        },
    ),
    KEY_PARTS,
    Section(
        PaperEnterer,
        _("Papiere, die ich mit eingetragen habe"),
        {"round_id": _("Abstimmung")} | ENTRY,
    ),
    Section(
        CountEntry,
        _("Stimmen, die ich gezählt habe"),
        {
            "question_id": QUESTION,
            "yes": _("Ja"),
            "no": _("Nein"),
            "abstain": _("Enthaltung"),
            "invalid": _("Ungültig"),
            "present": _("Anwesend mit Sitz"),
            "residents": _("Davon Bewohner:innen"),
        }
        | ENTRY,
    ),
    Section(RollCall, _("Antworten, die ich notiert habe"), {"question_id": QUESTION} | ENTRY),
)
