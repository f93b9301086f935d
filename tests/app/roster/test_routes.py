"""The doors of the roster: who may open which page, and cards."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from app.models import Card, Member, Membership, Seat, Term, VotingKey
from app.roster import reserving, standing_in
from tests.app import builder
from tests.app.builder import Browser, Council


def membership_of(held: Session, member: Member) -> Membership:
    return held.exec(select(Membership).where(Membership.member_id == member.id)).one()


def test_the_council_by_segment(area: Council, moderator: Browser) -> None:
    shown = moderator.get(f"/roster/bodies/{area.body.id}").text
    assert "Bewohnerschaft" in shown
    assert "Partner" in shown
    assert all(member.name in shown for member in area.members)


def test_without_a_term_the_roster_says_so(
    held: Session, area: Council, moderator: Browser
) -> None:
    term = held.get_one(Term, area.term.id)
    term.ends_on = term.starts_on
    held.add(term)
    shown = moderator.get(f"/roster/bodies/{area.body.id}").text
    assert "Es läuft keine Amtszeit" in shown
    assert moderator.get(f"/roster/bodies/{area.body.id}/cards").status_code == 409


def test_the_card_page_says_who_has_what(held: Session, area: Council, moderator: Browser) -> None:
    key = held.exec(select(VotingKey).where(VotingKey.member_id == area.members[1].id)).one()
    card = held.exec(select(Card).where(Card.member_id == area.members[2].id)).one()
    held.delete(key)
    held.delete(card)
    shown = moderator.get(f"/roster/bodies/{area.body.id}/cards").text
    assert shown.count("Karte vom") == 8
    assert shown.count("Noch keine Karte") == 1
    assert shown.count("Noch keiner") == 1
    assert f'data-action="/roster/bodies/{area.body.id}/cards"' in shown
    assert f'data-address="{moderator.application.config["PUBLIC_URL"]}/karte"' in shown


def test_printed_cards_are_registered(held: Session, area: Council, moderator: Browser) -> None:
    member = area.members[0]
    before = held.exec(select(Card.id).where(Card.member_id == member.id)).one()
    builder.agree_to_cards(held, area, member)
    sent = {"cards": [{"member": member.id, "verifier": "a" * 64, "shown": before}]}
    answer = moderator.post(f"/roster/bodies/{area.body.id}/cards", json=sent)
    assert (answer.status_code, answer.json["registered"]) == (201, 1)
    found = held.exec(select(Card).where(Card.member_id == member.id).order_by(Card.id)).all()
    assert [card.revoked_at is None for card in found] == [False, True]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"cards": []},
        {"cards": "x"},
        {"cards": [1]},
        {"cards": [{"member": 1}]},
        {"cards": [{"member": 1, "verifier": "a" * 64}]},
        {"cards": [{"member": "1", "verifier": "a" * 64, "shown": None}]},
        {"cards": [{"member": True, "verifier": "a" * 64, "shown": None}]},
        {"cards": [{"member": 1, "verifier": 5, "shown": None}]},
        {"cards": [{"member": 1, "verifier": "a" * 64, "shown": "1"}]},
        {"cards": [{"member": 1, "verifier": "a" * 64, "shown": True}]},
        {"cards": [{"member": 1, "verifier": "a" * 64, "shown": None, "secret": "x"}]},
        {"cards": [{"member": 1, "verifier": "a" * 64, "shown": None}] * 2},
        {"cards": [{"member": n, "verifier": "a" * 64, "shown": None} for n in range(101)]},
    ],
)
def test_what_is_no_list_of_cards_is_refused(
    held: Session, area: Council, moderator: Browser, sent: dict[str, Any]
) -> None:
    answer = moderator.post(f"/roster/bodies/{area.body.id}/cards", json=sent)
    assert (answer.status_code, answer.json["error"]) == (400, "bad_request")
    assert len(held.exec(select(Card)).all()) == 9


def test_a_card_is_revoked_by_a_check_page(
    held: Session, area: Council, moderator: Browser
) -> None:
    address = f"/roster/bodies/{area.body.id}/cards/{area.members[0].id}/revoke"
    assert "Das ist endgültig." in moderator.get(address).text
    assert moderator.post(address).status_code == 303
    assert "Gesperrt seit" in moderator.get(f"/roster/bodies/{area.body.id}/cards").text
    assert moderator.post(address).status_code == 404


def addresses(held: Session, area: Council) -> list[tuple[str, str]]:
    """Every page about seats, people and cards, with rows for all of them."""
    now = datetime.now(UTC)
    seat, member, body = area.seats[0].id, area.members[0].id, area.body.id
    membership = membership_of(held, area.members[0]).id
    deputy, reserve = (
        Member(area_id=area.area.id, name=name) for name in ("Mina Vertretung", "Ole Nachrück")
    )
    deputy_id = standing_in.add_deputy(held, area.seats[0], area.term, deputy, now).id
    place_id = reserving.add_reserve(held, area.term, reserve, "resident", now).id
    held.commit()
    gets = ["/roster/", *(f"/roster/{path}" for path in (
        f"bodies/{body}", f"bodies/{body}/reserve", f"bodies/{body}/terms", f"seats/{seat}",
        f"members/{member}",
    ))]  # fmt: skip
    both = [f"/roster/{path}" for path in (
        f"bodies/{body}/seats/new", f"seats/{seat}/member", f"seats/{seat}/edit",
        f"seats/{seat}/give-up", f"seats/{seat}/deputies/new", f"seats/{seat}/move-up",
        f"deputies/{deputy_id}/end", f"memberships/{membership}/end",
        f"memberships/{membership}/dual-role", f"bodies/{body}/reserve/new",
        f"reserve/{place_id}/leave", f"bodies/{body}/terms/new", f"members/{member}/edit",
        f"bodies/{body}/cards", f"bodies/{body}/cards/{member}/revoke",
    )]  # fmt: skip
    posts = [f"/roster/{path}" for path in (
        f"memberships/{membership}/move", f"memberships/{membership}/speaker",
        f"memberships/{membership}/no-speaker", f"deputies/{deputy_id}/move",
    )]  # fmt: skip
    return [
        *(("GET", path) for path in gets + both),
        *(("POST", path) for path in posts + both),
    ]


def test_members_do_not_edit_the_roster(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    member = client_of(area.members[0])
    answers = {
        member.open(path, method=method).status_code for method, path in addresses(held, area)
    }
    assert answers == {403}


def test_what_belongs_to_another_area_is_not_found(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    other = builder.build_council(held, "bruch", with_keys=False)
    stranger = client_of(other.moderators[0])
    form = {"person": "0", "name": "Ali", "segment": "resident", "reason": "moved"}
    sends_json = ("POST", f"/roster/bodies/{area.body.id}/cards")
    for method, path in addresses(held, area):
        if path != "/roster/" and (method, path) != sends_json:
            data = form if method == "POST" else None
            assert stranger.open(path, method=method, data=data).status_code == 404, path
    foreign = {"cards": [{"member": area.members[0].id, "verifier": "a" * 64, "shown": None}]}
    assert stranger.post(f"/roster/bodies/{area.body.id}/cards", json=foreign).status_code == 404
    assert "Mina Vertretung" not in stranger.get(f"/roster/seats/{other.seats[0].id}/member").text
    moved = {"person": str(area.members[0].id)}
    taken = stranger.post(f"/roster/seats/{other.seats[0].id}/member", data=moved)
    assert taken.status_code == 422
    assert membership_of(held, area.members[0]).ends_on == area.term.ends_on
    assert len(held.exec(select(Card)).all()) == 9


def test_nothing_is_done_without_the_token(
    held: Session, area: Council, moderator: Browser
) -> None:
    for method, path in addresses(held, area):
        if method == "POST":
            data = {"segment": "resident", "number": "1", "person": "0", "name": "Ali"}
            answer = moderator.post(path, data=data, headers={"X-CSRF-Token": ""})
            assert answer.status_code == 400, path
    assert len(held.exec(select(Seat)).all()) == 9
    assert len(held.exec(select(Member)).all()) == 11
    assert {each.ends_on for each in held.exec(select(Membership))} == {area.term.ends_on}
    assert held.exec(select(Card).where(Card.revoked_at.is_not(None))).all() == []  # type: ignore[union-attr]
