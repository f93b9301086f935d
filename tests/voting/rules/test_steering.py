"""A deviation from the council needs a reason."""

import pytest

from voting.rules.steering import Advice, Steered, Verdict, decide

YES = Advice(True, 1000, ("mit Rampe",))
NO = Advice(False, 0)


@pytest.mark.parametrize(
    ("advice", "verdict", "deviates"),
    [
        (YES, Verdict(True, 1000, "", ("mit Rampe",)), False),
        (YES, Verdict(True, 999, "", ("mit Rampe",)), True),
        (YES, Verdict(True, 1000), True),
        (YES, Verdict(False, 0, "", ("mit Rampe",)), True),
        (Advice(True, 0), Verdict(False, 0), True),
        (NO, Verdict(False, 0), False),
        (NO, Verdict(False, 700), False),
        (NO, Verdict(True, 700), True),
        (Advice(True, 9, ("a", "b")), Verdict(True, 9, "", ("b", "a")), False),
    ],
)
def test_what_deviates(advice: Advice, verdict: Verdict, deviates: bool) -> None:
    found = decide(advice, verdict)
    assert found.flags == (("deviates",) if deviates else ())
    assert found.is_ok is not deviates
    assert found.label == "recommendation"


@pytest.mark.parametrize(("reason", "reserve"), [("Haushalt gekürzt", 500), ("", 0), (" \n", 0)])
def test_without_a_reason_nothing_is_reserved(reason: str, reserve: int) -> None:
    found = decide(YES, Verdict(True, 500, reason))
    assert (found.reserve, found.missing) == (reserve, () if reserve else ("reason",))


def test_an_urgent_decision_stands_out() -> None:
    found = decide(None, Verdict(True, 500, "Wasserschaden"))
    assert found == Steered((), ("without_council_vote", "deviates"), 500, None)
    assert decide(None, Verdict(False, 0)).missing == ("reason",)


def test_a_refusal_reserves_nothing() -> None:
    assert decide(YES, Verdict(False, 1000, "kein IHEK-Ziel")).reserve == 0
