"""Spare cards are numbered, open nothing until they are given, and can be made worthless."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.account.recognising import require_card
from app.card_revoking import revoke_cards
from app.demo.phone import Phone
from app.errors import Refused
from app.models import Card, Mail, Member, SpareCard, UserSession, VotingKey
from app.roster.printing import register_cards
from app.roster.sparing import discard_spares, give_spare, register_spares, unused_spares
from tests.app import builder
from tests.app.builder import Council


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def agreed(held: Session, area: Council) -> None:
    """A second person has agreed to one new card for each member."""
    builder.agree_to_cards(held, area)


@pytest.fixture
def spares(held: Session, area: Council) -> list[Phone]:
    """Three spare cards, numbered from 1."""
    cards = [Phone.fresh(area.term.id) for _ in range(3)]
    numbers = register_spares(held, area.term, [card.verifier for card in cards], now())
    assert numbers == [1, 2, 3]
    return cards


def valid_card(held: Session, member: Member) -> Card:
    found = select(Card).where(Card.member_id == member.id, Card.revoked_at.is_(None))  # type: ignore[union-attr]
    return held.exec(found).one()


def numbers(held: Session, council: Council) -> list[int]:
    return [spare.number for spare in unused_spares(held, council.term)]


def test_numbers_go_on_and_the_same_cards_keep_theirs(
    held: Session, area: Council, spares: list[Phone]
) -> None:
    again = [card.verifier for card in reversed(spares)]
    assert register_spares(held, area.term, again, now()) == [3, 2, 1]
    more = Phone.fresh(area.term.id).verifier
    assert register_spares(held, area.term, [more], now()) == [4]
    assert numbers(held, area) == [1, 2, 3, 4]
    other = builder.build_council(held, "bruch", with_keys=False)
    assert register_spares(held, other.term, ["a" * 64], now()) == [1]


def test_a_given_card_says_who_printed_it_not_who_gave_it(held: Session, area: Council) -> None:
    printer = area.moderators[1].id
    [number] = register_spares(held, area.term, ["b" * 64], now(), printer)
    member = area.members[0]
    give_spare(held, area.term, member, number, now(), valid_card(held, member).id)
    assert valid_card(held, member).printed_by == printer


def test_what_is_no_new_card_is_refused(held: Session, area: Council, spares: list[Phone]) -> None:
    fresh, known = "a" * 64, spares[0].verifier
    taken = valid_card(held, area.members[0]).verifier
    bad = [
        [],
        ["x" * 64],
        [fresh, fresh],
        [fresh, known],
        [taken],
        [f"{n:064x}" for n in range(21)],
    ]
    for verifiers in bad:
        with pytest.raises(Refused, match="bad_request"):
            register_spares(held, area.term, verifiers, now())
    assert numbers(held, area) == [1, 2, 3]


def test_a_spare_opens_nothing_until_it_is_given(
    held: Session, area: Council, spares: list[Phone]
) -> None:
    with pytest.raises(Refused, match="bad_request"):
        register_cards(held, area.term, {area.members[0].id: spares[0].verifier}, now())
    found = select(Card).where(Card.verifier == spares[0].verifier)
    assert held.exec(found).first() is None


def test_a_given_spare_is_the_members_only_card(
    held: Session, area: Council, spares: list[Phone]
) -> None:
    one = area.members[0]
    one.mail = "aylin@anger.example"
    builder.sign_in(held, one)
    old = valid_card(held, one)
    give_spare(held, area.term, one, 2, now(), old.id)
    held.commit()
    assert valid_card(held, one).verifier == spares[1].verifier
    assert require_card(spares[1].sign_in_key).member.id == one.id
    with pytest.raises(Refused, match="card_revoked"):
        require_card(area.phones[one.id].sign_in_key)
    assert held.get_one(Card, old.id).wrapped is None
    assert all(row.revoked_at for row in held.exec(select(UserSession)))
    keys = set(held.exec(select(VotingKey.member_id)))
    assert keys == {member.id for member in area.members} - {one.id}
    assert [mail.recipient for mail in held.exec(select(Mail))] == ["aylin@anger.example"]
    assert numbers(held, area) == [1, 3]


def test_giving_the_same_spare_again_changes_nothing(
    held: Session, area: Council, spares: list[Phone]
) -> None:
    one = area.members[0]
    seen = valid_card(held, one).id
    give_spare(held, area.term, one, 1, now(), seen)
    given = valid_card(held, one).id
    give_spare(held, area.term, one, 1, now(), seen)
    assert valid_card(held, one).id == given


def test_one_of_two_moderators_wins(held: Session, area: Council, spares: list[Phone]) -> None:
    one, two = area.members[:2]
    seen = valid_card(held, one).id
    give_spare(held, area.term, one, 1, now(), seen)
    with pytest.raises(Refused, match="card_changed"):
        give_spare(held, area.term, one, 2, now(), seen)
    with pytest.raises(Refused, match="spare_given"):
        give_spare(held, area.term, two, 1, now(), valid_card(held, two).id)
    with pytest.raises(Refused, match="spare_unknown"):
        give_spare(held, area.term, two, 9, now(), valid_card(held, two).id)
    assert valid_card(held, one).verifier == spares[0].verifier


def test_a_spare_of_another_term_is_unknown(
    held: Session, area: Council, spares: list[Phone]
) -> None:
    other = builder.build_council(held, "bruch", with_keys=False)
    with pytest.raises(Refused, match="spare_unknown"):
        give_spare(held, other.term, other.members[0], 1, now(), None)
    with pytest.raises(Refused, match="not_found"):
        give_spare(held, area.term, other.members[0], 1, now(), None)


def test_a_revoked_spare_card_never_comes_back(
    held: Session, area: Council, spares: list[Phone]
) -> None:
    one = area.members[0]
    give_spare(held, area.term, one, 1, now(), valid_card(held, one).id)
    revoke_cards(held, area.term.id, [one.id], now())
    with pytest.raises(Refused, match="spare_given"):
        give_spare(held, area.term, one, 1, now(), None)


def test_discarded_spares_are_gone_and_given_ones_stay(
    held: Session, area: Council, spares: list[Phone]
) -> None:
    one = area.members[0]
    give_spare(held, area.term, one, 1, now(), valid_card(held, one).id)
    assert discard_spares(held, area.term, [1, 2]) == 1
    assert valid_card(held, one).verifier == spares[0].verifier
    assert numbers(held, area) == [3]
    with pytest.raises(Refused, match="spare_unknown"):
        give_spare(held, area.term, one, 2, now(), valid_card(held, one).id)
    assert len(held.exec(select(SpareCard)).all()) == 2
