"""Today's page and meetings at the desk."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from app.models import (
    Attendance,
    Card,
    CostItem,
    Meeting,
    Minutes,
    Officer,
    Proposal,
    Round,
    RulesOfProcedure,
    VotingKey,
)
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.migrations import rows


def today(browser: Browser) -> str:
    answer = browser.get("/desk/")
    assert answer.status_code == 200
    return str(answer.text)


def test_a_meeting_is_made_in_berlin_time(held: Session, area: Council, moderator: Browser) -> None:
    typed = {"day": "2026-12-01", "time": "18:30", "place": "Gemeindesaal"}
    answer = moderator.post("/desk/meetings/new", data=typed)
    made = held.exec(select(Meeting).where(Meeting.place == "Gemeindesaal")).one()
    assert answer.location == f"/desk/meetings/{made.id}"
    assert made.starts_at == datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
    assert "Dienstag, 1. Dezember 2026, 18:30\u00a0Uhr" in moderator.get(answer.location).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"day": "2026-02-30"}, "Dieses Datum gibt es nicht."),
        ({"time": "25:00"}, "Diese Uhrzeit gibt es nicht."),
        ({"place": "\u202e"}, "unsichtbares Zeichen"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(
    held: Session, area: Council, moderator: Browser, changes: dict[str, str], sentence: str
) -> None:
    typed = {"day": "2026-12-01", "time": "18:30", "place": "Gemeindesaal"} | changes
    answer = moderator.post("/desk/meetings/new", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(held.exec(select(Meeting)).all()) == 1


def test_a_missing_rule_hides_the_quorum_and_is_named(
    held: Session, area: Council, moderator: Browser
) -> None:
    rules = held.get_one(RulesOfProcedure, area.rules.id)
    rules.parameters = {"quorum.rule": "two_thirds"}
    held.add(rules)
    shown = moderator.get(f"/desk/meetings/{area.meeting.id}").text
    assert "Regeln fehlen" in shown
    assert "Zählen Befangene als anwesend?" in shown
    assert "eschlussfähig." not in shown


def test_today_names_one_step_after_the_other(
    held: Session,
    area: Council,
    moderator: Browser,
) -> None:
    assert "Antrag anlegen" in today(moderator)
    builder.build_proposal(held, area, "Hochbeete im Hof")
    assert "Abstimmung vorbereiten" in today(moderator)
    meeting = held.get_one(Meeting, area.meeting.id)
    meeting.starts_at -= timedelta(days=30)
    held.add(meeting)
    assert "Die nächste Sitzung ist noch nicht eingetragen." in today(moderator)
    card = held.exec(select(Card).where(Card.member_id == area.members[0].id)).one()
    card.revoked_at = datetime.now(UTC)
    held.add(card)
    assert "1 Mitglied hat noch keine Karte." in today(moderator)
    rules = held.get_one(RulesOfProcedure, area.rules.id)
    rules.parameters = {}
    held.add(rules)
    assert "Regeln festlegen" in today(moderator)


def test_a_meeting_whose_minutes_are_approved_stays_as_it_was(
    held: Session, area: Council, moderator: Browser
) -> None:
    meeting = held.get_one(Meeting, area.meeting.id)
    meeting.starts_at -= timedelta(days=2)
    held.add(meeting)
    approved = {"state": "approved", "approved_at": meeting.starts_at, "content": {}}
    held.add(Minutes(meeting_id=meeting.id, area_id=area.area.id, **approved))
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    address = f"/desk/meetings/{meeting.id}"
    shown = moderator.get(address).text
    assert "Die Sitzung ist vorbei. 9 Mitglieder waren da." in shown
    assert "Hier wurde nicht abgestimmt." in shown
    assert 'method="post"' not in shown
    assert moderator.post(f"{address}/attendance", data={}).status_code == 409
    late = moderator.post(f"{address}/rounds", data={"proposals": [proposal.id]})
    assert late.status_code == 409
    assert moderator.get(f"{address}/stays").status_code == 409
    assert len(held.exec(select(Attendance)).all()) == 9
    assert held.exec(select(Round)).all() == []


def test_a_running_round_comes_first(
    held: Session, area: Council, moderator: Browser, open_round: Callable[..., object]
) -> None:
    builder.prepare_round(held, area)
    assert "Die Abstimmung ist angesagt" in today(moderator)
    key = held.exec(select(VotingKey).where(VotingKey.member_id == area.members[0].id)).one()
    held.delete(key)
    assert "1 Mitglied hat noch keinen Schlüssel." in today(moderator)
    open_round()
    assert "0 von 9 haben abgestimmt." in today(moderator)


def test_the_desk_without_meetings_says_what_they_are_for(
    held: Session, area: Council, moderator: Browser
) -> None:
    for row in held.exec(select(Attendance)):
        held.delete(row)
    held.flush()
    held.delete(held.get_one(Meeting, area.meeting.id))
    assert "Noch ist keine Sitzung eingetragen." in today(moderator)


@pytest.fixture
def jury(held: Session, area: Council) -> Council:
    return builder.build_jury(held, area)


def test_a_meeting_is_of_one_of_several_bodies(
    held: Session, area: Council, jury: Council, moderator: Browser
) -> None:
    typed = {"day": "2190-03-01", "time": "18:00", "place": "Laden"}
    asked = moderator.post("/desk/meetings/new", data=typed)
    assert asked.status_code == 422
    assert "Bitte wählen Sie ein Gremium." in asked.text
    assert "Laden" in asked.text
    foreign = builder.build_council(held, "brache", with_keys=False)
    taken = typed | {"body": str(foreign.body.id)}
    assert moderator.post("/desk/meetings/new", data=taken).status_code == 422
    moderator.post("/desk/meetings/new", data=typed | {"body": str(jury.body.id)})
    made = held.exec(select(Meeting).where(Meeting.place == "Laden")).one()
    assert made.body_id == jury.body.id
    assert "Aktionsfondsjury" in today(moderator)


def test_only_proposals_to_its_body_are_voted_on_in_a_meeting(
    held: Session, area: Council, jury: Council, moderator: Browser
) -> None:
    council_s = builder.build_proposal(held, area, "Hochbeete im Hof")
    jury_s = builder.build_proposal(held, jury, "Fest am Anger")
    address = f"/desk/meetings/{jury.meeting.id}/rounds"
    shown = moderator.get(address).text
    assert "Fest am Anger" in shown
    assert "Hochbeete im Hof" not in shown
    refused = moderator.post(address, data={"proposals": [council_s.id]})
    assert refused.status_code == 422
    made = moderator.post(address, data={"proposals": [jury_s.id]})
    assert made.status_code == 303


def test_today_goes_on_with_the_body_that_is_ready(
    held: Session, area: Council, jury: Council, moderator: Browser
) -> None:
    held.delete(jury.rules)
    builder.build_proposal(held, area, "Hochbeete im Hof")
    shown = today(moderator)
    assert "Abstimmung vorbereiten" in shown
    assert "Was noch einzurichten ist" in shown
    for item in held.exec(select(CostItem)):
        held.delete(item)
    held.flush()
    held.delete(held.exec(select(Proposal)).one())
    shown = today(moderator)
    assert "Regeln festlegen" in shown
    assert "Aktionsfondsjury: Es fehlen noch" in shown


def test_an_area_without_a_body_is_led_to_setting_up(held: Session, app: Flask) -> None:
    empty = rows.area("leer")
    held.add(empty)
    held.flush()
    officer = Officer(area_id=empty.id, name="Ada", role="moderator", is_demo=True)
    held.add(officer)
    held.commit()
    alone = builder.browse(app, held, builder.sign_in(held, officer))
    assert "Gebiet und Büro" in today(alone)
    typed = {"day": "2190-03-01", "time": "18:00", "place": "Laden"}
    answer = alone.post("/desk/meetings/new", data=typed)
    assert answer.status_code == 422
    assert "Es gibt noch kein Gremium, das abstimmt." in answer.text
