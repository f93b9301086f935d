""" "Ich bin da": by the code in the hall or at the door, for members of this body on this day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app import hall_key
from app.models import Attendance, Meeting
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.fixture
def way(screen: str, area: Council) -> str:
    """The address of the code on the screen."""
    return f"/sitzung/{area.meeting.id}/da?key={hall_key.for_arriving(area.meeting.hall_key)}"


def test_the_screen_and_the_door_have_the_code(
    held: Session, area: Council, way: str, client_of: Callable[..., Browser]
) -> None:
    desk = client_of(area.moderators[0])
    shown = desk.get(f"/desk/meetings/{area.meeting.id}/door").text
    assert 'class="door-code"' in shown
    assert "data:image/svg+xml" in shown


@pytest.mark.parametrize("via", ["phone", "door"])
def test_a_member_says_so_once(
    held: Session, area: Council, way: str, client_of: Callable[..., Browser], via: str
) -> None:
    builder.set_present(held, area, area.members[1:])
    address = f"{way}&via={via}"
    phone = client_of(area.members[0])
    assert "Ich bin da" in phone.get(address).text
    mine = select(Attendance).where(Attendance.member_id == area.members[0].id)
    assert held.exec(mine).all() == []
    for _time in range(2):
        assert phone.post(address).status_code == 303
    rows = held.exec(mine).all()
    assert [each.via for each in rows] == [via]
    assert "Sie sind da" in phone.get(address).text


def test_without_the_code_nobody_arrives(
    held: Session, area: Council, way: str, screen: str, client_of: Callable[..., Browser]
) -> None:
    builder.set_present(held, area, [])
    phone = client_of(area.members[0])
    path = way.partition("?")[0]
    for query in ("", "?key=", f"?key={area.meeting.hall_key}", "?key=ä"):
        assert phone.get(path + query).status_code == 404
        assert phone.post(path + query).status_code == 404
    other = builder.build_council(held, "bruch", with_keys=False)
    assert client_of(other.members[0]).post(way).status_code == 404
    assert client_of(area.moderators[0]).post(way).status_code == 403
    assert held.exec(select(Attendance).where(Attendance.meeting_id == area.meeting.id)).all() == []


def test_another_day_is_too_early_or_too_late(
    held: Session, area: Council, way: str, client_of: Callable[..., Browser]
) -> None:
    builder.set_present(held, area, [])
    phone = client_of(area.members[0])
    for days in (2, -3):
        meeting = held.get_one(Meeting, area.meeting.id)
        meeting.starts_at = datetime.now(UTC) + timedelta(days=days)
        assert "nur am Tag der Sitzung" in phone.get(way).text
        assert phone.post(way).status_code == 409


def test_who_is_no_member_of_this_body_only_listens(
    held: Session, area: Council, way: str, client_of: Callable[..., Browser]
) -> None:
    jury = builder.build_jury(held, area)
    juror = client_of(jury.members[0])
    assert "Hören Sie gern zu." in juror.get(way).text
    assert juror.post(way).status_code == 404


def test_who_is_not_signed_in_scans_the_card_and_comes_back(
    held: Session, area: Council, way: str, visitor: Browser
) -> None:
    builder.set_present(held, area, [])
    assert "Scannen Sie zuerst Ihre Karte" in visitor.get(way).text
    assert visitor.post(way).status_code == 401
    words = area.phones[area.members[0].id].card_text
    answer = visitor.post("/karte", data={"words": words})
    assert answer.location == way
    assert visitor.post(way).status_code == 303
    rows = held.exec(select(Attendance).where(Attendance.meeting_id == area.meeting.id)).all()
    assert [each.member_id for each in rows] == [area.members[0].id]
    visitor.post("/account/sign-out")
    assert visitor.post("/karte", data={"words": words}).location == "/booth/"
