"""Codes and values of the domain in the words of a language; sentences with their numbers."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask

from app.catalogue import gettext, language, ngettext
from app.rule.questions import PARAMETERS
from voting.rules.composition import Composition

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

BERLIN = ZoneInfo("Europe/Berlin")
NBSP = "\u00a0"
REMEMBERED = 1024
LONG = {"de": "EEEE, d. MMMM y", "en": "EEEE, d MMMM y"}
SHORT = {"de": "dd.MM.y", "en": "dd/MM/y"}
LONG_TIME = {"de": "EEEE, d. MMMM y, HH:mm 'Uhr'", "en": "EEEE, d MMMM y, HH:mm"}
CLOCK = {"de": "HH:mm 'Uhr'", "en": "HH:mm"}

WORDS: dict[str, str] = {
    # outcomes
    "adopted": _("Angenommen"),
    "rejected": _("Abgelehnt"),
    "not_quorate": _("Nicht beschlussfähig"),
    "segment_failed": _("Nicht angenommen: zu wenige Bewohner-Stimmen"),
    "too_few_ballots": _("Nicht ausgezählt"),
    "postponed": _("Vertagt"),
    "circular_after": _("Umlauf folgt"),
    "cannot_open": _("Nicht eröffnet"),
    "poll_only": _("Meinungsbild"),
    "poll": _("Meinungsbild"),
    "annulled": _("Aufgehoben"),
    # what a body's vote is
    "decision": _("Entscheidung"),
    "recommendation": _("Empfehlung"),
    # rounds and questions
    "draft": _("Entwurf"),
    "announced": _("Angesagt"),
    "open": _("Offen"),
    "last_call": _("Letzter Aufruf"),
    "closed": _("Geschlossen"),
    "void": _("Ungültig"),
    "listed": _("Vorgesehen"),
    "taken_out": _("Herausgenommen"),
    "counted": _("Ausgezählt"),
    "confirmed": _("Bestätigt"),
    "published": _("Veröffentlicht"),
    # proposals
    "admitted": _("Zugelassen"),
    "scheduled": _("Zur Abstimmung"),
    "recommended": _("Empfohlen"),
    "not_recommended": _("Nicht empfohlen"),
    "approved": _("Bewilligt"),
    # answers, seats, bodies, people
    "yes": _("Ja"),
    "no": _("Nein"),
    "abstain": _("Enthaltung"),
    "resident": _("Bewohnerschaft"),
    "partner": _("Partner"),
    "present": _("Anwesend"),
    "absent": _("Abwesend"),
    "recused": _("Befangen"),
    "vacant": _("Unbesetzt"),
    "council": _("Quartiersrat"),
    "jury": _("Aktionsfondsjury"),
    "steering_round": _("Steuerungsrunde"),
    "selection_body": _("Auswahlgremium"),
    "senate": _("Senatsverwaltung"),
    "bezirk": _("Bezirk"),
    "qm": _("QM-Team"),
    "member": _("Mitglied"),
    "speaker": _("Sprecher:in"),
    "deputy": _("Vertretung"),
    "reserve": _("Nachrückliste"),
    "officer": _("QM-Team"),
    "holder": _("Mit eigenem Sitz"),
    "pool": _("Von der Nachrückliste"),
    "votes": _("Jemand vom Sitz stimmt mit"),
    "moderator": _("Moderation"),
    "administrator": _("Verwaltung"),
    # how a seat was won, why it was lost or a place on the reserve list left
    "ballot": _("Wahl mit Stimmzetteln"),
    "assembly": _("Wahl in einer Versammlung"),
    "en_bloc": _("Wahl der ganzen Liste"),
    "lot": _("Los"),
    "quota_lot": _("Los nach Gruppen"),
    "appointed": _("Benennung"),
    "open_door": _("Offene Teilnahme"),
    "reserve_list": _("Nachgerückt"),
    "term_end": _("Ende der Amtszeit"),
    "moved": _("Weggezogen"),
    "resigned": _("Rücktritt"),
    "replaced": _("Die Einrichtung schickt jemand anderen"),
    "absence": _("Zu oft gefehlt"),
    "moved_up": _("Nachgerückt"),
    "declined": _("Möchte nicht nachrücken"),
    "other": _("Anderer Grund"),
    # lines of the list of what has to be set up
    "todo": _("Noch offen"),
    "partly": _("Reicht für den Anfang"),
    "done": _("Erledigt"),
    "by_itself": _("Geschieht von selbst"),
    # on which level a steering round meets
    "local": _("im Gebiet"),
    "district": _("im Bezirk"),
    "state": _("in ganz Berlin"),
    # where an officer saw what is noted of a member
    "person": _("Seite über Sie"),
    "seat": _("Seite über Ihren Sitz"),
    "card": _("Seite über Ihre Karte"),
    "export": _("Liste des Gremiums als Datei"),
    # acts that wait for a second person
    "waiting": _("Wartet auf zweite Person"),
    "close_early": _("Vorzeitig schließen"),
    "confirm_result": _("Ergebnis bestätigen"),
    "void_round": _("Abstimmung abbrechen"),
    "adopt_rules": _("Regeln in Kraft setzen"),
    "replace_card": _("Verlorene Karte ersetzen"),
    "replace_card_home": _("Verlorene Karte ohne Besuch ersetzen"),
    "change_roster": _("Besetzung trotz angesagter Abstimmung ändern"),
    # entries of the decision log
    "rules_adopted": _("Regeln beschlossen"),
    "round_announced": _("Abstimmung angesagt"),
    "round_opened": _("Abstimmung geöffnet"),
    "round_closed": _("Abstimmung geschlossen"),
    "card_replaced": _("Karte ersetzt"),
    "roster_released": _("Besetzung zum Ändern freigegeben"),
}

TONES = {
    "good": {"adopted", "recommended", "approved", "confirmed", "published", "admitted", "done"},
    "bad": {"rejected", "segment_failed", "void", "annulled", "not_recommended"},
    "warm": {"todo", "last_call", "waiting", "recused", "circular_after", "postponed"},
    "cool": {"open", "announced", "scheduled", "counted"},
    "poll": {"poll", "poll_only"},
}
_TONE_OF = {code: tone for tone, codes in TONES.items() for code in codes}

BODY_TASKS: dict[str, str] = {
    "council": _("Der Quartiersrat empfiehlt. Endgültig entscheidet die Steuerungsrunde."),
    "jury": _("Die Aktionsfondsjury entscheidet allein. Ihre Abstimmung ist die Entscheidung."),
    "steering_round": _("Hier sprechen Senat, Bezirk und QM-Team. Sie entscheiden gemeinsam."),
    "selection_body": _("Dieses Gremium empfiehlt, wer ein Projekt umsetzen soll."),
}

STAND_INS: dict[str | None, str] = {
    "deputy": _("Vertritt den Sitz, %(why)s."),
    "pool": _("Vertritt den Sitz aus dem Pool, %(why)s."),
    "reserve_list": _("Vertritt den Sitz von der Nachrückliste, %(why)s."),
    None: _("Niemand stimmt ab, %(why)s."),
}
GAPS: dict[str, str] = {
    "absent": _("weil niemand vom Sitz da ist"),
    "recused": _("weil jemand vom Sitz befangen ist"),
    "vacant": _("weil der Sitz unbesetzt ist"),
}

# Residents sit in bodies that agree by talking because their council sent them.
COUNCIL_SEATS = _("Aus dem Quartiersrat")

# What a person may do, as the page about rights says it; app/policy.py says who may.
ACTIONS: dict[str, str] = {
    "read_public": _("Öffentliche Seiten lesen: Gebiete, Entscheidungen, Abstimmungen prüfen"),
    "enter": _("Sich anmelden: mit Karte, Passphrase und Code oder Passkey"),
    "leave": _("Sich abmelden"),
    "prove": _("Noch einmal zeigen, dass man es selbst ist"),
    "set_up_access": _("Den eigenen Zugang einrichten und ändern"),
    "use_own_account": _("Das eigene Konto ansehen und eigene Geräte abmelden"),
    "own_data": _("Die eigenen Daten ansehen, herunterladen, ändern und löschen lassen"),
    "read_proposals": _("Anträge lesen"),
    "comment": _("Zu Anträgen etwas schreiben"),
    "vote": _("Abstimmen, mit einem Sitz"),
    "edit_proposals": _("Anträge eintragen und ändern"),
    "run_rounds": _("Sitzungen und Abstimmungen leiten"),
    "confirm": _("Als zweite Person bestätigen"),
    "edit_roster": _("Gremien, Sitze, Mitglieder und Regeln pflegen"),
    "print_cards": _("Karten drucken und sperren"),
    "invite_officers": _("Zugänge im QM-Team vergeben und beenden"),
}

OUTCOME_PHRASES: dict[str, str] = {
    "adopted": _("angenommen"),
    "rejected": _("abgelehnt"),
    "not_quorate": _("nicht beschlussfähig"),
    "segment_failed": _("nicht angenommen: zu wenige Bewohner-Stimmen"),
    "too_few_ballots": _("nicht ausgezählt"),
    "postponed": _("vertagt"),
    "circular_after": _("Umlauf folgt"),
    "cannot_open": _("nicht eröffnet"),
}

MAJORITIES: dict[tuple[str, str], str] = {
    ("more_than_half", "present"): _("Mehr als die Hälfte der Anwesenden muss Ja sagen."),
    ("more_than_half", "all_seats"): _("Mehr als die Hälfte aller Sitze muss Ja sagen."),
    ("more_than_half", "filled_seats"): _("Mehr als die Hälfte der besetzten Sitze muss Ja sagen."),
    ("more_than_half", "cast"): _("Mehr als die Hälfte aller Stimmen muss Ja sein."),
    ("more_than_half", "yes_no"): _("Mehr als die Hälfte der Ja- und Nein-Stimmen muss Ja sein."),
    ("two_thirds", "present"): _("Zwei Drittel der Anwesenden müssen Ja sagen."),
    ("two_thirds", "all_seats"): _("Zwei Drittel aller Sitze müssen Ja sagen."),
    ("two_thirds", "filled_seats"): _("Zwei Drittel der besetzten Sitze müssen Ja sagen."),
    ("two_thirds", "cast"): _("Zwei Drittel aller Stimmen müssen Ja sein."),
    ("two_thirds", "yes_no"): _("Zwei Drittel der Ja- und Nein-Stimmen müssen Ja sein."),
    ("three_quarters", "present"): _("Drei Viertel der Anwesenden müssen Ja sagen."),
    ("three_quarters", "all_seats"): _("Drei Viertel aller Sitze müssen Ja sagen."),
    ("three_quarters", "filled_seats"): _("Drei Viertel der besetzten Sitze müssen Ja sagen."),
    ("three_quarters", "cast"): _("Drei Viertel aller Stimmen müssen Ja sein."),
    ("three_quarters", "yes_no"): _("Drei Viertel der Ja- und Nein-Stimmen müssen Ja sein."),
    ("unanimous", "present"): _("Alle Anwesenden müssen Ja sagen."),
    ("unanimous", "all_seats"): _("Alle Sitze müssen Ja sagen."),
    ("unanimous", "filled_seats"): _("Alle besetzten Sitze müssen Ja sagen."),
    ("unanimous", "cast"): _("Alle Stimmen müssen Ja sein."),
    ("unanimous", "yes_no"): _("Es darf keine Nein-Stimme geben."),
}
# The columns of a roster in a file.
ROSTER_COLUMNS: dict[str, str] = {
    "member": _("Nummer der Person"),
    "name": _("Name"),
    "mail": _("E-Mail"),
    "language": _("Sprache"),
    "may_be_named": _("Name darf öffentlich stehen"),
    "segment": _("Gruppe"),
    "seat": _("Sitz"),
    "label": _("Bezeichnung des Sitzes"),
    "position": _("Reihenfolge"),
    "kind": _("Art"),
    "rank": _("Rang"),
    "starts_on": _("Beginn"),
    "ends_on": _("Ende"),
    "end_reason": _("Grund des Endes"),
    "source": _("Wie bestimmt"),
    "is_dual_role": _("Doppelrolle"),
    "dual_role": _("Doppelrolle bei"),
}


def init_app(app: Flask) -> None:
    """Give the templates every function of this file by its own name."""
    functions = (
        *(word, tone, outcome_phrase, amount, plain_number, day, short_day, moment, clock, iso),
        *(majority_sentence, required_sentence, missing_sentence, abstention_sentence),
        *(quorum_sentence, roll_sentence, roll_reason, resident_majority_sentence, check_mark),
        *(group_name, task_sentence, composition_sentence, minutes_sentence, action_phrase),
        *(seats_sentence, entry_sentence, unnamed_sentence),
    )
    app.jinja_env.globals.update({function.__name__: function for function in functions})


def word(code: str) -> str:
    return gettext(WORDS[code])


def parameter_name(name: str) -> str:
    """A parameter of the rules of procedure, asked as a question."""
    return gettext(PARAMETERS[name])


def tone(code: str) -> str:
    """The one colour and shape of a state: good, bad, warm, cool, poll or still."""
    return _TONE_OF.get(code, "still")


def action_phrase(code: str) -> str:
    """What an action of the policy is, in plain words."""
    return gettext(ACTIONS[code])


def outcome_phrase(code: str) -> str:
    """The outcome as the end of a sentence: "Hofbegrünung: angenommen"."""
    return gettext(OUTCOME_PHRASES[code])


def amount(cents: int) -> str:
    """Euros with cents only where there are some; Babel's own patterns confuse readers."""
    euros, rest = divmod(abs(cents), 100)
    sign = "\u2212" if cents < 0 else ""
    if language() == "en":
        return f"{sign}€{euros:,}" + (f".{rest:02}" if rest else "")
    grouped = f"{euros:,}".replace(",", ".")
    return f"{sign}{grouped}" + (f",{rest:02}" if rest else "") + f"{NBSP}€"


