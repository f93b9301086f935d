"""The parts of entries that several types share."""

from voting.shape import choice, digest, nullable, pattern, record, slug, text, whole

COUNTED = ("adopted", "rejected")
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
tally = record({"yes": whole(), "no": whole(), "abstain": whole(), "invalid": whole()})
taken_out = record({"question": identifier, "outcome": choice(*UNOPENED)})
announced_question = record(
    {
        "question": identifier,
        "digest": digest,
        "amount_cents": nullable(whole()),
        "majority": record({"rule": majority_rule, "base": majority_base}),
        "quorum": quorum,
        "roll_size": whole(),
        "required_yes": nullable(whole(1)),
    }
)
opened_question = record(
    {
        "question": identifier,
        "phi": pattern(r"[A-Za-z0-9+/]{43}"),
        "credentials_hash": digest,
        "credentials": whole(),
        "roll_size": whole(1),
        "roll": roll,
        "quorum": quorum,
        "required_yes": whole(1),
    },
    {"head": digest},
)
# How many cast, and the hash that a copy of the box must end with or continue.
closed_question = record({"question": identifier, "ballots": whole()}, {"head": digest})
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
        "of": identifier,
        "digest": digest,
        "quorum": quorum,
        "roll_size": whole(),
    }
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
