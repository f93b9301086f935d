"""What browsers run stands in each area's log: once, and again when a byte of it changes."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from app import asset, bundle, jobs
from app.body import day_of
from app.booth import document
from app.models import Area, LogEntry
from tests.app import builder
from tests.app.builder import Council
from tests.app.public.reading import in_order, read

NOW = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)


def history(held: Session, area: Area) -> list[bundle.Logged]:
    held.commit()
    found = bundle.logged(held, area)
    held.commit()
    return found


def count(held: Session) -> int:
    entries = held.exec(select(LogEntry).where(LogEntry.type == bundle.KIND)).all()
    held.commit()
    return len(entries)


def test_each_area_says_once_what_browsers_run(held: Session, area: Council) -> None:
    other = builder.build_council(held, "bruecke")
    held.commit()
    for _ in range(2):
        jobs.note_bundles(NOW)
    assert count(held) == 2
    for council in (area, other):
        [said] = history(held, council.area)
        assert said.at == NOW
        assert set(said.hashes) >= {"booth.html", "booth.js", "evening.js", "recount_worker.js"}
        assert said.changed == set(said.hashes)
        content = asset.read("checker.html")
        assert said.hashes["checker.html"] == sha256(content).hexdigest()
        assert said.hashes["booth.html"] == sha256(document.current().content).hexdigest()
        assert "style.css" not in said.hashes


def test_a_changed_file_is_one_more_entry(
    held: Session, area: Council, own_hashes: dict[str, dict[str, object]]
) -> None:
    held.commit()
    jobs.note_bundles(NOW)
    own_hashes["booth.js"]["sha256"] = "5f" * 32
    jobs.note_bundles(NOW + timedelta(days=1))
    newest, first = history(held, area.area)
    assert newest.changed == {"booth.js"}
    assert newest.hashes == {**first.hashes, "booth.js": "5f" * 32}


def test_who_comes_second_writes_nothing(held: Session, area: Council) -> None:
    running = bundle.hashes()
    assert bundle.outdated(held, running, day_of(NOW)) == [area.area.id]
    for _ in range(2):
        bundle.note(held, area.area.id, running, NOW)
    assert len(history(held, area.area)) == 1
    assert bundle.outdated(held, running, day_of(NOW)) == []


def test_the_log_of_an_archive_stays_as_it_is(held: Session, area: Council) -> None:
    area.area.closes_on = day_of(NOW) - timedelta(days=1)
    held.commit()
    jobs.note_bundles(NOW)
    assert count(held) == 0


def test_everybody_can_read_it(
    held: Session,
    area: Council,
    visitor: builder.Browser,
    own_hashes: dict[str, dict[str, object]],
) -> None:
    address = "/gebiet/anger/programme"
    assert "Noch steht nichts im Register." in read(visitor, address)
    held.commit()
    jobs.note_bundles(NOW)
    before = str(own_hashes["booth.js"]["sha256"])
    own_hashes["booth.js"]["sha256"] = "5f" * 32
    jobs.note_bundles(NOW + timedelta(days=1))
    in_order(
        read(visitor, address),
        *("Jetzt, seit Dienstag, 5. Mai 2026", "neu oder geändert: 1", "booth.js", "5f" * 32),
        *("checker.html", str(own_hashes["checker.html"]["sha256"])),
        *("Geändert Montag, 4. Mai 2026", "booth.js", before),
    )
    assert visitor.get("/gebiet/nirgends/programme").status_code == 404


def test_the_checker_is_kept_as_a_file(visitor: FlaskClient) -> None:
    answer = visitor.get("/pruefprogramm.html")
    assert answer.data == asset.read("checker.html")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kiezvotum-pruefen.html"'
    assert b"default-src 'none'; script-src 'sha256-" in answer.data


@pytest.fixture
def own_hashes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, object]]:
    """The manifest of this application, to be changed."""
    manifest = {name: dict(entry) for name, entry in app.extensions["assets"].items()}
    monkeypatch.setitem(app.extensions, "assets", manifest)
    return manifest
