"""The tables of required yes votes in words."""

from collections.abc import Iterator

from app.catalogue import gettext as _
from app.catalogue import ngettext
from app.emergency import needed
from app.emergency.needed import Line, Seats
from app.proceedings.block import Block, Table, Text
from app.text import majority_sentence
from voting.rules import majority
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

NOT_POSSIBLE = "–"


def blocks(procedure: Procedure, seats: Seats) -> list[Block]:
    """The rule with an example, and the tables for every number of seats present."""
    found: list[Block] = [Text(each) for each in _rule(procedure, seats)]
    for vacant in needed.vacancies(procedure, seats):
        filled = seats.vacant - vacant
        found.append(_present_table(needed.by_present(procedure, seats.all, vacant), filled))
    later = needed.by_counted(procedure, seats.all)
    return [*found, _counted_table(procedure, later)] if later else found


def _rule(procedure: Procedure, seats: Seats) -> Iterator[str]:
    filled = seats.all - seats.vacant
    everybody = RollFacts(seats=seats.all, residents=filled, partners=0, vacant=seats.vacant)
    found = majority.announced(everybody, procedure)
    if found:
        example = majority_sentence(found.rule, found.counted, found.base, found.required)
        yield _("%(rule)s So ist es, wenn alle da sind.", rule=example)
    yield _("Ein Strich – heißt: So dürfen Sie nicht abstimmen.")
    yield _("Wer befangen ist, zählt bei den anwesenden Sitzen mit.")
    if procedure.choice("resident_majority") != "off":
        yield _("Außerdem müssen mehr Sitze der Bewohnerschaft mitstimmen als Sitze der Partner.")


def _present_table(lines: list[Line], filled: int) -> Table:
    recused = [
        _("Nötige Ja, niemand befangen"),
        *(
            ngettext("%(num)d befangen", "%(num)d befangen", number)
            for number in range(1, needed.MOST_RECUSED + 1)
        ),
    ]
    caption = _("Anwesende Sitze und nötige Ja-Stimmen")
    if filled:
        caption = ngettext(
            "Wenn jemand für %(num)d unbesetzten Sitz stimmt",
            "Wenn jemand für %(num)d unbesetzte Sitze stimmt",
            filled,
        )
    return Table(
        caption=caption,
        columns=[_("Anwesende Sitze"), *recused],
        rows=[_row(line) for line in lines],
    )


def _counted_table(procedure: Procedure, lines: list[Line]) -> Table:
    counted = {
        "cast": _("Gültige Zettel, mit Enthaltungen"),
        "yes_no": _("Ja- und Nein-Stimmen zusammen"),
    }[procedure.choice("majority.base")]
    return Table(
        caption=_("Nach dem Zählen gilt diese Tabelle"),
        columns=[counted, _("Nötige Ja")],
        rows=[_row(line) for line in lines],
    )


def _row(line: Line) -> list[str]:
    cells = (NOT_POSSIBLE if each is None else str(each) for each in line.needed)
    return [str(line.number), *cells]
