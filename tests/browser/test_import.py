"""A roster file in a real browser: chosen, its columns named, looked at and stored."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.models import Member
from tests.browser.inspection import inspect

FILE = """Wer;Kontakt;Team;Platz
Łukasz Żółć;lu@x.example;Bewohner;
نور الهدى;;Partner;12
Aylin Kara;aylin@x.example;;1
Aylin Kara;;;3
"""
COLUMNS = {"Wer": "Name", "Kontakt": "E-Mail", "Team": "Gruppe", "Platz": "Sitz"}


@pytest.mark.drill
def test_a_roster_comes_from_a_file(hall, open_phone, tmp_path):
    page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    page.goto(f"{hall.url}/roster/bodies/{hall.council.body.id}")
    page.get_by_role("link", name="Besetzung aus einer Datei").click()
    inspect(page)
    send(page, FILE, tmp_path)
    for title, field in COLUMNS.items():
        page.get_by_label(title, exact=True).select_option(label=field)
    inspect(page)
    page.get_by_role("button", name="Vorschau zeigen").click()
    expect(page.get_by_text("Die Datei hat Fehler")).to_be_visible()
    inspect(page)
    page.get_by_role("link", name="Unklar: 2").click()
    page.get_by_label("Zeile 4, Aylin Kara").select_option(index=1)
    inspect(page)
    page.get_by_role("button", name="Antworten speichern").click()
    expect(page.get_by_role("link", name="Unklar: 1")).to_be_visible()
    page.get_by_role("button", name="Datei löschen").click()
    send(page, FILE.replace("12\nAylin", "9\nAylin").replace("Aylin Kara;;;3\n", ""), tmp_path)
    for title, field in COLUMNS.items():
        page.get_by_label(title, exact=True).select_option(label=field)
    page.get_by_label("Wer nicht in der Datei steht, scheidet aus.").check()
    page.get_by_role("button", name="Vorschau zeigen").click()
    for part in ("Neu: 2", "Geändert: 1", "Scheidet aus: 8"):
        page.get_by_role("link", name=part).click()
    inspect(page)
    page.get_by_role("button", name="Die ganze Datei übernehmen").click()
    expect(page.get_by_text("Die ganze Datei ist übernommen.")).to_be_visible()
    hall.held.commit()
    known = hall.held.exec(select(Member).where(Member.area_id == hall.council.area.id)).all()
    assert len(known) == 11


def send(page, text, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(text)
    page.get_by_label("Datei", exact=True).set_input_files(file)
    page.get_by_role("button", name="Vorschau zeigen").click()
