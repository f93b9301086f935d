"""What was begun or ticked by mistake is taken back, as long as nothing has come of it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import agenda, attendance
from app.models import AgendaItem, Attendance, Meeting, MistakenStay, Round
from app.proceedings import presence
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.app.meeting import agendas


def items(held: Session, meeting: Meeting) -> list[AgendaItem]:
    held.expire_all()
    found = list(agenda.items_of(held, meeting))
    held.commit()
    return found


@pytest.fixture
def running(held: Session, planned: Meeting) -> Meeting:
    return agendas.start(held, planned)


def test_a_beginning_is_taken_back_and_the_meeting_can_be_cancelled(
    held: Session, moderator: Browser, running: Meeting
) -> None:
    page = f"/desk/meetings/{running.id}"
    assert "Beginn zurücknehmen" in moderator.get(page).text
    assert moderator.post(f"{page}/take-back").location == page
    held.refresh(running)
    assert (running.state, running.began_at) == ("planned", None)
    held.commit()
    assert moderator.post(f"{page}/take-back").status_code == 409
    assert moderator.post(f"{page}/cancel", data={"reason": "Sturm"}).status_code == 303


def test_an_invited_meeting_stays_invited(
    held: Session, moderator: Browser, running: Meeting
) -> None:
    running.told_sequence = running.sequence
    held.commit()
    moderator.post(f"/desk/meetings/{running.id}/take-back")
    held.refresh(running)
    assert running.state == "invited"


def test_after_an_item_the_beginning_stands(
    held: Session, moderator: Browser, running: Meeting
) -> None:
    first = items(held, running)[0]
    moderator.post(f"/desk/meetings/items/{first.id}/begin")
    page = f"/desk/meetings/{running.id}"
    assert "Beginn zurücknehmen" not in moderator.get(page).text
    refused = moderator.post(f"{page}/take-back")
    assert refused.status_code == 409
    assert "Seitdem ist schon etwas geschehen." in refused.text


def test_after_a_vote_the_beginning_stands(
    held: Session, area: Council, moderator: Browser, open_round: Callable[..., Round]
) -> None:
    page = f"/desk/meetings/{area.meeting.id}"
    moderator.post(f"{page}/begin")
    open_round()
    assert moderator.post(f"{page}/take-back").status_code == 409


def test_an_item_is_taken_back_and_the_one_before_is_on_again(
    held: Session, moderator: Browser, running: Meeting
) -> None:
    first, second, _third = items(held, running)
    address = "/desk/meetings/items"
    moderator.post(f"{address}/{first.id}/begin")
    moderator.post(f"{address}/{second.id}/begin")
    assert "Beginn zurücknehmen" in moderator.get(f"{address}/{second.id}").text
    assert moderator.post(f"{address}/{second.id}/take-back").status_code == 303
    one, two, _three = items(held, running)
    assert (two.began_at, one.ended_at) == (None, None)
    assert one.began_at
    assert moderator.post(f"{address}/{second.id}/take-back").status_code == 409


def test_an_item_with_notes_stands(held: Session, moderator: Browser, running: Meeting) -> None:
    first = items(held, running)[0]
    address = f"/desk/meetings/items/{first.id}"
    moderator.post(f"{address}/begin")
    first.notes = "Alle stellen sich vor."
    held.commit()
    assert "Beginn zurücknehmen" not in moderator.get(address).text
    assert moderator.post(f"{address}/take-back").status_code == 409


def stay_of(held: Session, area: Council, position: int) -> Attendance:
    member = area.members[position]
    return held.exec(select(Attendance).where(Attendance.member_id == member.id)).one()


def test_who_was_ticked_by_mistake_was_never_there(
    held: Session, area: Council, moderator: Browser
) -> None:
    stay = stay_of(held, area, 0)
    page, address = f"/desk/meetings/{area.meeting.id}", f"/desk/meetings/stays/{stay.id}/take-out"
    member_id, name = stay.member_id, area.members[0].name
    assert address in moderator.get(page).text
    asked = moderator.get(address).text
    assert "War diese Person gar nicht da?" in asked
    assert name in asked
    held.commit()
    assert moderator.post(address).status_code == 303
    meeting = held.get_one(Meeting, area.meeting.id)
    assert member_id not in attendance.present_at(held, meeting)
    assert member_id not in {each["member"] for each in presence.people(held, meeting)}
    shown = moderator.get(page).text
    assert "8 von 9 da." in shown
    assert f"herausgenommen, von {area.moderators[0].name}" in shown
    noted = held.exec(select(MistakenStay)).one()
    assert (noted.meeting_id, noted.officer_id) == (meeting.id, area.moderators[0].id)
    held.commit()
    assert moderator.post(address).status_code == 404


def test_who_was_on_a_roll_leaves_but_is_not_taken_out(
    held: Session, area: Council, moderator: Browser, open_round: Callable[..., Round]
) -> None:
    open_round()
    stay = stay_of(held, area, 0)
    held.commit()
    address = f"/desk/meetings/stays/{stay.id}/take-out"
    for answer in (moderator.get(address), moderator.post(address)):
        assert answer.status_code == 409
        assert "Mit dieser Person wurde schon abgestimmt." in answer.text
    assert held.exec(select(MistakenStay)).all() == []


def test_who_came_after_the_last_vote_can_be_taken_out(
    held: Session, area: Council, moderator: Browser, open_round: Callable[..., Round]
) -> None:
    builder.set_present(held, area, area.members[:8])
    open_round()
    late = area.members[8]
    attendance.arrive(held, area.meeting, late.id, datetime.now(UTC))
    held.commit()
    address = f"/desk/meetings/stays/{stay_of(held, area, 8).id}/take-out"
    held.commit()
    assert moderator.post(address).status_code == 303


def test_a_stay_of_another_area_is_not_found(
    held: Session, area: Council, moderator: Browser
) -> None:
    other = builder.build_council(held, "brache", with_keys=False)
    stay = stay_of(held, other, 0)
    held.commit()
    assert moderator.get(f"/desk/meetings/stays/{stay.id}/take-out").status_code == 404
