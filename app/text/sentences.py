"""Sentences with the numbers of the domain in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.catalogue import gettext, ngettext
from app.text.codes import (
    AUDIENCES,
    BODY_TASKS,
    COUNCIL_SEATS,
    GAPS,
    MAJORITIES,
    STAND_INS,
    TRUSTS,
    word,
)
from app.text.values import amount, percent, short_day
from voting.rules.composition import Composition


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


def invalid_sentence(papers: int) -> str:
    return ngettext("%(num)d Zettel war ungültig.", "%(num)d Zettel waren ungültig.", papers)


def short_of_sentence(required: int, missing: int) -> str:
    """ "Nötig sind 6 Ja-Stimmen. 1 Ja-Stimme fehlte." """
    return f"{required_sentence(required)} {missing_sentence(missing)}."


def abstention_sentence(base: str) -> str:
    """What an abstention does to the majority; printed under the answer."""
    if base == "yes_no":
        return gettext("Eine Enthaltung zählt bei der Mehrheit nicht mit.")
    return gettext("Eine Enthaltung hilft nicht zum Ja. Sie wirkt wie ein Nein.")


def quorum_sentence(have: int | None, base: int, need: int) -> str:
    """ "12 von 18 da. Nötig: 12. Beschlussfähig."; over days it is known only at the close."""
    if have is None:
        return gettext(
            "Beschlussfähig, wenn %(need)d von %(base)d mitmachen.", need=need, base=base
        )
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


def makeup_sentence(residents: int, partners: int) -> str:
    """ "Bewohnerschaft: 6, Partner: 3." """
    return gettext(
        "Bewohnerschaft: %(residents)d, Partner: %(partners)d.",
        residents=residents,
        partners=partners,
    )


def share_sentence(residents: int, partners: int) -> str:
    """ "Anteil der Bewohnerschaft: 67 %." """
    share = percent(residents, residents + partners)
    return gettext("Anteil der Bewohnerschaft: %(share)s.", share=share)


def questions_sentence(count: int) -> str:
    return ngettext("%(num)d Frage", "%(num)d Fragen", count)


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


def amended_question(
    number: str, title: str, requested: int, cents: int, conditions: Sequence[str]
) -> str:
    """The same for a sum that was lowered or comes with duties, which are sentences."""
    said = [funding_question(number, title, cents)]
    if cents != requested:
        said.append(gettext("Beantragt sind %(amount)s.", amount=amount(requested)))
    if conditions:
        said.append(gettext("Auflagen:"))
    return " ".join([*said, *conditions])


def trust_sentence(trust: str) -> str:
    """Who could open single ballots of a round, by who holds its count key."""
    return gettext(TRUSTS[trust])


def box_sentence(audience: str, last_day: date | None, today: date) -> str:
    """Who may count again and until when, or until when one could."""
    if last_day and last_day < today:
        return gettext(
            "Nachzählen ging bis %(day)s. Danach wird die Urne gelöscht. Ergebnis und Prüfsummen"
            " bleiben.",
            day=short_day(last_day),
        )
    if last_day is None:
        end = gettext("Wann die Urne gelöscht wird, hat das Gremium nicht festgelegt.")
    else:
        end = gettext(
            "Nachzählen bis %(day)s. Danach wird die Urne gelöscht. Ergebnis und Prüfsummen"
            " bleiben.",
            day=short_day(last_day),
        )
    return f"{gettext(AUDIENCES[audience])} {end}"


def adoption_question(version: int) -> str:
    """The ready-translated wording of a question about new rules."""
    return gettext("Soll Fassung %(version)d der Geschäftsordnung gelten?", version=version)


def approval_question(day: date) -> str:
    """The ready-translated wording of a question about minutes."""
    return gettext(
        "Soll das Protokoll der Sitzung vom %(day)s genehmigt werden?", day=short_day(day)
    )


def minutes_title(day: date) -> str:
    return gettext("Protokoll der Sitzung vom %(day)s", day=short_day(day))


def rules_title(version: int) -> str:
    return gettext("Geschäftsordnung, Fassung %(version)d", version=version)


def copies_sentence(dialect: str) -> str:
    """What is left beside the tables of what was deleted: dialect sqlite or postgresql."""
    if dialect == "sqlite":
        return gettext(
            "Die Datenbank überschreibt in ihrer Datei sofort, was sie löscht. Daneben führt sie"
            " höchstens ein kurzes Protokoll, das jeden Tag geleert wird."
        )
    return gettext(
        "Die Datenbank führt ein Protokoll für den Fall eines Absturzes. Darin kann Gelöschtes noch"
        " stehen, bis der Server es überschreibt, und in Sicherungen des Protokolls so lange wie in"
        " anderen Sicherungen. Das kann diese Website nicht selbst löschen."
    )
