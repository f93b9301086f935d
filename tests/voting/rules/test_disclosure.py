"""A name only with consent; languages and archives by the rules."""

from datetime import date

import pytest

from voting.rules import disclosure
from voting.rules.procedure import Procedure


@pytest.mark.parametrize(
    ("rule", "consents", "shown"),
    [
        ("name", True, "name"),
        ("name", False, "seat"),
        ("seat", True, "seat"),
        ("count", True, "count"),
    ],
)
def test_a_recusal_in_public(rule: str, consents: bool, shown: str) -> None:
    rules = Procedure({"recusal.publish": rule})
    assert disclosure.recusal(consents=consents, procedure=rules) == shown


def test_a_body_that_set_nothing_publishes_a_count_in_german_for_all() -> None:
    empty = Procedure({})
    assert disclosure.recusal(consents=True, procedure=empty) == "count"
    assert disclosure.missing_languages([], empty) == ["de"]
    assert disclosure.may_read_archive(is_member=False, procedure=empty)


def test_members_always_read_their_archive() -> None:
    rules = Procedure({"archive.publish": "members"})
    assert disclosure.may_read_archive(is_member=True, procedure=rules)


def test_an_archive_ends_on_the_last_day_of_a_shorter_month() -> None:
    rules = Procedure({"archive.keep_months": 18})
    assert disclosure.archive_end(date(2026, 8, 31), rules) == date(2028, 2, 29)
