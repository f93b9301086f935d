"""The ways that lead to minutes and to the emergency folder."""

from collections.abc import Callable

from sqlmodel import Session, select

from app.models import AgendaItem, Meeting, Member, Officer
from tests.app.builder import Browser, Council

ClientOf = Callable[[Member | Officer], Browser]


def test_the_page_of_a_meeting_leads_to_its_papers(
    running: Meeting, held: Session, area: Council, client_of: ClientOf
) -> None:
    desk = client_of(area.moderators[0])
    folder, minutes = f"/desk/meetings/{running.id}/emergency-folder.pdf", f"/minutes/{running.id}"
    page = desk.get(f"/desk/meetings/{running.id}").text
    assert f'href="{folder}"' in page
    assert f'href="{minutes}"' in page
    running.state, running.closed_at = "closed", running.began_at
    held.add(running)
    held.commit()
    page = desk.get(f"/desk/meetings/{running.id}").text
    assert f'href="{folder}"' not in page
    assert f'href="{minutes}"' in page
    member = client_of(area.members[0])
    assert 'href="/minutes/"' in member.get(f"/meetings/{running.id}").text
    assert f'href="{minutes}"' in member.get("/minutes/").text


def test_the_point_of_the_agenda_leads_to_the_minutes_once_it_began(
    over: Meeting, next_meeting: Meeting, held: Session, area: Council, client_of: ClientOf
) -> None:
    desk = client_of(area.moderators[0])
    item = held.exec(select(AgendaItem).where(AgendaItem.kind == "minutes")).one()
    address = f"/desk/meetings/items/{item.id}"
    link = f'href="/minutes/{over.id}"'
    assert link not in desk.get(address).text
    item.began_at = next_meeting.starts_at
    held.commit()
    assert link in desk.get(address).text


def test_the_public_page_of_a_meeting_leads_to_published_minutes(
    over: Meeting, next_meeting: Meeting, area: Council, client_of: ClientOf, visitor: Browser
) -> None:
    link = f'href="/sitzung/{over.id}/protokoll"'
    desk = client_of(area.moderators[0])
    assert link not in visitor.get(f"/sitzung/{over.id}").text
    desk.post(f"/minutes/{over.id}/approve")
    assert link not in visitor.get(f"/sitzung/{over.id}").text
    desk.post(f"/minutes/{over.id}/publish")
    assert link in visitor.get(f"/sitzung/{over.id}").text
