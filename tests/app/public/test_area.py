"""The page of an area: what is on, what was decided, who decides, where the office is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from app import db
from app.booth.casting import cast
from app.models import ActionGoal, Area, Body, Coordination, Coordinator, Seat
from tests.app import builder
from tests.app.public.reading import in_order, read
from tests.migrations import rows

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
        "Quartiersrat Anger 9 Sitze. Bewohnerschaft: 6, Partner: 3.",
        "Der Quartiersrat empfiehlt. Endgültig entscheidet die Steuerungsrunde.",
        "Handlungsziele",
        "Nachbarschaft stärken",
        "Anger 1, 10000 Berlin",
        "Dienstag 10 bis 14 Uhr",
        "030 23125 100",
        "team@anger.example",
    )


def test_shows_the_next_meeting_and_the_last_decisions(held, area, visitor, decide):
    [decision] = decide(*ADOPTED)
    area.meeting.starts_at = datetime.now(UTC) - timedelta(days=1)
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


def test_a_jury_decides_alone_and_every_body_has_its_page(held, area, visitor):
    jury = Body(area_id=area.area.id, kind="jury", name="Aktionsfondsjury Anger")
    held.add(jury)
    held.flush()
    held.add(Seat(area_id=area.area.id, body_id=jury.id, position=1, segment="resident"))
    given_up = date(2026, 1, 1)
    held.add(
        Seat(
            area_id=area.area.id, body_id=jury.id, position=2, segment="partner", ended_on=given_up
        )
    )
    held.commit()
    in_order(
        read(visitor, "/gebiet/anger"),
        "Der Quartiersrat empfiehlt.",
        "Aktionsfondsjury Anger 1 Sitz. Bewohnerschaft: 1.",
        "Die Aktionsfondsjury entscheidet allein.",
    )
    assert f'href="/gremium/{jury.id}"' in visitor.get("/gebiet/anger").text


def test_only_the_newest_goals_are_shown(held, area, visitor):
    held.add(ActionGoal(area_id=area.area.id, version=2, position=1, title="Mehr Schatten"))
    held.commit()
    text = read(visitor, "/gebiet/anger")
    assert "Mehr Schatten" in text
    assert "Nachbarschaft stärken" not in text


def test_coordinators_are_shown_by_their_side_without_a_name(held, area, visitor):
    area.area.contractor = "Kiez gGmbH"
    for side, name in (("senate", "Rosa Lind"), ("bezirk", "Ole Moor"), ("bezirk", "Ina Feld")):
        person = Coordinator(side=side, name=name)
        held.add(person)
        held.flush()
        since = date(2026, 1, 1)
        held.add(Coordination(area_id=area.area.id, coordinator_id=person.id, starts_on=since))
    held.commit()
    text = read(visitor, "/gebiet/anger")
    in_order(text, "Träger des QM-Teams Kiez gGmbH", "Bezirksamt Mitte", "Senatsverwaltung")
    assert text.count("Bezirksamt Mitte") == 1
    assert not [name for name in ("Rosa", "Ole", "Ina") if name in text]


@pytest.mark.parametrize(
    ("closes_on", "sentence"),
    [
        (None, "Dieses Gebiet endet. Der letzte Tag steht noch nicht fest."),
        (date(2190, 12, 31), "Sein letzter Tag ist: Freitag, 31. Dezember 2190."),
        (date(2026, 1, 31), "Dieses Gebiet ist ein Archiv. Sein letzter Tag war:"),
    ],
)
def test_an_area_that_ends_says_when(held, area, visitor, closes_on, sentence):
    assert "endet" not in read(visitor, "/gebiet/anger")
    area.area.status, area.area.closes_on = "closing", closes_on
    held.commit()
    for address in ("/gebiet/anger", f"/gremium/{area.body.id}"):
        assert sentence in read(visitor, address)


def test_an_area_without_an_office_says_so(held, visitor):
    held.add(rows.area("neu"))
    held.commit()
    area = held.exec(select(Area)).one()
    area.office_address = ""
    held.commit()
    in_order(
        read(visitor, "/gebiet/neu"),
        "Noch ist kein Gremium eingetragen.",
        "Adresse und Telefon des Büros sind noch nicht eingetragen.",
    )
