"""What the rules would mean this evening: the numbers of DOMAIN 3.1 as a table."""

import re

import pytest

from app.roster.seating import add_seat
from tests.app.public.reading import read


def address(area):
    return f"/gremium/{area.body.id}/regeln"


def rows(visitor, area, query):
    """The table: number present to the words of its cells."""
    html = visitor.get(f"{address(area)}/was-waere-wenn{query}").text
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    found = {}
    for row in body.split("</tr>")[:-1]:
        head = re.search(r'<th scope="row">\s*(.*?)\s*<span', row, re.DOTALL)
        cells = re.findall(r"<(?:strong|span class=\"soft\")>(.*?)</", row)
        found[head[1].strip()] = cells
    return found


@pytest.fixture
def eighteen(held, area):
    """Twelve residents' and six partners' seats, as in the examples of the rules."""
    for segment, times in (("resident", 6), ("partner", 3)):
        for _ in range(times):
            add_seat(held, area.body, segment, "")
    return area


def test_twelve_of_eighteen_are_quorate_and_need_eight(eighteen, visitor):
    table = rows(visitor, eighteen, "?leer=0&befangen=0")
    assert table["12"] == ["8 Ja nötig"]
    assert table["18"] == ["12 Ja nötig"]
    assert table["17"] == ["12 Ja nötig"]
    assert table["11 oder weniger"] == ["nicht beschlussfähig, erst ab 12"]
    assert "10" not in table


def test_two_recused_of_twelve_leave_ten(eighteen, visitor):
    table = rows(visitor, eighteen, "?leer=0&befangen=2")
    assert table["12"] == ["8 Ja nötig", "8 Ja nötig", "7 Ja nötig"]


def test_recusal_that_leaves_the_presence_costs_the_quorum(held, eighteen, visitor):
    eighteen.rules.parameters = eighteen.rules.parameters | {"recusal.quorum": "leaves_presence"}
    held.add(eighteen.rules)
    table = rows(visitor, eighteen, "?leer=0&befangen=1")
    assert table["12"] == ["8 Ja nötig", "nicht beschlussfähig, erst ab 12"]


def test_vacant_seats_count_as_the_rules_say(held, eighteen, visitor):
    assert rows(visitor, eighteen, "?leer=3&befangen=0")["12"] == ["8 Ja nötig"]
    eighteen.rules.parameters = eighteen.rules.parameters | {"quorum.base": "filled_seats"}
    held.add(eighteen.rules)
    table = rows(visitor, eighteen, "?leer=3&befangen=0")
    assert next(iter(table)) == "15"
    assert table["10"] == ["7 Ja nötig"]
    assert table["9 oder weniger"] == ["nicht beschlussfähig, erst ab 10"]


def test_other_matters_have_their_own_majority(held, eighteen, visitor):
    page = f"{address(eighteen)}/was-waere-wenn?um=anderes"
    assert "Wie viele müssen bei allem anderen Ja sagen?" in read(visitor, page)
    eighteen.rules.parameters = eighteen.rules.parameters | {"majority.other": "more_than_half"}
    held.add(eighteen.rules)
    assert rows(visitor, eighteen, "?um=anderes&leer=0&befangen=0")["12"] == ["7 Ja nötig"]


@pytest.mark.parametrize("query", ["?leer=-5&befangen=99", "?leer=x&befangen=&um=krumm", ""])
def test_numbers_that_cannot_be_are_brought_into_range(area, visitor, query):
    assert "9 Sitze" in read(visitor, f"{address(area)}/was-waere-wenn{query}")
