"""Meetings as iCalendar files (RFC 5545): to subscribe to, to take one, to send with a mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress
from sqlmodel import Session

from app import agenda
from app.models import Area, Body, Meeting
from app.text import BERLIN

PRODUCT = "-//Kiezvotum//Sitzungen//DE"
MEDIA_TYPE = "text/calendar"
USUAL_LENGTH = timedelta(hours=2)
SUMMER, WINTER = timedelta(hours=2), timedelta(hours=1)
LAST_SUNDAY = {"freq": "yearly", "byday": "-1su"}


class Entry(NamedTuple):
    """A meeting as a calendar shows it; without `place` where it is nobody else's business."""

    meeting: Meeting
    body: Body
    area: Area
    ends_at: datetime
    is_whole: bool


def entry(held: Session, meeting: Meeting, *, is_whole: bool) -> Entry:
    """What calendars learn of a meeting; those who may come learn where it is."""
    body = held.get_one(Body, meeting.body_id)
    end = agenda.planned_end(held, meeting) or meeting.starts_at + USUAL_LENGTH
    return Entry(meeting, body, held.get_one(Area, meeting.area_id), end, is_whole)


def write(entries: Iterable[Entry], now: datetime, name: str = "") -> bytes:
    """The file: folded lines with CRLF, times of Berlin, cancelled meetings marked."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    calendar.add_component(_berlin())
    for each in entries:
        calendar.add_component(_event(each, now))
    return calendar.to_ical()


def uid(meeting: Meeting) -> str:
    """The name of a meeting in every calendar, for good."""
    return f"sitzung-{meeting.id}@{urlsplit(current_app.config['PUBLIC_URL']).hostname}"


def _event(told: Entry, now: datetime) -> Event:
    meeting, event = told.meeting, Event()
    is_cancelled = meeting.state == "cancelled"
    event.add("uid", uid(meeting))
    event.add("dtstamp", now)
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at.astimezone(BERLIN))
    event.add("dtend", told.ends_at.astimezone(BERLIN))
    event.add("summary", _summary(told, is_cancelled=is_cancelled))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("organizer", _organizer(told.area))
    event.add("url", f"{current_app.config['PUBLIC_URL']}/sitzung/{meeting.id}")
    if told.is_whole:
        _add_place(event, meeting)
    return event


def _summary(told: Entry, *, is_cancelled: bool) -> str:
    if is_cancelled:
        return _("Abgesagt: Sitzung %(body)s", body=told.body.name)
    return _("Sitzung %(body)s", body=told.body.name)


def _add_place(event: Event, meeting: Meeting) -> None:
    if meeting.place or meeting.link:
        event.add("location", meeting.place or meeting.link)
    more = [each for each in (meeting.access, meeting.link, meeting.cancel_reason) if each]
    if more:
        event.add("description", "\n".join(more))


def _organizer(area: Area) -> vCalAddress:
    mail = area.office_mail or current_app.extensions["settings"].mail_from
    organizer = vCalAddress(f"mailto:{mail}")
    organizer.params["CN"] = f"QM-Team {area.name}"
    return organizer


def _berlin() -> Timezone:
    """Summer time from the last Sunday of March to the last Sunday of October."""
    zone = Timezone()
    zone.add("tzid", "Europe/Berlin")
    parts = ((TimezoneDaylight, "CEST", 3, 2), (TimezoneStandard, "CET", 10, 3))
    for kind, name, month, hour in parts:
        part = kind()
        is_summer = name == "CEST"
        part.add("dtstart", datetime(1996, month, 31 if is_summer else 27, hour))  # noqa: DTZ001
        part.add("tzoffsetfrom", WINTER if is_summer else SUMMER)
        part.add("tzoffsetto", SUMMER if is_summer else WINTER)
        part.add("tzname", name)
        part.add("rrule", LAST_SUNDAY | {"bymonth": month})
        zone.add_component(part)
    return zone
