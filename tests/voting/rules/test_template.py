"""The city-wide template offers values that the catalogue knows, and never sets one."""

import pytest

from voting.rules import readiness, template
from voting.rules.parameter import CATALOGUE, validate


@pytest.mark.parametrize("kind", ["council", "jury"])
def test_offers_are_values_of_the_catalogue(kind: str) -> None:
    offered = template.offers(kind)
    assert validate(offered) == offered
    assert set(offered) == {name for name, each in CATALOGUE.items() if kind in each.presets}


def test_a_council_is_offered_what_the_founding_text_names() -> None:
    offered = template.offers("council")
    assert offered["quorum.rule"] == offered["majority.funding"] == "two_thirds"
    assert offered["majority.other"] == "more_than_half"
    assert offered["ballot.min_turnout"] == 5


def test_the_template_alone_makes_no_body_ready() -> None:
    for kind in ("council", "jury"):
        funding = readiness.of(template.offers(kind))[0]
        assert funding.case == "funding"
        assert "majority.base" in funding.missing


def test_who_does_not_vote_by_ballot_is_offered_nothing() -> None:
    assert template.offers("steering_round") == {}


def test_what_is_taken_from_the_template_is_a_copy() -> None:
    template.offers("council")["quorum.rule"] = "none"
    assert template.offers("council")["quorum.rule"] == "two_thirds"
