"""Rules of procedure as plain sentences, with the numbers of a body where they help."""

from collections.abc import Callable
from typing import Any

from babel.dates import format_time, get_day_names
from flask import Flask

from app.catalogue import gettext, language, ngettext
from app.rule.answers import ANSWERS
from app.rule.groups import rule_address
from app.rule.numbers import NONE_AT_ALL, NUMBERS
from app.rule.questions import CASES, GROUPS
from app.text import amount, parameter_name
from voting.rules.form import Weekly, deadline_of, share_of
from voting.rules.share import share

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

LANGUAGES: dict[str, str] = {
    "de": _("Deutsch"),
    "en": _("Englisch"),
    "tr": _("Türkisch"),
    "ar": _("Arabisch"),
}


def init_app(app: Flask) -> None:
    """Give the templates the words of the rules and the way to each question."""
    functions = (
        *(parameter_name, answer_sentence, rule_sentence, case_name, group_title),
        rule_address,
    )
    app.jinja_env.globals.update({function.__name__: function for function in functions})


def group_title(name: str) -> str:
    """What the parameters of a group are about."""
    return gettext(GROUPS[name])


def case_name(case: str) -> str:
    """What a body may be ready for."""
    return gettext(CASES[case])


def answer_sentence(name: str, value: Any) -> str:
    """What this answer to a rule means."""
    if name in NONE_AT_ALL and value == 0:
        return gettext(NONE_AT_ALL[name])
    if name in SPECIAL:
        return SPECIAL[name](value)
    if name in NUMBERS:
        return NUMBERS[name](value)
    return gettext(ANSWERS[name][value])


def rule_sentence(name: str, value: Any, seats: int) -> str:
    """What this answer means for a body with so many seats."""
    said = answer_sentence(name, value)
    counted = COUNTED[name](value, seats) if name in COUNTED and seats else ""
    return f"{said} {counted}".strip()


def _share(value: str) -> str:
    asked = share_of(value)
    if value == ">=1/1":
        return gettext("Alle Sitze gehören der Bewohnerschaft.")
    pattern = (
        gettext("Mehr als %(part)d von %(of)d Sitzen gehören der Bewohnerschaft.")
        if asked.strict
        else gettext("Mindestens %(part)d von %(of)d Sitzen gehören der Bewohnerschaft.")
    )
    return pattern % {"part": asked.part, "of": asked.of}


def _deadline(value: str) -> str:
    deadline = deadline_of(value)
    if deadline is None:
        return gettext("Anträge kann man jederzeit stellen.")
    if isinstance(deadline, Weekly):
        return gettext(
            "Anträge müssen in der Woche der Sitzung bis %(day)s, %(time)s Uhr, da sein.",
            day=weekday(deadline.weekday),
            time=format_time(deadline.at, "HH:mm", locale=language()),
        )
    return ngettext(
        "Anträge müssen spätestens %(num)d Tag vor der Aktion da sein.",
        "Anträge müssen spätestens %(num)d Tage vor der Aktion da sein.",
        deadline,
    )


def weekday(number: int) -> str:
    """The name of a day of the week; Monday is 0."""
    return str(get_day_names("wide", locale=language())[number])


def _quota(value: dict[str, int]) -> str:
    if not value:
        return gettext("Beim Losen sind keine Plätze für bestimmte Gruppen frei.")
    places = ", ".join(f"{stratum} {places}" for stratum, places in value.items())
    return gettext("Plätze beim Losen: %(places)s.", places=places)


def _languages(value: list[str]) -> str:
    spoken = ", ".join(gettext(LANGUAGES[code]) for code in LANGUAGES if code in value)
    return gettext("Jede Frage gibt es in diesen Sprachen: %(languages)s.", languages=spoken)


def _cap(euros: int) -> str:
    return gettext("Eine Aktion bekommt höchstens %(sum)s.", sum=amount(euros * 100))


def _pot(euros: int) -> str:
    return gettext("Im Topf sind %(sum)s im Jahr.", sum=amount(euros * 100))


def _presents(euros: int) -> str:
    return gettext("Ab %(sum)s stellt man den Antrag selbst vor.", sum=amount(euros * 100))


SPECIAL: dict[str, Callable[[Any], str]] = {
    "body.resident_share": _share,
    "application_deadline": _deadline,
    "lot.quota": _quota,
    "languages": _languages,
    "cap_per_action_eur": _cap,
    "pot_per_year_eur": _pot,
    "applicant_presents_from_eur": _presents,
}


def _quorum_of(rule: str, seats: int) -> str:
    if rule in ("none", "fixed"):
        return ""
    return gettext("Von %(seats)d sind das %(need)d.", seats=seats, need=share(rule, seats))


def _majority_of(rule: str, seats: int) -> str:
    there = share("two_thirds", seats)
    return gettext(
        "Wird mit %(base)d gerechnet, sind %(need)d Ja nötig.", base=there, need=share(rule, there)
    )


def _residents_of(value: str, seats: int) -> str:
    return gettext(
        "Von %(seats)d sind das %(need)d.", seats=seats, need=share_of(value).least(seats)
    )


COUNTED: dict[str, Callable[[Any, int], str]] = {
    "quorum.rule": _quorum_of,
    "majority.funding": _majority_of,
    "majority.other": _majority_of,
    "body.resident_share": _residents_of,
}
