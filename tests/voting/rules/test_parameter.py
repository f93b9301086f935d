import pytest

from voting.errors import InputError, LawError
from voting.rules.parameter import CATALOGUE, missing, needed, preset, validate
from voting.rules.procedure import Procedure

FUNDING_IN_A_MEETING = [
    "quorum.rule",
    "quorum.base",
    "majority.funding",
    "majority.base",
    "recusal.quorum",
    "recusal.majority",
    "ballot.min_turnout",
]


def test_a_secret_funding_round_in_a_meeting_names_what_is_empty() -> None:
    assert needed({}) == FUNDING_IN_A_MEETING
    assert missing({}, needed({})) == FUNDING_IN_A_MEETING
    council = preset("council")
    assert missing(council, needed(council)) == [
        "quorum.base",
        "majority.base",
        "recusal.quorum",
        "recusal.majority",
    ]


@pytest.mark.parametrize("name", FUNDING_IN_A_MEETING)
def test_each_of_them_blocks_alone(name: str) -> None:
    complete = {
        "quorum.rule": "two_thirds",
        "quorum.base": "filled_seats",
        "majority.funding": "two_thirds",
        "majority.base": "present",
        "recusal.quorum": "counts_present",
        "recusal.majority": "leaves_base",
        "ballot.min_turnout": 5,
    }
    assert missing(complete, needed(complete)) == []
    assert missing(complete | {name: None}, needed(complete | {name: None})) == [name]


@pytest.mark.parametrize(
    ("parameters", "situation", "added"),
    [
        ({}, {"matter": "other"}, {"majority.other"}),
        ({"quorum.rule": "fixed"}, {}, {"quorum.fixed"}),
        ({}, {"mode": "circular"}, {"circular.allowed"}),
        ({}, {"shared_recusal": True}, {"recusal.shared_seat"}),
        ({"deputy.mode": "none"}, {"stand_ins": True}, {"deputy.mode"}),
        (
            {},
            {"stand_ins": True},
            {"deputy.mode", "deputy.on_absence", "deputy.on_recusal", "deputy.on_vacant"},
        ),
    ],
)
def test_a_situation_needs_more(
    parameters: dict[str, str], situation: dict[str, str], added: set[str]
) -> None:
    assert set(needed(parameters, **situation)) - set(FUNDING_IN_A_MEETING) == added


def test_an_open_vote_without_recusals_needs_less() -> None:
    assert needed({"ballot.secrecy": "open"}, recusals=False) == FUNDING_IN_A_MEETING[:4]


def test_what_the_templates_offer_is_valid_and_confirms_the_minimum_of_five() -> None:
    for kind in ("council", "jury"):
        assert validate(preset(kind)) == preset(kind)
        assert preset(kind)["ballot.min_turnout"] == 5
    assert preset("council")["majority.funding"] == "two_thirds"
    assert "majority.funding" not in preset("jury")


def test_defaults_and_presets_are_values_their_parameter_accepts() -> None:
    for parameter in CATALOGUE.values():
        offered = [*parameter.presets.values()]
        if parameter.default is not None:
            offered.append(parameter.default)
        assert all(parameter.accepts(value) for value in offered), parameter.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quorum.rule", "one_third"),
        ("quorum.rule", True),
        ("quorum.fixed", 0),
        ("quorum.fixed", "5"),
        ("quorum.fixed", 5.0),
        ("ballot.min_turnout", 1),
        ("ballot.min_turnout", True),
        ("election.threshold_percent", 101),
        ("deputy.on_absence", 1),
        ("deputy.on_absence", "true"),
        ("languages", ["en"]),
        ("languages", ["de", "de"]),
        ("languages", []),
        ("languages", "de"),
        ("languages", ["de", "fr"]),
        ("trust.circular", "evening"),
        ("quorum.recheck", "once"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(InputError, match="parameter_invalid") as refusal:
        validate({name: value})
    assert refusal.value.facts == {"name": name}


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(InputError, match="parameter_unknown") as refusal:
        validate({"quorum.rul": "half"})
    assert refusal.value.facts == {"name": "quorum.rul"}


def test_empty_parameters_are_left_out() -> None:
    assert validate({"quorum.rule": None, "languages": ["de", "en"]}) == {"languages": ("de", "en")}


def test_reading_an_empty_parameter_names_it() -> None:
    with pytest.raises(LawError, match="parameter_missing") as refusal:
        Procedure({}).choice("quorum.rule")
    assert refusal.value.facts == {"name": "quorum.rule"}


def test_a_default_holds_until_it_is_set() -> None:
    assert Procedure({}).choice("no_quorum.effect") == "poll_only"
    assert Procedure({"no_quorum.effect": "postpone"}).choice("no_quorum.effect") == "postpone"
    assert Procedure({}).is_secret


def test_a_procedure_does_not_follow_later_changes_of_its_source() -> None:
    source = {"quorum.rule": "half"}
    procedure = Procedure(source)
    source["quorum.rule"] = "two_thirds"
    assert procedure.choice("quorum.rule") == "half"
