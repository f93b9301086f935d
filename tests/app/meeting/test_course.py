"""A meeting begins, its items come and go, it ends for good or does not take place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from app import agenda
from app.models import AgendaItem, Meeting, Member, Round
from tests.app.builder import Browser, Council
from tests.app.meeting import agendas


def items(held: Session, meeting: Meeting) -> list[AgendaItem]:
    held.expire_all()
    return list(agenda.items_of(held, meeting))


def test_a_meeting_begins_on_its_day(
    held: Session, area: Council, moderator: Browser, planned: Meeting
) -> None:
    early = moderator.post(f"/desk/meetings/{planned.id}/begin")
    assert early.status_code == 409
    assert "Es ist nicht ihr Tag." in early.text
    assert "Sitzung beginnen" not in moderator.get(f"/desk/meetings/{planned.id}").text
    today = f"/desk/meetings/{area.meeting.id}"
    assert "Sitzung beginnen" in moderator.get(today).text
    assert moderator.post(f"{today}/begin").location == today
    held.refresh(area.meeting)
    assert (area.meeting.state, area.meeting.began_at is None) == ("running", False)
    held.commit()
    assert moderator.post(f"{today}/begin").status_code == 409


def test_one_item_is_on_at_a_time(held: Session, moderator: Browser, planned: Meeting) -> None:
    first, second, third = items(held, planned)
    address = "/desk/meetings/items"
    held.commit()
    assert moderator.post(f"{address}/{first.id}/begin").status_code == 409
    agendas.start(held, planned)
    moderator.post(f"{address}/{first.id}/begin")
    moderator.post(f"{address}/{second.id}/begin")
    one, two, _three = items(held, planned)
    assert one.ended_at
    assert two.began_at
    assert not two.ended_at
    assert agenda.current(items(held, planned)).id == second.id
    held.commit()
    answer = moderator.post(f"{address}/{second.id}/end")
    assert answer.location == f"{address}/{third.id}"
    assert moderator.post(f"{address}/{second.id}/end").status_code == 409
    began = items(held, planned)[0].began_at
    held.commit()
    moderator.post(f"{address}/{first.id}/begin")
    again = items(held, planned)[0]
    assert (again.began_at, again.ended_at) == (began, None)


def test_closing_says_in_numbers_what_is_final(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    agendas.start(held, planned)
    first = items(held, planned)[0]
    held.commit()
    moderator.post(f"/desk/meetings/items/{first.id}/begin")
    asked = moderator.get(f"/desk/meetings/{planned.id}/close").text
    assert "Das ist endgültig." in asked
    assert "1 von 3" in asked
    assert "Verschiedenes" in asked
    moderator.post(f"/desk/meetings/{planned.id}/close")
    held.refresh(planned)
    assert planned.state == "closed"
    assert items(held, planned)[0].ended_at == planned.closed_at
    held.commit()
    assert moderator.get(f"/desk/meetings/{planned.id}/close").status_code == 409


def test_an_open_vote_stands_against_closing(
    held: Session, area: Council, moderator: Browser, open_round: Callable[..., Round]
) -> None:
    open_round()
    page = f"/desk/meetings/{area.meeting.id}/close"
    asked = moderator.get(page).text
    assert "1 Abstimmung ist noch offen." in asked
    assert "kern-btn--danger" not in asked
    assert moderator.post(page).status_code == 409
    cancel = moderator.post(f"/desk/meetings/{area.meeting.id}/cancel", data={"reason": "Sturm"})
    assert cancel.status_code == 409
    held.refresh(area.meeting)
    assert area.meeting.state == "planned"


@pytest.mark.parametrize(("act", "data"), [("close", {}), ("cancel", {"reason": "Sturm"})])
def test_no_vote_opens_after_the_meeting(
    held: Session,
    area: Council,
    moderator: Browser,
    prepared_round: Callable[..., Round],
    act: str,
    data: dict[str, str],
) -> None:
    round_ = prepared_round()
    held.commit()
    assert moderator.post(f"/desk/meetings/{area.meeting.id}/{act}", data=data).status_code == 303
    refused = moderator.post(f"/desk/rounds/{round_.id}/open", data={"closes_at": ""})
    assert refused.status_code == 409
    assert "Diese Sitzung ist vorbei." in refused.text
    held.refresh(round_)
    assert round_.state == "announced"


def test_a_meeting_that_nobody_began_can_be_closed_later(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    assert moderator.post(f"/desk/meetings/{planned.id}/close").status_code == 409
    planned.starts_at -= timedelta(days=40)
    held.add(planned)
    held.commit()
    assert "Sitzung schließen" in moderator.get(f"/desk/meetings/{planned.id}").text
    assert moderator.post(f"/desk/meetings/{planned.id}/close").status_code == 303


CHANGES = (
    ("edit", {"day": "2190-01-01", "time": "18:00", "place": "Woanders", "visibility": "closed"}),
    ("agenda/usual", {}),
    ("agenda/set", {}),
    ("agenda/information", {"title": "Nachtrag"}),
    ("attendance", {"present": []}),
    ("rounds", {"proposals": []}),
    ("invite", {}),
    ("cancel", {"reason": "Doch nicht"}),
    ("begin", {}),
)
ITEM_CHANGES = (
    ("edit", {"title": "Umbenannt"}),
    ("move", {"to": "down"}),
    ("remove", {}),
    ("begin", {}),
    ("end", {}),
    ("notes", {"notes": "Nachtrag", "shown": ""}),
    ("documents", {}),
)


def test_nothing_of_a_closed_meeting_changes(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    first = items(held, agendas.start(held, planned))[0]
    held.commit()
    moderator.post(f"/desk/meetings/{planned.id}/close")
    before = [each.model_dump() for each in (*items(held, planned), planned)]
    held.commit()
    answers = {
        name: moderator.post(f"/desk/meetings/{planned.id}/{name}", data=data).status_code
        for name, data in CHANGES
    } | {
        f"item {name}": moderator.post(
            f"/desk/meetings/items/{first.id}/{name}", data=data
        ).status_code
        for name, data in ITEM_CHANGES
    }
    refused = {name: status for name, status in answers.items() if status not in (409, 422)}
    assert refused == {}
    assert [each.model_dump() for each in (*items(held, planned), planned)] == before


def test_a_cancelled_meeting_stays_with_its_reason(
    held: Session, moderator: Browser, visitor: Browser, planned: Meeting
) -> None:
    page, before = f"/desk/meetings/{planned.id}/cancel", planned.sequence
    assert "Darum geht keine Nachricht hinaus." in moderator.get(page).text
    assert moderator.post(page, data={"reason": ""}).status_code == 422
    assert moderator.post(page, data={"reason": "Sturm"}).status_code == 303
    held.refresh(planned)
    assert (planned.state, planned.sequence) == ("cancelled", before + 1)
    assert planned.cancelled_at
    held.commit()
    shown = visitor.get(f"/sitzung/{planned.id}").text
    assert "Diese Sitzung ist abgesagt." in shown
    assert "Sturm" in shown
    assert moderator.post(page, data={"reason": "Noch einmal"}).status_code == 409


@pytest.mark.parametrize("name", ["begin", "close", "cancel", "invite", "edit", "agenda/set"])
def test_members_do_not_run_meetings(
    held: Session,
    area: Council,
    client_of: Callable[[Member], Browser],
    planned: Meeting,
    name: str,
) -> None:
    member = client_of(area.members[0])
    assert member.post(f"/desk/meetings/{planned.id}/{name}", data={}).status_code == 403
