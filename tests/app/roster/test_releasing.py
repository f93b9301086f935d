"""A roster that an announced round binds is released by two people for half an hour."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, select

from app.models import Confirmation, LogEntry, Mail, Round, Seat
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.app.logged import told


def seats(held: Session, area: Council) -> int:
    return len(held.exec(select(Seat).where(Seat.body_id == area.body.id)).all())


def add_seat(area: Council, browser: Browser) -> int:
    address = f"/roster/bodies/{area.body.id}/seats/new"
    data = {"segment": "resident", "count": "1", "label": ""}
    return browser.post(address, data=data).status_code


def age(held: Session, minutes: int) -> None:
    for each in held.exec(select(Confirmation)).all():
        each.confirmed_at = each.confirmed_at - timedelta(minutes=minutes)  # type: ignore[operator]
    held.commit()


def stop_card(area: Council, browser: Browser) -> int:
    address = f"/roster/bodies/{area.body.id}/cards/{area.members[0].id}/revoke"
    assert browser.get(address).status_code == 200
    return browser.post(address).status_code


def test_while_a_vote_is_near_no_card_is_stopped_alone(
    held: Session,
    area: Council,
    moderator: Browser,
    client_of: Callable[..., Browser],
    open_round: Callable[..., Round],
) -> None:
    area.members[0].mail = "aylin@anger.example"
    open_round()
    page = f"/roster/bodies/{area.body.id}/cards/{area.members[0].id}/revoke"
    assert "sperrt jetzt niemand allein" in moderator.get(page).text
    assert stop_card(area, moderator) == 409
    assert held.exec(select(Mail)).all() == []
    builder.release_roster(held, area)
    assert "sperrt jetzt niemand allein" not in moderator.get(page).text
    assert stop_card(area, moderator) == 303
    [mail] = held.exec(select(Mail)).all()
    assert (mail.recipient, mail.subject) == ("aylin@anger.example", "Ihre Karte wurde gesperrt")


def test_without_a_round_one_person_is_enough(
    held: Session, area: Council, moderator: Browser
) -> None:
    before = seats(held, area)
    assert add_seat(area, moderator) == 303
    assert seats(held, area) == before + 1
    page = moderator.get(f"/roster/bodies/{area.body.id}/release").text
    assert "keine Abstimmung angesagt" in page


def test_an_announced_round_binds_until_two_people_release(
    held: Session,
    area: Council,
    moderator: Browser,
    client_of: Callable[..., Browser],
    prepared_round: Callable[..., Round],
) -> None:
    prepared_round()
    address, before = f"/roster/bodies/{area.body.id}/release", seats(held, area)
    assert add_seat(area, moderator) == 409
    assert address in moderator.get(f"/roster/bodies/{area.body.id}").text
    assert moderator.post(address, data={"reason": ""}).status_code == 422
    assert moderator.post(address, data={"reason": "Ein Sitz fehlt"}).status_code == 303
    assert moderator.post(address, data={"reason": "Noch einmal"}).status_code == 409
    assert add_seat(area, moderator) == 409
    asked = held.exec(select(Confirmation)).one()
    assert moderator.post(f"/roster/requests/{asked.id}").status_code == 403
    builder.make_speaker(held, area, area.members[3])
    assert client_of(area.members[3]).post(f"/roster/requests/{asked.id}").status_code == 303
    assert "ist freigegeben" in moderator.get(address).text
    assert add_seat(area, moderator) == 303
    assert seats(held, area) == before + 1
    entry = held.exec(select(LogEntry).where(LogEntry.type == "roster_released")).one()
    assert told(held, entry)["reason"] == "Ein Sitz fehlt"
    age(held, 30)
    assert add_seat(area, moderator) == 409


def test_a_round_of_another_body_binds_nothing(
    held: Session, area: Council, moderator: Browser
) -> None:
    jury = builder.build_jury(held, area)
    builder.prepare_round(held, jury)
    assert add_seat(area, moderator) == 303
    assert add_seat(jury, moderator) == 409


def test_a_foreign_body_is_not_found(held: Session, area: Council, moderator: Browser) -> None:
    other = builder.build_council(held, "bruch")
    assert moderator.get(f"/roster/bodies/{other.body.id}/release").status_code == 404
