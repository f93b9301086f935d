"""What the rules would mean if people left, arrived or were recused: a table to print."""

from typing import NamedTuple

from flask import Response, request

from app import db, rules_of_procedure
from app.body import day_of, places_on, term_on
from app.policy import Action, requires
from app.public.page import page
from app.public.routes import blueprint
from app.public.rules import load
from voting.rules import parameter
from voting.rules.procedure import Procedure
from voting.rules.what_if import Row, table

MOST_RECUSED = 4
MATTERS: dict[str, parameter.Matter] = {"geld": "funding", "anderes": "other"}


class Asked(NamedTuple):
    """What the reader wants to know: seats without a member, most recused, money or not."""

    vacant: int
    recused: int
    matter: str


@blueprint.get("/gremium/<int:body_id>/regeln/was-waere-wenn")
@requires(Action.READ_PUBLIC)
def what_if(body_id: int) -> Response:
    held = db.session()
    body, area = load(held, body_id)
    today = day_of(db.clock(held))
    places = places_on(held, body, term_on(held, body, today), today)
    asked = _asked(len(places), sum(1 for place in places if not place.holders))
    rules = rules_of_procedure.in_force(held, body.id)
    parameters = rules.parameters if rules else {}
    matter = MATTERS[asked.matter]
    needed = parameter.needed(parameters, matter=matter, recusals=asked.recused > 0)
    missing = parameter.missing(parameters, needed)
    procedure = Procedure(parameters, matter=matter)
    return page(
        "public/what_if.html",
        body=body,
        area=area,
        rules=rules,
        missing=missing,
        seats=len(places),
        asked=asked,
        most_recused=MOST_RECUSED,
        rows=[] if missing else _by_present(procedure, len(places), asked),
        resident_majority=procedure.choice("resident_majority"),
    )


def _asked(seats: int, vacant: int) -> Asked:
    matter = request.args.get("um", "geld")
    return Asked(
        vacant=_number("leer", vacant, seats),
        recused=_number("befangen", 2, MOST_RECUSED),
        matter=matter if matter in MATTERS else "geld",
    )


def _number(name: str, usual: int, most: int) -> int:
    """A number of the address, brought into its range."""
    typed = request.args.get(name, type=int)
    return min(max(usual if typed is None else typed, 0), most)


def _by_present(procedure: Procedure, seats: int, asked: Asked) -> list[tuple[int, list[Row]]]:
    """For each number present, most first, a row for each number recused.

    It ends with the first number that is too small whatever happens: fewer are too few as well.
    """
    rows = table(procedure, seats, asked.vacant, asked.recused)
    found: list[tuple[int, list[Row]]] = []
    for present in range(seats - asked.vacant, 0, -1):
        found.append((present, [row for row in rows if row.present == present]))
        if not any(row.quorum.is_met for row in found[-1][1]):
            break
    return found
