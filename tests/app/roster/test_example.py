"""The worked examples of the interview: counted by the rules themselves, never written down."""

from datetime import date

import pytest
from flask import Flask

from app.roster.example import HINTS, hints
from app.roster.example.evening import Evening
from voting.rules.parameter import CATALOGUE

DAY = date(2026, 11, 22)


@pytest.fixture
def shown(app: Flask):
    """The examples of a council of 12 + 6 seats without rules."""
    with app.test_request_context():
        return hints(Evening(12, 6, DAY))


def test_quorum_and_majority_of_eighteen(shown) -> None:
    assert shown["quorum.rule"]["two_thirds"] == "Sie sind 18. Dann müssen 12 da sein."
    assert shown["majority.funding"]["two_thirds"] == "12 stimmen ab. Dann sind 8 Ja nötig."
    assert shown["majority.other"]["more_than_half"] == "12 stimmen ab. Dann sind 7 Ja nötig."
    assert shown["quorum.base"] == {
        "all_seats": "18 Sitze, 3 leer, 11 da: 12 nötig, nicht beschlussfähig.",
        "filled_seats": "18 Sitze, 3 leer, 11 da: 10 nötig, beschlussfähig.",
    }
    bases = {base: text.split(": ")[1] for base, text in shown["majority.base"].items()}
    assert bases == {
        "all_seats": "gerechnet wird mit 18, nötig sind 12 Ja.",
        "filled_seats": "gerechnet wird mit 17, nötig sind 12 Ja.",
        "present": "gerechnet wird mit 12, nötig sind 8 Ja.",
        "cast": "gerechnet wird mit 11, nötig sind 8 Ja.",
        "yes_no": "gerechnet wird mit 9, nötig sind 6 Ja.",
    }


def test_what_recusal_does_to_quorum_and_majority(shown) -> None:
    there = "Sie sind 18, 12 sind da, davon 1 befangen: 12 nötig"
    assert shown["recusal.quorum"] == {
        "counts_present": f"{there}, beschlussfähig.",
        "leaves_presence": f"{there}, nicht beschlussfähig.",
        "leaves_both": f"{there}, nicht beschlussfähig.",
    }
    assert shown["recusal.majority"]["leaves_base"].endswith("mit 10, nötig sind 7 Ja.")
    assert shown["recusal.majority"]["stays_in_base"].endswith("mit 12, nötig sind 8 Ja.")


def test_what_follows_when_too_few_are_there(shown) -> None:
    words = {effect: text.split(": ")[1] for effect, text in shown["no_quorum.effect"].items()}
    assert words == {
        "poll_only": "Meinungsbild.",
        "postpone": "Vertagt.",
        "circular_after": "Umlauf folgt.",
    }


def test_who_votes_with_deputies_and_shared_seats(shown) -> None:
    assert shown["deputy.mode"]["none"].endswith("stimmen 17 ab.")
    assert shown["deputy.mode"]["personal"].endswith("stimmen 18 ab.")
    for name in ("deputy.on_absence", "deputy.on_recusal", "deputy.on_vacant"):
        assert shown[name][True].endswith("stimmen 18 ab.")
        assert shown[name][False].endswith("stimmen 17 ab.")
    assert shown["deputy.segment_bound"][True].endswith("Platz 2 vertritt.")
    assert shown["deputy.segment_bound"][False].endswith("Platz 1 vertritt.")
    assert shown["recusal.shared_seat"]["person"].endswith("stimmen 18 ab.")
    assert shown["recusal.shared_seat"]["seat"].endswith("stimmen 17 ab.")


def test_a_silent_resident_costs_the_majority_only_among_those_who_cast(shown) -> None:
    said = shown["resident_majority"]
    assert said["off"].startswith("7 aus der Bewohnerschaft und 6 Partner sind da.")
    assert said["off"].endswith("Das Ergebnis gilt.")
    assert said["present"].endswith("Das Ergebnis gilt.")
    assert said["cast"].endswith("Das Ergebnis gilt nicht.")


def test_the_ballot_and_its_least_number(shown) -> None:
    assert shown["ballot.min_turnout"][""].startswith("Bei 5: Geben nur 4 eine Stimme ab")
    assert shown["circular.allowed"]["yes"].endswith("12 müssen antworten.")
    assert "06.12.2026" in shown["objection.days"][""]


def test_answers_already_given_are_counted_with(app: Flask) -> None:
    parameters = {"ballot.min_turnout": 3, "objection.days": 7, "quorum.rule": "half"}
    with app.test_request_context():
        shown = hints(Evening(12, 6, DAY, parameters))
    assert shown["ballot.min_turnout"][""].startswith("Bei 3: Geben nur 2")
    assert "29.11.2026" in shown["objection.days"][""]
    assert shown["circular.allowed"]["yes"].endswith("9 müssen antworten.")


@pytest.mark.parametrize("kind", ["choice", "boolean"])
def test_no_answer_breaks_another_example(app: Flask, kind: str) -> None:
    """Whatever a body has answered, every example can still be counted."""
    with app.test_request_context():
        for each in CATALOGUE.values():
            if each.form == kind:
                for value in each.allowed or (True, False):
                    assert hints(Evening(4, 0, DAY, {each.name: value})).keys() == HINTS.keys()


def test_examples_are_of_answers_that_exist(shown) -> None:
    for name, by_answer in shown.items():
        allowed = CATALOGUE[name].allowed or (True, False)
        assert set(by_answer) <= {*allowed, ""}
