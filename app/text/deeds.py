"""How somebody might cheat: who, by doing what, who would notice, what nobody would."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.catalogue import gettext

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str


class DeedWords(NamedTuple):
    """The four cells of a row."""

    who: str
    deed: str
    noticed_by: str
    unnoticed: str


_OPERATOR = _("Der Betreiber")
_TEAM = _("Das QM-Team")
_MEMBER = _("Ein Mitglied")
_WHO_READ = _("wer was gelesen hat")
_COPIES = _("eine Karte beim Drucken kopieren und damit abstimmen")
_OWN_PHONE = _("das Mitglied: Sein Handy meldet das fremde Gerät")
_UNSEEN = _("die Stimme für jemanden, der nie nachsieht")
_RECEIPT = _("das Mitglied mit seinem Beleg")
_SHOWS_TWO = _("verschiedenen Leuten verschiedene Urnen zeigen")
_WITHOUT_COPY = _("alles, wozu niemand eine Kopie hat")
_SWAPS = _("die Urne austauschen")
_LOG_TOO = _(
    "ein Tausch, bei dem auch das Register geändert wird. Zeugen von außen hat es noch nicht"
)

DEEDS: Mapping[str, DeedWords] = {
    "operator_opens": DeedWords(
        _OPERATOR, _("einzelne Stimmen mit seinem Schlüssel öffnen"), _("niemand"), _WHO_READ
    ),
    "operator_sends_pages": DeedWords(
        _OPERATOR,
        _("eine veränderte Seite schicken, die Stimmen vor dem Verschließen liest"),
        _("wer die Prüfsumme der Seite vergleicht"),
        _("Stimmen von allen, die nicht vergleichen"),
    ),
    "operator_drops": DeedWords(
        _OPERATOR,
        _("eine Stimme weglassen"),
        _RECEIPT,
        _("eine Stimme, deren Beleg niemand prüft"),
    ),
    "operator_invents": DeedWords(
        _OPERATOR,
        _("einen Wahlschlüssel erfinden. Ohne eigenen waren beim Öffnen: %(keyless)d"),
        _("wer weiß, dass diese Person nicht abgestimmt hat"),
        _("die Stimme für jemanden, der nicht nachfragt"),
    ),
    "operator_miscounts_public": DeedWords(
        _OPERATOR, _("falsch zählen"), _("alle, die nachrechnen"), _("nichts")
    ),
    "operator_miscounts_members": DeedWords(
        _OPERATOR, _("falsch zählen"), _("alle Mitglieder, die nachrechnen"), _("nichts")
    ),
    "operator_miscounts_gone": DeedWords(
        _OPERATOR,
        _("falsch zählen"),
        _("wer die Urne gespeichert hat"),
        _("eine falsche Zahl, die damals niemand nachgerechnet hat"),
    ),
    "operator_shows_two_phones": DeedWords(
        _OPERATOR,
        _SHOWS_TWO,
        _(
            "jedes Handy eines Mitglieds, das die Urne schon gesehen hat: Es vergleicht von selbst,"
            " wenn es wieder auf diese Seite kommt"
        ),
        _(
            "was ein Handy beim ersten Mal sieht, und was Handys sehen, die nicht wiederkommen. Wie"
            " viele vergleichen, weiß der Server nicht"
        ),
    ),
    "operator_shows_two_copies": DeedWords(
        _OPERATOR,
        _SHOWS_TWO,
        _("wer die Urne gespeichert hat. Mit dem eigenen Handy stimmt hier niemand ab"),
        _WITHOUT_COPY,
    ),
    "operator_shows_two_gone": DeedWords(
        _OPERATOR,
        _SHOWS_TWO,
        _("wer die Urne gespeichert hat. Handys vergleichen nicht mehr, seit sie gelöscht ist"),
        _WITHOUT_COPY,
    ),
    "operator_swaps_both": DeedWords(
        _OPERATOR,
        _SWAPS,
        _("wer sie mit dem Register vergleicht: Dort steht ihr Stand vom Öffnen und vom Schließen"),
        _LOG_TOO,
    ),
    "operator_swaps_opening": DeedWords(
        _OPERATOR,
        _SWAPS,
        _("wer sie mit dem Register vergleicht: Dort steht ihr Stand vom Öffnen"),
        _("was seit dem Öffnen dazukam: Ihr Stand vom Schließen steht nicht im Register"),
    ),
    "operator_swaps_close": DeedWords(
        _OPERATOR,
        _SWAPS,
        _("wer sie mit dem Register vergleicht: Dort steht ihr Stand vom Schließen"),
        _LOG_TOO,
    ),
    "operator_swaps_unlogged": DeedWords(
        _OPERATOR,
        _SWAPS,
        _("wer die Urne gespeichert hat. Im Register steht ihr Stand nicht"),
        _WITHOUT_COPY,
    ),
    "operator_rewrites": DeedWords(
        _OPERATOR,
        _("die Entscheidung später ändern"),
        _("wer Urne oder Register gespeichert hat"),
        _("eine Änderung, zu der niemand eine Kopie hat"),
    ),
    "holders_evening": DeedWords(
        _("Alle %(holders)d Personen mit Abendschlüssel"),
        _("gemeinsam einzelne Stimmen aus der Urne öffnen"),
        _("niemand von außen"),
        _WHO_READ,
    ),
    "holders_to_come": DeedWords(
        _("Alle Personen mit Abendschlüssel"),
        _("gemeinsam einzelne Stimmen aus der Urne öffnen"),
        _("niemand von außen"),
        _WHO_READ,
    ),
    "holders_commission": DeedWords(
        _("Zwei aus der Zählkommission"),
        _("gemeinsam einzelne Stimmen aus der Urne öffnen"),
        _("niemand von außen"),
        _WHO_READ,
    ),
    "officer_closes": DeedWords(
        _("Zwei aus dem QM-Team"),
        _("früher schließen oder abbrechen"),
        _("alle: Der Grund steht öffentlich da"),
        _("ob der Grund stimmt"),
    ),
    "officer_prints": DeedWords(_TEAM, _COPIES, _OWN_PHONE, _UNSEEN),
    "officers_printed": DeedWords(
        _("Wer Karten gedruckt hat, aus dem QM-Team: %(printers)d"), _COPIES, _OWN_PHONE, _UNSEEN
    ),
    "enterers": DeedWords(
        _("Die zwei, die Papiere eintragen"),
        _("lesen: jede der zwei Personen; falsch eintragen: nur beide zusammen"),
        _("wer die aufgehobenen Papiere nachzählt"),
        _WHO_READ,
    ),
    "member_twice": DeedWords(
        _MEMBER,
        _("zweimal abstimmen"),
        _("das System: Nur die letzte Stimme zählt"),
        _("nichts"),
    ),
    "member_watches": DeedWords(
        _MEMBER,
        _("hinter jemandem stehen, drängen oder eine Stimme kaufen"),
        _("nur, wer gedrängt wird"),
        _("alles, was niemand sagt"),
    ),
    "thief": DeedWords(
        _("Wer eine Karte stiehlt"),
        _("damit abstimmen, bevor die Karte gesperrt ist"),
        _OWN_PHONE,
        _("die Stimme für jemanden ohne eigenes Gerät"),
    ),
}


def deed_words(code: str, figures: Mapping[str, Any]) -> DeedWords:
    """The cells of a row with their figures."""
    return DeedWords(*(gettext(each, **figures) for each in DEEDS[code]))
