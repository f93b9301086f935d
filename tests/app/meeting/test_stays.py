"""The list on paper is entered on a later day, with its times, and corrected there."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from app import attendance, text
from app.models import Attendance, Meeting, Member
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.fixture
def days_ago(held: Session, area: Council) -> Meeting:
    """A meeting at six, two days ago, of which nothing was noted."""
    builder.set_present(held, area, [])
    start = (datetime.now(text.BERLIN) - timedelta(days=2)).replace(
        hour=18, minute=0, second=0, microsecond=0
    )
    area.meeting.starts_at = start.astimezone(UTC)
    held.commit()
    return area.meeting


@pytest.fixture
def page(days_ago: Meeting) -> str:
    return f"/desk/meetings/{days_ago.id}/stays"


def times(held: Session, member: Member) -> list[tuple[str, str]]:
    """The stays of a member as clocks."""
    held.commit()
    rows = held.exec(select(Attendance).where(Attendance.member_id == member.id))
    order = sorted(rows, key=lambda each: each.arrived_at)
    return [(text.clock(each.arrived_at)[:5], text.clock(each.left_at)[:5]) for each in order]


def came(member: Member, arrived: str, left: str = "") -> dict[str, str]:
    return {f"arrived_member_{member.id}": arrived, f"left_member_{member.id}": left}


def test_times_of_the_list_are_those_of_the_day(
    held: Session, area: Council, moderator: Browser, days_ago: Meeting, page: str
) -> None:
    first, second, third = area.members[:3]
    typed = {"ended": "20:15", **came(first, "17:55"), **came(second, "18:30", "19:00")}
    assert moderator.post(page, data=typed).location.endswith("#attendance")
    assert times(held, first) == [("17:55", "20:15")]
    assert times(held, second) == [("18:30", "19:00")]
    assert times(held, third) == []
    stay = held.exec(select(Attendance).where(Attendance.member_id == second.id)).one()
    assert stay.arrived_at.astimezone(text.BERLIN).date() == text_day(days_ago)
    assert stay.entered_at is not None
    shown = moderator.get(f"/desk/meetings/{days_ago.id}").text
    assert "2 Mitglieder waren da." in shown


def text_day(meeting: Meeting) -> object:
    return meeting.starts_at.astimezone(text.BERLIN).date()


def test_who_came_back_has_a_second_row(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    other, member = area.members[:2]
    typed = {**came(other, "18:00"), **came(member, "18:00", "18:30")}
    moderator.post(page, data={"ended": "20:00", **typed})
    whole, stay = held.exec(select(Attendance).order_by(col(Attendance.id))).all()
    shown = moderator.get(page).text
    assert 'value="20:00"' in shown
    assert f"arrived_member_{member.id}" in shown
    assert f"arrived_member_{other.id}" not in shown
    again = {
        f"arrived_stay_{whole.id}": "18:00",
        f"left_stay_{whole.id}": "20:00",
        "ended": "20:00",
        f"arrived_stay_{stay.id}": "18:05",
        f"left_stay_{stay.id}": "18:30",
    }
    overlapping = moderator.post(page, data=again | came(member, "18:20"))
    assert overlapping.status_code == 422
    assert "Diese Zeiten überschneiden sich." in overlapping.text
    assert moderator.post(page, data=again | came(member, "19:00")).status_code == 303
    assert times(held, member) == [("18:05", "18:30"), ("19:00", "20:00")]
    assert stay.first_arrived_at is not None


@pytest.mark.parametrize(
    ("ended", "arrived", "left", "sentence"),
    [
        ("20:00", "19:00", "18:00", "Das liegt vor dem Kommen."),
        ("20:00", "", "18:00", "Bitte füllen Sie dieses Feld aus."),
        ("20:00", "20:30", "", "Da war die Sitzung schon zu Ende."),
        ("", "18:00", "", "Bitte sagen Sie, wann die Sitzung zu Ende war."),
        ("20:00", "25:00", "", "Diese Uhrzeit gibt es nicht."),
    ],
)
def test_times_that_cannot_be_are_refused_and_kept(
    held: Session, area: Council, moderator: Browser, page: str,
    ended: str, arrived: str, left: str, sentence: str,
) -> None:  # fmt: skip
    answer = moderator.post(page, data={"ended": ended, **came(area.members[0], arrived, left)})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert times(held, area.members[0]) == []


def test_a_time_that_is_still_to_come_is_refused(
    held: Session, area: Council, moderator: Browser
) -> None:
    builder.set_present(held, area, [])
    area.meeting.starts_at, later = datetime.now(UTC), "23:59"
    address = f"/desk/meetings/{area.meeting.id}/stays"
    answer = moderator.post(address, data={"ended": "", **came(area.members[0], later, later)})
    assert answer.status_code == 422


def test_what_two_desks_enter_is_not_doubled(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    typed = {"ended": "20:00", **came(area.members[0], "18:10", "19:00")}
    assert moderator.post(page, data=typed).status_code == 303
    stay = held.exec(select(Attendance)).one()
    attendance.correct(held, stay, stay.arrived_at, None)
    second = moderator.post(page, data=typed)
    assert second.status_code == 422
    assert len(times_of_all(held)) == 1


def times_of_all(held: Session) -> list[Attendance]:
    held.commit()
    return list(held.exec(select(Attendance)).all())


def test_one_stay_is_corrected_on_the_day_of_the_meeting(
    held: Session, area: Council, moderator: Browser, days_ago: Meeting, page: str
) -> None:
    moderator.post(page, data={"ended": "20:00", **came(area.members[0], "18:10", "19:00")})
    stay = held.exec(select(Attendance)).one()
    typed = {"arrived": "18:20", "left": "23:30"}
    assert moderator.post(f"/desk/meetings/stays/{stay.id}", data=typed).status_code == 303
    assert times(held, area.members[0]) == [("18:20", "23:30")]
    held.refresh(stay)
    assert stay.arrived_at.astimezone(text.BERLIN).date() == text_day(days_ago)


def test_a_line_that_was_a_mistake_is_taken_out(
    held: Session, area: Council, moderator: Browser, page: str
) -> None:
    moderator.post(page, data={"ended": "20:00", **came(area.members[0], "18:00")})
    [stay] = times_of_all(held)
    assert f"/desk/meetings/stays/{stay.id}/take-out" in moderator.get(page).text
    moderator.post(f"/desk/meetings/stays/{stay.id}/take-out")
    assert times_of_all(held) == []


def test_coming_is_not_tapped_on_the_next_day(
    held: Session, area: Council, moderator: Browser, days_ago: Meeting
) -> None:
    days_ago.starts_at = datetime.now(UTC) - timedelta(hours=13)
    address = f"/desk/meetings/{days_ago.id}"
    assert moderator.post(f"{address}/attendance", data={"present": "1"}).status_code == 409
    shown = moderator.get(address).text
    assert "Anwesenheit nachtragen" in shown
    assert "Sitzung beginnen" not in shown
    assert times_of_all(held) == []
