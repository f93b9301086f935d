"""The public page of a meeting: permanent, without account, and silent where it is closed."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from app.models import Meeting
from tests.app import builder, deciding
from tests.app.builder import Browser, Council
from tests.app.meeting import agendas
from tests.app.public.reading import in_order, read


@pytest.fixture
def meeting(held: Session, area: Council) -> Meeting:
    start = datetime(2190, 3, 31, 17, 30, tzinfo=UTC)
    return agendas.plan(
        held,
        area,
        starts_at=start,
        access="Stufenlos",
        link="https://video.example/rat",
        agenda_set_at=start,
    )


def test_shows_when_where_and_what_about(visitor: Browser, meeting: Meeting) -> None:
    address = f"/sitzung/{meeting.id}"
    in_order(
        read(visitor, address),
        "Sitzung · Quartiersrat Anger",
        "Mittwoch, 31. März 2190, 19:30 Uhr",
        "Gemeindesaal, Anger 1",
        "Stufenlos",
        "Die Sitzung ist öffentlich.",
        "https://video.example/rat",
        "In den Kalender",
        "1. Begrüßung",
        "19:30 Uhr",
        "2. Aussprache zum Sommerfest",
        "19:40 Uhr",
    )
    assert "Set-Cookie" not in visitor.get(address).headers
    assert "Wednesday, 31 March 2190" in visitor.get(f"/en{address}").text
    assert visitor.get("/sitzung/999").status_code == 404


def test_a_closed_meeting_shows_its_day_and_body_only(
    held: Session, visitor: Browser, meeting: Meeting
) -> None:
    meeting.visibility, meeting.state, meeting.cancel_reason = "closed", "cancelled", "Streit"
    held.add(meeting)
    held.commit()
    for address in (f"/sitzung/{meeting.id}", f"/sitzung/{meeting.id}.ics", "/gebiet/anger"):
        shown = visitor.get(address).text
        for secret in ("Gemeindesaal", "Stufenlos", "video.example", "Begrüßung", "Streit"):
            assert secret not in shown
    shown = visitor.get(f"/sitzung/{meeting.id}").text
    assert "Mittwoch, 31. März 2190" in shown
    assert "Die Sitzung ist nicht öffentlich." in shown
    assert "Diese Sitzung ist abgesagt." in shown


def test_shows_what_was_decided_there(held: Session, area: Council, visitor: Browser) -> None:
    (decision,) = deciding.decide(held, area, ["yes"] * 9)
    shown = visitor.get(f"/sitzung/{area.meeting.id}").text
    assert "Dort entschieden" in shown
    assert f"/entscheidung/{decision.number}" in shown


def test_area_and_body_lead_to_the_next_meetings(
    held: Session, area: Council, visitor: Browser, meeting: Meeting
) -> None:
    off = agendas.plan(held, area, days=3, state="cancelled")
    for address in ("/gebiet/anger", f"/gremium/{area.body.id}"):
        shown = visitor.get(address).text
        assert f'href="/sitzung/{meeting.id}"' in shown
        assert f'href="/sitzung/{off.id}"' in shown
        assert "Abgesagt" in shown
    assert f"/gremium/{area.body.id}/termine.ics" in shown


def test_it_stays_when_the_area_is_an_archive(
    held: Session, area: Council, visitor: Browser, meeting: Meeting
) -> None:
    area.area.closes_on = builder.LONG_AGO.date()
    held.add(area.area)
    held.commit()
    assert "Dieses Gebiet ist ein Archiv." in visitor.get(f"/sitzung/{meeting.id}").text
