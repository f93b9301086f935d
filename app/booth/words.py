"""Every text of the booth in the offered languages; the words are part of the safety.

The booth is one static document, so its texts travel with the round's state. Placeholders stay in
them and are filled in by the page.
"""

from collections.abc import Iterable
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from app.language import LANGUAGES, locale

# Shown by the document itself, before the state of a round has arrived.
OPENING: dict[str, Any] = {
    "title": _("Stimmzettel"),
    "loading": _("Einen Moment bitte."),
    "offline": _("Keine Verbindung. Es ist noch nichts abgegeben."),
    "retry": _("Noch einmal versuchen"),
    "signed_out": _("Bitte Karte noch einmal scannen."),
    "scan": _("Öffnen Sie die Kamera und halten Sie das Handy über Ihre Karte."),
    "type_words": _("Wörter der Karte eintippen"),
    "unknown": _("Diese Abstimmung gibt es nicht."),
    "start": _("Zur Startseite"),
    "no_script": _(
        "Auf diesem Gerät geht es nicht. "
        "Fragen Sie nach dem Tablet oder nach dem Stimmzettel auf Papier."
    ),
}

BOOTH: dict[str, Any] = {
    "skip": _("Zum Inhalt"),
    "languages": _("Sprache"),
    "error": _("Fehler"),
    # one question
    "question_of": _("Frage %(number)s von %(total)s"),
    "missing": _("Es fehlt noch etwas"),
    "choose": _("Bitte wählen Sie eine Antwort."),
    "too_few": _("Bitte kreuzen Sie mindestens %(fewest)s Antworten an."),
    "too_many": _("Bitte kreuzen Sie höchstens %(most)s Antworten an."),
    "exactly": _("Kreuzen Sie genau %(most)s Antworten an."),
    "from_to": _("Kreuzen Sie %(fewest)s bis %(most)s Antworten an."),
    "up_to": _("Sie können bis zu %(most)s Antworten ankreuzen."),
    "left": _("Noch %(number)s möglich."),
    "none_left": _("Mehr geht nicht. Tippen Sie eine Antwort noch einmal an, wird sie frei."),
    "over": _("%(number)s zu viel. Bitte nehmen Sie etwas weg."),
    "none_of_them": _("Sie haben „Keine davon“ angekreuzt."),
    "nothing_ticked": _("Nichts angekreuzt"),
    "back": _("Zurück"),
    "continue": _("Weiter"),
    "voted_before": _("Sie haben schon abgestimmt. Nur die letzte Stimme zählt."),
    "mark": _("Prüfzeichen"),
    "mark_note": _("Dieses Zeichen ist bei allen gleich, in jeder Sprache."),
    # all answers once more
    "check": _("Bitte prüfen Sie Ihre Antworten"),
    "change": _("Ändern"),
    "not_cast": _("Ihre Stimme ist noch nicht abgegeben."),
    "cast": _("Jetzt geheim abstimmen"),
    "poll": _("Meinungsbild – das ist keine Entscheidung"),
    "cast_poll": _("Jetzt geheim Meinung sagen"),
    "practice": _("Proberunde – sie zählt nicht"),
    "cast_practice": _("Zur Probe abstimmen"),
    "secret": _("Andere Mitglieder und das QM-Team sehen nicht, wie Sie stimmen."),
    "office": _("Der Betreiber könnte einzelne Stimmen öffnen."),
    "evening": _("Nur alle mit Abendschlüssel gemeinsam könnten einzelne Stimmen öffnen."),
    "commission": _("Nur zwei aus der Zählkommission gemeinsam könnten einzelne Stimmen öffnen."),
    "watched": _("Wir können nicht verhindern, dass jemand zusieht."),
    "unanimous": _("Wenn alle gleich stimmen, zeigt das Ergebnis jede Stimme."),
    "again_until_end": _(
        "Sie können bis zum Ende noch einmal abstimmen. Nur die letzte Stimme zählt."
    ),
    # on the way
    "sending": _("Ihre Stimme wird abgegeben. Bitte warten."),
    "waiting": _("Noch nicht abgegeben. Ihre Stimme liegt nur auf diesem Handy."),
    "asking": _("Wir fragen nach."),
    "resting": _("Tippen Sie auf „Noch einmal senden“, sobald Sie wieder Netz haben."),
    "send_again": _("Noch einmal senden"),
    "discard": _("Verwerfen"),
    "open_until": _("Die Abstimmung ist offen bis: %(time)s"),
    "discarded": _("Verworfen. Auf diesem Handy liegt keine Stimme mehr."),
    "discarded_note": _("Ob sie vorher noch angekommen ist, sehen Sie bei der Abstimmung."),
    "vote_anew": _("Neu abstimmen"),
    "to_round": _("Abstimmung ansehen"),
    "last_call": _("Letzter Aufruf. Die Abstimmung geht gleich zu."),
    "seconds_left": _("Noch %(seconds)s Sekunden"),
    # the end without a receipt
    "lost": _("Die Abstimmung ist zu. Ihre Stimme ist nicht angekommen."),
    "closed": _("Die Abstimmung ist zu."),
    "not_open": _("Die Abstimmung ist noch nicht offen."),
    "superseded": _("Sie haben danach noch einmal abgestimmt. Die neuere Stimme zählt."),
    "not_entitled": _("Bei dieser Abstimmung stimmen Sie nicht mit."),
    "refused": _("Ihre Stimme wurde nicht angenommen."),
    "receipt_foreign": _("Der Beleg passt nicht zu Ihrer Stimme."),
    "digest": _("Diese Frage ist nicht die angekündigte. Bitte nicht abstimmen."),
    "tell_team": _("Bitte sagen Sie es dem QM-Team."),
    "report": _("Etwas stimmt nicht"),
    "device": _(
        "Auf diesem Gerät geht es nicht. "
        "Fragen Sie nach dem Tablet oder nach dem Stimmzettel auf Papier."
    ),
    # no key, no session, no vote
    "no_key": _("Auf diesem Handy ist kein Wahlschlüssel. Bitte Karte noch einmal scannen."),
    "signed_out": OPENING["signed_out"],
    "paste_code": _("Code einfügen"),
    "still_here": _("Ihre Stimme ist noch nicht abgegeben. Sie liegt nur auf diesem Handy."),
    "scan": OPENING["scan"],
    "type_words": OPENING["type_words"],
    "nothing": _("Hier stimmen Sie nicht mit ab."),
    "reason_recused": _("Hier stimmen Sie nicht mit ab. Grund: Sie sind befangen."),
    "reason_not_on_roll": _(
        "Hier stimmen Sie nicht mit ab. Grund: Sie stehen nicht auf der Liste."
    ),
    "reason_no_key": _(
        "Hier stimmen Sie nicht mit ab. Grund: Beim Öffnen hatten Sie noch keinen Wahlschlüssel."
    ),
    "reason_by_hand": _("Ihr Handy brauchen Sie hier nicht. Menschen zählen die Stimmen."),
    "reason_on_paper": _("Sie stimmen diesmal auf Papier ab oder am Telefon."),
    "idle": _("Ist noch jemand da? Das Tablet leert sich in %(seconds)s Sekunden."),
    "stay": _("Weiter"),
    "reason_key_late": _(
        "Bei dieser Abstimmung geht es nicht mehr: Ihr Schlüssel kam nach dem Öffnen. "
        "Bei der nächsten stimmen Sie mit."
    ),
}


def booth_words(languages: Iterable[str] = LANGUAGES) -> dict[str, dict[str, str]]:
    """Texts of the booth by language and key."""
    return _in_each(BOOTH, languages)


def opening_words(languages: Iterable[str] = LANGUAGES) -> dict[str, dict[str, str]]:
    """Texts that stand in the booth's document, by language and key."""
    return _in_each(OPENING, languages)


def _in_each(texts: dict[str, Any], languages: Iterable[str]) -> dict[str, dict[str, str]]:
    found = {}
    for language in languages:
        with force_locale(locale(language)):
            found[language] = {key: str(text) for key, text in texts.items()}
    return found
