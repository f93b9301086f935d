"""The page of an area: what is on, what was decided, who decides, where the office is."""

from datetime import UTC, datetime, timedelta

import pytest

from app import db
from app.booth.casting import cast
from tests.app import builder
from tests.app.public.reading import in_order, read

ADOPTED = ["yes"] * 6 + ["no"] * 3


@pytest.fixture
def without_dates(held, area):
    """The council's only meeting is over."""
    area.meeting.starts_at = datetime.now(UTC) - timedelta(days=1)
    held.commit()


def test_says_why_it_is_empty_and_whom_to_ask(without_dates, visitor):
    in_order(
        read(visitor, "/gebiet/anger"),
        "Quartier in Mitte Anger",
        "Der nächste Termin steht noch nicht fest.",
        "Noch ist nichts entschieden.",
        "Quartiersrat Anger 9 Sitze: 6 für Bewohnerinnen und Bewohner, 3 für Einrichtungen",
        "Anger 1, 10000 Berlin",
        "Dienstag 10 bis 14 Uhr",
        "030 23125 100",
        "team@anger.example",
    )


def test_shows_the_next_meeting_and_the_last_decisions(held, area, visitor, decide):
    area.meeting.starts_at = datetime.now(UTC) - timedelta(days=1)
    [decision] = decide(*ADOPTED)
    for days in (60, 30):
        starts_at = datetime(2190, 3, 1, 17, tzinfo=UTC) + timedelta(days=days)
        held.add(builder.build_meeting(area.body, starts_at))
    held.commit()
    page = visitor.get("/gebiet/anger").text
    in_order(
        read(visitor, "/gebiet/anger"),
        "Mittwoch, 31. März 2190, 19:00 Uhr",
        "Gemeindesaal, Anger 1",
        "Hochbeete im Hof 1.200 €",
        "Angenommen Empfehlung",
    )
    assert f'href="/entscheidung/{decision.number}"' in page


def test_an_open_round_shows_two_bare_numbers_whatever_was_chosen(
    held, area, visitor, open_round, make_submission
):
    round_ = open_round()
    pages = []
    for member, choice in zip(area.members, ("yes", "no", "abstain"), strict=False):
        with db.acting():
            cast(member, round_.id, make_submission(member, round_, choice))
        pages.append(read(visitor, "/gebiet/anger"))
    in_order(pages[2], "Offen", "Quartiersrat Anger stimmt gerade ab", "3 von 9 haben abgestimmt")
    same = [page.replace(f"{n} von 9", "n von 9") for n, page in enumerate(pages, start=1)]
    assert same[0] == same[1] == same[2]


def test_shows_no_other_area(held, area, visitor, decide):
    decide(*ADOPTED)
    builder.build_council(held, "brache")
    text = read(visitor, "/gebiet/brache")
    assert "Hochbeete" not in text
    assert "Anger" not in text.replace("Gemeindesaal, Anger 1", "").replace("Anger 1, 10000", "")


@pytest.mark.parametrize("address", ["/gebiet/nirgends", "/gebiet/nirgends/entscheidungen"])
def test_an_unknown_area_is_not_found(area, visitor, address):
    assert visitor.get(address).status_code == 404


def test_keeps_the_language_in_links_and_names_the_other(area, visitor):
    page = visitor.get("/en/gebiet/anger").text
    assert '<html lang="en"' in page
    assert 'href="/en/"' in page
    assert '<link rel="alternate" hreflang="de" href="/gebiet/anger">' in page
    assert "Who decides here" in page
