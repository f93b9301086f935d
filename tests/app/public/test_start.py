"""The start page and the list of decisions."""

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
    in_order(read(visitor, "/"), "Altbezirk Brache", "Mitte Anger", "Hochbeete im Hof")
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
