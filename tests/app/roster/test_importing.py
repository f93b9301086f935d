"""The way of a roster file through the pages: upload, columns, preview, one confirmation."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from app import jobs
from app.models import (
    Card,
    Deputy,
    LookUp,
    Member,
    Membership,
    ReservePlace,
    RollEntry,
    RosterImport,
    Seat,
    VotingKey,
)
from app.roster.reading import MOST_BYTES
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.service.database import only_sqlite

CPU_SECONDS = 5
NEW = "Name;E-Mail;Gruppe;Sitz;Bezeichnung des Sitzes;Art;Rang\n"


class Importer:
    """An officer with a file; every step returns the page that follows."""

    def __init__(self, browser: Browser, area: Council) -> None:
        self.browser = browser
        self.address = f"/roster/bodies/{area.body.id}/import"

    def send(self, content: str | bytes, name: str = "liste.csv", **more: str) -> TestResponse:
        data = content.encode() if isinstance(content, str) else content
        return self.browser.post(self.address, data={"file": (BytesIO(data), name), **more})

    def preview(self, content: str | bytes, **more: str) -> tuple[str, str]:
        """The address of the preview and its page."""
        address = self.send(content, **more).headers["Location"]
        return address, self.browser.get(address).text

    def apply(self, content: str | bytes, **more: str) -> TestResponse:
        address, shown = self.preview(content, **more)
        return self.browser.post(address, data={"mark": mark_of(shown)})


def mark_of(shown: str) -> str:
    found = re.search(r'name="mark" value="(\w+)"', shown)
    return found[1] if found else ""


@pytest.fixture
def importer(moderator: Browser, area: Council) -> Importer:
    return Importer(moderator, area)


def counts(held: Session) -> list[int]:
    tables = (Member, Seat, Membership, Deputy, ReservePlace)
    return [len(held.exec(select(table)).all()) for table in tables]


def test_a_whole_file_is_stored_by_one_confirmation(
    held: Session, area: Council, importer: Importer
) -> None:
    text = (
        NEW + "Łukasz Żółć;lu@x.example;Bewohner;;;;\nنور الهدى;;Partner;20;Bücherei;Sprecher;\n"
        "Eva;;;20;;Vertretung;\nUwe;;Bewohner;;;Nachrückliste;3\n;;Bewohner;30;;;\n"
        "Aylin Kara;aylin@x.example;;1;;;\n"
    )
    address, shown = importer.preview(text)
    assert counts(held) == [9, 9, 9, 0, 0]
    assert "Neu: 5" in shown
    assert "Geändert: 1" in shown
    assert {each.member_id for each in held.exec(select(LookUp))} == {area.members[0].id}
    answer = importer.browser.post(address, data={"mark": mark_of(shown)}, follow_redirects=True)
    assert "Die ganze Datei ist übernommen." in answer.text
    assert counts(held) == [13, 12, 11, 1, 1]
    assert held.exec(select(RosterImport)).all() == []
    place = held.exec(select(Membership, Seat).join(Seat).where(Seat.position == 20)).one()
    assert (place[0].role, place[0].area_id, place[1].label) == (
        "speaker",
        area.area.id,
        "Bücherei",
    )
    assert held.get_one(Member, area.members[0].id).mail == "aylin@x.example"
    assert held.exec(select(ReservePlace)).one().rank == 3


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_an_export_is_imported_without_a_change(
    importer: Importer, area: Council, ending: str, language: str
) -> None:
    importer.apply(NEW + "=Böse;;Bewohner;1;;;\nAylin Kara;;;1;;;\nUwe;;Partner;;;reserve;\n")
    answer = importer.browser.get(f"{language}/roster/bodies/{area.body.id}/export.{ending}")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=roster-")
    _address, shown = importer.preview(answer.data)
    assert "Es gibt nichts zu übernehmen." in shown
    assert "11 Zeilen ändern nichts." in shown


def test_columns_that_nobody_knows_are_asked_for(held: Session, importer: Importer) -> None:
    answer = importer.send("Wer;Kontakt;Team\nAda;ada@x.example;Bewohner\n")
    address = answer.headers["Location"]
    assert address.endswith("/columns")
    shown = importer.browser.get(address).text
    assert "ada@x.example" in shown
    columns = {"fields-0": "name", "fields-1": "mail", "fields-2": "segment"}
    twice = importer.browser.post(address, data=columns | {"fields-2": "name"})
    assert (twice.status_code, "Diese Spalte gibt es zweimal." in twice.text) == (422, True)
    unknown = importer.browser.post(address, data=columns | {"fields-2": "area"})
    assert unknown.status_code == 422
    short = importer.browser.post(address, data={"fields-0": "name"})
    assert short.status_code == 400
    answer = importer.browser.post(address, data=columns | {"leaving": "y"}, follow_redirects=True)
    assert "Neu: 1" in answer.text
    assert "Scheidet aus: 9" in answer.text
    kept = held.exec(select(RosterImport)).one()
    assert f"/roster/imports/{kept.id}" in importer.browser.get(importer.address).text


def test_who_is_unclear_is_chosen_on_the_page(
    held: Session, area: Council, importer: Importer
) -> None:
    held.get_one(Member, area.members[0].id).mail = "aylin@x.example"
    text = "Name;E-Mail;Sitz\nAylin Kara;kara@y.example;1\n"
    address, shown = importer.preview(text)
    assert "Der Name ist bekannt, die E-Mail ist anders." in shown
    assert mark_of(shown) == ""
    foreign = importer.browser.post(f"{address}/people", data={"row-2-member": "9999"})
    assert foreign.status_code == 422
    chosen = {"row-2-member": str(area.members[0].id), "row-3-member": "0"}
    answer = importer.browser.post(f"{address}/people", data=chosen, follow_redirects=True)
    assert "Geändert: 1" in answer.text
    assert importer.browser.post(address, data={"mark": mark_of(answer.text)}).status_code == 303
    assert held.get_one(Member, area.members[0].id).mail == "kara@y.example"


def test_what_was_confirmed_is_what_is_stored(
    held: Session, area: Council, importer: Importer
) -> None:
    address, shown = importer.preview(NEW + "Ada;;;1;;;\nAylin Kara;;;1;;;\n")
    held.add(Seat(area_id=area.area.id, body_id=area.body.id, position=50, segment="resident"))
    assert mark_of(importer.browser.get(address).text) == mark_of(shown)
    held.get_one(Member, area.members[0].id).name = "Aylin Yıldız"
    answer = importer.browser.post(address, data={"mark": mark_of(shown)})
    assert (answer.status_code, "Nichts wurde übernommen" in answer.text) == (409, True)
    assert counts(held)[0] == 9
    for mark in ("", "0" * 64):
        assert importer.browser.post(address, data={"mark": mark}).status_code == 409
    assert counts(held)[0] == 9


def test_who_leaves_loses_card_and_key_and_who_moves_keeps_them(
    held: Session, area: Council, importer: Importer
) -> None:
    names = [member.name for member in area.members]
    rows = [f"{name};;;{seat};;;" for seat, name in enumerate(names, start=1)]
    rows[1] = f"{names[1]};;;3;;Vertretung;"
    answer = importer.apply(NEW + "\n".join(rows[1:]), leaving="y")
    assert answer.status_code == 303
    keys = set(held.exec(select(VotingKey.member_id)))
    assert keys == {member.id for member in area.members[1:]}
    revoked = held.exec(select(Card.member_id).where(Card.revoked_at.is_not(None))).all()  # type: ignore[union-attr]
    assert revoked == [area.members[0].id]


def test_an_open_roll_never_changes(
    held: Session, area: Council, importer: Importer, open_round: Callable[..., object]
) -> None:
    open_round()
    builder.release_roster(held, area)
    before = [entry.model_dump() for entry in held.exec(select(RollEntry))]
    _address, shown = importer.preview(NEW + "Ada;;Bewohner;;;;\n", leaving="y")
    assert "ändert sich durch die Datei nicht" in shown
    importer.apply(NEW + "Ada;;Bewohner;;;;\n", leaving="y")
    assert counts(held)[0] == 10
    assert [entry.model_dump() for entry in held.exec(select(RollEntry))] == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\0", "Das ist keine Tabelle."),
        (b"", "Die Datei ist leer."),
        (b"\xef\xbb\xbf\n\n", "Die Datei ist leer."),
        (b"Name;Rolle\nAda;admin\n", "Diese Spalte geht nicht: Rolle."),
        (b"Name;area_id\nAda;2\n", "Diese Spalte geht nicht: area_id."),
        (b"a" * (MOST_BYTES + 1), "Höchstens 5 MB gehen."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    held: Session, importer: Importer, content: bytes, reason: str
) -> None:
    answer = importer.send(content)
    assert (answer.status_code, reason in answer.text) == (422, True)
    assert held.exec(select(RosterImport)).all() == []


def test_no_file_and_far_too_large_ones(importer: Importer, moderator: Browser) -> None:
    assert "Bitte wählen Sie eine Datei." in moderator.post(importer.address).text
    answer = importer.send(b"a" * (MOST_BYTES + 100_000))
    assert (answer.status_code, "Höchstens 5 MB" in answer.text) == (413, True)
    elsewhere = moderator.post("/desk/meetings/new", data={"x": "a" * 300_000})
    assert elsewhere.status_code == 413


def test_parts_and_pages_that_do_not_exist_are_not_found(importer: Importer) -> None:
    address, _shown = importer.preview(NEW + "Ada;;Bewohner;;;;\n")
    assert "Davon gibt es nichts." in importer.browser.get(f"{address}?part=ended").text
    for wrong in ("part=new&page=2", "part=new&page=0", "part=other"):
        assert importer.browser.get(f"{address}?{wrong}").status_code == 404


@only_sqlite
def test_forty_broken_rows_of_five_thousand_are_all_told_and_nothing_is_stored(
    held: Session, importer: Importer
) -> None:
    broken = set(range(100, 5_000, 125))
    assert len(broken) == 40
    rows = [
        f"Person {n};p{n}@x.example;{'Freunde' if n in broken else 'Bewohner'};;;;"
        for n in range(5_000)
    ]
    before = counts(held)
    started = time.process_time()
    address, shown = importer.preview(NEW + "\n".join(rows))
    assert time.process_time() - started < CPU_SECONDS
    assert [f"Zeile {n + 2}" in shown for n in sorted(broken)] == [True] * 40
    assert shown.count("Hier geht nur:") == 40
    assert "Fehler: 40" in shown
    assert importer.browser.post(address, data={"mark": mark_of(shown)}).status_code == 409
    assert counts(held) == before


@only_sqlite
def test_five_thousand_rows_are_shown_by_pages_and_stored(
    held: Session, importer: Importer
) -> None:
    rows = [f"Person {n};p{n}@x.example;Bewohner;;;;" for n in range(5_000)]
    address, shown = importer.preview(NEW + "\n".join(rows))
    assert ("Person 199<" in shown, "Person 200<" in shown) == (True, False)
    last = importer.browser.get(f"{address}?part=new&page=25").text
    assert "Person 4999<" in last
    started = time.process_time()
    assert importer.browser.post(address, data={"mark": mark_of(shown)}).status_code == 303
    assert time.process_time() - started < CPU_SECONDS
    assert counts(held)[2] == 5_009


def test_a_file_is_thrown_away_by_hand_or_after_a_day(
    app: Flask, held: Session, importer: Importer
) -> None:
    address, _shown = importer.preview(NEW + "Ada;;Bewohner;;;;\n")
    importer.preview(NEW + "Bo;;Bewohner;;;;\n")
    assert importer.browser.post(f"{address}/discard").status_code == 303
    assert importer.browser.get(address).status_code == 404
    now = datetime.now(UTC)
    for later, left in ((timedelta(hours=23), 1), (timedelta(hours=25), 0)):
        held.commit()
        jobs.forget(now + later)
        assert len(held.exec(select(RosterImport)).all()) == left


def test_files_of_another_area_are_not_found(
    held: Session, importer: Importer, area: Council, client_of: Callable[..., Browser]
) -> None:
    address, shown = importer.preview(NEW + "Ada;;Bewohner;;;;\n")
    other = builder.build_council(held, "rand", with_keys=False)
    stranger = client_of(other.moderators[0])
    body = f"/roster/bodies/{area.body.id}"
    for path in (address, f"{address}/columns", f"{body}/export.csv", f"{body}/import"):
        assert stranger.get(path).status_code == 404, path
    for path in (address, f"{address}/columns", f"{address}/people", f"{address}/discard"):
        assert stranger.post(path, data={"mark": mark_of(shown)}).status_code == 404, path
    theirs = f"Nummer der Person;Name;Sitz\n{other.members[0].id};Geklaut;1\n"
    _address, shown = importer.preview(theirs)
    assert "Diese Nummer gibt es in Ihrem Gebiet nicht." in shown
    _address, shown = importer.preview(f"Name;Gruppe\n{other.members[0].name};Bewohner\n")
    assert "Neu: 0" in shown
    member = client_of(area.members[0])
    assert member.get(address).status_code == 403
