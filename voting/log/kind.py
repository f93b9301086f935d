"""What the public part of each type of log entry holds.

No participant of a secret ballot is in it, and what a person typed only as a commitment beside it.
"""

from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from typing import Any

from voting.errors import InputError
from voting.log import part
from voting.log.canonical import write
from voting.rules.drawing import Seed, draw
from voting.rules.parameter import validate
from voting.shape import (
    Shape,
    choice,
    day,
    digest,
    listed,
    moment,
    nullable,
    record,
    refuse,
    slug,
    text,
    whole,
)


def _rules(value: object, path: str) -> None:
    """Accept rules of procedure as the catalogue knows them."""
    if type(value) is not dict or None in value.values():
        refuse(path)
    try:
        validate(value)
    except InputError:
        refuse(path)


# Why a text was removed.
GROUNDS = ("names_somebody", "tells_of_somebody", "insults_somebody")

_SHAPES: Mapping[str, Shape] = {
    "rules_adopted": record(
        {
            "body": part.body,
            "term": slug,
            "version": whole(1),
            "valid_from": day,
            "rules": _rules,
            "rules_hash": digest,
        }
    ),
    "round_announced": record(
        {
            "round": part.identifier,
            "body": part.body,
            "term": slug,
            "mode": choice("meeting", "circular"),
            "trust": choice("evening", "commission", "office"),
            "rules_version": whole(1),
            "rules_hash": digest,
            "questions": listed(part.announced_question, 1),
        },
        {"way": part.way},
    ),
    "round_opened": record(
        {
            "round": part.identifier,
            "rules_version": whole(1),
            "rules_hash": digest,
            "closes_at": nullable(moment),
            "questions": listed(part.opened_question, 1),
            "taken_out": listed(part.taken_out),
        }
    ),
    "round_closed": record(
        {
            "round": part.identifier,
            "how": choice("all_cast", "end", "last_call", "early", "counted"),
            "ballots": listed(part.closed_question, 1),
        },
        {"reason": nullable(text(2000))},
    ),
    "counted": record(
        {
            "round": part.identifier,
            "question": part.identifier,
            "outcome": choice(*part.COUNTED, *part.PICKED, *part.UNCOUNTED),
            "ballots": whole(),
            "tally": nullable(part.tally),
            "archive_hash": digest,
            "strong_hash": nullable(digest),
        },
        {"chosen": listed(whole(1)), "lot": part.lot},
    ),
    "decision": record(
        {
            "number": part.number,
            "label": choice("decision", "recommendation"),
            "body": part.body,
            "round": part.identifier,
            "question": part.identifier,
            "digest": digest,
            "title": text(300),
            "requested_cents": nullable(whole()),
            "amount_cents": nullable(whole()),
            "outcome": choice(*part.COUNTED, *part.PICKED, *part.UNCOUNTED),
            "ballots": whole(),
            "tally": nullable(part.tally),
            "roll": part.roll,
            "quorum": part.quorum,
            "majority": nullable(part.judged_majority),
            "rules_version": whole(1),
            "rules_hash": digest,
        },
        {"way": part.way, "chosen": listed(whole(1)), "lot": part.lot},
    ),
    "void": record({"round": part.identifier}, {"reason": text(2000)}),
    # An opinion poll decides nothing: neither outcome nor majority stands in its entries. `of` is
    # the question that was taken out and `quorum` the one that was not met; without `of` nothing
    # but an opinion was ever asked for.
    "poll_announced": record(
        {
            "round": part.identifier,
            "body": part.body,
            "term": slug,
            "trust": choice("evening", "commission", "office"),
            "rules_version": whole(1),
            "rules_hash": digest,
            "questions": listed(part.polled_question, 1),
        },
        {"way": part.way},
    ),
    "poll_opened": record(
        {
            "round": part.identifier,
            "rules_version": whole(1),
            "rules_hash": digest,
            "closes_at": nullable(moment),
            "questions": listed(part.poll_box, 1),
            "taken_out": listed(part.taken_out),
        }
    ),
    "poll_counted": record(
        {
            "round": part.identifier,
            "question": part.identifier,
            "ballots": whole(),
            "tally": nullable(part.tally),
            "archive_hash": digest,
            "strong_hash": nullable(digest),
        }
    ),
    # Locked ballots and receipts of a round were deleted on the announced day; these are hashes of
    # the whole boxes and strong proofs, for those who kept a copy.
    "boxes_deleted": record(
        {
            "round": part.identifier,
            "boxes": listed(
                record(
                    {
                        "question": part.identifier,
                        "archive": digest,
                        "strong": nullable(digest),
                    }
                ),
                1,
            ),
        }
    ),
    # The key of a counting commission serves new elections from now on, and until it is ended; the
    # trustees document is on the board of each. Who holds the parts is not said.
    "commission_key": record(
        {
            "body": part.body,
            "term": slug,
            "group": choice("Ed25519", "BELENIOS-2048"),
            "trustees": whole(1),
            "needed": whole(1),
            "trustees_hash": digest,
        }
    ),
    "commission_key_ended": record({"body": part.body, "term": slug, "trustees_hash": digest}),
    # A part of such a key is lost; so many are `left`. Fewer than needed open nothing any more.
    "commission_part_lost": record(
        {"body": part.body, "term": slug, "trustees_hash": digest, "left": whole()}
    ),
    # How many cards were replaced and why, never whose.
    "card_replaced": record(
        {
            "body": part.body,
            "term": slug,
            "how": choice("room", "home"),
            "reason": choice("card_lost", "card_stolen", "card_broken", "locked_out"),
            "cards": whole(1),
        }
    ),
    # Two persons let the roster of a body with an announced round be changed until this moment.
    "roster_released": record(
        {"body": part.body, "term": slug, "until": moment}, {"reason": text(2000)}
    ),
    # Somebody doubts a published decision, without a name; then the answer, which is public.
    "objection": record({"decision": part.number, "objection": whole(1)}),
    "objection_answered": record(
        {"decision": part.number, "objection": whole(1)}, {"answer": text(2000)}
    ),
    # `vote` is the question by which the body wanted it, where its rules ask for one.
    "annulled": record(
        {
            "decision": part.number,
            "question": part.identifier,
            "vote": nullable(part.identifier),
        },
        {"reason": text(2000)},
    ),
    # Another summary; `entry` is the log entry of the decision, the texts stand on its page.
    "corrected": record(
        {
            "decision": part.number,
            "entry": whole(),
            "before_hash": digest,
            "after_hash": digest,
        },
        {"reason": text(2000)},
    ),
    # Votes that people count and no box holds: `way` says how, `trust` of the announcement says
    # nothing then. Of a poll neither outcome nor required yes stands there. A vote that was held
    # without the site and entered afterwards says when: `voted_at`.
    "hand_vote_opened": record(
        {
            "round": part.identifier,
            "way": part.way,
            "rules_version": whole(1),
            "rules_hash": digest,
            "questions": listed(part.hand_question, 1),
            "taken_out": listed(part.taken_out),
        },
        {"voted_at": moment},
    ),
    "hand_vote_counted": record(
        {
            "round": part.identifier,
            "question": part.identifier,
            "way": part.way,
            "outcome": nullable(choice(*part.COUNTED, *part.UNCOUNTED)),
            "ballots": whole(),
            "tally": nullable(part.tally),
        }
    ),
    # Two persons on own sessions entered paper or counts for a round, or took a paper back without
    # a vote: what and why, never who and how many.
    "entered_by_two": record(
        {
            "round": part.identifier,
            "question": nullable(part.identifier),
            "what": choice("paper_numbers", "count", "roll_call", "paper_return"),
        },
        {"reason": text(2000)},
    ),
    # A void round is never reset: another one repeats it and says why.
    "round_repeated": record(
        {"round": part.identifier, "repeats": part.identifier}, {"reason": text(2000)}
    ),
    # The site was down near the end of a vote over days, which got the lost time back.
    "round_extended": record(
        {
            "round": part.identifier,
            "down_since": moment,
            "down_until": moment,
            "closes_at": moment,
        }
    ),
    # Another contractor runs the area from a day on, as two persons agreed; never who they are.
    "handover": record(
        {
            "state": choice("agreed", "undone", "done"),
            "contractor": text(300),
            "mandated_by": text(300),
            "starts_on": day,
        },
        {"reason": text(2000)},
    ),
    # The database was an older one than known before: two persons go on with the `entries` there
    # are. `known` and `known_root` are the head that is lost; the rounds are void.
    "epoch_opened": record(
        {
            "entries": whole(),
            "known": whole(),
            "known_root": nullable(digest),
            "rounds": listed(part.identifier),
        },
        {"reason": text(2000)},
    ),
    # A count was stopped; two persons let it run again.
    "count_again": record({"round": part.identifier}, {"reason": text(2000)}),
    # From the server's terminal an administrator got a new access.
    "access_restored": record({}, {"reason": text(2000)}),
    # What browsers run to make keys, to cast, to open and to check, whenever a byte of it changes.
    "bundles_changed": record({"files": listed(part.bundle, 1)}),
    # What a fund may give in a year; `before` is empty for the first sum.
    "pot_changed": record(
        {
            **part.pot,
            "cents": whole(),
            "before": nullable(whole()),
            "cap_cents": nullable(whole()),
        },
        {"reason": nullable(text(2000))},
    ),
    # Adopted sums were more than the pot held: what the rules and a lot made of them.
    "money_shared": record(
        {
            **part.pot,
            "round": part.identifier,
            "rule": choice("cut_by_vote", "rank_yes", "agenda_order"),
            "available_cents": whole(),
            "adopted_cents": whole(),
            "short_cents": whole(1),
            "left_cents": whole(),
            "funded": listed(part.identifier),
            "unfunded": listed(part.identifier),
            "drawn": listed(part.identifier),
        }
    ),
    # A grant ended, was settled, paid, paid back or completed; `cents` are the receipts accepted or
    # the money.
    "grant_changed": record(
        {
            **part.pot,
            "question": part.identifier,
            "how": choice("withdraw", "cancel", "annul", "settle", "pay", "repay", "complete"),
            "cents": nullable(whole()),
            "released_cents": whole(),
        },
        {"reason": nullable(text(2000))},
    ),
    # What a person typed into entry `entry` is gone: salt and text were deleted by two people.
    "text_removed": record(
        {
            "entry": whole(),
            "field": choice("reason", "answer"),
            "reason": choice(*GROUNDS),
        }
    ),
}

