"""Notes of an item: kept by button and by script, and never lost to somebody else's."""

from collections.abc import Callable

from sqlmodel import Session, select

from app import agenda
from app.meeting.item_page import digest
from app.models import AgendaItem, Meeting, Officer, UserSession
from tests.app import builder
from tests.app.builder import Browser, Council

JSON = {"Accept": "application/json"}


def address(item: AgendaItem) -> str:
    return f"/desk/meetings/items/{item.id}/notes"


def first(held: Session, meeting: Meeting) -> AgendaItem:
    found = agenda.items_of(held, meeting)[0]
    held.commit()
    return found


def test_notes_are_kept(held: Session, moderator: Browser, planned: Meeting) -> None:
    item = first(held, planned)
    typed = {"notes": "Viele sind dafür.\r\nZwei nicht.", "shown": digest("")}
    assert moderator.post(address(item), data=typed).location == address(item)[: -len("/notes")]
    held.refresh(item)
    assert item.notes == "Viele sind dafür.\nZwei nicht."
    assert "Zwei nicht." in moderator.get(f"/desk/meetings/items/{item.id}").text


def test_the_script_of_the_page_keeps_them_too(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    item = first(held, planned)
    answer = moderator.post(
        address(item), data={"notes": "Erstens", "shown": digest("")}, headers=JSON
    )
    assert answer.json == {"shown": digest("Erstens"), "message": "Gespeichert."}
    later = moderator.post(
        address(item), data={"notes": "Erstens. Zweitens", "shown": digest("Erstens")}, headers=JSON
    )
    assert later.status_code == 200
    held.refresh(item)
    assert item.notes == "Erstens. Zweitens"


def test_two_people_who_write_at_once_lose_nothing(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    item = first(held, planned)
    moderator.post(address(item), data={"notes": "Von Mara", "shown": digest("")})
    stale = {"notes": "Von Deniz", "shown": digest("")}
    refused = moderator.post(address(item), data=stale, headers=JSON)
    assert refused.status_code == 409
    assert refused.json["error"] == "notes_changed"
    page = moderator.post(address(item), data=stale)
    assert page.status_code == 422
    assert "Von Mara" in page.text
    assert "Von Deniz" in page.text
    assert f'value="{digest("Von Mara")}"' in page.text
    held.refresh(item)
    assert item.notes == "Von Mara"
    held.commit()
    moderator.post(address(item), data={"notes": "Von Mara und Deniz", "shown": digest("Von Mara")})
    held.refresh(item)
    assert item.notes == "Von Mara und Deniz"


def test_notes_with_a_hidden_character_are_refused_and_kept_on_the_page(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    item = first(held, planned)
    answer = moderator.post(address(item), data={"notes": "Gut\x07", "shown": digest("")})
    assert answer.status_code == 422
    assert "Gut" in answer.text
    held.refresh(item)
    assert item.notes == ""


def test_notes_need_no_fresh_proof_in_a_long_evening(
    held: Session, area: Council, client_of: Callable[..., Browser], planned: Meeting
) -> None:
    officer = Officer(
        area_id=area.area.id, name="Ada", role="moderator", login="ada@x.example", has_access=True
    )
    held.add(officer)
    held.commit()
    ada, item = client_of(officer), first(held, planned)
    for device in held.exec(select(UserSession).where(UserSession.officer_id == officer.id)):
        device.confirmed_at = builder.LONG_AGO
        held.add(device)
    held.commit()
    answer = ada.post(address(item), data={"notes": "Spät", "shown": digest("")}, headers=JSON)
    assert answer.status_code == 200
    set_ = ada.post(f"/desk/meetings/{planned.id}/agenda/set", headers=JSON)
    assert (set_.status_code, set_.json["error"]) == (403, "confirm_again")
