"""Sentences about funds, sums that a body changes, and money that does not suffice for all."""

from app.catalogue import gettext
from app.text.values import amount

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

CONDITIONS: dict[str, str] = {
    "open_to_all": _("Die Aktion ist offen für alle aus dem Gebiet."),
    "report": _("Nach der Aktion gibt es einen kurzen Bericht mit Bildern."),
    "name_the_fund": _("Auf Plakaten steht, dass der Fonds die Aktion bezahlt."),
    "lend": _("Was gekauft wird, kann danach im Gebiet ausgeliehen werden."),
    "compare_prices": _("Vor dem Kauf werden drei Preise verglichen."),
    "without_steps": _("Der Ort ist ohne Stufen erreichbar."),
}

SHORTAGES: dict[str, str] = {
    "cut_by_vote": _(
        "Nach den Regeln bekommt noch niemand Geld."
        " Das Gremium stimmt noch einmal über kleinere Summen ab."
    ),
    "rank_yes": _(
        "Nach den Regeln geht es nach der Zahl der Ja-Stimmen."
        " Was nicht mehr in den Topf passt, bekommt kein Geld."
    ),
    "agenda_order": _(
        "Nach den Regeln geht es nach der Reihenfolge der Tagesordnung."
        " Was nicht mehr in den Topf passt, bekommt kein Geld."
    ),
}


def left_sentence(left: int, pot: int, year: int) -> str:
    """ "Noch 3.240 € von 10.000 € für 2026." """
    return gettext(
        "Noch %(left)s von %(pot)s für %(year)s.", left=amount(left), pot=amount(pot), year=year
    )


def remainder_sentence(cents: int) -> str:
    """ "Noch 121,26 €" or, below zero, "742,74 € zu viel"."""
    if cents < 0:
        return gettext("%(sum)s zu viel", sum=amount(-cents))
    return gettext("Noch %(sum)s", sum=amount(cents))


def table_sentence(available: int, summed: int) -> str:
    """What the pot has for a table of applications, and what is voted on together."""
    return gettext("Im Topf: %(pot)s. Summe: %(sum)s.", pot=amount(available), sum=amount(summed))


def condition_sentence(code: str) -> str:
    return gettext(CONDITIONS[code])


def shortage_sentence(rule: str, adopted: int, available: int) -> str:
    """How much is missing for what was adopted, and what the rules say then."""
    numbers = gettext(
        "Angenommen sind %(adopted)s. Im Topf sind %(available)s. Es fehlen %(short)s.",
        adopted=amount(adopted),
        available=amount(available),
        short=amount(adopted - available),
    )
    return f"{numbers} {gettext(SHORTAGES[rule])}"
