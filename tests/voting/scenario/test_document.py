"""A file with errors is refused with the path of the wrong field, and never with a traceback."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voting.__main__ import main
from voting.errors import RefusalError
from voting.scenario import document, run, sentences

FILE = Path(__file__).parents[2] / "scenarios.json"
WHOLE = json.loads(FILE.read_bytes())
PLACES = {each["id"]: place for place, each in enumerate(WHOLE["scenarios"])}
MISSING = object()

Change = Callable[[dict[str, Any]], None]


def results(data: bytes) -> list[dict[str, Any]]:
    return run.results(document.read(data))


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(RefusalError) as refusal:
        results(data)
    return refusal.value.reason, str(refusal.value.facts["path"])


def changed(id_: str, steps: tuple[str | int, ...], value: object) -> bytes:
    """Write the whole file with one place of one scenario altered, or removed."""
    whole = copy.deepcopy(WHOLE)
    place = whole["scenarios"][PLACES[id_]]
    for step in steps[:-1]:
        place = place[step]
    if value is MISSING:
        del place[steps[-1]]
    else:
        place[steps[-1]] = value
    return json.dumps(whole).encode()


def path_of(id_: str, steps: tuple[str | int, ...]) -> str:
    said = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"scenarios[{PLACES[id_]}]{said}"


SEAT = ("input", "seats", 2)
SHAPES = [
    ("D04", (*SEAT, "segment"), "bewohner"),
    ("D04", (*SEAT, "segment"), MISSING),
    ("D04", (*SEAT, "holders"), "mR03"),
    ("D04", (*SEAT, "holders", 0), 7),
    ("D04", (*SEAT, "weight"), 2),
    ("D04", ("input", "seats"), []),
    ("D04", ("input", "mode"), "video"),
    ("D04", ("input", "ballots"), MISSING),
    ("D04", ("input", "ballots", "yes"), -1),
    ("D04", ("input", "ballots", "yes"), 11.0),
    ("D04", ("input", "ballots", "yes"), True),
    ("D04", ("input", "ballots", "yes"), "11"),
    ("D04", ("input", "ballots", "yes"), 2**53),
    ("D04", ("input", "ballots", "yes"), 10**400),
    ("D04", ("input", "ballots", "maybe"), 1),
    ("D04", ("input", "rules", "quorum.rule"), "one_third"),
    ("D04", ("input", "rules", "quorum.rul"), "half"),
    ("D04", ("input", "rules", "quorum.rul"), None),
    ("D04", ("input", "rules", "majority.rule"), ["two_thirds"]),
    ("D04", ("input", "rules", "ballot.min_turnout"), 1),
    ("D04", ("input", "rules"), None),
    ("D04", ("input", "turnout"), 5),
    ("D04", ("input",), []),
    ("D04", ("kind",), "votes"),
    ("D04", ("kind",), ["vote"]),
    ("D04", ("id",), ""),
    ("D04", ("id",), "a\u0007"),
    ("D04", ("id",), "\ud800"),
    ("D04", ("id",), MISSING),
    ("D04", ("title",), 4),
    ("D04", ("comment",), "x"),
    ("D08", ("input", "reserve_list", 1, "rank"), None),
    ("D06", ("input", "changes", 0, "come"), []),
    ("D09", ("input", "options"), ["A"]),
    ("D09", ("input", "votes", "A"), MISSING),
    ("D09", ("input", "votes", "A"), None),
    ("D10", ("input", "candidates", 3, "yes"), "12"),
    ("D10", ("input", "places"), None),
    ("D11", ("input", "events", 4, "do"), "steal"),
    ("D11", ("input", "events", 4, "do"), {}),
    ("D11", ("input", "events", 4, "requested_cents"), MISSING),
    ("D11", ("input", "events", 7, "amount_cents"), 100),
    ("D11", ("input", "events", 4), 5),
    ("D11", ("input", "rules", "cap_per_action_cents"), "1500"),
    ("D13", ("input", "council", "outcome"), "agreed"),
    ("D13", ("input", "council", "amount_cents"), MISSING),
    ("D13", ("input", "steering", "amount_cents"), None),
    ("D13", ("input", "steering", "reason"), 7),
    ("D13", ("input", "steering", "conditions"), [3]),
]


@pytest.mark.parametrize(("id_", "steps", "value"), SHAPES)
def test_a_field_of_another_shape(id_: str, steps: tuple[str | int, ...], value: object) -> None:
    reason, path = refused(changed(id_, steps, value))
    assert reason == "shape"
    assert path in (path_of(id_, steps), path_of(id_, (*steps, 0)))


@pytest.mark.parametrize(
    ("id_", "steps", "value", "reason"),
    [
        ("D04", (*SEAT, "seat"), "R01", "twice"),
        ("D04", (*SEAT, "holders", 0), "mR01", "twice"),
        ("D04", ("id",), "D03", "twice"),
        ("D04", ("input", "present", 3), "mR01", "twice"),
        ("D04", ("input", "present", 3), "nobody", "unknown"),
        ("D05", ("input", "recused", 1), "nobody", "unknown"),
        ("D06", ("input", "changes", 1, "leave", 0), "nobody", "unknown"),
        ("D08", ("input", "reserve_list", 1, "member"), "n1", "twice"),
        ("D08", ("input", "reserve_list", 1, "rank"), 1, "twice"),
        ("D04", ("input", "not_cast"), ["R11"], "unknown"),
        ("D04", ("input", "not_cast"), ["R01"], "contradiction"),
        ("D04", ("input", "ballots", "yes"), 12, "contradiction"),
        ("D04", ("input", "rules", "quorum.rule"), MISSING, "rule_missing"),
        ("D04", ("input", "rules", "majority.rule"), None, "rule_missing"),
        ("D05", ("input", "rules", "recusal.quorum"), MISSING, "rule_missing"),
        ("D09", ("input", "rules", "tie.rule"), MISSING, "rule_missing"),
        ("D09", ("input", "options", 1), "A", "twice"),
        ("D09", ("input", "votes", "C"), 1, "unknown"),
        ("D10", ("input", "candidates", 3, "id"), "k01", "twice"),
        ("D10", ("input", "candidates", 0, "yes"), 44, "contradiction"),
    ],
)
def test_figures_and_ids_that_do_not_fit(
    id_: str, steps: tuple[str | int, ...], value: object, reason: str
) -> None:
    found, path = refused(changed(id_, steps, value))
    assert found == reason
    wanted = path_of(id_, steps)
    assert wanted.startswith(path) or path == f"{wanted}[0]"
    assert path.startswith(path_of(id_, steps[:2]))


LOT = {"rules": {}, "places": 2, "drawn_order": [{"id": "a", "stratum": "x"}]}
ROUND = {
    "rules": {"majority.rule": "two_thirds", "majority.base": "present"},
    "roll_size": 6,
    "available_cents": 900,
    "items": [
        {"item": "a", "amount_cents": 500, "ballots": {"yes": 4, "no": 2, "abstain": 0}},
        {"item": "b", "amount_cents": 500, "ballots": {"yes": 3, "no": 2, "abstain": 0}},
    ],
}


def file_of(kind: str, given: object) -> bytes:
    scenario = {"id": "X", "kind": kind, "input": given}
    return json.dumps({"format": "kiezvotum-scenarios/1", "scenarios": [scenario]}).encode()


@pytest.mark.parametrize(
    ("kind", "given", "reason", "path"),
    [
        ("lot", {**LOT, "quota": {"x": 3}}, "contradiction", "quota"),
        ("lot", {**LOT, "quota": {"": 1}}, "shape", "quota"),
        ("lot", {**LOT, "quota": {"x": 10**10}}, "shape", "quota"),
        (
            "lot",
            {**LOT, "quota": {"x": 1}, "rules": {"lot.quota": {"x": 2}}},
            "contradiction",
            "quota",
        ),
        ("lot", {**LOT, "drawn_order": LOT["drawn_order"] * 2}, "twice", "drawn_order[1].id"),
        ("lot", {**LOT, "places": -1}, "shape", "places"),
        ("round", {**ROUND, "items": ROUND["items"] * 2}, "twice", "items[2].item"),
        ("round", {**ROUND, "roll_size": 5}, "contradiction", "items[0].ballots"),
        ("round", {**ROUND, "rules": {}}, "rule_missing", "rules.majority.base"),
    ],
)
def test_lots_and_rounds_too(kind: str, given: object, reason: str, path: str) -> None:
    assert refused(file_of(kind, given)) == (reason, f"scenarios[0].input.{path}")


def test_a_round_votes_first_and_then_compares_with_the_pot() -> None:
    (found,) = results(file_of("round", ROUND))
    assert found["result"] == {
        "items": [
            {"item": "a", "required_yes": 4, "outcome": "adopted", "missing_yes": 0},
            {"item": "b", "required_yes": 4, "outcome": "rejected", "missing_yes": 1},
        ],
        "adopted_sum_cents": 500,
        "shortage_cents": 0,
        "funded": ["a"],
        "unfunded": [],
        "needs_lot": [],
        "left_cents": 400,
    }


def test_a_quota_stands_in_the_input_or_in_the_rules() -> None:
    drawn = [{"id": "a", "stratum": "x"}, {"id": "b", "stratum": "x"}, {"id": "c", "stratum": "y"}]
    given = {"places": 2, "drawn_order": drawn}
    quota = {"x": 1, "y": 1}
    for rules, more in ({}, {"quota": quota}), ({"lot.quota": quota}, {}), ({}, {"quota": {}}):
        (found,) = results(file_of("lot", {**given, "rules": rules, **more}))
        by_quota = bool(more.get("quota") or rules)
        assert found["result"]["elected"] == (["a", "c"] if by_quota else ["a", "b"])


def test_who_cast_is_needed_where_segments_count() -> None:
    given = copy.deepcopy(WHOLE["scenarios"][PLACES["D04"]]["input"])
    given["rules"]["resident_majority"] = "cast"
    given["ballots"] = {"yes": 10, "no": 4, "abstain": 0}
    assert refused(file_of("vote", given)) == ("contradiction", "scenarios[0].input.not_cast")
    given["not_cast"] = ["R01", "R02", "R03"]
    (found,) = results(file_of("vote", given))
    assert (found["result"]["outcome"], found["result"]["segment_ok"]) == ("segment_failed", False)


@pytest.mark.parametrize(
    ("data", "reason", "path"),
    [
        (b"", "json", ""),
        (b"{", "json", ""),
        (b'{"format": "\xff"}', "utf8", ""),
        (b"[]", "shape", ""),
        (b"{}", "shape", "format"),
        (b"NaN", "shape", ""),
        (b'{"format": "kiezvotum-scenarios/2", "scenarios": []}', "shape", "format"),
        (b'{"format": "kiezvotum-scenarios/1"}', "shape", "scenarios"),
        (b'{"format": "kiezvotum-scenarios/1", "scenarios": {}}', "shape", "scenarios"),
        (b'{"format": "kiezvotum-scenarios/1", "scenarios": [7]}', "shape", "scenarios[0]"),
        (b'{"format": 1, "format": 1}', "twice", "format"),
        (b'{"scenarios": [{"input": {"mode": 1, "mode": 1}}]}', "twice", "scenarios[0].input.mode"),
        (b"[" * 40 + b"]" * 40, "deep", "[0]" * 32),
        (b"[" * 200_000, "deep", ""),
        (b"1" * 5000, "shape", ""),
    ],
)
def test_files_that_are_no_scenarios(data: bytes, reason: str, path: str) -> None:
    assert refused(data) == (reason, path)


def test_the_command_says_the_path_and_prints_nothing_else(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "wrong.json"
    file.write_bytes(changed("D04", (*SEAT, "segment"), "bewohner"))
    for arguments in (["decide", str(file), "--json"], ["decide", str(file)]):
        assert main(arguments) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "scenarios[3].input.seats[2].segment" in printed.err
        assert len(printed.err.splitlines()) == 1


def test_the_command_names_line_and_column_of_broken_json(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{\n  "format" 1}', encoding="utf-8")
    assert main(["decide", str(file)]) == 2
    assert "$: the file is not JSON (line 2, column 12)" in capsys.readouterr().err
    assert main(["decide", str(tmp_path / "absent.json")]) == 2
    assert main(["decide", str(tmp_path)]) == 2


def test_a_path_cannot_speak_to_the_terminal(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "wrong.json"
    file.write_bytes(changed("D04", ("input", "\u001b[31m"), 1))
    assert main(["decide", str(file)]) == 2
    assert "\u001b" not in capsys.readouterr().err


def every_place(
    value: object, steps: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    yield steps
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, each in inner:
        yield from every_place(each, (*steps, step))


SOMETHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["R01", "mR01", "vote", "none", "approve", "g01", "adopted", "two_thirds"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
SMALL = [each for each in WHOLE["scenarios"] if each["id"] in ("D08", "D09", "D10", "D12", "D13")]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_stands_anywhere_is_judged_or_refused(data: st.DataObject) -> None:
    scenario = copy.deepcopy(data.draw(st.sampled_from(SMALL)))
    scenario.pop("expect")
    for _ in range(data.draw(st.integers(1, 3))):
        steps = data.draw(st.sampled_from(list(every_place(scenario))[1:]))
        place: Any = scenario
        for step in steps[:-1]:
            place = place[step]
        place[steps[-1]] = data.draw(SOMETHING)
    written = json.dumps({"format": "kiezvotum-scenarios/1", "scenarios": [scenario]}).encode()
    path = "scenarios"
    try:
        judged = results(written)
        assert sentences.report(document.read(written), judged)
    except RefusalError as refusal:
        path, judged = str(refusal.facts["path"]), [{}]
    assert len(judged) == 1
    assert path.startswith("scenarios")
