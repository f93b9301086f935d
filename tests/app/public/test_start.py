"""The start page and the list of decisions."""

import pytest

from app.roster.importing_areas import FILE, import_areas
from tests.app import builder
from tests.app.public.reading import in_order, read

ADOPTED = ["yes"] * 6 + ["no"] * 3
REJECTED = ["yes"] * 5 + ["no"] * 4


def test_says_that_nothing_is_there_yet(app, client):
    in_order(
        read(client, "/"), "Was Ihr Kiez entscheidet", "Noch ist kein Gebiet", "nichts entschieden"
    )


def test_lists_areas_by_bezirk_and_the_latest_decisions(held, area, visitor, decide):
    decide(*ADOPTED)
    other = builder.build_council(held, "brache")
    other.area.bezirk = "Altbezirk"
    held.commit()
    in_order(
        read(visitor, "/"), "Altbezirk 1 Gebiet Brache", "Mitte 1 Gebiet Anger", "Hochbeete im Hof"
    )
    assert 'href="/gebiet/brache"' in visitor.get("/").text


def test_the_start_page_shows_five_and_the_list_shows_all(visitor, decide):
    for choices in (ADOPTED, REJECTED, ADOPTED):
        decide(*choices, questions=2)
    assert visitor.get("/").text.count('class="entry"') == 5
    assert visitor.get("/gebiet/anger/entscheidungen").text.count('class="entry"') == 6


def test_the_list_is_newest_first_with_word_amount_body_and_date(visitor, decide):
    decide(*REJECTED)
    decide(*ADOPTED)
    page = visitor.get("/gebiet/anger/entscheidungen").text
    assert page.index("/entscheidung/2026-2") < page.index("/entscheidung/2026-1")
    in_order(
        read(visitor, "/gebiet/anger/entscheidungen"),
        "Ergebnis Worum es ging Betrag Gremium Datum",
        "Angenommen Hochbeete im Hof 1.200 € Quartiersrat Anger Empfehlung",
        "Abgelehnt Hochbeete im Hof 1.200 €",
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("köpen", ["Kosmosviertel"]),
        ("Koepenick", ["Kosmosviertel"]),
        ("HARZER STRASSE", ["Harzer Straße"]),
        ("titisee", ["Titiseestraße"]),
        ("Reinickendorf", ["Reinickendorfer Straße/Pankstraße", "Letteplatz"]),
        ("Straße/Pank", ["Reinickendorfer Straße/Pankstraße"]),
    ],
)
def test_an_area_is_found_by_its_name_or_bezirk(held, visitor, typed, found):
    import_areas(held, FILE.read_text(encoding="utf-8"))
    page = visitor.get("/", query_string={"q": typed})
    assert all(f"<bdi>{name}</bdi></a>" in page.text for name in found)
    assert page.text.count('href="/gebiet/') < 6
    assert f'value="{typed}"' in page.text
    assert "Set-Cookie" not in page.headers


def test_a_search_without_a_find_says_what_it_looks_for(held, visitor):
    import_areas(held, FILE.read_text(encoding="utf-8"))
    page = visitor.get("/").text
    assert page.count('href="/gebiet/') == 32
    assert "<details open>" not in page
    assert visitor.get("/?q=rixdorf").text.count("<details open>") == 1
    in_order(
        read(visitor, "/?q=12055+<b>"),
        "Nach Straße oder Postleitzahl lässt sich hier nicht suchen.",
        "Kein Gebiet und kein Bezirk heißt so.",
        "Alle Gebiete zeigen",
    )
    assert "<b>" not in visitor.get("/?q=<b>").text
    assert visitor.get("/?q=" + "x" * 9000).status_code == 200
