"""The register: every entry with its texts, page by page, and older entries as they were."""

import json
from datetime import UTC, datetime

from sqlmodel import select

from app import decision_log
from app.models import LogEntry
from app.public import log
from app.text import word
from tests.app.public.reading import in_order, read
from voting.log import kind, register

NOW = datetime.now(UTC)
REGISTER = "/gebiet/anger/register"


def write(held, area, *reasons):
    for why in reasons:
        decision_log.append(held, area.area, "access_restored", {"reason": why}, NOW)
    held.commit()


def test_entries_stand_with_their_texts_the_newest_first(held, area, visitor):
    write(held, area, "Handy verloren.", "Noch eins verloren.")
    in_order(
        read(visitor, REGISTER),
        *("Zugang wiederhergestellt", "Eintrag 1", "Noch eins verloren."),
        *("Eintrag 0", "Handy verloren."),
    )
    lines = visitor.get(REGISTER + ".jsonl").data.splitlines(keepends=True)
    assert register.check(lines).opened == 2


def test_an_entry_leads_to_what_it_is_about(visitor, decide):
    [decision] = decide(*["yes"] * 9)
    round_id = decision.page["round_id"]
    page = visitor.get(REGISTER).text
    assert page.count(f'href="/entscheidung/{decision.number}"') == 1
    assert page.count(f'href="/abstimmung/{round_id}/pruefen"') == 4
    assert "· <bdi>Quartiersrat Anger</bdi>" in page


def test_long_registers_have_several_pages(held, area, visitor, monkeypatch):
    monkeypatch.setattr(log, "AT_ONCE", 2)
    write(held, area, "Eins.", "Zwei.", "Drei.")
    first = visitor.get(REGISTER).text
    assert "Eins." not in first
    assert f"{REGISTER}?vor=1" in first
    second = visitor.get(f"{REGISTER}?vor=1").text
    assert ("Eins." in second, "Zwei." in second, "Ältere Einträge" in second) == (
        True,
        False,
        False,
    )
    assert visitor.get(f"{REGISTER}?vor={10**30}").status_code == 200
    assert visitor.get("/gebiet/nirgends/register").status_code == 404


def test_a_reason_in_the_public_part_of_an_older_entry_is_read(held, area, visitor, monkeypatch):
    """As entries were written before there were commitments."""
    monkeypatch.setattr(kind, "split", lambda _type, facts: (dict(facts), {}))
    write(held, area, "Von früher.")
    entry = held.exec(select(LogEntry)).one()
    assert json.loads(entry.leaf)["public"] == {"reason": "Von früher."}
    held.rollback()
    assert "Von früher." in read(visitor, REGISTER)
    lines = visitor.get(REGISTER + ".jsonl").data.splitlines(keepends=True)
    assert register.check(lines) == register.Checked(1, entry.root, 0, 0, 0)


def test_every_kind_of_entry_has_words(app):
    with app.test_request_context():
        assert len({word(f"log_{each}") for each in kind.TYPES}) == len(kind.TYPES)
