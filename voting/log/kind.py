"""What the public part of each type of log entry holds.

No participant of a secret ballot is in it, and personal data only as a commitment beside it.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from voting.errors import InputError
from voting.log.canonical import write
from voting.rules.parameter import validate
from voting.shape import (
    Shape,
    choice,
    day,
    digest,
    listed,
    moment,
    nullable,
    pattern,
    record,
    refuse,
    slug,
    text,
    whole,
)

_COUNTED = ("adopted", "rejected")
_UNCOUNTED = ("not_quorate", "segment_failed", "too_few_ballots")
_UNOPENED = ("cannot_open", "poll_only", "postponed", "circular_after", "segment_failed")

_identifier = pattern(r"[1-9A-HJ-NP-Za-km-z]{14}")
_body = record({"kind": choice("council", "jury", "steering_round"), "name": text(200)})
_majority_rule = choice("more_than_half", "two_thirds", "three_quarters", "unanimous")
_majority_base = choice("all_seats", "filled_seats", "present", "cast", "yes_no")
_quorum = record(
    {
        "rule": choice("none", "half", "more_than_half", "two_thirds", "fixed"),
        "base": whole(),
        "need": whole(),
        "have": nullable(whole()),
    }
)
_roll = record(
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
_tally = record({"yes": whole(), "no": whole(), "abstain": whole(), "invalid": whole()})
_taken_out = record({"question": _identifier, "outcome": choice(*_UNOPENED)})


def _rules(value: object, path: str) -> None:
    """Accept rules of procedure as the catalogue knows them."""
    if type(value) is not dict or None in value.values():
        refuse(path)
    try:
        validate(value)
    except InputError:
        refuse(path)


_announced_question = record(
    {
        "question": _identifier,
        "digest": digest,
        "amount_cents": nullable(whole()),
        "majority": record({"rule": _majority_rule, "base": _majority_base}),
        "quorum": _quorum,
        "roll_size": whole(),
        "required_yes": nullable(whole(1)),
    }
)
_opened_question = record(
    {
        "question": _identifier,
        "phi": pattern(r"[A-Za-z0-9+/]{43}"),
        "credentials_hash": digest,
        "credentials": whole(),
        "roll_size": whole(1),
        "roll": _roll,
        "quorum": _quorum,
        "required_yes": whole(1),
    }
)
_judged_majority = record(
    {"rule": _majority_rule, "base": _majority_base, "of": whole(), "required": whole(1)}
)

_SHAPES: Mapping[str, Shape] = {
    "rules_adopted": record(
        {
            "body": _body,
            "term": slug,
            "version": whole(1),
            "valid_from": day,
            "rules": _rules,
            "rules_hash": digest,
        }
    ),
    "round_announced": record(
        {
            "round": _identifier,
            "body": _body,
            "term": slug,
            "mode": choice("meeting", "circular"),
            "trust": choice("evening", "commission", "office"),
            "rules_version": whole(1),
            "rules_hash": digest,
            "questions": listed(_announced_question, 1),
        }
    ),
    "round_opened": record(
        {
            "round": _identifier,
            "rules_version": whole(1),
            "rules_hash": digest,
            "closes_at": nullable(moment),
            "questions": listed(_opened_question, 1),
            "taken_out": listed(_taken_out),
        }
    ),
    "round_closed": record(
        {
            "round": _identifier,
            "how": choice("all_cast", "end", "last_call", "early"),
            "reason": nullable(text(2000)),
            "ballots": listed(record({"question": _identifier, "ballots": whole()}), 1),
        }
    ),
    "counted": record(
        {
            "round": _identifier,
            "question": _identifier,
            "outcome": choice(*_COUNTED, *_UNCOUNTED),
            "ballots": whole(),
            "tally": nullable(_tally),
            "archive_hash": digest,
            "strong_hash": nullable(digest),
        }
    ),
    "decision": record(
        {
            "number": pattern(r"[1-9]\d{3}-[1-9]\d*"),
            "label": choice("decision", "recommendation"),
            "body": _body,
            "round": _identifier,
            "question": _identifier,
            "digest": digest,
            "title": text(300),
            "requested_cents": nullable(whole()),
            "amount_cents": nullable(whole()),
            "outcome": choice(*_COUNTED, *_UNCOUNTED),
            "ballots": whole(),
            "tally": nullable(_tally),
            "roll": _roll,
            "quorum": _quorum,
            "majority": nullable(_judged_majority),
            "rules_version": whole(1),
            "rules_hash": digest,
        }
    ),
    "void": record({"round": _identifier, "reason": text(2000)}),
}

TYPES = tuple(_SHAPES)


def rules_hash(rules: Mapping[str, object]) -> str:
    """Return the SHA-256 of one version of the rules, as 64 lower-case hexadecimal digits.

    Empty parameters are left out. Raise InputError for rules the catalogue does not know.
    """
    return sha256(write(validate(rules))).hexdigest()


def check(type_: str, public: object) -> None:
    """Check the public part of an entry; raise RefusalError `shape` with the `path`."""
    if type_ not in _SHAPES:
        refuse("type")
    _SHAPES[type_](public, "public")
    if type_ in _AGREEMENTS:
        _AGREEMENTS[type_](public)


def _check_rules(public: Any) -> None:
    if public["rules_hash"] != rules_hash(public["rules"]):
        refuse("public.rules_hash")


def _check_rolls(public: Any) -> None:
    for place, question in enumerate(public["questions"]):
        roll = question["roll"]
        if question["roll_size"] != roll["residents"] + roll["partners"]:
            refuse(f"public.questions[{place}].roll_size")


def _check_reason(public: Any) -> None:
    if (public["how"] == "early") != (public["reason"] is not None):
        refuse("public.reason")


def _check_tally(public: Any) -> None:
    tally = public["tally"]
    if (public["outcome"] in _COUNTED) != (tally is not None):
        refuse("public.tally")
    if tally is not None and sum(tally.values()) != public["ballots"]:
        refuse("public.ballots")


def _check_decision(public: Any) -> None:
    _check_tally(public)
    if (public["majority"] is None) != (public["tally"] is None):
        refuse("public.majority")


_AGREEMENTS: Mapping[str, Callable[[Any], None]] = {
    "rules_adopted": _check_rules,
    "round_opened": _check_rolls,
    "round_closed": _check_reason,
    "counted": _check_tally,
    "decision": _check_decision,
}