TYPES = tuple(_SHAPES)

# What a person types, a field of each type: a commitment, but public in entries from before there
# were commitments. Where nothing was typed it is public and null.
TYPED: Mapping[str, str] = {
    **dict.fromkeys(("round_closed", "void", "roster_released", "annulled", "corrected"), "reason"),
    **dict.fromkeys(("entered_by_two", "round_repeated", "handover", "epoch_opened"), "reason"),
    **dict.fromkeys(("count_again", "access_restored", "pot_changed", "grant_changed"), "reason"),
    "objection_answered": "answer",
}


def rules_hash(rules: Mapping[str, object]) -> str:
    """Return the SHA-256 of one version of the rules, as 64 lower-case hexadecimal digits.

    Empty parameters are left out. Raise InputError for rules the catalogue does not know.
    """
    return sha256(write(validate(rules))).hexdigest()


def split(type_: str, facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the public part of a new entry and, by field, what a person typed."""
    name = TYPED.get(type_)
    if name is None or facts[name] is None:
        return dict(facts), {}
    return {each: facts[each] for each in facts if each != name}, {name: facts[name]}


def check(type_: str, public: object, committed: Collection[str] = ()) -> None:
    """Check the public part of an entry beside the names of its commitments.

    Raise RefusalError `shape` with the `path`.
    """
    if type_ not in _SHAPES:
        refuse("type")
    _SHAPES[type_](public, "public")
    if type_ in TYPED:
        _check_typed(TYPED[type_], public, committed)
    if type_ in _AGREEMENTS:
        _AGREEMENTS[type_](public)


def _check_typed(name: str, public: Any, committed: Collection[str]) -> None:
    """What was typed stands there once: in the public part or as a commitment."""
    if (name in public) == (name in committed):
        refuse(f"public.{name}")


def _check_rules(public: Any) -> None:
    if public["rules_hash"] != rules_hash(public["rules"]):
        refuse("public.rules_hash")


def _check_rolls(public: Any) -> None:
    for place, question in enumerate(public["questions"]):
        roll = question["roll"]
        if question["roll_size"] != roll["residents"] + roll["partners"]:
            refuse(f"public.questions[{place}].roll_size")


def _check_reason(public: Any) -> None:
    is_said = "reason" not in public or public["reason"] is not None
    if (public["how"] == "early") != is_said:
        refuse("public.reason")


def _check_tally(public: Any) -> None:
    tally, outcome = public["tally"], public["outcome"]
    if (outcome in (*part.COUNTED, *part.PICKED)) != (tally is not None):
        refuse("public.tally")
    if tally is not None and (outcome in part.PICKED) != ("options" in tally):
        refuse("public.outcome")
    _check_sum(public)
    if "lot" in public:
        _check_lot(public)


def _check_lot(public: Any) -> None:
    """Draw again: the order follows from the seed, and some drawn first are chosen, no others."""
    lot, chosen = public["lot"], public.get("chosen", [])
    seed = Seed(lot["log_root"], lot["box_head"], public["question"])
    level = sorted(set(lot["drawn"]))
    is_drawn = len(level) > 1 and [slip.option for slip in draw(seed, level)] == lot["drawn"]
    winners = [each in chosen for each in lot["drawn"]]
    is_obeyed = winners[0] and winners == sorted(winners, reverse=True)
    if public["outcome"] != "tie_lot" or not is_drawn or not is_obeyed:
        refuse("public.lot")


def _check_sum(public: Any) -> None:
    tally = public["tally"]
    if tally is not None and not _is_sum(tally, public["ballots"]):
        refuse("public.ballots")


def _is_sum(tally: Any, ballots: int) -> bool:
    """Tell whether so many ballots can hold this; on one of them each option stands once."""
    if "options" in tally:
        return max(*tally["options"], tally["blank"]) <= ballots
    return sum(tally.values()) == ballots


def _check_decision(public: Any) -> None:
    _check_tally(public)
    tally = public["tally"]
    if (public["majority"] is None) != (tally is None or "options" in tally):
        refuse("public.majority")


def _check_shortage(public: Any) -> None:
    if public["adopted_cents"] - public["available_cents"] != public["short_cents"]:
        refuse("public.short_cents")


_AGREEMENTS: Mapping[str, Callable[[Any], None]] = {
    "rules_adopted": _check_rules,
    "round_opened": _check_rolls,
    "round_closed": _check_reason,
    "counted": _check_tally,
    "decision": _check_decision,
    "poll_opened": _check_rolls,
    "hand_vote_opened": _check_rolls,
    "hand_vote_counted": _check_sum,
    "poll_counted": _check_sum,
    "money_shared": _check_shortage,
}
