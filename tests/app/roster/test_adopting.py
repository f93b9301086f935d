"""Versions of the rules of procedure, and what the log says of them."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import electoral_roll
from app.models import LogEntry
from app.roster.adopting import adopt
from app.roster.example import hints
from tests.app.builder import PARAMETERS, Council
from tests.service.database import both_databases
from voting.errors import InputError
from voting.log.kind import rules_hash


def now() -> datetime:
    return datetime.now(UTC)


@both_databases
def test_a_change_is_the_next_version_and_stands_in_the_log(held: Session, area: Council) -> None:
    officer = area.moderators[0]
    made = adopt(held, area.body, area.term, {"majority.base": "cast"}, officer, now())
    assert made is not None
    assert (made.version, made.entered_by) == (2, officer.id)
    held.expire_all()
    in_force = electoral_roll.rules_in_force(held, area.body.id)
    assert in_force.parameters == PARAMETERS | {"majority.base": "cast"}
    leaf = json.loads(held.exec(select(LogEntry.leaf)).one())
    assert leaf["type"] == "rules_adopted"
    assert leaf["public"]["version"] == 2
    assert leaf["public"]["rules"] == in_force.parameters
    assert leaf["public"]["rules_hash"] == rules_hash(in_force.parameters)
    assert leaf["public"]["term"] == area.term.id
    assert officer.name not in json.dumps(leaf, ensure_ascii=False)


def test_nothing_new_is_no_version(held: Session, area: Council) -> None:
    same = {"majority.base": PARAMETERS["majority.base"]}
    assert adopt(held, area.body, area.term, same, area.moderators[0], now()) is None
    assert held.exec(select(LogEntry)).all() == []


def test_an_emptied_rule_is_missing(held: Session, area: Council) -> None:
    adopt(held, area.body, area.term, {"quorum.base": None}, area.moderators[0], now())
    assert electoral_roll.missing_rules(held, area.body.id) == ["quorum.base"]


@pytest.mark.parametrize("changes", [{"quorum.base": "most"}, {"colour": "red"}])
def test_what_the_catalogue_does_not_know_is_refused(
    held: Session, area: Council, changes: dict[str, object]
) -> None:
    with pytest.raises(InputError):
        adopt(held, area.body, area.term, changes, area.moderators[0], now())


def test_the_examples_count_with_the_seats_of_the_body(held: Session) -> None:
    shown = hints(18, {})
    assert shown["quorum.rule"]["two_thirds"] == "Sie sind 18. Dann müssen 12 da sein."
    assert shown["majority.funding"]["two_thirds"] == "12 stimmen ab. Dann sind 8 Ja nötig."
    assert shown["quorum.base"] == {
        "all_seats": "18 Sitze, 3 leer, 11 da: 12 nötig, nicht beschlussfähig.",
        "filled_seats": "18 Sitze, 3 leer, 11 da: 10 nötig, beschlussfähig.",
    }
    assert shown["recusal.quorum"] == {
        "counts_present": "Sie sind 18, 12 sind da, davon 1 befangen: 12 nötig, beschlussfähig.",
        "leaves_presence": (
            "Sie sind 18, 12 sind da, davon 1 befangen: 12 nötig, nicht beschlussfähig."
        ),
        "leaves_both": (
            "Sie sind 18, 12 sind da, davon 1 befangen: 12 nötig, nicht beschlussfähig."
        ),
    }
    assert shown["recusal.majority"]["leaves_base"].endswith("mit 10, nötig sind 7 Ja.")
    assert shown["recusal.majority"]["stays_in_base"].endswith("mit 12, nötig sind 8 Ja.")
    bases = {base: text.split(": ")[1] for base, text in shown["majority.base"].items()}
    assert bases == {
        "all_seats": "gerechnet wird mit 18, nötig sind 12 Ja.",
        "filled_seats": "gerechnet wird mit 17, nötig sind 12 Ja.",
        "present": "gerechnet wird mit 12, nötig sind 8 Ja.",
        "cast": "gerechnet wird mit 11, nötig sind 8 Ja.",
        "yes_no": "gerechnet wird mit 9, nötig sind 6 Ja.",
    }
