"""iCalendar files: what RFC 5545 asks of their bytes, and what calendars learn of a meeting."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from flask import Flask
from sqlmodel import Session

from app import calendar_file
from app.models import Meeting
from tests.app.builder import Browser, Council
from tests.app.meeting import agendas

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONG = "Gemeindesaal der Kirche am Anger, großer Saal im ersten Stock, Eingang über den Hof; links"


@pytest.fixture
def meeting(held: Session, area: Council) -> Meeting:
    start = datetime(2027, 7, 6, 16, 30, tzinfo=UTC)
    return agendas.plan(held, area, starts_at=start, place=LONG, access="Aufzug, Rampe\nKlingel")


def written(held: Session, meeting: Meeting, *, is_whole: bool = True) -> bytes:
    entry = calendar_file.entry(held, meeting, is_whole=is_whole)
    return calendar_file.write([entry], NOW)


def event_of(content: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(content)
    assert [each.errors for each in calendar.walk() if each.errors] == []
    (event,) = calendar.walk("VEVENT")
    return event


def test_the_bytes_are_as_the_standard_wants_them(held: Session, meeting: Meeting) -> None:
    content = written(held, meeting)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    for name in (b"VERSION:2.0", b"PRODID:", b"METHOD:PUBLISH", b"ORGANIZER;", b"DTSTAMP:"):
        assert name in content


def test_an_event_says_when_and_where(held: Session, meeting: Meeting) -> None:
    event = event_of(written(held, meeting))
    assert event["DTSTART"].dt == meeting.starts_at
    assert event["DTEND"].dt == meeting.starts_at + timedelta(minutes=30)
    assert str(event["LOCATION"]) == LONG
    assert str(event["DESCRIPTION"]) == "Aufzug, Rampe\nKlingel"
    assert str(event["SUMMARY"]) == "Sitzung Quartiersrat Anger"
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["ORGANIZER"]) == "mailto:team@anger.example"


def test_the_zone_is_berlins_own(held: Session, meeting: Meeting) -> None:
    content = written(held, meeting)
    assert b"DTSTART;TZID=Europe/Berlin:20270706T183000" in content
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    berlin = zone.to_tz()
    for month, hours in ((1, 1), (7, 2)):
        moment = datetime(2027, month, 6, 18, 30).replace(tzinfo=berlin)  # noqa: DTZ001
        assert moment.utcoffset() == timedelta(hours=hours)


def test_a_closed_meeting_gives_its_time_and_body_only(held: Session, meeting: Meeting) -> None:
    event = event_of(written(held, meeting, is_whole=False))
    assert event["DTSTART"].dt == meeting.starts_at
    assert not {"LOCATION", "DESCRIPTION"} & set(event)


def test_a_cancelled_meeting_stays_in_the_file(
    held: Session, visitor: Browser, meeting: Meeting
) -> None:
    before = event_of(visitor.get(f"/sitzung/{meeting.id}.ics").data)
    meeting.state, meeting.cancel_reason = "cancelled", "Sturm"
    meeting.sequence += 1
    held.add(meeting)
    held.commit()
    after = event_of(visitor.get(f"/sitzung/{meeting.id}.ics").data)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["STATUS"] == "CANCELLED"
    assert str(after["SUMMARY"]).startswith("Abgesagt: ")


def test_all_meetings_of_a_body_are_one_file(
    app: Flask, held: Session, area: Council, visitor: Browser, meeting: Meeting
) -> None:
    answer = visitor.get(f"/gremium/{area.body.id}/termine.ics")
    assert answer.mimetype == "text/calendar"
    calendar = icalendar.Calendar.from_ical(answer.data)
    events = calendar.walk("VEVENT")
    assert {str(each["UID"]) for each in events} == {
        calendar_file.uid(each) for each in (meeting, area.meeting)
    }
    assert str(calendar["X-WR-CALNAME"]) == area.body.name
    assert visitor.get("/gremium/999/termine.ics").status_code == 404
    assert visitor.get("/sitzung/999.ics").status_code == 404
