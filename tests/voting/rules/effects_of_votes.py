"""What the parameters of a vote change: roll, quorum, majority, choice, election, lot."""

from tests.voting.rules.effect import Effect, Read, as_matter, with_rules
from voting.rules import choice, disclosure, election, follow_up, lot, outcome, session, shortage
from voting.rules.election import Candidate
from voting.rules.lot import Ticket
from voting.rules.majority import Ballots
from voting.rules.outcome import Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import Reserve, RollFacts, Seat, resolve
from voting.rules.shortage import Item


def facts(residents: int, partners: int = 0, **rest: int) -> RollFacts:
    return RollFacts(sum((residents, partners, *rest.values())), residents, partners, **rest)


def code(roll: RollFacts, *counts: int) -> Read:
    """Read the outcome of ballots."""
    ballots = Ballots(*counts)
    turnout = Turnout(ballots.received, roll.residents, ballots.received - roll.residents)
    return lambda rules: outcome.decide(roll, rules, turnout, ballots).code


def voters(
    seats: list[Seat[str]], present: set[str], recused: frozenset[str] = frozenset()
) -> Read:
    """Read who is on the roll."""
    reserves = [Reserve(1, "n1", "partner"), Reserve(2, "n2", "resident")]

    def read(rules: Procedure) -> list[str]:
        found = resolve(seats, rules, present=present, recused=recused, reserves=reserves)
        return [entry.member for entry in found.entries]

    return read


def elect(*candidates: tuple[int, int]) -> Read:
    listed = [Candidate(f"k{number}", *votes) for number, votes in enumerate(candidates, 1)]
    return lambda rules: election.decide(1, 40, listed, rules)


def draw(rules: Procedure) -> tuple[str, ...]:
    drawn = [Ticket("k1", "a"), Ticket("k2", "a"), Ticket("k3", "b"), Ticket("k4", "a")]
    return lot.decide(3, drawn, rules).elected


def choose(votes: dict[str, int]) -> Read:
    return lambda rules: choice.decide(votes, 0, rules).code


def follows(rules: Procedure) -> str | None:
    stopped = outcome.at_opening(facts(4), rules)
    assert stopped
    return follow_up.of(stopped, rules)


ONE_ABSENT = [Seat("S", "resident", ("x",), ("d",)), Seat("T", "resident", ("y",))]
ONE_VACANT = [Seat("S", "resident", (), ("d",)), Seat("T", "resident", ("y",))]
SHARED = [Seat("S", "resident", ("x", "y"))]
HERE = {"y", "d", "n1", "n2"}
PERSONAL = {"deputy__mode": "personal"}
LIST = {"deputy__mode": "reserve_list", "deputy__on_absence": True}
FUNDED = [Item("a", 500, 6), Item("b", 400, 9), Item("c", 300, 7)]

