"""Invitations: who gets a mail and who a letter, changes, cancellations, and the deadline."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from sqlmodel import Session, col, select

from app import calendar_file, outbox
from app.body import day_of
from app.config import Settings
from app.meeting import telling
from app.models import AgendaItem, Mail, Meeting, MeetingInvitation, Member
from app.text import short_day
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.service.mail import Mailbox

READ_BY = ("aylin@anger.example", "jonas@anger.example", "rania@anger.example")


@pytest.fixture
def ready(held: Session, area: Council, planned: Meeting) -> Meeting:
    """The agenda is set; three of nine members read mail, one of them in English."""
    for member, mail in zip(area.members, READ_BY, strict=False):
        member.mail = mail
        held.add(member)
    area.members[1].language = "en"
    planned.agenda_set_at = datetime.now(UTC)
    held.add(planned)
    held.commit()
    return planned


def mails(held: Session) -> list[Mail]:
    held.expire_all()
    found = list(held.exec(select(Mail).order_by(col(Mail.id))))
    held.commit()
    return found


def invite(moderator: Browser, meeting: Meeting) -> str:
    answer = moderator.post(f"/desk/meetings/{meeting.id}/invite")
    assert answer.status_code == 303
    return str(moderator.get(f"/desk/meetings/{meeting.id}").text)


def date_of(mail: Mail) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    return event


def test_everybody_who_may_come_is_invited_in_their_language(
    held: Session, moderator: Browser, ready: Meeting
) -> None:
    shown = invite(moderator, ready)
    assert "Eingeladen: 3 per E-Mail, 6 per Brief." in shown
    assert [each.recipient for each in mails(held)] == list(READ_BY)
    german, english, _other = mails(held)
    assert german.subject.startswith("Einladung: Quartiersrat Anger am ")
    assert "Guten Tag Aylin Kara," in german.body
    assert "1. Begrüßung (" in german.body
    assert f"/meetings/{ready.id}" in german.body
    assert "2026" in english.body
    assert "Uhr" not in english.body
    held.refresh(ready)
    assert (ready.state, ready.told_sequence) == ("invited", ready.sequence)
    assert len(held.exec(select(MeetingInvitation)).all()) == 9


def test_a_mail_carries_the_date(
    held: Session, moderator: Browser, ready: Meeting, tmp_path: object, mailbox: Mailbox
) -> None:
    invite(moderator, ready)
    first = mails(held)[0]
    event = date_of(first)
    assert event["UID"] == calendar_file.uid(ready)
    assert event["DTSTART"].dt == ready.starts_at
    assert event["SEQUENCE"] == ready.sequence
    settings = Settings.from_environment({"INSTANCE": str(tmp_path), "SMTP_URL": mailbox.url})
    outbox.deliver(settings, first)
    (message,) = mailbox.messages
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "sitzung.ics"
    assert icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    assert "Guten Tag Aylin Kara," in message.get_body(("plain",)).get_content()


def test_nobody_is_invited_before_the_agenda_is_set(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    page = f"/desk/meetings/{planned.id}"
    assert "wenn die Tagesordnung feststeht" in moderator.get(page).text
    refused = moderator.post(f"{page}/invite")
    assert refused.status_code == 409
    assert mails(held) == []
    assert held.exec(select(MeetingInvitation)).all() == []


def test_a_page_says_first_how_many_will_hear_and_how(
    held: Session, moderator: Browser, ready: Meeting
) -> None:
    page = f"/desk/meetings/{ready.id}"
    assert f'href="{page}/invite"' in moderator.get(page).text
    asked = moderator.get(f"{page}/invite").text
    assert "Einladung verschicken?" in asked
    assert "3 per E-Mail, 6 per Brief" in asked
    assert "Nachrichten über die Änderung" not in asked
    assert mails(held) == []
    invite(moderator, ready)
    assert "Gerade gibt es niemandem etwas zu sagen." in moderator.get(f"{page}/invite").text
    item = held.exec(select(AgendaItem).where(AgendaItem.meeting_id == ready.id)).first()
    held.commit()
    moderator.post(f"/desk/meetings/items/{item.id}/move", data={"to": "down"})
    asked = moderator.get(f"{page}/invite").text
    assert "Änderung mitteilen?" in asked
    assert "3 per E-Mail, 6 per Brief" in asked
    assert "Einladungen" not in asked


def test_the_page_before_is_refused_like_the_act(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    assert moderator.get(f"/desk/meetings/{planned.id}/invite").status_code == 409
    planned.state = "running"
    held.add(planned)
    held.commit()
    assert moderator.get(f"/desk/meetings/{planned.id}/invite").status_code == 409


def test_pressing_twice_writes_nobody_twice(
    held: Session, moderator: Browser, ready: Meeting
) -> None:
    invite(moderator, ready)
    assert "Einladung verschicken" not in invite(moderator, ready)
    assert len(mails(held)) == 3


def test_who_comes_later_is_invited_alone(
    held: Session, area: Council, moderator: Browser, ready: Meeting
) -> None:
    invite(moderator, ready)
    builder.add_members(held, area, ["Neu Dabei"])
    area.members[-1].mail = "neu@anger.example"
    held.add(area.members[-1])
    held.commit()
    page = moderator.get(f"/desk/meetings/{ready.id}").text
    assert "1 Person ist noch nicht eingeladen." in page
    invite(moderator, ready)
    assert [each.recipient for each in mails(held)][3:] == ["neu@anger.example"]


def test_a_change_is_told_with_one_press_and_a_higher_number(
    held: Session, moderator: Browser, ready: Meeting
) -> None:
    invite(moderator, ready)
    before = date_of(mails(held)[0])
    typed = {
        "day": "2190-03-01",
        "time": "18:00",
        "place": "Schule, Raum 5",
        "visibility": "public",
    }
    moderator.post(f"/desk/meetings/{ready.id}/edit", data=typed)
    page = moderator.get(f"/desk/meetings/{ready.id}").text
    assert "Die Eingeladenen wissen es noch nicht." in page
    assert len(mails(held)) == 3
    assert "Die Eingeladenen wissen es noch nicht." not in invite(moderator, ready)
    changed = mails(held)[3]
    assert changed.subject.startswith("Geändert: ")
    assert "Schule, Raum 5" in changed.body
    after = date_of(changed)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert str(after["LOCATION"]) == "Schule, Raum 5"


def test_saving_without_a_change_is_no_news(
    held: Session, moderator: Browser, ready: Meeting
) -> None:
    ready.starts_at = ready.starts_at.replace(second=0)
    held.add(ready)
    held.commit()
    invite(moderator, ready)
    form = moderator.get(f"/desk/meetings/{ready.id}/edit").text
    values = {
        name: form.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]
        for name in ("day", "time", "place")
    }
    moderator.post(f"/desk/meetings/{ready.id}/edit", data=values | {"visibility": "public"})
    assert (
        "Die Eingeladenen wissen es noch nicht."
        not in moderator.get(f"/desk/meetings/{ready.id}").text
    )


def test_a_cancelled_meeting_is_told_to_those_who_were_invited(
    held: Session, moderator: Browser, ready: Meeting
) -> None:
    invite(moderator, ready)
    page = f"/desk/meetings/{ready.id}/cancel"
    assert "3 per E-Mail sofort, 6 per Brief" in moderator.get(page).text
    moderator.post(page, data={"reason": "Sturm"})
    last = mails(held)[3:]
    assert [each.recipient for each in last] == list(READ_BY)
    assert last[0].subject.startswith("Abgesagt: ")
    assert "Grund: Sturm" in last[0].body
    event = date_of(last[0])
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] > date_of(mails(held)[0])["SEQUENCE"]
    letters = moderator.get(f"/desk/meetings/{ready.id}/letters").text
    assert letters.count('class="letter"') == 6
    assert "die Sitzung findet nicht statt" in letters


def test_letters_are_a_page_each(held: Session, moderator: Browser, ready: Meeting) -> None:
    address = f"/desk/meetings/{ready.id}/letters"
    assert "Noch ist niemand eingeladen." in moderator.get(address).text
    invite(moderator, ready)
    letters = moderator.get(address).text
    assert letters.count('class="letter"') == 6
    assert "Guten Tag Marek Zając," in letters
    assert "Guten Tag Aylin Kara," not in letters


@pytest.mark.parametrize(
    ("days", "late", "sentence"),
    [
        (7, 0, "Nach den Regeln muss die Einladung hinaus bis:"),
        (14, 0, "Nach den Regeln muss die Einladung hinaus bis:"),
        (15, 1, "Sie ist 1 Tag zu spät."),
        (20, 6, "Sie ist 6 Tage zu spät."),
    ],
)
def test_the_deadline_of_the_rules_is_watched(
    held: Session,
    area: Council,
    moderator: Browser,
    ready: Meeting,
    days: int,
    late: int,
    sentence: str,
) -> None:
    builder.set_rules(held, area, invite_days=days)
    held.commit()
    shown = moderator.get(f"/desk/meetings/{ready.id}").text
    last = day_of(ready.starts_at) - timedelta(days=days)
    assert short_day(last) in shown or f'datetime="{last.isoformat()}"' in shown
    assert sentence in shown
    found = telling.deadline(held, ready, datetime.now(UTC))
    assert found == telling.Deadline(last, late)


def test_without_the_rule_the_page_says_so(moderator: Browser, ready: Meeting) -> None:
    shown = moderator.get(f"/desk/meetings/{ready.id}").text
    assert "Eine Frist für die Einladung steht nicht in den Regeln." in shown


def test_what_was_late_stays_late(
    held: Session, area: Council, moderator: Browser, ready: Meeting
) -> None:
    builder.set_rules(held, area, invite_days=10)
    held.commit()
    invite(moderator, ready)
    far = datetime.now(UTC) + timedelta(days=13)
    found = telling.deadline(held, ready, far)
    assert found is not None
    assert found.late == 0


def test_members_see_the_meeting_with_its_agenda(
    held: Session, area: Council, client_of: Callable[[Member], Browser], ready: Meeting
) -> None:
    ready.visibility = "closed"
    held.add(ready)
    held.commit()
    member = client_of(area.members[0])
    assert f"/meetings/{ready.id}" in member.get("/meetings/").text
    shown = member.get(f"/meetings/{ready.id}").text
    assert "Aussprache zum Sommerfest" in shown
    assert "Gemeindesaal, Anger 1" in shown
    other = builder.build_council(held, "bruch", with_keys=False)
    assert client_of(other.members[0]).get(f"/meetings/{ready.id}").status_code == 404
