"""Who is there is noted at the desk by one tap each, with times that can be corrected."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app import attendance
from app.models import Attendance, Member
from app.roster import standing_in
from app.text import clock
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.fixture
def page(area: Council) -> str:
    return f"/desk/meetings/{area.meeting.id}"


def stay_of(held: Session, member: Member) -> Attendance:
    return held.exec(select(Attendance).where(Attendance.member_id == member.id)).one()


def test_attendance_moves_the_quorum_line(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    assert "9 von 9 da. Nötig: 6. Beschlussfähig." in moderator.get(page).text
    gone = {"left": [member.id for member in area.members[5:]]}
    answer = moderator.post(f"{page}/attendance", data=gone)
    assert answer.location == f"{page}#there-{area.members[5].id}"
    shown = moderator.get(page).text
    assert "5 von 9 da. Nötig: 6. Nicht beschlussfähig." in shown
    assert "Bewohnerschaft: 5, Partner: 0." in shown
    assert "Anteil der Bewohnerschaft: 100" in shown
    assert "Bis dahin lässt sich keine Abstimmung öffnen." in shown
    moderator.post(f"{page}/attendance", data={"present": area.members[5].id})
    assert "6 von 9 da. Nötig: 6. Beschlussfähig." in moderator.get(page).text


def test_only_members_of_the_council_attend(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    other = builder.build_council(held, "bruch", with_keys=False)
    builder.set_present(held, area, [])
    there = {"present": [area.members[0].id, other.members[0].id, 99999, "x"]}
    moderator.post(f"{page}/attendance", data=there)
    assert sorted(attendance.present_at(held, area.meeting)) == [area.members[0].id]


def test_two_desks_do_not_undo_each_other(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    """What a page does not say stays: the list on another desk may be older."""
    builder.set_present(held, area, area.members[:2])
    moderator.post(f"{page}/attendance", data={"present": area.members[4].id})
    moderator.post(f"{page}/attendance", data={"left": area.members[0].id})
    there = {each.id for each in (area.members[1], area.members[4])}
    assert attendance.present_at(held, area.meeting) == there


def test_the_part_follows_other_devices_and_costs_nothing_else(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    first = moderator.get(f"{page}/attendance")
    assert "9 von 9 da." in first.text
    same = {"If-None-Match": first.headers["ETag"]}
    assert moderator.get(f"{page}/attendance", headers=same).status_code == 304
    attendance.leave(held, area.meeting, area.members[0].id, datetime.now(UTC))
    again = moderator.get(f"{page}/attendance", headers=same)
    assert again.status_code == 200
    assert "8 von 9 da." in again.text


def test_who_stands_in_is_shown_at_the_seat(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    mina = Member(area_id=area.area.id, name="Mina Roth")
    standing_in.add_deputy(held, area.seats[0], area.term, mina, datetime.now(UTC))
    builder.set_rules(
        held,
        area,
        deputy__mode="personal",
        deputy__on_absence=True,
        deputy__on_recusal=False,
        deputy__on_vacant=False,
        deputy__segment_bound=True,
    )
    moderator.post(f"{page}/attendance", data={"present": mina.id})
    assert "vertreten durch" not in moderator.get(page).text
    moderator.post(f"{page}/attendance", data={"left": area.members[0].id})
    shown = moderator.get(page).text
    assert "vertreten durch Mina Roth (Vertretung)" in shown
    assert "9 von 9 da." in shown


def test_times_are_kept_and_can_be_corrected(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    """The typed minute lies in the same hour as the noted one: midnight is not between them."""
    stay = stay_of(held, area.members[0])
    area.meeting.starts_at = stay.arrived_at = noted = stay.arrived_at - timedelta(hours=2)
    held.add(area.meeting)
    held.commit()
    address = f"/desk/meetings/stays/{stay.id}"
    assert clock(noted)[:5] in moderator.get(address).text
    beside = timedelta(minutes=-1 if noted.minute else 1)
    meant = noted.replace(second=0, microsecond=0) + beside
    typed = {"arrived": clock(meant)[:5], "left": ""}
    assert moderator.post(address, data=typed).status_code == 303
    stay = stay_of(held, area.members[0])
    assert (stay.arrived_at, stay.first_arrived_at) == (meant, noted)
    assert stay.left_at is None
    shown = moderator.get(page).text
    assert clock(meant) in shown
    assert "zuerst notiert:" in shown


def test_times_that_cannot_be_are_refused(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    member = area.members[0]
    address = f"/desk/meetings/stays/{stay_of(held, member).id}"
    for typed, sentence in (
        ({"arrived": "", "left": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"arrived": "25:00", "left": ""}, "Diese Uhrzeit gibt es nicht."),
    ):
        answer = moderator.post(address, data=typed)
        assert answer.status_code == 422
        assert sentence in answer.text
    moderator.post(f"{page}/attendance", data={"left": member.id})
    left = {"arrived": clock(stay_of(held, member).arrived_at)[:5], "left": ""}
    answer = moderator.post(address, data=left)
    assert answer.status_code == 422
    assert "Bitte sagen Sie, wann die Person gegangen ist." in answer.text
    other = builder.build_council(held, "brache", with_keys=False)
    foreign = held.exec(select(Attendance).where(Attendance.member_id == other.members[0].id)).one()
    assert moderator.get(f"/desk/meetings/stays/{foreign.id}").status_code == 404
