"""Texts like formulas are made harmless and come back unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.roster.formula import guard, guard_apostrophe, unguard

RISKY = st.text(alphabet=list("'=+-@＝＋－＠ \t\r\n\ufeff\0aé1"), max_size=8)


@given(RISKY | st.text(max_size=8))
def test_both_ways_are_exact(text):
    assert unguard(guard(text)) == text
    assert unguard(guard_apostrophe(text)) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30", "-5", "@SUM(A1)", "\t=1", " =1", "\ufeff=1", "＝1", "'=1", "\r=1"]
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text):
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ali", "'t Hooft", "a=b", "5", "(030) 1"])
def test_other_texts_stay(text):
    assert guard(text) == text
    assert unguard(text) == text
