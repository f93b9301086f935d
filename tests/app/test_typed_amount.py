"""Amounts as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import text
from app.typed_amount import MOST_CENTS, AmountTooLarge, NotAnAmount, parse


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.480,50", 148050),
        ("1,480.50", 148050),
        ("1480,50", 148050),
        ("1480.50", 148050),
        ("1480", 148000),
        ("1.480", 148000),
        ("1,480", 148000),
        ("1 480,5 €", 148050),
        ("1\u00a0480,50\u00a0€", 148050),
        ("€1,480.50", 148050),
        ("1480,50 Euro", 148050),
        ("EUR 12", 1200),
        ("12EUR", 1200),
        ("12,-", 1200),
        ("12,--", 1200),
        ("1,5", 150),
        ("1.05", 105),
        ("0,99", 99),
        ("1.234.567,89", 123456789),
        ("1'480", 148000),
        ("0", 0),
    ],
)
def test_german_and_english_amounts(typed: str, cents: int) -> None:
    assert parse(typed) == cents


@pytest.mark.parametrize(
    "typed",
    ["", " ", "€", "zwölf", "1,480,5", "1.48.50", "1.480.5", "1,2345", "-5", "5-", "1e3", "٣",
     "１８",      "0x10", "1..5", ",50", "1 48", "12 EURO EURO", "euros"],
)  # fmt: skip
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        parse(typed)


def test_more_than_any_fund_holds() -> None:
    assert parse("10.000.000,00") == MOST_CENTS
    with pytest.raises(AmountTooLarge):
        parse("10.000.000,01")


@given(st.integers(0, MOST_CENTS))
def test_what_the_pages_print_can_be_typed_again(cents: int) -> None:
    euros, rest = divmod(cents, 100)
    assert parse(f"{euros:,}".replace(",", ".") + f",{rest:02}") == cents
    assert parse(f"€{euros:,}.{rest:02}") == cents
    assert parse(text.plain_number(cents)) == cents
