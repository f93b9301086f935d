"""What is said about money: what is left, what is too much, what a changed question asks."""

import pytest
from flask import Flask
from flask_babel import force_locale

from app import text
from app.rule.answers import ANSWERS
from app.text.money import SHORTAGES


@pytest.fixture(autouse=True)
def german(app: Flask):
    with app.app_context(), force_locale("de"):
        yield


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


def test_the_remainder_says_what_is_left_and_what_is_too_much():
    assert plain(text.remainder_sentence(121_26)) == "Noch 121,26 €"
    assert plain(text.remainder_sentence(0)) == "Noch 0 €"
    assert plain(text.remainder_sentence(-742_74)) == "742,74 € zu viel"


def test_the_meter_names_the_year():
    said = text.left_sentence(3_240_00, 10_000_00, 2026)
    assert plain(said) == "Noch 3.240 € von 10.000 € für 2026."


def test_a_changed_question_says_sum_and_conditions():
    said = text.amended_question("A-2026-7", "Chor", 800_00, 600_00, ["Offen für alle."])
    assert plain(said) == (
        "Soll der Antrag A-2026-7 „Chor“ 600 € bekommen? Beantragt sind 800 €."
        " Auflagen: Offen für alle."
    )
    same = text.amended_question("A-2026-7", "Chor", 800_00, 800_00, ["Offen für alle."])
    assert "Beantragt" not in same


def test_every_rule_of_a_shortage_is_explained_with_its_numbers():
    assert set(SHORTAGES) == set(ANSWERS["shortage.rule"])
    for rule in SHORTAGES:
        said = plain(text.shortage_sentence(rule, 1_100_00, 1_000_00))
        assert said.startswith("Angenommen sind 1.100 €. Im Topf sind 1.000 €. Es fehlen 100 €.")


def test_conditions_are_whole_sentences():
    assert all(text.condition_sentence(code).endswith(".") for code in text.CONDITIONS)
