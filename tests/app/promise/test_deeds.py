"""The table of who would have to do what follows the facts of the round."""

import pytest

from app.promise.deeds import deeds
from app.text.deeds import DEEDS, deed_words
from tests.app.promise.test_lines import BEST

CHANGES = [
    {},
    {"holders": 0},
    {"trust": "commission"},
    {"trust": "office"},
    {"keyless": 2},
    {"card_printers": None},
    {"papers": 3},
    {"audience": "members"},
    {"is_box_gone": True},
    {"phones": 0},
    *({"logged": each} for each in ("opening", "close", "unlogged")),
]


def codes(**changed):
    return [each.code for each in deeds(BEST._replace(**changed))]


@pytest.mark.parametrize(
    ("changed", "code", "instead_of"),
    [
        ({"trust": "office"}, "operator_opens", "operator_sends_pages"),
        ({"trust": "commission"}, "holders_commission", "holders_evening"),
        ({"holders": 0}, "holders_to_come", "holders_evening"),
        ({"card_printers": None}, "officer_prints", "officers_printed"),
        ({"audience": "members"}, "operator_miscounts_members", "operator_miscounts_public"),
        ({"is_box_gone": True}, "operator_miscounts_gone", "operator_miscounts_public"),
        ({"is_box_gone": True}, "operator_shows_two_gone", "operator_shows_two_phones"),
        ({"phones": 0}, "operator_shows_two_copies", "operator_shows_two_phones"),
        ({"logged": "opening"}, "operator_swaps_opening", "operator_swaps_both"),
        ({"logged": "close"}, "operator_swaps_close", "operator_swaps_both"),
        ({"logged": "unlogged"}, "operator_swaps_unlogged", "operator_swaps_both"),
    ],
)
def test_a_fact_changes_its_row(changed, code, instead_of):
    assert instead_of in codes()
    assert code in codes(**changed)
    assert instead_of not in codes(**changed)


@pytest.mark.parametrize(
    ("changed", "code"), [({"keyless": 2}, "operator_invents"), ({"papers": 3}, "enterers")]
)
def test_some_rows_are_there_only_with_their_fact(changed, code):
    assert code not in codes()
    assert code in codes(**changed)


def test_before_the_opening_phones_are_expected():
    assert "operator_shows_two_phones" in codes(phones=None)


def test_with_the_office_key_nobody_else_holds_one():
    assert not [code for code in codes(trust="office") if code.startswith("holders")]


def test_every_row_is_shown_of_some_round():
    assert {code for changed in CHANGES for code in codes(**changed)} == set(DEEDS)


def test_figures_stand_in_the_cells():
    [row] = [each for each in deeds(BEST) if each.code == "holders_evening"]
    assert deed_words(row.code, row.figures).who == "Alle 3 Personen mit Abendschlüssel"
    [row] = [each for each in deeds(BEST) if each.code == "officers_printed"]
    assert deed_words(row.code, row.figures).who == "Wer Karten gedruckt hat, aus dem QM-Team: 2"
