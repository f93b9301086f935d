"""The typed catalogue of the parameters of the rules of procedure."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from voting.errors import InputError
from voting.rules.form import LARGEST, Parameter, Value

BodyKind = Literal["council", "jury"]
Mode = Literal["meeting", "circular"]
Matter = Literal["funding", "other"]


def _choice(
    name: str,
    *allowed: str,
    default: str | None = None,
    presets: Mapping[str, Value] = MappingProxyType({}),
) -> Parameter:
    return Parameter(name, "choice", allowed, default=default, presets=presets)


def _integer(
    name: str,
    least: int = 0,
    most: int = LARGEST,
    default: int | None = None,
    presets: Mapping[str, Value] = MappingProxyType({}),
) -> Parameter:
    return Parameter(name, "integer", (), least, most, default, presets)


def _boolean(name: str, default: bool | None = None) -> Parameter:
    return Parameter(name, "boolean", default=default)


_MAJORITIES = ("more_than_half", "two_thirds", "three_quarters", "unanimous")
_FILLING = ("ballot", "assembly", "en_bloc", "lot", "quota_lot", "appointed", "open_door")
_BOTH_FIVE: Mapping[str, Value] = {"council": 5, "jury": 5}
_BOTH_EVENING: Mapping[str, Value] = {"council": "evening", "jury": "evening"}
_BOTH_COMMISSION: Mapping[str, Value] = {"council": "commission", "jury": "commission"}

_ALL = (
    _integer("body.seats.resident"),
    _integer("body.seats.partner"),
    Parameter("body.resident_share", "share", default=">1/2", presets={"jury": ">=1/1"}),
    _integer("member.min_age", default=16),
    _choice("member.residence", "live", "live_or_work", default="live"),
    _integer("term.months", least=1, default=24),
    _choice("member.source.resident", *_FILLING),
    _choice("member.source.partner", *_FILLING),
    _choice("election.ballot", "approval", "yes_no_per_candidate", "en_bloc"),
    _integer("election.threshold_percent", most=100, default=0),
    _boolean("election.yes_over_no"),
    Parameter("lot.quota", "quota"),
    _choice("lot.unfilled", "open_to_others", "stay_vacant"),
    _choice(
        "quorum.rule",
        *("none", "half", "more_than_half", "two_thirds", "fixed"),
        presets={"council": "two_thirds"},
    ),
    _integer("quorum.fixed", least=1),
    _choice("quorum.base", "all_seats", "filled_seats"),
    _choice("quorum.recheck", "continuous", default="continuous"),
    _choice("no_quorum.effect", "poll_only", "postpone", "circular_after", default="poll_only"),
    _choice("majority.funding", *_MAJORITIES, presets={"council": "two_thirds"}),
    _choice("majority.other", *_MAJORITIES, presets={"council": "more_than_half"}),
    _choice("majority.base", "all_seats", "filled_seats", "present", "cast", "yes_no"),
    _choice("choice.rule", "most_votes", "more_than_half"),
    _choice("resident_majority", "off", "present", "cast", default="off"),
    _choice("recusal.rule", "debate_no_vote", "leaves_room", default="debate_no_vote"),
    _choice("recusal.quorum", "counts_present", "leaves_presence", "leaves_both"),
    _choice("recusal.majority", "leaves_base", "stays_in_base"),
    _choice("recusal.shared_seat", "person", "seat"),
    _choice("recusal.publish", "count", "seat", "name", default="count"),
    _choice("deputy.mode", "none", "personal", "pool", "reserve_list"),
    _boolean("deputy.on_absence"),
    _boolean("deputy.on_recusal"),
    _boolean("deputy.on_vacant"),
    _boolean("deputy.segment_bound", default=True),
    _choice("ballot.secrecy", "secret", "open", default="secret"),
    _integer("ballot.min_turnout", least=2, presets=_BOTH_FIVE),
    _choice("ballot.group", "ed25519", "belenios_2048", default="ed25519"),
    _choice("circular.allowed", "no", "yes", "conditions"),
    _choice("tie.rule", "lot", "repeat", "reject"),
    _choice(
        "amount.edit",
        *("none", "reduce", "reduce_and_conditions"),
        default="reduce_and_conditions",
    ),
    _choice("shortage.rule", "cut_by_vote", "rank_yes", "agenda_order", default="cut_by_vote"),
    _integer("resubmission_limit"),
    _integer("cap_per_action_eur", default=1500),
    _integer("pot_per_year_eur", default=10000),
    _integer("flat_rate_percent", most=100),
    _integer("own_share_percent", most=100),
    Parameter("application_deadline", "deadline", default="none"),
    _integer("applicant_presents_from_eur"),
    _choice("meeting.public", "public", "registered_guests", "closed"),
    _integer("speakers"),
    _choice("speakers.segment", "any", "resident"),
    _choice("moderation", "qm", "speakers", default="qm"),
    _integer("invite_days"),
    _integer("minutes_days"),
    _integer("absence_limit", least=1),
    _choice("small_roll.effect", "open_vote", "postpone"),
    _choice(
        "trust.meeting", "evening", "commission", "office", default="evening", presets=_BOTH_EVENING
    ),
    _choice("trust.circular", "commission", "office", presets=_BOTH_COMMISSION),
    _integer("objection.days"),
    _choice("objection.by", "roll", "residents", default="roll"),
    _choice("annul.by", "officers", "body"),
    Parameter("languages", "set", ("de", "en", "tr", "ar"), default=("de",)),
    _choice("archive.publish", "public", "members", default="public"),
    _integer("archive.keep_months", least=1),
)

CATALOGUE: Mapping[str, Parameter] = MappingProxyType({each.name: each for each in _ALL})


def validate(parameters: Mapping[str, object]) -> dict[str, Value]:
    """Return the parameters that are set, checked against the catalogue.

    `None` means empty and is left out. Raise InputError `parameter_unknown` or
    `parameter_invalid`, each with the `name` (DOMAIN 3).
    """
    checked: dict[str, Value] = {}
    for name, value in parameters.items():
        if name not in CATALOGUE:
            raise InputError("parameter_unknown", name=name)
        if value is not None:
            checked[name] = _checked(CATALOGUE[name], value)
    return checked


def _checked(parameter: Parameter, value: object) -> Value:
    if not parameter.accepts(value):
        raise InputError("parameter_invalid", name=parameter.name)
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return dict(value)
    return value  # type: ignore[return-value]


def preset(kind: BodyKind) -> dict[str, Value]:
    """Return what the template offers for a kind of body; somebody must confirm it."""
    return {each.name: each.presets[kind] for each in _ALL if kind in each.presets}


def missing(parameters: Mapping[str, object], needed: Iterable[str]) -> list[str]:
    """Name the needed parameters that are empty and have no default, in the order asked."""
    return [
        name for name in needed if parameters.get(name) is None and CATALOGUE[name].default is None
    ]


def needed(
    parameters: Mapping[str, object],
    *,
    mode: Mode = "meeting",
    matter: Matter = "funding",
    recusals: bool = True,
    shared_recusal: bool = False,
    stand_ins: bool = False,
    small_roll: bool = False,
) -> list[str]:
    """Name the parameters a yes/no round needs, given what is already set.

    `recusals`: somebody on the roster may be recused; `shared_recusal`: a holder of a shared seat
    is; `stand_ins`: the roster knows deputies, a pool or a reserve list; `small_roll`: a secret
    question has fewer on its roll than `ballot.min_turnout`.
    """
    names = [*needed_for_quorum(parameters), f"majority.{matter}", "majority.base"]
    if recusals:
        names += ["recusal.quorum", "recusal.majority"]
    if shared_recusal:
        names.append("recusal.shared_seat")
    if stand_ins:
        names += _needed_for_stand_ins(parameters)
    names += needed_for_secrecy(parameters, small_roll=small_roll)
    if mode == "circular":
        names.append("circular.allowed")
    return names


def needed_for_quorum(parameters: Mapping[str, object]) -> list[str]:
    """Name the parameters that say whether a body may decide, given what is already set."""
    names = ["quorum.rule", "quorum.base"]
    return [*names, "quorum.fixed"] if parameters.get("quorum.rule") == "fixed" else names


def needed_for_secrecy(parameters: Mapping[str, object], *, small_roll: bool = False) -> list[str]:
    """Name the parameters a secret box needs; none where the vote is open."""
    if parameters.get("ballot.secrecy") == "open":
        return []
    return ["ballot.min_turnout", "small_roll.effect"] if small_roll else ["ballot.min_turnout"]


def _needed_for_stand_ins(parameters: Mapping[str, object]) -> list[str]:
    if parameters.get("deputy.mode") == "none":
        return ["deputy.mode"]
    return ["deputy.mode", "deputy.on_absence", "deputy.on_recusal", "deputy.on_vacant"]
