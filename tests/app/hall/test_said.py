""" "Angesagt": what was read out must still be true when the vote opens."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

from sqlmodel import Session

from app import attendance
from app.models import Meeting, Round
from tests.app.builder import Browser, Council


def said_on(page: str) -> str:
    """What the form sends back of the numbers that the page shows."""
    return unescape(page.partition('name="said"')[2].partition('value="')[2].partition('"')[0])


def test_numbers_that_changed_are_asked_for_again(
    held: Session,
    area: Council,
    prepared_round: Callable[..., Round],
    client_of: Callable[..., Browser],
) -> None:
    round_ = prepared_round()
    desk = client_of(area.moderators[0])
    address = f"/desk/rounds/{round_.id}/open"
    shown = desk.get(address).text
    assert "Nötig sind 6 Ja-Stimmen." in shown
    said = said_on(shown)
    meeting = held.get_one(Meeting, area.meeting.id)
    for member in area.members[7:]:
        attendance.leave(held, meeting, member.id, datetime.now(UTC))
    refused = desk.post(address, data={"said": said})
    assert refused.status_code == 422
    assert "Die Zahlen haben sich geändert." in refused.text
    assert "Nötig sind 5 Ja-Stimmen." in refused.text
    assert held.get_one(Round, round_.id).state == "announced"
    assert desk.post(address, data={"said": said_on(refused.text)}).status_code == 303
    assert held.get_one(Round, round_.id).state == "open"
