"""Every rule can be asked and said; versions are read in one order and compared."""

import pytest
from flask import Flask

from app.rule import groups, reading, words
from app.rule.questions import GROUPS, PARAMETERS
from voting.rules import readiness
from voting.rules.parameter import CATALOGUE

VALUES = {
    "body.resident_share": [">1/2", ">=2/3", ">=1/1"],
    "application_deadline": ["none", "tue 18:00", "1 days", "42 days"],
    "lot.quota": [{"Frauen": 9, "Männer": 9}, {}],
    "languages": [["de"], ["de", "en", "tr", "ar"]],
}


def values_of(name):
    """Samples of every kind of answer that a parameter takes."""
    each = CATALOGUE[name]
    if name in VALUES:
        return VALUES[name]
    if each.form == "integer":
        return [each.least, each.least + 1, each.least + 7]
    return each.allowed or (True, False)


@pytest.fixture(autouse=True)
def in_a_request(app: Flask):
    with app.test_request_context():
        yield


def test_every_parameter_is_asked_once() -> None:
    asked = [name for group in groups.ALL for name in group.parameters]
    assert sorted(asked) == sorted(CATALOGUE)
    assert set(PARAMETERS) == set(CATALOGUE)
    assert set(GROUPS) == {group.name for group in groups.ALL}
    assert len(groups.INTERVIEW) == 12


def test_every_case_of_readiness_has_a_name() -> None:
    assert all(words.case_name(case) for case in readiness.CASES)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_answer_is_a_sentence_of_its_own(name: str) -> None:
    said = [words.answer_sentence(name, value) for value in values_of(name)]
    assert len(set(said)) == len(said)
    assert all(sentence.endswith(".") for sentence in said)
    assert not any("%(" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("quorum.rule", "two_thirds", "Zwei Drittel müssen da sein. Von 29 sind das 20."),
        ("body.resident_share", ">1/2", "Mehr als 1 von 2 Sitzen gehören der Bewohnerschaft."),
        ("cap_per_action_eur", 1500, "Eine Aktion bekommt höchstens 1.500\u00a0€."),
        ("objection.days", 0, "Einwände sind nicht möglich."),
        ("objection.days", 14, "Einwände sind 14 Tage lang möglich."),
        ("application_deadline", "tue 18:00", "bis Dienstag, 18:00 Uhr, da sein."),
        ("lot.quota", {"Frauen": 9, "Männer": 8}, "Plätze beim Losen: Frauen 9, Männer 8."),
        ("languages", ["en", "de"], "Jede Frage gibt es in diesen Sprachen: Deutsch, Englisch."),
    ],
)
def test_rules_with_their_numbers(name: str, value: object, said: str) -> None:
    assert said in words.rule_sentence(name, value, 29)


def test_a_rule_without_seats_has_no_example() -> None:
    assert words.rule_sentence("quorum.rule", "half", 0) == "Mindestens die Hälfte muss da sein."


def test_lines_name_what_is_empty_and_what_holds_meanwhile() -> None:
    lines = {
        line.name: line
        for _group, some in reading.lines({"quorum.rule": "half"}, "council")
        for line in some
    }
    assert lines["quorum.rule"].offered == "two_thirds"
    assert lines["quorum.base"] == ("quorum.base", None, None, None)
    assert lines["member.min_age"].meanwhile == 16
    assert "quorum.fixed" not in lines
    assert "deputy.on_absence" not in lines


def test_a_rule_that_another_asks_for_is_shown() -> None:
    parameters = {"quorum.rule": "fixed", "deputy.mode": "pool"}
    names = [line.name for _group, some in reading.lines(parameters, "jury") for line in some]
    assert {"quorum.fixed", "deputy.on_absence", "deputy.segment_bound"} <= set(names)


def test_what_changes_between_two_versions() -> None:
    before = {"quorum.rule": "half", "quorum.base": "all_seats", "languages": ("de", "en")}
    after = {"quorum.rule": "two_thirds", "majority.base": "cast", "languages": ["de", "en"]}
    assert reading.changes(before, after) == [
        ("changed", "quorum.rule", "half", "two_thirds"),
        ("removed", "quorum.base", "all_seats", None),
        ("added", "majority.base", None, "cast"),
    ]