def plain_number(cents: int) -> str:
    """Euros for machines: "1480.50"."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def day(value: date | str) -> str:
    """ "Dienstag, 10. November 2026"; stored ISO texts are read too."""
    return _day(value, LONG[language()], language())


def short_day(value: date | str) -> str:
    return _day(value, SHORT[language()], language())


def moment(value: datetime | str) -> str:
    """ "Dienstag, 10. November 2026, 18:00 Uhr" in Berlin."""
    return _moment(value, LONG_TIME[language()], language())


def clock(value: datetime | str) -> str:
    return _moment(value, CLOCK[language()], language())


def iso(value: date | str) -> str:
    """The value of a `datetime` attribute: with offset, to the second."""
    local = _local(value)
    return local.isoformat(timespec="seconds") if isinstance(local, datetime) else local.isoformat()


def majority_sentence(
    rule: str, base: str, base_count: int, required: int, yes: int | None = None
) -> str:
    """ "Zwei Drittel der Anwesenden müssen Ja sagen. Das sind 8 von 12. Es waren 9." """
    said = [
        gettext(MAJORITIES[rule, base]),
        gettext("Das sind %(required)d von %(base)d.", required=required, base=base_count),
    ]
    if yes is not None:
        said.append(ngettext("Es war %(num)d.", "Es waren %(num)d.", yes))
    return " ".join(said)


def required_sentence(required: int) -> str:
    return ngettext("Nötig ist %(num)d Ja-Stimme.", "Nötig sind %(num)d Ja-Stimmen.", required)


def missing_sentence(missing: int) -> str:
    return ngettext("%(num)d Ja-Stimme fehlte", "%(num)d Ja-Stimmen fehlten", missing)


def abstention_sentence(base: str) -> str:
    """What an abstention does to the majority; printed under the answer."""
    if base == "yes_no":
        return gettext("Eine Enthaltung zählt bei der Mehrheit nicht mit.")
    return gettext("Eine Enthaltung hilft nicht zum Ja. Sie wirkt wie ein Nein.")


def quorum_sentence(have: int, base: int, need: int) -> str:
    """ "12 von 18 da. Nötig: 12. Beschlussfähig." """
    numbers = gettext("%(have)d von %(base)d da. Nötig: %(need)d.", have=have, base=base, need=need)
    verdict = gettext("Beschlussfähig.") if have >= need else gettext("Nicht beschlussfähig.")
    return f"{numbers} {verdict}"


def roll_sentence(roll: Mapping[str, Any], *, is_poll: bool = False) -> str:
    """The one public line on who may vote and why, without names; a poll needs no quorum."""
    said = [
        gettext(
            "Stimmberechtigt: %(entitled)d von %(seats)d Sitzen"
            " (%(residents)d Bewohner, %(partners)d Partner).",
            **{name: roll[name] for name in ("entitled", "seats", "residents", "partners")},
        ),
        *_stand_in_sentences(roll),
        ngettext(
            "%(num)d Sitz abwesend, %(recused)d befangen, %(vacant)d unbesetzt.",
            "%(num)d Sitze abwesend, %(recused)d befangen, %(vacant)d unbesetzt.",
            roll["absent"],
            recused=roll["recused"],
            vacant=roll["vacant"],
        ),
    ]
    if not is_poll:
        said.append(gettext("Beschlussfähig ab %(need)d.", need=roll["quorum_need"]))
    return " ".join(said)


def _stand_in_sentences(roll: Mapping[str, Any]) -> list[str]:
    """How many stand in, by the state of the seats they vote for."""
    say = _from_reserve_list if roll.get("deputy_mode") == "reserve_list" else _deputies
    told = ((state, roll[f"for_{state}"]) for state in ("absent", "recused", "vacant"))
    return [say(state, number) for state, number in told if number]


def _from_reserve_list(state: str, number: int) -> str:
    return {
        "absent": ngettext(
            "%(num)d Nachrücker vertritt Abwesende.",
            "%(num)d Nachrücker vertreten Abwesende.",
            number,
        ),
        "recused": ngettext(
            "%(num)d Nachrücker vertritt Befangene.",
            "%(num)d Nachrücker vertreten Befangene.",
            number,
        ),
        "vacant": ngettext(
            "%(num)d Nachrücker stimmt für einen unbesetzten Sitz.",
            "%(num)d Nachrücker stimmen für unbesetzte Sitze.",
            number,
        ),
    }[state]


def _deputies(state: str, number: int) -> str:
    return {
        "absent": ngettext(
            "%(num)d Person vertritt Abwesende.", "%(num)d Personen vertreten Abwesende.", number
        ),
        "recused": ngettext(
            "%(num)d Person vertritt Befangene.", "%(num)d Personen vertreten Befangene.", number
        ),
        "vacant": ngettext(
            "%(num)d Person stimmt für einen unbesetzten Sitz.",
            "%(num)d Personen stimmen für unbesetzte Sitze.",
            number,
        ),
    }[state]


def task_sentence(kind: str) -> str:
    """What the word of a body is worth."""
    return gettext(BODY_TASKS[kind])


def roll_reason(state: str, via: str | None) -> str:
    """Why somebody votes for a seat, or why nobody does, in one sentence for members."""
    if via == "holder":
        return gettext("Hat den Sitz und ist da.")
    return gettext(STAND_INS[via], why=gettext(GAPS[state]))


def group_name(kind: str, segment: str) -> str:
    """A group of seats in the words of a body: a steering round has seats for the council."""
    if segment == "resident" and kind in ("steering_round", "selection_body"):
        return gettext(COUNCIL_SEATS)
    return word(segment)


def seats_sentence(kind: str, seats: Mapping[str, int]) -> str:
    """ "9 Sitze. Bewohnerschaft: 6, Partner: 3." """
    total = ngettext("%(num)d Sitz.", "%(num)d Sitze.", sum(seats.values()))
    parts = ", ".join(f"{group_name(kind, each)}: {count}" for each, count in seats.items())
    return f"{total} {parts}."


def entry_sentence(min_age: int, *, may_work_here: bool) -> str:
    """Who may hold a resident's seat: where they live and how old they are."""
    if may_work_here:
        return gettext(
            "Mitmachen kann, wer im Gebiet wohnt oder arbeitet"
            " und mindestens %(age)d Jahre alt ist.",
            age=min_age,
        )
    return gettext(
        "Mitmachen kann, wer im Gebiet wohnt und mindestens %(age)d Jahre alt ist.", age=min_age
    )