EFFECTS: dict[str, Effect] = {
    "election.ballot": (
        lambda r: election.paper(("a", "b", "c"), 2, r).questions,
        {"approval": 1, "yes_no_per_candidate": 3},
    ),
    "election.threshold_percent": (
        with_rules(lambda r: elect((7, 0))(r).elected, election__yes_over_no=False),
        {0: ("k1",), 20: ()},
    ),
    "election.yes_over_no": (
        lambda r: elect((12, 20))(r).elected,
        {False: ("k1",), True: ()},
    ),
    "lot.quota": (
        with_rules(draw, lot__unfilled="stay_vacant"),
        {None: ("k1", "k2", "k3"), "quota": ("k1", "k3")},
    ),
    "lot.unfilled": (
        with_rules(draw, lot__quota={"a": 1, "b": 2}),
        {"open_to_others": ("k1", "k3", "k2"), "stay_vacant": ("k1", "k3")},
    ),
    "quorum.rule": (
        with_rules(code(facts(9, absent=9), 9, 0, 0), quorum__fixed=10),
        {
            "none": "adopted",
            "half": "adopted",
            "more_than_half": "poll_only",
            "two_thirds": "poll_only",
            "fixed": "poll_only",
        },
    ),
    "quorum.fixed": (
        with_rules(code(facts(9, absent=9), 9, 0, 0), quorum__rule="fixed"),
        {9: "adopted", 10: "poll_only"},
    ),
    "quorum.base": (
        code(facts(9, vacant=3, absent=3), 9, 0, 0),
        {"all_seats": "poll_only", "filled_seats": "adopted"},
    ),
    "no_quorum.effect": (
        code(facts(9, absent=9), 9, 0, 0),
        {"poll_only": "poll_only", "postpone": "postponed", "circular_after": "circular_after"},
    ),
    "majority.funding": (
        code(facts(12), 8, 4, 0),
        {
            "more_than_half": "adopted",
            "two_thirds": "adopted",
            "three_quarters": "rejected",
            "unanimous": "rejected",
        },
    ),
    "majority.other": (
        as_matter("other", code(facts(12), 7, 5, 0)),
        {"more_than_half": "adopted", "two_thirds": "rejected"},
    ),
    "majority.base": (
        code(facts(13, vacant=2, absent=4), 8, 3, 0),
        {
            "all_seats": "rejected",
            "filled_seats": "rejected",
            "present": "rejected",
            "cast": "adopted",
            "yes_no": "adopted",
        },
    ),
    "choice.rule": (
        with_rules(choose({"A": 5, "B": 4, "C": 3}), majority__base="cast"),
        {"most_votes": "adopted", "more_than_half": "runoff"},
    ),
    "resident_majority": (
        code(facts(6, 6), 12, 0, 0),
        {"off": "adopted", "present": "segment_failed", "cast": "segment_failed"},
    ),
    "recusal.rule": (
        lambda r: session.may_debate(is_recused=True, procedure=r),
        {"debate_no_vote": True, "leaves_room": False},
    ),
    "recusal.quorum": (
        code(facts(7, recused=1, absent=4), 7, 0, 0),
        {"counts_present": "adopted", "leaves_presence": "poll_only", "leaves_both": "poll_only"},
    ),
    "recusal.majority": (
        code(facts(10, recused=2), 7, 3, 0),
        {"leaves_base": "adopted", "stays_in_base": "rejected"},
    ),
    "recusal.shared_seat": (
        voters(SHARED, {"x", "y"}, frozenset({"x"})),
        {"person": ["y"], "seat": []},
    ),
    "recusal.publish": (
        lambda r: disclosure.recusal(consents=True, procedure=r),
        {"count": "count", "seat": "seat", "name": "name"},
    ),
    "deputy.mode": (
        with_rules(voters(ONE_ABSENT, HERE), deputy__on_absence=True),
        {
            "none": ["y"],
            "personal": ["d", "y"],
            "pool": ["n2", "y"],
            "reserve_list": ["n2", "y"],
        },
    ),
    "deputy.on_absence": (
        with_rules(voters(ONE_ABSENT, HERE), **PERSONAL),
        {True: ["d", "y"], False: ["y"]},
    ),
    "deputy.on_recusal": (
        with_rules(voters(ONE_ABSENT, HERE | {"x"}, frozenset({"x"})), **PERSONAL),
        {True: ["d", "y"], False: ["y"]},
    ),
    "deputy.on_vacant": (
        with_rules(voters(ONE_VACANT, HERE), **PERSONAL),
        {True: ["d", "y"], False: ["y"]},
    ),
    "deputy.segment_bound": (
        with_rules(voters(ONE_ABSENT, HERE), **LIST),
        {True: ["n2", "y"], False: ["n1", "y"]},
    ),
    "ballot.secrecy": (code(facts(4), 4, 0, 0), {"open": "adopted", "secret": "cannot_open"}),
    "ballot.min_turnout": (
        with_rules(code(facts(6), 4, 0, 0), ballot__secrecy="secret"),
        {4: "adopted", 5: "too_few_ballots"},
    ),
    "circular.allowed": (
        lambda r: [session.may_vote_in_writing(conditions_met=met, procedure=r) for met in (0, 1)],
        {"no": [False, False], "conditions": [False, True], "yes": [True, True]},
    ),
    "tie.rule": (
        with_rules(choose({"A": 5, "B": 5}), choice__rule="most_votes"),
        {"lot": "tie_lot", "repeat": "tie_repeat", "reject": "tie_reject"},
    ),
    "shortage.rule": (
        lambda r: shortage.share_out(FUNDED, 800, r).funded,
        {"cut_by_vote": (), "rank_yes": ("b", "c"), "agenda_order": ("a", "c")},
    ),
    "small_roll.effect": (
        with_rules(follows, ballot__secrecy="secret"),
        {"open_vote": "open_vote", "postpone": "postpone"},
    ),
}
