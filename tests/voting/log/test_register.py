"""A log as it is handed out: every text beside it fits its commitment, or was removed."""

import json
from pathlib import Path

import pytest

from voting.__main__ import ACCEPTED, REFUSED, main
from voting.errors import RefusalError
from voting.log import entry, merkle, register
from voting.log.entry import Entry

AT = "2026-11-24T09:12:00Z"
SALT = bytes(range(32))
WHY = "Der Strom war ausgefallen.\nZweimal."
ROUND = json.loads(
    (Path(__file__).parents[2] / "vectors" / "log" / "leaf.json").read_text(encoding="utf-8")
)["entries"][1]


def voided(seq: int, value: str = WHY) -> Entry:
    identifier = json.loads(ROUND["leaf"])["public"]["round"]
    told = {"reason": entry.commit(SALT, value)}
    return Entry("rixdorf", seq, AT, "void", {"round": identifier}, told)


def removed(seq: int, of: int) -> Entry:
    public = {"entry": of, "field": "reason", "reason": "names_somebody"}
    return Entry("rixdorf", seq, AT, "text_removed", public)


def line(made: Entry, **texts: str) -> bytes:
    salted = {name: (SALT, value) for name, value in texts.items()}
    return register.write(made.write().decode(), salted)


def reason_of(lines: list[bytes]) -> tuple[str, object]:
    with pytest.raises(RefusalError) as refusal:
        register.check(lines)
    return refusal.value.reason, refusal.value.facts["line"]


def test_texts_that_fit_are_counted_beside_the_root_of_all_entries():
    entries = [voided(0), voided(1, "Ein Name"), removed(2, 1), voided(3)]
    lines = [line(entries[0], reason=WHY), *map(line, entries[1:])]
    root = merkle.root([each.leaf_hash() for each in entries]).hex()
    assert register.check(lines) == register.Checked(4, root, opened=1, removed=1, closed=1)
    assert register.check([]) == register.Checked(0, merkle.EMPTY_ROOT.hex(), 0, 0, 0)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([line(voided(0), reason=WHY + ".")], ("log.commitment", 1)),
        ([line(voided(0), reason=WHY, answer=WHY)], ("log.commitment", 1)),
        ([line(voided(0)), line(removed(1, 0)), line(removed(2, 2))], ("log.removal", 3)),
        ([line(voided(0), reason=WHY), line(removed(1, 0))], ("log.removal", 2)),
        ([line(voided(1))], ("log.sequence", 1)),
        ([line(voided(0)), line(voided(0))], ("log.sequence", 2)),
        ([line(voided(0)) + b"\n"], ("log.canonical", 1)),
        ([line(voided(0)).replace(b'"texts"', b'"text"')], ("shape", 1)),
        ([line(voided(0)).replace(b"rixdorf", b"Rixdorf")], ("shape", 1)),
        ([b'{"leaf":"{}","texts":{}}'], ("shape", 1)),
    ],
)
def test_a_log_that_does_not_fit_is_refused_with_its_line(lines, reason):
    assert reason_of(lines) == reason


def test_another_area_has_another_log():
    other = Entry("soldiner", 1, AT, "void", voided(1).public, voided(1).commitments)
    assert reason_of([line(voided(0)), line(other)]) == ("log.sequence", 2)


def test_the_command_checks_a_file(tmp_path, capsys):
    file = tmp_path / "register.jsonl"
    file.write_bytes(line(voided(0), reason=WHY) + line(voided(1)))
    assert main(["log", str(file)]) == ACCEPTED
    assert "texts: 1 fit, 0 removed, 1 not shown" in capsys.readouterr().out
    file.write_bytes(line(voided(0), reason="Anders"))
    assert main(["log", str(file)]) == REFUSED
    assert "line 1: a text does not fit its entry [log.commitment]" in capsys.readouterr().out
