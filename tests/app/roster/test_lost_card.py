"""The pages of cards: whom to print for, a lost card, spare cards."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, delete, select

from app.card_revoking import revoke_cards
from app.models import Card, Deputy, Member, Round, SpareCard
from app.roster.sparing import register_spares
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.fixture(autouse=True)
def agreed(held: Session, area: Council) -> None:
    """A second person has agreed to one new card for each member."""
    builder.agree_to_cards(held, area)


@pytest.fixture
def spares(held: Session, area: Council) -> list[str]:
    """Two spare cards, numbered 1 and 2."""
    verifiers = ["a" * 64, "b" * 64]
    register_spares(held, area.term, verifiers, datetime.now(UTC))
    return verifiers


@pytest.fixture
def deputy(held: Session, area: Council) -> Member:
    """Somebody who stands in for the first seat, reads English and has no card."""
    member = Member(area_id=area.area.id, name="Dana Reiß", language="en")
    held.add(member)
    held.flush()
    held.add(
        Deputy(
            area_id=area.area.id,
            seat_id=area.seats[0].id,
            member_id=member.id,
            term_id=area.term.id,
            rank=1,
            starts_on=area.term.starts_on,
            ends_on=area.term.ends_on,
        )
    )
    held.commit()
    return member


def place(area: Council, rest: str) -> str:
    return f"/roster/bodies/{area.body.id}/{rest}"


def valid_card(held: Session, member: Member) -> Card:
    found = select(Card).where(Card.member_id == member.id, Card.revoked_at.is_(None))  # type: ignore[union-attr]
    return held.exec(found).one()


def test_only_those_without_a_card_are_ticked(
    held: Session, area: Council, moderator: Browser, deputy: Member
) -> None:
    page = moderator.get(place(area, "cards")).text
    assert [box for box in boxes(page) if "checked" in box] == [box_of(page, deputy)]
    for group, number in (("everybody", 1), ("resident", 1), ("deputy", 1)):
        page = moderator.get(place(area, f"cards?group={group}")).text
        assert sum("checked" in box for box in boxes(page)) == number, group
        assert f"({number})" in page
    for group in ("partner", "reserve"):
        page = moderator.get(place(area, f"cards?group={group}")).text
        assert [box for box in boxes(page) if "checked" in box] == [box_of(page, deputy)]


def boxes(page: str) -> list[str]:
    return [part.split(">")[0] for part in page.split("<input ")[1:] if "data-member" in part]


def box_of(page: str, member: Member) -> str:
    [box] = [box for box in boxes(page) if f'data-member="{member.id}"' in box]
    return box


def test_a_card_speaks_the_members_language(
    held: Session, area: Council, moderator: Browser, deputy: Member
) -> None:
    area.members[1].language = "xx"
    held.add(area.members[1])
    held.exec(delete(Card).where(col(Card.member_id) == area.members[1].id))
    page = moderator.get(place(area, "cards")).text
    assert 'data-language="en"' in box_of(page, deputy)
    assert 'data-language="de"' in box_of(page, area.members[1])
    assert "Bewohnerschaft" in box_of(page, area.members[1])
    assert "Bewohnerschaft" not in box_of(page, deputy)
    german, english = (part.split("</template>")[0] for part in page.split("<template ")[1:])
    assert 'data-address="http://localhost:8000/karte"' in german
    assert '<article class="card" lang="de" dir="ltr">' in german
    assert "Nur für Sie. Bitte aufheben und nicht weitergeben." in german
    assert 'data-address="http://localhost:8000/en/karte"' in english
    assert '<article class="card" lang="en" dir="ltr">' in english
    assert all(area.area.office_hours in face for face in (german, english))


def test_a_person_is_found_by_letters(area: Council, moderator: Browser, deputy: Member) -> None:
    assert "Aylin Kara" not in moderator.get(place(area, "cards/lost")).text
    found = moderator.get(place(area, "cards/lost?name=reiss")).text
    assert place(area, f"members/{deputy.id}/card") in found
    assert "Aylin Kara" not in found
    assert "niemand" in moderator.get(place(area, "cards/lost?name=xyz")).text


def test_a_spare_card_is_given_by_a_double_tap(
    held: Session, area: Council, moderator: Browser, spares: list[str]
) -> None:
    one = area.members[0]
    address = place(area, f"members/{one.id}/card")
    page = moderator.get(address).text
    shown = valid_card(held, one).id
    assert f'name="shown" type="hidden" value="{shown}"' in page
    for _tap in range(2):
        answer = moderator.post(address, data={"number": "2", "shown": str(shown)})
        assert answer.status_code == 303
    assert valid_card(held, one).verifier == spares[1]
    assert "Ersatzkarte 2 ist jetzt die Karte von" in moderator.get(place(area, "cards/lost")).text
    assert "(Ersatzkarte 2)" in moderator.get(address).text


def test_the_second_moderator_is_told(
    held: Session, area: Council, client_of: Callable[..., Browser], spares: list[str]
) -> None:
    first, second = (client_of(officer) for officer in area.moderators)
    one = area.members[0]
    address = place(area, f"members/{one.id}/card")
    shown = str(valid_card(held, one).id)
    assert first.post(address, data={"number": "1", "shown": shown}).status_code == 303
    late = second.post(address, data={"number": "2", "shown": shown})
    assert late.status_code == 409
    assert "Jemand war schneller" in late.text
    late = second.post(
        place(area, "cards"),
        json={"cards": [{"member": one.id, "verifier": "c" * 64, "shown": int(shown)}]},
    )
    assert (late.status_code, late.json["error"]) == (409, "card_changed")  # type: ignore[index]
    assert one.name in late.json["message"]  # type: ignore[index]
    assert valid_card(held, one).verifier == spares[0]


def test_without_a_number_nothing_is_given(
    held: Session, area: Council, moderator: Browser, spares: list[str]
) -> None:
    one = area.members[0]
    before = valid_card(held, one).id
    for number in ("0", "", "x"):
        answer = moderator.post(
            place(area, f"members/{one.id}/card"), data={"number": number, "shown": str(before)}
        )
        assert answer.status_code == 422, number
    assert valid_card(held, one).id == before


def test_the_page_says_what_happens(
    held: Session,
    area: Council,
    moderator: Browser,
    open_round: Callable[..., Round],
) -> None:
    one = area.members[0]
    address = place(area, f"members/{one.id}/card")
    assert "sofort ungültig" in moderator.get(address).text
    assert "Gerade ist eine Abstimmung offen" not in moderator.get(address).text
    open_round()
    assert "Gerade ist eine Abstimmung offen" in moderator.get(address).text
    revoke_cards(held, area.term.id, [one.id], datetime.now(UTC))
    page = moderator.get(address).text
    assert "Keine gültige Karte" in page
    assert "sofort ungültig" not in page


def test_spares_are_registered_listed_and_discarded(
    held: Session, area: Council, moderator: Browser
) -> None:
    sent = {"verifiers": ["a" * 64, "b" * 64, "c" * 64]}
    for _tap in range(2):
        answer = moderator.post(place(area, "spare-cards"), json=sent)
        assert (answer.status_code, answer.json) == (201, {"numbers": [1, 2, 3]})
    for broken in ({}, {"verifiers": "a"}, {"verifiers": [1]}, {"verifiers": []}):
        assert moderator.post(place(area, "spare-cards"), json=broken).status_code == 400
    assert "Ersatzkarte 3" in moderator.get(place(area, "spare-cards")).text
    discard = place(area, "spare-cards/discard")
    assert moderator.get(f"{discard}?number=1&number=2").text.count("checked") == 2
    assert moderator.post(discard, data={}).status_code == 422
    assert moderator.post(discard, data={"number": ["1", "2"]}).status_code == 303
    assert [spare.number for spare in held.exec(select(SpareCard))] == [3]


def test_cards_of_strangers_are_not_found(
    held: Session, area: Council, client_of: Callable[..., Browser], spares: list[str]
) -> None:
    other = builder.build_council(held, "bruch", with_keys=False)
    stranger = client_of(other.moderators[0])
    one = area.members[0].id
    given = {"number": "1", "shown": ""}
    for rest in ("cards/lost", "spare-cards", "spare-cards/discard", f"members/{one}/card"):
        assert stranger.get(place(area, rest)).status_code == 404, rest
    assert stranger.get(place(other, f"members/{one}/card")).status_code == 404
    assert stranger.post(place(other, f"members/{one}/card"), data=given).status_code == 404
    assert stranger.post(place(area, "spare-cards/discard"), data=given).status_code == 404
    sent = {"verifiers": ["c" * 64]}
    assert stranger.post(place(area, "spare-cards"), json=sent).status_code == 404
    assert len(held.exec(select(SpareCard)).all()) == 2


def test_only_moderators_give_cards(area: Council, client_of: Callable[..., Browser]) -> None:
    member = client_of(area.members[0])
    for rest in ("cards/lost", "spare-cards", f"members/{area.members[0].id}/card"):
        assert member.get(place(area, rest)).status_code == 403, rest
