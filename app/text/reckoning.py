"""How the number of needed yes votes came about, step by step."""

from collections.abc import Mapping
from typing import Any

from app.catalogue import gettext, language

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

SHARES = {"more_than_half": (1, 2), "two_thirds": (2, 3), "three_quarters": (3, 4)}
BASES: dict[str, str] = {
    "present": _("Gezählt wird von allen auf der Liste: %(base)d."),
    "all_seats": _("Gezählt wird von allen Sitzen: %(base)d."),
    "filled_seats": _("Gezählt wird von den besetzten Sitzen: %(base)d."),
    "cast": _("Gezählt wird von allen abgegebenen Stimmen: %(base)d."),
    "yes_no": _("Gezählt wird von den Ja- und Nein-Stimmen: %(base)d."),
}
STEPS: dict[tuple[str, bool], str] = {
    ("two_thirds", True): _("Zwei Drittel von %(base)d sind genau %(share)s."),
    ("two_thirds", False): _("Zwei Drittel von %(base)d sind %(share)s. Das wird aufgerundet."),
    ("three_quarters", True): _("Drei Viertel von %(base)d sind genau %(share)s."),
    ("three_quarters", False): _("Drei Viertel von %(base)d sind %(share)s. Das wird aufgerundet."),
    ("more_than_half", True): _("Die Hälfte von %(base)d ist %(share)s. Es muss mehr sein."),
    ("more_than_half", False): _("Die Hälfte von %(base)d ist %(share)s. Es muss mehr sein."),
}


def reckoning_sentences(rule: Mapping[str, Any], roll: Mapping[str, Any]) -> list[str]:
    """Seats by group, the base and the rounding of a majority.

    `rule` has majority, base, base_count and required, `roll` residents and partners.
    """
    base, counted = rule["base_count"], BASES[rule["base"]]
    said = [
        gettext(
            "Auf der Liste standen %(residents)d Sitze der Bewohnerschaft und %(partners)d Sitze"
            " der Partner.",
            residents=roll["residents"],
            partners=roll["partners"],
        ),
        gettext(counted, base=base),
    ]
    if rule["majority"] in SHARES:
        part, whole = SHARES[rule["majority"]]
        is_exact = base * part % whole == 0
        step = STEPS[rule["majority"], is_exact]
        said.append(gettext(step, base=base, share=_share(base * part, whole)))
    said.append(gettext("Nötig waren also %(required)d Ja.", required=rule["required"]))
    return said


def _share(part: int, whole: int) -> str:
    """A fraction with at most two decimals, cut off: it is only shown."""
    hundredths = part * 100 // whole
    units, rest = divmod(hundredths, 100)
    if not rest:
        return str(units)
    mark = "." if language() == "en" else ","
    return f"{units}{mark}{rest:02}".rstrip("0")
