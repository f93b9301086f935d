"""Every outcome, the order of the checks, and what holds whatever the rules."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from voting.errors import InputError
from voting.rules import outcome
from voting.rules.majority import Ballots
from voting.rules.outcome import Code, Outcome, Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

MakeProcedure = Callable[..., Procedure]
MakeFacts = Callable[..., RollFacts]


def decide(roll: RollFacts, rules: Procedure, *counts: int) -> Outcome:
    ballots = Ballots(*counts)
    return outcome.decide(roll, rules, Turnout(ballots.received), ballots)


@pytest.mark.parametrize(
    ("rules", "roll", "counts", "code", "required", "missing"),
    [
        ({}, (17, 20), (12, 5, 0), "adopted", 12, 0),
        ({}, (17, 20), (11, 6, 0), "rejected", 12, 1),
        ({"majority__base": "cast"}, (15, 15), (9, 3, 3), "rejected", 10, 1),
        ({"majority__base": "yes_no"}, (15, 15), (9, 3, 3), "adopted", 8, 0),
        ({}, (13, 13), (8, 3, 0), "rejected", 9, 1),
        ({"majority__base": "yes_no"}, (9, 9), (0, 0, 9), "rejected", 1, 1),
        ({"majority__funding": "more_than_half"}, (12, 12), (6, 6, 0), "rejected", 7, 1),
        (
            {"majority__funding": "unanimous", "majority__base": "yes_no"},
            (6, 6),
            (5, 0, 1),
            "adopted",
            5,
            0,
        ),
        ({"majority__funding": "unanimous"}, (6, 6), (5, 0, 1), "rejected", 6, 1),
        (
            {"majority__funding": "more_than_half", "majority__base": "all_seats"},
            (6, 9),
            (4, 2, 0),
            "rejected",
            5,
            1,
        ),
    ],
)
def test_the_rows_of_the_table(
    procedure: MakeProcedure,
    facts: MakeFacts,
    rules: dict[str, Any],
    roll: tuple[int, int],
    counts: tuple[int, ...],
    code: str,
    required: int,
    missing: int,
) -> None:
    decided = decide(facts(roll[0], seats=roll[1]), procedure(**rules), *counts)
    assert decided.majority is not None
    assert (decided.code, decided.majority.required) == (code, required)
    assert (decided.missing_yes, decided.is_binding) == (missing, True)


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        ("poll_only", "poll_only"),
        ("postpone", "postponed"),
        ("circular_after", "circular_after"),
    ],
)
def test_without_quorum_the_rules_say_what_follows(
    procedure: MakeProcedure, facts: MakeFacts, effect: str, code: str
) -> None:
    decided = decide(facts(9, seats=25), procedure(no_quorum__effect=effect), 9, 0, 0)
    assert (decided.code, decided.is_binding) == (code, False)
    assert (decided.majority, decided.missing_yes, decided.reveals_all) == (None, None, None)


def test_six_residents_and_six_partners_are_no_resident_majority(
    procedure: MakeProcedure, facts: MakeFacts
) -> None:
    rules = procedure(resident_majority="present")
    equal, more = (outcome.at_opening(facts(n, 6), rules) for n in (6, 7))
    assert equal is not None
    assert (equal.code, equal.segment_ok) == ("segment_failed", False)
    assert more is None
    assert decide(facts(7, 6), rules, 13, 0, 0).segment_ok is True


def test_residents_must_be_more_among_the_ballots_cast(
    procedure: MakeProcedure, facts: MakeFacts
) -> None:
    rules, roll = procedure(resident_majority="cast"), facts(7, 5)
    failed = outcome.decide(roll, rules, Turnout(10, 5, 5), Ballots(10, 0, 0))
    assert (failed.code, failed.segment_ok, failed.majority) == ("segment_failed", False, None)
    passed = outcome.decide(roll, rules, Turnout(11, 6, 5), Ballots(11, 0, 0))
    assert (passed.code, passed.segment_ok) == ("adopted", True)


@pytest.mark.parametrize(
    ("secrecy", "roll", "counts", "code", "minimum"),
    [
        ("secret", 4, (4, 0, 0), "cannot_open", 5),
        ("open", 4, (4, 0, 0), "adopted", None),
        ("secret", 5, (5, 0, 0), "adopted", None),
        ("secret", 6, (4, 0, 0), "too_few_ballots", 5),
        ("secret", 6, (4, 1, 0), "adopted", None),
        ("secret", 6, (4, 0, 0, 1), "adopted", None),
        ("open", 6, (4, 0, 0), "adopted", None),
        ("secret", 0, (0, 0, 0), "cannot_open", None),
    ],
)
def test_small_rounds(
    procedure: MakeProcedure,
    facts: MakeFacts,
    secrecy: str,
    roll: int,
    counts: tuple[int, ...],
    code: str,
    minimum: int | None,
) -> None:
    decided = decide(facts(roll), procedure(ballot__secrecy=secrecy), *counts)
    assert (decided.code, decided.minimum) == (code, minimum)


def test_an_empty_roll_comes_before_the_quorum_it_would_meet(
    procedure: MakeProcedure, facts: MakeFacts
) -> None:
    decided = decide(facts(0, recused=9), procedure(), 0, 0, 0)
    assert (decided.code, decided.quorum.is_met) == ("cannot_open", True)
    unmet = decide(facts(0, seats=9), procedure(no_quorum__effect="postpone"), 0, 0, 0)
    assert (unmet.code, unmet.quorum.is_met) == ("cannot_open", False)


def test_a_circular_vote_is_judged_by_its_ballots(
    procedure: MakeProcedure, facts: MakeFacts
) -> None:
    rules = procedure(mode="circular")
    assert outcome.announce(facts(12), rules).quorum.is_met is None
    short = decide(facts(12), rules, 7, 0, 0)
    assert (short.code, short.quorum.have, short.is_binding) == ("not_quorate", 7, False)
    enough = decide(facts(12), rules, 7, 0, 0, 1)
    assert enough.majority is not None
    assert (enough.code, enough.quorum.have, enough.majority.base) == ("adopted", 8, 7)


@pytest.mark.parametrize(
    ("step", "changed", "code"),
    [
        (0, {"roll": (0, 0)}, "cannot_open"),
        (1, {"roll": (2, 2)}, "postponed"),
        (2, {"roll": (2, 2), "seats": 4}, "segment_failed"),
        (3, {"roll": (4, 0), "seats": 4}, "cannot_open"),
        (4, {"received": 4}, "too_few_ballots"),
        (5, {"received": 9}, "rejected"),
    ],
)
def test_the_first_failing_check_decides(
    procedure: MakeProcedure, facts: MakeFacts, step: int, changed: dict[str, Any], code: str
) -> None:
    """Each case fails all later checks as well, so that only the order explains the outcome."""
    rules = procedure(
        resident_majority="present", ballot__secrecy="secret", no_quorum__effect="postpone"
    )
    residents, partners = changed.get("roll", (6, 3))
    received = changed.get("received", 0)
    decided = decide(facts(residents, partners, changed.get("seats", 9)), rules, 0, received, 0)
    assert decided.code == code


@pytest.mark.parametrize(
    ("received", "residents", "code"),
    [(3, 1, "not_quorate"), (4, 2, "segment_failed"), (4, 3, "too_few_ballots")],
)
def test_the_order_of_the_checks_at_the_close(
    procedure: MakeProcedure, facts: MakeFacts, received: int, residents: int, code: str
) -> None:
    rules = procedure(
        mode="circular",
        resident_majority="cast",
        ballot__secrecy="secret",
        quorum__rule="fixed",
        quorum__fixed=4,
    )
    turnout = Turnout(received, residents, received - residents)
    stopped = outcome.at_close(facts(5, 4), rules, turnout)
    assert stopped is not None
    assert stopped.code == code


@pytest.mark.parametrize(
    ("secrecy", "counts", "reveals_all"),
    [
        ("secret", (9, 0, 0), True),
        ("secret", (0, 9, 0), True),
        ("secret", (0, 0, 9), True),
        ("secret", (8, 1, 0), False),
        ("secret", (8, 0, 0, 1), False),
        ("open", (9, 0, 0), False),
    ],
)
def test_equal_secret_ballots_reveal_every_vote(
    procedure: MakeProcedure,
    facts: MakeFacts,
    secrecy: str,
    counts: tuple[int, ...],
    reveals_all: bool,
) -> None:
    decided = decide(facts(9), procedure(ballot__secrecy=secrecy), *counts)
    assert decided.reveals_all is reveals_all


@pytest.mark.parametrize(
    ("turnout", "ballots", "reason"),
    [
        (Turnout(13, 8, 5), Ballots(13, 0, 0), "turnout_too_large"),
        (Turnout(-1, 8, 4), Ballots(1, 0, 0), "turnout_too_large"),
        (Turnout(12), Ballots(12, 0, 0), "turnout_segments_missing"),
        (Turnout(12, 8, 3), Ballots(12, 0, 0), "turnout_mismatch"),
        (Turnout(12, 8, 4), Ballots(11, 0, 0), "ballots_mismatch"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(
    procedure: MakeProcedure, facts: MakeFacts, turnout: Turnout, ballots: Ballots, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        outcome.decide(facts(8, 4), procedure(resident_majority="cast"), turnout, ballots)


RULES = st.fixed_dictionaries(
    {
        "quorum.rule": st.sampled_from(["none", "half", "more_than_half", "two_thirds", "fixed"]),
        "quorum.fixed": st.integers(1, 8),
        "quorum.base": st.sampled_from(["all_seats", "filled_seats"]),
        "no_quorum.effect": st.sampled_from(["poll_only", "postpone", "circular_after"]),
        "majority.funding": st.sampled_from(
            ["more_than_half", "two_thirds", "three_quarters", "unanimous"]
        ),
        "majority.base": st.sampled_from(
            ["all_seats", "filled_seats", "present", "cast", "yes_no"]
        ),
        "resident_majority": st.sampled_from(["off", "present", "cast"]),
        "recusal.quorum": st.sampled_from(["counts_present", "leaves_presence", "leaves_both"]),
        "recusal.majority": st.sampled_from(["leaves_base", "stays_in_base"]),
        "ballot.secrecy": st.sampled_from(["secret", "open"]),
        "ballot.min_turnout": st.integers(2, 8),
    }
)
PROCEDURES = st.builds(Procedure, RULES, st.sampled_from(["meeting", "circular"]))
SMALL = st.integers(0, 9)


@st.composite
def cases(draw: st.DrawFn) -> tuple[RollFacts, Procedure, Turnout, Ballots]:
    residents, partners, vacant, recused, absent = (draw(SMALL) for _ in range(5))
    seats = residents + partners + vacant + recused + absent
    roll = RollFacts(seats, residents, partners, vacant, recused, absent)
    turnout = Turnout(0, draw(st.integers(0, residents)), draw(st.integers(0, partners)))
    received = (turnout.residents or 0) + (turnout.partners or 0)
    yes = draw(st.integers(0, received))
    no = draw(st.integers(0, received - yes))
    abstain = draw(st.integers(0, received - yes - no))
    ballots = Ballots(yes, no, abstain, received - yes - no - abstain)
    whole = Turnout(received, turnout.residents, turnout.partners)
    return roll, draw(PROCEDURES), whole, ballots


@st.composite
def judged_cases(draw: st.DrawFn) -> tuple[RollFacts, Procedure]:
    """Rolls and rules under which every tally is judged."""
    passing = {"quorum.rule": "none", "resident_majority": "off", "ballot.secrecy": "open"}
    residents = draw(st.integers(1, 18))
    partners, vacant, recused, absent = (draw(SMALL) for _ in range(4))
    seats = residents + partners + vacant + recused + absent
    rules = Procedure(draw(RULES) | passing, draw(st.sampled_from(["meeting", "circular"])))
    return RollFacts(seats, residents, partners, vacant, recused, absent), rules


@given(cases())
def test_what_holds_for_every_outcome(
    case: tuple[RollFacts, Procedure, Turnout, Ballots],
) -> None:
    roll, rules, turnout, ballots = case
    decided = outcome.decide(roll, rules, turnout, ballots)
    assert decided.code in get_args(Code)
    assert decided.is_binding is (decided.majority is not None)
    if decided.majority is None:
        assert (decided.missing_yes, decided.reveals_all, decided.ballots) == (None, None, None)
        return
    required = decided.majority.required
    assert required >= 1
    assert (decided.code == "adopted") is (ballots.yes >= required)
    assert decided.missing_yes == max(0, required - ballots.yes)
    assert decided.quorum.is_met is True
    assert decided.segment_ok is (None if rules.choice("resident_majority") == "off" else True)


@given(judged_cases(), st.integers(0, 9), st.integers(0, 9))
def test_swapping_no_for_yes_adopts_exactly_from_the_required_number_on(
    case: tuple[RollFacts, Procedure], decided_votes: int, abstain: int
) -> None:
    roll, rules = case
    assume(0 < decided_votes + abstain <= roll.entitled)
    results = [
        decide(roll, rules, yes, decided_votes - yes, abstain) for yes in range(decided_votes + 1)
    ]
    required = {each.majority.required for each in results if each.majority}
    assert len(required) == 1
    codes = [each.code for each in results]
    assert codes == [
        "adopted" if yes >= min(required) else "rejected" for yes in range(decided_votes + 1)
    ]


@given(judged_cases(), st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))
def test_turning_an_abstention_into_yes_never_loses(
    case: tuple[RollFacts, Procedure], yes: int, no: int, abstain: int
) -> None:
    roll, rules = case
    assume(yes + no + abstain <= roll.entitled)
    if decide(roll, rules, yes, no, abstain).code == "adopted":
        assert decide(roll, rules, yes + 1, no, abstain - 1).code == "adopted"


@given(cases())
def test_nobody_needs_the_box_to_be_opened_to_leave_it_shut(
    case: tuple[RollFacts, Procedure, Turnout, Ballots],
) -> None:
    roll, rules, turnout, ballots = case
    stopped = outcome.at_opening(roll, rules) or outcome.at_close(roll, rules, turnout)
    decided = outcome.decide(roll, rules, turnout, ballots)
    assert decided.code in ("adopted", "rejected") if stopped is None else decided == stopped


@given(cases())
def test_the_announced_requirement_is_never_below_the_final_one(
    case: tuple[RollFacts, Procedure, Turnout, Ballots],
) -> None:
    roll, rules, turnout, ballots = case
    announced = outcome.announce(roll, rules).majority
    decided = outcome.decide(roll, rules, turnout, ballots)
    if announced is None:
        assert decided.code == "cannot_open"
    elif decided.majority is not None:
        assert decided.majority.required <= announced.required


def one_more_no_adopts(before: str, after: str) -> bool:
    return (before, after) == ("rejected", "adopted")


@given(cases(), st.booleans())
def test_one_more_no_never_turns_rejected_into_adopted(
    case: tuple[RollFacts, Procedure, Turnout, Ballots], is_resident: bool
) -> None:
    roll, rules, turnout, ballots = case
    residents = (turnout.residents or 0) + is_resident
    partners = (turnout.partners or 0) + (not is_resident)
    assume(residents <= roll.residents)
    assume(partners <= roll.partners)
    more = Ballots(ballots.yes, ballots.no + 1, ballots.abstain, ballots.invalid)
    before = outcome.decide(roll, rules, turnout, ballots)
    after = outcome.decide(roll, rules, Turnout(more.received, residents, partners), more)
    assert not one_more_no_adopts(before.code, after.code)


def test_a_rule_that_rejects_for_want_of_ballots_would_be_caught() -> None:
    """Silence could then defeat a question, and a no could save it."""

    def judged(yes: int, no: int) -> str:
        return "adopted" if yes + no >= 5 and yes > no else "rejected"

    assert one_more_no_adopts(judged(4, 0), judged(4, 1))


@given(judged_cases(), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_one_more_yes_never_loses_what_was_adopted(
    case: tuple[RollFacts, Procedure], yes: int, no: int, abstain: int
) -> None:
    roll, rules = case
    assume(yes + no + abstain < roll.entitled)
    if decide(roll, rules, yes, no, abstain).code == "adopted":
        assert decide(roll, rules, yes + 1, no, abstain).code == "adopted"
