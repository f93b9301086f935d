"""Shares, deadlines and quotas: one spelling each, and what it means."""

from datetime import time

import pytest

from voting.errors import InputError
from voting.log.kind import rules_hash
from voting.rules.form import Share, Weekly, deadline_of, share_of
from voting.rules.parameter import CATALOGUE, validate


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body.resident_share", ">1/2"),
        ("body.resident_share", ">=51/100"),
        ("body.resident_share", ">=1/1"),
        ("application_deadline", "none"),
        ("application_deadline", "tue 18:00"),
        ("application_deadline", "42 days"),
        ("lot.quota", {"resident": 9, "partner": 9}),
        ("lot.quota", {"Nord": 0}),
        ("archive.keep_months", 1),
    ],
)
def test_a_canonical_value_is_kept_as_it_is(name: str, value: object) -> None:
    assert validate({name: value}) == {name: value}
    assert len(rules_hash({name: value})) == 64


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body.resident_share", "1/2"),
        ("body.resident_share", "> 1/2"),
        ("body.resident_share", ">2/4"),
        ("body.resident_share", ">1/1"),
        ("body.resident_share", ">=3/2"),
        ("body.resident_share", ">=0/1"),
        ("body.resident_share", ">1/2\n"),
        ("body.resident_share", ">=1/٣"),
        ("body.resident_share", 0.5),
        ("application_deadline", "Tue 18:00"),
        ("application_deadline", "tue 24:00"),
        ("application_deadline", "tue 6:00"),
        ("application_deadline", "0 days"),
        ("application_deadline", "042 days"),
        ("application_deadline", "1000 days"),
        ("application_deadline", 42),
        ("lot.quota", {}),
        ("lot.quota", {"": 1}),
        ("lot.quota", {" Nord": 1}),
        ("lot.quota", {"No\nrd": 1}),
        ("lot.quota", {"\ud800": 1}),
        ("lot.quota", {"Nord": -1}),
        ("lot.quota", {"Nord": True}),
        ("lot.quota", {"Nord": 1.0}),
        ("lot.quota", [["Nord", 1]]),
        ("archive.keep_months", 0),
        ("speakers", 10**12),
    ],
)
def test_any_other_spelling_is_refused(name: str, value: object) -> None:
    with pytest.raises(InputError, match="parameter_invalid"):
        validate({name: value})


def test_a_quota_does_not_follow_later_changes_of_its_source() -> None:
    source = {"Nord": 3}
    kept = validate({"lot.quota": source})
    source["Nord"] = 4
    assert kept == {"lot.quota": {"Nord": 3}}


@pytest.mark.parametrize(
    ("text", "whole", "least"),
    [
        (">1/2", 18, 10),
        (">1/2", 17, 9),
        (">=1/2", 17, 9),
        (">=1/2", 18, 9),
        (">=51/100", 29, 15),
        (">=2/3", 18, 12),
        (">=1/1", 5, 5),
    ],
)
def test_a_share_asks_for_the_next_whole_number(text: str, whole: int, least: int) -> None:
    assert share_of(text).least(whole) == least


def test_what_the_texts_mean() -> None:
    assert share_of(">=2/3") == Share(False, 2, 3)
    assert deadline_of("none") is None
    assert deadline_of("sun 09:30") == Weekly(6, time(9, 30))
    assert deadline_of("42 days") == 42
    with pytest.raises(InputError, match="share_unknown"):
        share_of("half")
    with pytest.raises(InputError, match="deadline_unknown"):
        deadline_of("soon")


def test_a_form_is_accepted_only_for_its_own_parameters() -> None:
    samples = {
        "choice": "two_thirds",
        "integer": 7,
        "boolean": True,
        "set": ["de"],
        "share": ">1/2",
        "deadline": "42 days",
        "quota": {"Nord": 1},
    }
    for parameter in CATALOGUE.values():
        accepted = {form for form, value in samples.items() if parameter.accepts(value)}
        assert accepted <= {parameter.form}, parameter.name
