"""A person is found by a few letters."""

import pytest

from app.body import Person
from app.models import Member
from app.roster.finding import find
from app.roster.holder import Holder

NAMES = ("Aylin Kara", "Jonas Wirth", "Marek Zając", "Tuğba Çelik", "Łukasz Weiß", "Işıl Öz")


@pytest.fixture
def holders() -> list[Holder]:
    return [Holder(Person(Member(name=name), "resident", "holder", None)) for name in NAMES]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ayl", ["Aylin Kara"]),
        ("KARA ay", ["Aylin Kara"]),
        ("celik", ["Tuğba Çelik"]),
        ("Çel", ["Tuğba Çelik"]),
        ("zajac", ["Marek Zając"]),
        ("lukasz weiss", ["Łukasz Weiß"]),
        ("isil oz", ["Işıl Öz"]),
        ("ar", ["Aylin Kara", "Marek Zając"]),
        ("kara wirth", []),
        ("  ", []),
        ("%", []),
    ],
)
def test_letters_find_names(holders: list[Holder], typed: str, names: list[str]) -> None:
    assert [each.member.name for each in find(holders, typed)] == names
