"""Each promise of a round holds by its condition, and says something weaker without it."""

from datetime import date

import pytest

from app.promise.facts import Facts
from app.promise.lines import lines, warnings
from app.text.promises import CONDITIONS, TITLES, WORDS, promise_words

BEST = Facts(
    way="secret",
    trust="evening",
    mode="circular",
    decides=True,
    holders=3,
    minimum=5,
    roll=40,
    keyless=0,
    card_printers=2,
    papers=0,
    is_durable=True,
    audience="public",
    recount_until=date(2028, 6, 30),
    is_box_gone=False,
    phones=40,
    logged="both",
    objection_days=14,
    objection_by="roll",
)
# What this product cannot promise yet, however a round is held.
NEVER = {"P7", "P12"}


def by_number(facts):
    return {line.number: line for line in lines(facts)}


def test_a_round_held_in_the_best_way_keeps_all_that_can_be_kept():
    found = by_number(BEST)
    assert list(found) == [f"P{number}" for number in range(1, 16)]
    assert {number for number, line in found.items() if not line.holds} == NEVER


@pytest.mark.parametrize(
    ("changed", "weaker", "said"),
    [
        ({"trust": "office"}, {"P1", "P5", "P10"}, "Der Betreiber könnte einzelne Stimmen öffnen."),
        ({"is_durable": False}, {"P3"}, "kann sie verloren gehen"),
        ({"audience": "members"}, {"P4"}, "können nur die Mitglieder nachzählen"),
        ({"is_box_gone": True}, {"P4"}, "Die Urne ist gelöscht"),
        ({"keyless": 2}, {"P6"}, "Ohne Wahlschlüssel waren beim Öffnen: 2 von 40."),
        ({"mode": "meeting"}, {"P11"}, "wird nicht von selbst verlängert"),
        ({"objection_days": None}, {"P14"}, "hat das Gremium nicht festgelegt"),
        ({"objection_days": 0}, {"P14"}, "Einwände sind nach den Regeln nicht möglich."),
    ],
)
def test_each_condition_turns_its_promise_into_weaker_words(changed, weaker, said):
    before, after = by_number(BEST), by_number(BEST._replace(**changed))
    assert {number for number, line in after.items() if not line.holds} == NEVER | weaker
    assert said in " ".join(promise_words(after[each].code, after[each].figures) for each in weaker)
    for number in set(after) - weaker:
        assert after[number] == before[number], "a condition weakens its own promise only"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "nur 3 Personen aus dem Saal, alle zusammen"),
        ({"holders": 0}, "nur zwei oder drei Personen aus dem Saal"),
        ({"trust": "commission"}, "nur zwei der drei Personen aus der Zählkommission"),
        ({"trust": "office"}, "Der Betreiber könnte einzelne Stimmen öffnen."),
    ],
)
def test_secrecy_names_who_holds_the_key(changed, said):
    line = by_number(BEST._replace(**changed))["P1"]
    assert said in promise_words(line.code, line.figures)


@pytest.mark.parametrize("way", ["open", "roll_call", "paper"])
def test_what_people_count_promises_no_box(way):
    found = by_number(BEST._replace(way=way))
    assert {"P3", "P5", "P10", "P15"}.isdisjoint(found)
    assert not found["P1"].holds
    assert not found["P4"].holds


def test_nobody_objects_to_a_poll():
    assert "P14" not in by_number(BEST._replace(decides=False))


def test_the_minimum_stands_in_its_promise():
    line = by_number(BEST._replace(minimum=7))["P10"]
    assert "Bei weniger als 7 Stimmen" in promise_words(line.code, line.figures)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ["watched"]),
        ({"roll": 30}, ["watched"]),
        ({"roll": 29}, ["watched", "unanimous"]),
        ({"papers": 4}, ["watched", "few_papers"]),
        ({"papers": 5}, ["watched"]),
        ({"way": "open", "roll": 9}, []),
    ],
)
def test_warnings_follow_the_size(changed, expected):
    assert warnings(BEST._replace(**changed)) == expected


def reachable():
    """The codes of all words that some round gets."""
    changes = [
        {},
        *({"trust": trust, "holders": 0} for trust in ("evening", "commission", "office")),
        *({"way": way} for way in ("open", "roll_call", "paper")),
        *({"objection_days": days} for days in (None, 0)),
        {"objection_by": "residents"},
        {"is_durable": False},
        {"audience": "members"},
        {"is_box_gone": True},
        {"keyless": 1},
        {"mode": "meeting"},
    ]
    return {line.code for each in changes for line in lines(BEST._replace(**each))}


def test_every_sentence_is_said_of_some_round():
    assert reachable() == set(WORDS)
    assert set(CONDITIONS) <= set(WORDS)
    assert set(TITLES) == {code.partition(".")[0] for code in WORDS}