def unnamed_sentence(count: int) -> str:
    """How many people did not agree to be named."""
    return ngettext(
        "%(num)d Person möchte nicht genannt werden.",
        "%(num)d Personen möchten nicht genannt werden.",
        count,
    )


def composition_sentence(composition: Composition) -> str:
    """ "13 von 21 besetzten Sitzen hat die Bewohnerschaft. Nötig sind mindestens 11." """
    return ngettext(
        "%(residents)d von %(num)d besetzten Sitz hat die Bewohnerschaft."
        " Nötig sind mindestens %(need)d.",
        "%(residents)d von %(num)d besetzten Sitzen hat die Bewohnerschaft."
        " Nötig sind mindestens %(need)d.",
        composition.total,
        residents=composition.residents,
        need=composition.need,
    )


def resident_majority_sentence(residents: int, partners: int) -> str:
    """ "Bewohnerschaft: 6, Partner: 3. Nötig sind mehr aus der Bewohnerschaft. Erfüllt." """
    numbers = gettext(
        "Bewohnerschaft: %(residents)d, Partner: %(partners)d."
        " Nötig sind mehr aus der Bewohnerschaft.",
        residents=residents,
        partners=partners,
    )
    verdict = gettext("Erfüllt.") if residents > partners else gettext("Nicht erfüllt.")
    return f"{numbers} {verdict}"


