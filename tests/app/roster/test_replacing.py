"""A card is replaced by two people: in the room at once, at home after a day of notice."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from app import card_protection
from app.account import kept_passphrase, recovery
from app.card_revoking import revoke_cards
from app.errors import Refused
from app.models import (
    Card,
    Confirmation,
    LogEntry,
    Mail,
    Member,
    Passphrase,
    RecoveryCode,
    SecondFactor,
    SecurityEvent,
)
from app.roster import replacing
from app.roster.printing import register_cards
from tests.app import builder
from tests.app.account import team
from tests.app.builder import Browser, Council

HOUR = timedelta(hours=1)
PRINT = {"way": "print", "reason": "card_lost"}
HOME = {"way": "home", "reason": "locked_out"}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def one(area: Council) -> Member:
    return area.members[0]


def page_of(area: Council, member: Member) -> str:
    return f"/roster/bodies/{area.body.id}/members/{member.id}/card"


def request_of(held: Session) -> Confirmation:
    return held.exec(select(Confirmation)).one()


def logged(held: Session, kind: str) -> list[dict[str, object]]:
    held.expire_all()
    found = held.exec(select(LogEntry).where(LogEntry.type == kind).order_by(LogEntry.seq))
    return [json.loads(each.leaf)["public"] for each in found]


def print_card(browser: Browser, area: Council, member: Member, shown: Card, digit: str) -> int:
    card = {"member": member.id, "verifier": digit * 64, "shown": shown.id}
    sent = {"cards": [card]}
    return browser.post(f"/roster/bodies/{area.body.id}/cards", json=sent).status_code


def card_of(held: Session, member: Member) -> Card:
    newest = select(Card).where(Card.member_id == member.id).order_by(Card.id.desc())  # type: ignore[attr-defined]
    return held.exec(newest).first()  # type: ignore[return-value]


def test_in_the_room_two_people_replace_a_card(
    held: Session, area: Council, moderator: Browser, second: Browser, one: Member
) -> None:
    old = card_of(held, one)
    assert print_card(moderator, area, one, old, "a") == 409
    answer = moderator.post(page_of(area, one) + "/ask", data=PRINT)
    assert answer.status_code == 303
    waiting = moderator.get(answer.location).text
    assert "Wartet auf zweite Person" in waiting
    assert "data-print-cards" not in waiting
    assert moderator.get(page_of(area, one) + "/pulse").json["mark"] == "asked"  # type: ignore[index]
    assert print_card(moderator, area, one, old, "a") == 409
    asked = request_of(held)
    assert "Ich sehe die Person: bestätigen" in second.get("/desk/").text
    assert second.post(f"/roster/requests/{asked.id}").status_code == 303
    assert moderator.get(page_of(area, one) + "/pulse").json["mark"] == "agreed"  # type: ignore[index]
    assert "data-print-now" in moderator.get(answer.location).text
    assert print_card(moderator, area, one, old, "a") == 201
    assert print_card(moderator, area, one, old, "a") == 201
    assert logged(held, "card_replaced") == [
        {
            "body": {"kind": "council", "name": area.body.name},
            "term": area.term.id,
            "how": "room",
            "reason": "card_lost",
            "cards": 1,
        }
    ]
    assert "data-print-now" not in moderator.get(answer.location).text


def test_two_people_lift_what_protects_the_old_card(
    held: Session, area: Council, app: Flask, moderator: Browser, second: Browser, one: Member
) -> None:
    """Who copied a card and was faster with a passphrase keeps nobody out for good."""
    one.mail = "aylin@anger.example"
    team.equip(held, one)
    recovery.renew(held, one)
    old = card_of(held, one)
    moderator.post(page_of(area, one) + "/ask", data=PRINT)
    assert print_card(moderator, area, one, old, "a") == 409
    assert card_protection.is_on(held, one), "nobody lifts it alone"
    second.post(f"/roster/requests/{request_of(held).id}")
    assert card_protection.is_on(held, one), "not before the new card is there"
    held.commit()
    assert print_card(moderator, area, one, old, "a") == 201
    held.expire_all()
    assert not one.has_access
    for table in (Passphrase, SecondFactor, RecoveryCode):
        assert held.exec(select(table)).all() == []
    assert [each.kind for each in held.exec(select(SecurityEvent))] == ["protection_lifted"]
    [mail] = held.exec(select(Mail)).all()
    assert "Mehr Schutz ist damit aufgehoben" in mail.body
    assert (
        "Mehr Schutz aufgehoben"
        in builder.browse(app, held, builder.sign_in(held, one)).get("/account/").text
    )


def test_a_card_that_replaces_none_lifts_nothing(held: Session, area: Council, one: Member) -> None:
    kept_passphrase.keep(held, one, team.stored_passphrase(), now())
    held.delete(card_of(held, one))
    held.flush()
    register_cards(held, area.term, {one.id: "a" * 64}, now())
    assert card_protection.is_on(held, one)
    assert held.exec(select(Mail)).all() == []


@pytest.mark.parametrize("reached", ["mail", "device", ""])
def test_the_page_says_when_nobody_can_be_told(
    held: Session,
    area: Council,
    moderator: Browser,
    second: Browser,
    one: Member,
    reached: str,
) -> None:
    one.mail = "aylin@anger.example" if reached == "mail" else None
    if reached == "device":
        builder.sign_in(held, one)
    held.commit()
    before = moderator.get(page_of(area, one)).text
    moderator.post(page_of(area, one) + "/ask", data=HOME)
    second.post(f"/roster/requests/{request_of(held).id}")
    after = moderator.get(page_of(area, one)).text
    assert ("Hier kann niemand Bescheid bekommen" in before) == (not reached)
    assert ("Niemand konnte" in after) == (not reached)
    assert ("hat eine Nachricht bekommen" in after) == bool(reached)


def test_nobody_agrees_to_their_own_request(
    held: Session, area: Council, moderator: Browser, second: Browser, one: Member
) -> None:
    moderator.post(page_of(area, one) + "/ask", data=PRINT)
    address = f"/roster/requests/{request_of(held).id}"
    assert moderator.post(address).status_code == 403
    assert second.post(address).status_code == 303
    assert second.post(address).status_code == 409


def test_nothing_is_asked_for_without_one_of_the_reasons(
    held: Session, area: Council, moderator: Browser, second: Browser, one: Member
) -> None:
    """The log names nobody: why is a choice, never words."""
    for reason in ("", "Aylin hat sie verloren"):
        sent = {"way": "print", "reason": reason}
        assert moderator.post(page_of(area, one) + "/ask", data=sent).status_code == 400
    moderator.post(page_of(area, one) + "/ask", data=PRINT | {"reason": "card_stolen"})
    assert "Die Karte ist gestohlen oder kopiert" in second.get("/desk/").text
    second.post(f"/roster/requests/{request_of(held).id}")
    print_card(moderator, area, one, card_of(held, one), "a")
    assert [each["reason"] for each in logged(held, "card_replaced")] == ["card_stolen"]


def test_a_speaker_agrees_on_a_phone_but_not_to_the_own_card(
    held: Session,
    area: Council,
    moderator: Browser,
    client_of: Callable[..., Browser],
    one: Member,
) -> None:
    speaker, member = area.members[1], area.members[2]
    builder.make_speaker(held, area, speaker)
    phone = client_of(speaker)
    assert client_of(member).get("/account/second-person").status_code == 403
    assert "Gerade wartet nichts" in phone.get("/account/second-person").text
    moderator.post(page_of(area, speaker) + "/ask", data=PRINT)
    assert phone.post(f"/roster/requests/{request_of(held).id}").status_code == 403
    assert "Gerade wartet nichts" in phone.get("/account/second-person").text
    moderator.post(page_of(area, one) + "/ask", data=PRINT)
    [asked] = [each for each in held.exec(select(Confirmation)) if each.member_id == one.id]
    assert one.name in phone.get("/account/second-person").text
    assert client_of(member).post(f"/roster/requests/{asked.id}").status_code == 403
    done = phone.post(f"/roster/requests/{asked.id}")
    assert (done.status_code, done.location) == (303, "/account/second-person")
    held.refresh(asked)
    assert (asked.confirmed_by, asked.confirmed_by_member) == (None, speaker.id)
    assert print_card(moderator, area, one, card_of(held, one), "a") == 201


def test_a_speaker_of_another_body_or_area_has_no_say(
    held: Session,
    area: Council,
    moderator: Browser,
    client_of: Callable[..., Browser],
    one: Member,
) -> None:
    jury, other = builder.build_jury(held, area), builder.build_council(held, "bruch")
    builder.make_speaker(held, jury, jury.members[0])
    builder.make_speaker(held, other, other.members[0])
    moderator.post(page_of(area, one) + "/ask", data=PRINT)
    address = f"/roster/requests/{request_of(held).id}"
    assert client_of(jury.members[0]).post(address).status_code == 403
    assert client_of(other.members[0]).post(address).status_code == 404
    assert client_of(other.moderators[0]).post(address).status_code == 404


def test_first_and_spoilt_cards_need_nobody(held: Session, area: Council, one: Member) -> None:
    revoke_cards(held, area.term.id, [one.id], now())
    with pytest.raises(Refused, match="card_needs_second"):
        register_cards(held, area.term, {one.id: "a" * 64}, now())
    builder.agree_to_cards(held, area, one)
    register_cards(held, area.term, {one.id: "a" * 64}, now())
    register_cards(held, area.term, {one.id: "b" * 64}, now() + HOUR / 2)
    card_of(held, one).used_at = now()
    with pytest.raises(Refused, match="card_needs_second"):
        register_cards(held, area.term, {one.id: "c" * 64}, now() + HOUR / 2)
    bare = builder.build_council(held, "bruch", with_keys=False)
    register_cards(held, bare.term, {bare.members[0].id: "d" * 64}, now())
    with pytest.raises(Refused, match="card_needs_second"):
        register_cards(held, bare.term, {bare.members[0].id: "e" * 64}, now() + HOUR)


def test_an_agreement_ends_after_thirty_minutes(held: Session, area: Council, one: Member) -> None:
    builder.agree_to_cards(held, area, one)
    with pytest.raises(Refused, match="card_needs_second"):
        register_cards(held, area.term, {one.id: "a" * 64}, now() + HOUR / 2)


def test_at_home_the_card_comes_after_a_day(held: Session, area: Council, one: Member) -> None:
    builder.agree_to_cards(held, area, one, act="replace_card_home")
    for time in (now(), now() + 23 * HOUR, now() + 8 * 24 * HOUR):
        with pytest.raises(Refused, match="card_needs_second"):
            register_cards(held, area.term, {one.id: "a" * 64}, time)
    register_cards(held, area.term, {one.id: "a" * 64}, now() + 24 * HOUR)
    assert [each["how"] for each in logged(held, "card_replaced")] == ["home"]


def test_at_home_two_officers_agree_and_the_member_stops_it(
    held: Session,
    area: Council,
    moderator: Browser,
    second: Browser,
    client_of: Callable[..., Browser],
    one: Member,
) -> None:
    one.mail = "aylin@anger.example"
    builder.make_speaker(held, area, area.members[1])
    moderator.post(page_of(area, one) + "/ask", data=HOME)
    address = f"/roster/requests/{request_of(held).id}"
    assert client_of(area.members[1]).post(address).status_code == 403
    assert second.post(address).status_code == 303
    assert [mail.recipient for mail in held.exec(select(Mail))] == ["aylin@anger.example"]
    phone, stop = client_of(one), f"/account/card-requests/{request_of(held).id}/stop"
    assert stop in phone.get("/booth/").text
    assert client_of(area.members[2]).post(stop).status_code == 404
    assert phone.post(stop).status_code == 303
    assert "hat die neue Karte gestoppt" in moderator.get(page_of(area, one)).text
    with pytest.raises(Refused, match="card_needs_second"):
        register_cards(held, area.term, {one.id: "a" * 64}, now() + 24 * HOUR)
    assert moderator.post(page_of(area, one) + "/ask", data=HOME).status_code == 303


def test_a_replacement_is_told_at_the_next_visit(
    held: Session, area: Council, client_of: Callable[..., Browser], one: Member
) -> None:
    builder.agree_to_cards(held, area, one)
    register_cards(held, area.term, {one.id: "a" * 64}, now())
    assert "Ihre Karte wurde ersetzt" in client_of(one).get("/account/").text
    assert "Ihre Karte wurde ersetzt" not in client_of(area.members[1]).get("/account/").text


def test_one_agreement_is_good_for_one_card(held: Session, area: Council, one: Member) -> None:
    builder.agree_to_cards(held, area, one)
    register_cards(held, area.term, {one.id: "a" * 64}, now())
    card_of(held, one).used_at = now()
    with pytest.raises(Refused, match="card_needs_second"):
        register_cards(held, area.term, {one.id: "b" * 64}, now())
    assert replacing.latest(held, area.term, one, now()) is None
