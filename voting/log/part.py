"""The parts of entries that several types share."""

from voting.shape import (
    choice,
    digest,
    either,
    flag,
    listed,
    nullable,
    pattern,
    record,
    slug,
    text,
    whole,
)

COUNTED = ("adopted", "rejected")
# What can come of a choice between options that was counted.
PICKED = ("chosen", "none_chosen", "runoff", "tie_lot", "tie_repeat", "tie_reject", "graded")
UNCOUNTED = ("not_quorate", "segment_failed", "too_few_ballots")
UNOPENED = ("cannot_open", "poll_only", "postponed", "circular_after", "segment_failed")

identifier = pattern(r"[1-9A-HJ-NP-Za-km-z]{14}")
number = pattern(r"[1-9]\d{3}-[1-9]\d*")
body = record({"kind": choice("council", "jury", "steering_round"), "name": text(200)})
way = choice("open", "roll_call", "paper")
majority_rule = choice("more_than_half", "two_thirds", "three_quarters", "unanimous")
majority_base = choice("all_seats", "filled_seats", "present", "cast", "yes_no")
quorum = record(
    {
        "rule": choice("none", "half", "more_than_half", "two_thirds", "fixed"),
        "base": whole(),
        "need": whole(),
        "have": nullable(whole()),
    }
)
roll = record(
    {
        "seats": whole(),
        "residents": whole(),
        "partners": whole(),
        "vacant": whole(),
        "recused": whole(),
        "absent": whole(),
        "for_vacant": whole(),
        "for_recused": whole(),
        "for_absent": whole(),
    }
)
# The ticks of each option in the order of the ballot, or the answers to a yes/no question.
tally = either(
    "options",
    record({"options": listed(whole(), 2), "blank": whole()}),
    record({"yes": whole(), "no": whole(), "abstain": whole(), "invalid": whole()}),
)
# How many options there are, how many are ticked, and how many of them are taken: 0 for grades.
picking = record(
    {
        "options": whole(2),
        "fewest": whole(),
        "most": whole(1),
        "places": whole(),
        "blank": flag,
    }
)
# A lot between level options: `entry` closed the round, `drawn` are their numbers in the order of
# `voting.rules.drawing`.
lot = record(
    {"entry": whole(), "log_root": digest, "box_head": digest, "drawn": listed(whole(1), 2)}
)
taken_out = record({"question": identifier, "outcome": choice(*UNOPENED)})
_announced = {
    "question": identifier,
    "digest": digest,
    "amount_cents": nullable(whole()),
    "quorum": quorum,
    "roll_size": whole(),
}
_majority = record({"rule": majority_rule, "base": majority_base})
announced_question = either(
    "choice",
    record({**_announced, "choice": picking}),
    record({**_announced, "majority": _majority, "required_yes": nullable(whole(1))}),
)
_opened = {
    "question": identifier,
    "phi": pattern(r"[A-Za-z0-9+/]{43}"),
    "credentials_hash": digest,
    "credentials": whole(),
    "roll_size": whole(1),
    "roll": roll,
    "quorum": quorum,
}
opened_question = either(
    "choice",
    record({**_opened, "choice": picking}, {"head": digest}),
    record({**_opened, "required_yes": whole(1)}, {"head": digest}),
)
# How many cast, the hash that a copy of the box must end with or continue, and of a choice 32
# random bytes for a lot, which nobody knew before.
closed_question = record(
    {"question": identifier, "ballots": whole()}, {"head": digest, "chance": digest}
)
hand_question = record(
    {
        "question": identifier,
        "roll_size": whole(1),
        "roll": roll,
        "quorum": quorum,
        "required_yes": nullable(whole(1)),
    }
)
polled_question = record(
    {
        "question": identifier,
        "digest": digest,
        "quorum": quorum,
        "roll_size": whole(),
    },
    {"of": identifier},
)
poll_box = record(
    {
        "question": identifier,
        "phi": pattern(r"[A-Za-z0-9+/]{43}"),
        "credentials_hash": digest,
        "credentials": whole(),
        "roll_size": whole(1),
        "roll": roll,
    },
    {"head": digest},
)
judged_majority = record(
    {"rule": majority_rule, "base": majority_base, "of": whole(), "required": whole(1)}
)
pot = {"fund": slug, "year": whole(1)}
bundle = record({"name": pattern(r"[a-z_]+\.(js|html)"), "sha256": digest})