def minutes_sentence(minutes: int) -> str:
    """About how long something takes."""
    return ngettext("Dauert etwa %(num)d Minute.", "Dauert etwa %(num)d Minuten.", minutes)


def funding_question(number: str, title: str, cents: int) -> str:
    """The ready-translated wording of a question about money."""
    return gettext(
        "Soll der Antrag %(number)s „%(title)s“ %(amount)s bekommen?",
        number=number,
        title=title,
        amount=amount(cents),
    )


def adoption_question(version: int) -> str:
    """The ready-translated wording of a question about new rules."""
    return gettext("Soll Fassung %(version)d der Geschäftsordnung gelten?", version=version)


def rules_title(version: int) -> str:
    return gettext("Geschäftsordnung, Fassung %(version)d", version=version)


def check_mark(digest: str) -> str:
    """The Prüfzeichen of a question: four groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


@lru_cache(maxsize=REMEMBERED)
def _day(value: date | str, pattern: str, spoken: str) -> str:
    return format_date(_local(value), pattern, spoken)


@lru_cache(maxsize=REMEMBERED)
def _moment(value: datetime | str, pattern: str, spoken: str) -> str:
    return format_datetime(_local(value), pattern, locale=spoken)


def _local(value: date | str) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value.astimezone(BERLIN) if isinstance(value, datetime) else value
