from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError
from voting.rules.share import share

ORACLE = {
    "half": lambda whole: ceil(Fraction(whole, 2)),
    "more_than_half": lambda whole: floor(Fraction(whole, 2)) + 1,
    "two_thirds": lambda whole: ceil(Fraction(2 * whole, 3)),
    "three_quarters": lambda whole: ceil(Fraction(3 * whole, 4)),
    "unanimous": lambda whole: whole,
}


@pytest.mark.parametrize(
    ("rule", "whole", "expected"),
    [
        ("two_thirds", 29, 20),
        ("two_thirds", 18, 12),
        ("two_thirds", 25, 17),
        ("two_thirds", 15, 10),
        ("two_thirds", 12, 8),
        ("half", 25, 13),
        ("more_than_half", 25, 13),
        ("half", 24, 12),
        ("more_than_half", 24, 13),
        ("two_thirds", 9, 6),
        ("two_thirds", 10, 7),
        ("two_thirds", 11, 8),
        ("two_thirds", 17, 12),
        ("two_thirds", 20, 14),
        ("more_than_half", 12, 7),
        ("more_than_half", 9, 5),
        ("three_quarters", 12, 9),
        ("three_quarters", 13, 10),
        ("unanimous", 5, 5),
    ],
)
def test_published_figures(rule: str, whole: int, expected: int) -> None:
    assert share(rule, whole) == expected


@given(st.sampled_from(sorted(ORACLE)), st.integers(0, 10**18))
def test_whole_numbers_agree_with_fractions(rule: str, whole: int) -> None:
    assert share(rule, whole) == max(1, ORACLE[rule](whole))


@given(st.sampled_from(sorted(ORACLE)), st.integers(0, 10**6))
def test_a_larger_whole_never_asks_for_less(rule: str, whole: int) -> None:
    assert 1 <= share(rule, whole) <= share(rule, whole + 1)


@pytest.mark.parametrize("rule", ["none", "fixed", "", "one_third"])
def test_what_is_no_share_is_refused(rule: str) -> None:
    with pytest.raises(InputError, match="share_unknown"):
        share(rule, 12)
