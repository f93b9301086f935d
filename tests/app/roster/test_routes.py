"""The pages of the roster: seats, rules and cards."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from app import electoral_roll
from app.models import Card, Member, Membership, RulesOfProcedure, Seat, Term, VotingKey
from app.roster.forms import CHOICES
from tests.app import builder
from tests.app.builder import Browser, Council

RULES = {
    "quorum__rule": "two_thirds",
    "quorum__base": "all_seats",
    "majority__funding": "two_thirds",
    "majority__base": "present",
    "recusal__quorum": "counts_present",
    "recusal__majority": "leaves_base",
    "ballot__min_turnout": "5",
}


@pytest.fixture
def moderator(area: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(area.moderators[0])


def membership_of(held: Session, member: Member) -> Membership:
    return held.exec(select(Membership).where(Membership.member_id == member.id)).one()


def rules(held: Session) -> list[RulesOfProcedure]:
    found = select(RulesOfProcedure).order_by(RulesOfProcedure.version)  # type: ignore[arg-type]
    return list(held.exec(found))


def test_the_council_by_segment(area: Council, moderator: Browser) -> None:
    shown = moderator.get(f"/roster/bodies/{area.body.id}").text
    assert "Bewohnerschaft" in shown
    assert "Partner" in shown
    assert all(member.name in shown for member in area.members)


def test_a_seat_is_added_and_filled(held: Session, area: Council, moderator: Browser) -> None:
    nameless = moderator.post(
        f"/roster/bodies/{area.body.id}/seats/new", data={"segment": "partner", "label": ""}
    )
    assert nameless.status_code == 422
    assert "welcher Partner" in nameless.text
    chosen = {"segment": "partner", "label": "Bibliothek"}
    assert (
        moderator.post(f"/roster/bodies/{area.body.id}/seats/new", data=chosen).status_code == 303
    )
    seat = held.exec(select(Seat).where(Seat.position == 10)).one()
    address = f"/roster/seats/{seat.id}/member"
    assert address in moderator.get(f"/roster/bodies/{area.body.id}").text
    assert moderator.get(address).status_code == 200
    assert moderator.post(address, data={"person": "0", "name": ""}).status_code == 422
    wrong = {"person": "0", "name": "Ali", "mail": "ali@"}
    assert "keine E-Mail-Adresse" in moderator.post(address, data=wrong).text
    right = {"person": "0", "name": "Łukasz Żółć", "mail": "lukasz@anger.example"}
    assert moderator.post(address, data=right).status_code == 303
    assert "Łukasz Żółć" in moderator.get(f"/roster/bodies/{area.body.id}").text
    assert moderator.post(address, data=right | {"name": "Noch wer"}).status_code == 409
    assert held.exec(select(Member).where(Member.name == "Noch wer")).all() == []


def test_a_membership_ends_by_a_check_page(
    held: Session, area: Council, moderator: Browser
) -> None:
    membership = membership_of(held, area.members[0])
    address = f"/roster/memberships/{membership.id}/end"
    assert "Das ist endgültig." in moderator.get(address).text
    assert membership_of(held, area.members[0]).ends_on == area.term.ends_on
    assert moderator.post(address).status_code == 303
    shown = moderator.get(f"/roster/bodies/{area.body.id}").text
    assert "Sitz 1 ist leer." in shown
    assert f"/roster/seats/{area.seats[0].id}/member" in shown
    assert moderator.post(address).status_code == 409
    back = {"person": str(area.members[0].id), "name": ""}
    again = moderator.post(f"/roster/seats/{area.seats[0].id}/member", data=back)
    assert again.status_code == 303


def test_without_a_term_the_roster_says_so(
    held: Session, area: Council, moderator: Browser
) -> None:
    term = held.get_one(Term, area.term.id)
    term.ends_on = term.starts_on
    held.add(term)
    shown = moderator.get(f"/roster/bodies/{area.body.id}").text
    assert "Es läuft keine Amtszeit" in shown
    assert moderator.get(f"/roster/bodies/{area.body.id}/cards").status_code == 409


def test_rules_show_their_answers_counted_through(area: Council, moderator: Browser) -> None:
    shown = moderator.get(f"/roster/bodies/{area.body.id}/rules").text
    assert "Sie sind 9. Dann müssen 6 da sein." in shown
    assert "Alle Regeln für eine Abstimmung über Geld sind festgelegt." in shown
    assert shown.count("Noch nicht festgelegt") == len(CHOICES)


def test_saved_rules_are_a_new_version(held: Session, area: Council, moderator: Browser) -> None:
    same = moderator.post(f"/roster/bodies/{area.body.id}/rules", data=RULES, follow_redirects=True)
    assert "Es hat sich nichts geändert." in same.text
    changed = RULES | {"majority__base": "yes_no", "quorum__base": ""}
    answer = moderator.post(
        f"/roster/bodies/{area.body.id}/rules", data=changed, follow_redirects=True
    )
    assert "Version 2 der Regeln gilt ab jetzt." in answer.text
    assert 'href="#quorum__base"' in answer.text
    old, new = rules(held)
    assert old.parameters == builder.PARAMETERS
    assert new.parameters["majority.base"] == "yes_no"
    assert "quorum.base" not in new.parameters
    assert new.parameters["languages"] == ["de", "en"]
    assert electoral_roll.missing_rules(held, area.body.id) == ["quorum.base"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ballot__min_turnout": "1"}, "Bitte eine Zahl von 2 bis 99."),
        ({"ballot__min_turnout": "fünf"}, "Bitte schreiben Sie eine ganze Zahl."),
        ({"ballot__min_turnout": "-5"}, "Bitte schreiben Sie eine ganze Zahl."),
        ({"quorum__rule": "fixed"}, "Bitte schreiben Sie die feste Zahl."),
    ],
)
def test_rules_that_cannot_be_are_named(
    held: Session, area: Council, moderator: Browser, changes: dict[str, str], sentence: str
) -> None:
    answer = moderator.post(f"/roster/bodies/{area.body.id}/rules", data=RULES | changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(rules(held)) == 1


def test_an_answer_that_is_not_offered_is_refused(
    held: Session, area: Council, moderator: Browser
) -> None:
    answer = moderator.post(
        f"/roster/bodies/{area.body.id}/rules", data=RULES | {"quorum__rule": "most"}
    )
    assert answer.status_code == 422
    assert len(rules(held)) == 1


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
    sent = {"cards": [{"member": member.id, "verifier": "a" * 64}]}
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
        {"cards": [{"member": "1", "verifier": "a" * 64}]},
        {"cards": [{"member": True, "verifier": "a" * 64}]},
        {"cards": [{"member": 1, "verifier": 5}]},
        {"cards": [{"member": 1, "verifier": "a" * 64, "secret": "x"}]},
        {"cards": [{"member": 1, "verifier": "a" * 64}] * 2},
        {"cards": [{"member": n, "verifier": "a" * 64} for n in range(101)]},
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
    seat, member = area.seats[0].id, area.members[0].id
    membership = membership_of(held, area.members[0]).id
    both = [
        f"/roster/bodies/{area.body.id}/seats/new",
        f"/roster/seats/{seat}/member",
        f"/roster/memberships/{membership}/end",
        f"/roster/bodies/{area.body.id}/rules",
        f"/roster/bodies/{area.body.id}/cards",
        f"/roster/bodies/{area.body.id}/cards/{member}/revoke",
    ]
    own = [("GET", "/roster/"), ("GET", f"/roster/bodies/{area.body.id}")]
    return [*own, *((method, path) for path in both for method in ("GET", "POST"))]


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
    form = {"person": "0", "name": "Ali"}
    sends_json = ("POST", f"/roster/bodies/{area.body.id}/cards")
    for method, path in addresses(held, area):
        if path != "/roster/" and (method, path) != sends_json:
            data = form if method == "POST" else None
            assert stranger.open(path, method=method, data=data).status_code == 404, path
    foreign = {"cards": [{"member": area.members[0].id, "verifier": "a" * 64}]}
    assert stranger.post(f"/roster/bodies/{area.body.id}/cards", json=foreign).status_code == 404
    assert "Aylin Kara" not in stranger.get(f"/roster/seats/{other.seats[0].id}/member").text
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
            data = {"segment": "resident", "label": "", "person": "0", "name": "Ali"} | RULES
            answer = moderator.post(path, data=data, headers={"X-CSRF-Token": ""})
            assert answer.status_code == 400, path
    assert len(held.exec(select(Seat)).all()) == 9
    assert len(held.exec(select(Member)).all()) == 9
    assert held.exec(select(Card).where(Card.revoked_at.is_not(None))).all() == []  # type: ignore[union-attr]
