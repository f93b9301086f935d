"""Sentences with the numbers of the domain in them."""

from collections.abc import Sequence
from datetime import date

from app.catalogue import gettext, ngettext
from app.text.codes import AUDIENCES, BODY_TASKS, MAJORITIES, TRUSTS
from app.text.values import amount, short_day


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


def task_sentence(kind: str) -> str:
    """What the word of a body is worth."""
    return gettext(BODY_TASKS[kind])


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
