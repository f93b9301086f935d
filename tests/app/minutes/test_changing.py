"""Minutes are corrected in sight, approved by the body, and then published without names."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from app import erasure
from app.body import day_of
from app.models import (
    AgendaItem,
    Meeting,
    Member,
    Minutes,
    MinutesCorrection,
    Officer,
    Question,
)
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

ClientOf = Callable[[Member | Officer], Browser]


@pytest.fixture
def desk(area: Council, client_of: ClientOf) -> Browser:
    return client_of(area.moderators[0])


def section(held: Session, position: int = 1) -> str:
    item = held.exec(select(AgendaItem).where(AgendaItem.position == position)).first()
    return f"item-{item.id}"


def correct(desk: Browser, meeting: Meeting, key: str, text: str, version: int = 1) -> object:
    address = f"/minutes/{meeting.id}/sections/{key}"
    return desk.post(address, data={"words": text, "version": version})


def test_a_correction_keeps_what_stood_there(
    over: Meeting, held: Session, area: Council, desk: Browser, client_of: ClientOf
) -> None:
    key = section(held)
    assert "Frau Haddad berichtet." in desk.get(f"/minutes/{over.id}/sections/{key}").text
    assert correct(desk, over, key, "Frau Kara berichtet.").status_code == 303
    assert correct(desk, over, "attendance", "Ein Gast war da.", 2).status_code == 303
    shown = client_of(area.members[0]).get(f"/minutes/{over.id}").text
    for text in ("Frau Kara berichtet.", "Frau Haddad berichtet.", "Ein Gast war da.", "Fassung 3"):
        assert text in shown
    assert area.moderators[0].name in shown
    assert held.get_one(Minutes, over.id).state == "corrected"
    rows = held.exec(select(MinutesCorrection).order_by(MinutesCorrection.version)).all()
    assert [(row.version, row.section) for row in rows] == [(2, key), (3, "attendance")]


def test_the_same_words_are_no_correction(over: Meeting, held: Session, desk: Browser) -> None:
    assert correct(desk, over, "attendance", "").status_code == 303
    assert held.exec(select(MinutesCorrection)).all() == []


def test_who_was_slower_sees_the_new_words_and_keeps_the_own(
    over: Meeting, held: Session, desk: Browser
) -> None:
    key = section(held)
    correct(desk, over, key, "Schnell.")
    late = correct(desk, over, key, "Langsam.", 1)
    assert late.status_code == 422
    assert "Langsam." in late.text
    assert "Schnell." in late.text
    assert correct(desk, over, key, "Langsam.", 2).status_code == 303


def test_only_sections_that_exist(over: Meeting, desk: Browser) -> None:
    for key in ("item-999999", "votes2", "", "%00", "x" * 300):
        assert correct(desk, over, key, "Text").status_code == 404, key


def test_nothing_is_corrected_while_the_meeting_runs(running: Meeting, desk: Browser) -> None:
    assert correct(desk, running, "attendance", "Text").status_code == 409
    assert desk.post(f"/minutes/{running.id}/check").status_code == 409


def test_members_read_and_change_nothing(over: Meeting, area: Council, client_of: ClientOf) -> None:
    member = client_of(area.members[0])
    assert correct(member, over, "attendance", "Text").status_code == 403
    for act in ("check", "approve", "publish"):
        assert member.post(f"/minutes/{over.id}/{act}").status_code == 403


def test_the_desk_says_by_when_and_stops_asking(
    over: Meeting, held: Session, area: Council, desk: Browser
) -> None:
    assert "In den Regeln steht nicht" in desk.get(f"/minutes/{over.id}").text
    builder.set_rules(held, area, minutes_days=14)
    due = day_of(over.starts_at) + timedelta(days=14)
    shown = desk.get(f"/minutes/{over.id}").text
    assert f'datetime="{due.isoformat()}"' in shown
    assert "Protokoll prüfen" in desk.get("/desk/").text
    assert desk.post(f"/minutes/{over.id}/check").status_code == 303
    assert "Protokoll prüfen" not in desk.get("/desk/").text
    assert "Ich habe es geprüft" not in desk.get(f"/minutes/{over.id}").text


def test_approved_without_objection_then_fixed_then_published(
    over: Meeting, next_meeting: Meeting, held: Session, desk: Browser, visitor: Browser
) -> None:
    key = section(held)
    correct(desk, over, key, "Frau Kara berichtet.")
    page = desk.get(f"/minutes/{over.id}/approve")
    assert "Ohne Widerspruch genehmigt" in page.text
    assert desk.post(f"/minutes/{over.id}/publish").status_code == 409
    assert desk.post(f"/minutes/{over.id}/approve").status_code == 303
    stored = held.get_one(Minutes, over.id)
    held.refresh(stored)
    assert (stored.state, stored.approved_as) == ("approved", "consent")
    assert correct(desk, over, key, "Anders.", 2).status_code == 409
    assert desk.post(f"/minutes/{over.id}/approve").status_code == 409
    assert visitor.get(f"/sitzung/{over.id}/protokoll").status_code == 404
    held.exec(select(AgendaItem).where(AgendaItem.meeting_id == over.id)).first().title = "Neu"
    held.commit()
    assert "TOP 1: Bericht" in desk.get(f"/minutes/{over.id}").text
    assert (
        "Unten steht genau das, was öffentlich wird."
        in desk.get(f"/minutes/{over.id}/publish").text
    )
    assert desk.post(f"/minutes/{over.id}/publish").status_code == 303
    assert desk.post(f"/minutes/{over.id}/publish").status_code == 409
    assert visitor.get(f"/sitzung/{over.id}/protokoll").status_code == 200


def test_the_public_reads_figures_and_no_names(
    over: Meeting, next_meeting: Meeting, held: Session, area: Council, desk: Browser,
    visitor: Browser,
) -> None:  # fmt: skip
    correct(desk, over, section(held), "Frau Kara berichtet geheim.")
    desk.post(f"/minutes/{over.id}/approve")
    desk.post(f"/minutes/{over.id}/publish")
    page = visitor.get(f"/sitzung/{over.id}/protokoll")
    paper = visitor.get(f"/sitzung/{over.id}/protokoll.pdf")
    assert paper.mimetype == "application/pdf"
    assert "Das sind 6 von 9. Es waren 5. 1 Ja-Stimme fehlte." in page.text
    for name in ("Kara", "Haddad", "geheim.</p>", *(each.name for each in area.moderators)):
        assert name not in page.text.replace("Die Abstimmung war geheim.</p>", "")
    again = visitor.get(
        f"/sitzung/{over.id}/protokoll.pdf", headers={"If-None-Match": paper.headers["ETag"]}
    )
    assert again.status_code == 304


def test_approval_needs_a_point_of_a_later_meeting(
    over: Meeting, held: Session, desk: Browser
) -> None:
    refused = desk.post(f"/minutes/{over.id}/approve")
    assert refused.status_code == 409
    assert "Setzen Sie das dort auf die Tagesordnung." in refused.text
    item = held.exec(select(AgendaItem).where(AgendaItem.position == 2)).one()
    item.kind, item.approves_meeting_id = "minutes", over.id
    held.commit()
    assert desk.post(f"/minutes/{over.id}/approve").status_code == 409


def test_a_result_that_is_not_confirmed_stands_against_it(
    over: Meeting, next_meeting: Meeting, held: Session, desk: Browser
) -> None:
    question = held.exec(select(Question)).first()
    question.state = "counted"
    held.commit()
    assert desk.post(f"/minutes/{over.id}/approve").status_code == 409
    question.state = "published"
    held.commit()
    assert desk.post(f"/minutes/{over.id}/approve").status_code == 303


@pytest.mark.parametrize(("outcome", "status"), [("adopted", 303), ("rejected", 409)])
def test_where_the_body_voted_its_vote_decides(
    over: Meeting, next_meeting: Meeting, held: Session, area: Council, desk: Browser,
    outcome: str, status: int,
) -> None:  # fmt: skip
    item = held.exec(select(AgendaItem).where(AgendaItem.kind == "minutes")).one()
    area.meeting = next_meeting
    builder.set_present(held, area, area.members)
    round_ = deciding.close(held, area, ["yes" if outcome == "adopted" else "no"] * 9)
    round_.agenda_item_id = item.id
    held.commit()
    assert desk.post(f"/minutes/{over.id}/approve").status_code == 409
    question = held.exec(select(Question).where(Question.round_id == round_.id)).one()
    question.state, question.outcome = "confirmed", {"code": outcome}
    held.commit()
    assert desk.post(f"/minutes/{over.id}/approve").status_code == status
    if status == 303:
        assert held.get_one(Minutes, over.id).approved_as == "vote"


def test_who_is_forgotten_goes_from_corrections_and_approved_minutes(
    over: Meeting, next_meeting: Meeting, held: Session, area: Council, desk: Browser
) -> None:
    gone = area.members[2]
    key = section(held)
    correct(desk, over, key, f"{gone.name} berichtet, dann {gone.name} noch einmal.")
    correct(desk, over, key, "Jemand berichtet.", 2)
    correct(desk, over, "attendance", f"{gone.name} kam mit Gast.", 3)
    desk.post(f"/minutes/{over.id}/approve")
    name = gone.name
    assert name in desk.get(f"/minutes/{over.id}").text
    held.refresh(gone)
    erasure.forget(held, gone, date(2030, 1, 1))
    held.commit()
    shown = desk.get(f"/minutes/{over.id}").text
    assert name not in shown
    assert shown.count(f"Ehemaliges Mitglied {gone.id}") == 4
