"""Sentences about seats: how many there are, who holds them and who votes for them."""

from collections.abc import Mapping
from typing import Any

from app.catalogue import gettext, ngettext
from app.text.codes import COUNCIL_SEATS, GAPS, STAND_INS, word
from app.text.values import percent
from voting.rules.composition import Composition


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
