"""Cards are registered, replace older ones and are revoked."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.card_revoking import revoke_cards
from app.errors import Refused
from app.models import Card, Mail, Member, Round, UserSession, VotingKey
from app.roster.printing import register_cards
from tests.app import builder
from tests.app.builder import Council


def verifier(digit: str) -> str:
    return digit * 64


def cards_of(held: Session, member: Member) -> list[tuple[str, bool]]:
    """Verifier, and whether it still opens anything, of the newly made cards."""
    found = held.exec(select(Card).where(Card.member_id == member.id).order_by(Card.id))
    return [(card.verifier, card.revoked_at is None) for card in found]


def keys_of(held: Session, member: Member) -> list[VotingKey]:
    return list(held.exec(select(VotingKey).where(VotingKey.member_id == member.id)))


@pytest.fixture
def bare(held: Session) -> Council:
    """A council without cards."""
    return builder.build_council(held, "bruch", with_keys=False)


@pytest.fixture(autouse=True)
def agreed(held: Session, area: Council) -> None:
    """A second person has agreed to one new card for each member."""
    builder.agree_to_cards(held, area)


def now() -> datetime:
    return datetime.now(UTC)


def test_new_cards_are_stored_as_verifiers(held: Session, bare: Council) -> None:
    one, two = bare.members[:2]
    register_cards(held, bare.term, {one.id: verifier("a"), two.id: verifier("b")}, now())
    assert cards_of(held, one) == [(verifier("a"), True)]
    assert cards_of(held, two) == [(verifier("b"), True)]


def test_a_reprint_ends_card_copy_key_and_sign_ins(held: Session, area: Council) -> None:
    one, two = area.members[:2]
    builder.sign_in(held, one)
    builder.sign_in(held, two)
    register_cards(held, area.term, {one.id: verifier("c")}, now())
    (old, is_valid), fresh = cards_of(held, one)
    assert (is_valid, fresh) == (False, (verifier("c"), True))
    held.expire_all()
    assert held.exec(select(Card.wrapped).where(Card.verifier == old)).one() is None
    assert keys_of(held, one) == []
    assert len(keys_of(held, two)) == 1
    ended = {row.member_id: row.revoked_at for row in held.exec(select(UserSession))}
    assert ended[one.id] is not None
    assert ended[two.id] is None


def test_the_same_cards_again_change_nothing(held: Session, bare: Council) -> None:
    verifiers = {bare.members[0].id: verifier("a")}
    register_cards(held, bare.term, verifiers, now())
    register_cards(held, bare.term, verifiers, now())
    assert cards_of(held, bare.members[0]) == [(verifier("a"), True)]


@pytest.mark.parametrize("bad", ["", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n", "a" * 65])
def test_what_is_no_verifier_is_refused(held: Session, bare: Council, bad: str) -> None:
    with pytest.raises(Refused, match="bad_request"):
        register_cards(held, bare.term, {bare.members[0].id: bad}, now())


def test_one_verifier_serves_one_member(held: Session, bare: Council) -> None:
    one, two = bare.members[:2]
    with pytest.raises(Refused, match="bad_request"):
        register_cards(held, bare.term, {one.id: verifier("a"), two.id: verifier("a")}, now())
    register_cards(held, bare.term, {one.id: verifier("a")}, now())
    with pytest.raises(Refused, match="bad_request"):
        register_cards(held, bare.term, {two.id: verifier("a")}, now())


def test_a_revoked_verifier_never_comes_back(held: Session, bare: Council) -> None:
    one = bare.members[0]
    register_cards(held, bare.term, {one.id: verifier("a")}, now())
    revoke_cards(held, bare.term.id, [one.id], now())
    with pytest.raises(Refused, match="bad_request"):
        register_cards(held, bare.term, {one.id: verifier("a")}, now())


def test_cards_are_for_members_of_this_term_only(
    held: Session, area: Council, bare: Council
) -> None:
    foreign = {bare.members[0].id: verifier("a"), area.members[0].id: verifier("b")}
    with pytest.raises(Refused, match="not_found"):
        register_cards(held, bare.term, foreign, now())
    assert cards_of(held, bare.members[0]) == []
    with pytest.raises(Refused, match="bad_request"):
        register_cards(held, bare.term, {}, now())


def test_a_revoked_card_leaves_others_alone(held: Session, area: Council) -> None:
    one, two = area.members[:2]
    revoke_cards(held, area.term.id, [one.id], now())
    assert [valid for _verifier, valid in cards_of(held, one)] == [False]
    assert [valid for _verifier, valid in cards_of(held, two)] == [True]
    assert keys_of(held, one) == []


def card_id(held: Session, member: Member) -> int:
    return held.exec(select(Card.id).where(Card.member_id == member.id)).one()


def test_who_prints_second_is_told(held: Session, area: Council) -> None:
    one = area.members[0]
    seen = {one.id: card_id(held, one)}
    register_cards(held, area.term, {one.id: verifier("c")}, now(), shown=seen)
    with pytest.raises(Refused, match="card_changed") as refused:
        register_cards(held, area.term, {one.id: verifier("d")}, now(), shown=seen)
    assert refused.value.facts == {"names": one.name}
    assert cards_of(held, one)[1:] == [(verifier("c"), True)]
    register_cards(held, area.term, {one.id: verifier("c")}, now(), shown=seen)
    assert len(cards_of(held, one)) == 2


def test_a_card_that_was_revoked_meanwhile_is_told_too(held: Session, area: Council) -> None:
    one = area.members[0]
    seen = {one.id: card_id(held, one)}
    revoke_cards(held, area.term.id, [one.id], now())
    with pytest.raises(Refused, match="card_changed"):
        register_cards(held, area.term, {one.id: verifier("c")}, now(), shown=seen)
    register_cards(held, area.term, {one.id: verifier("c")}, now(), shown={one.id: None})
    assert cards_of(held, one)[1:] == [(verifier("c"), True)]


def test_a_replaced_card_is_told_by_mail_in_the_members_language(
    held: Session, area: Council, bare: Council
) -> None:
    one, two, three = area.members[:3]
    one.mail, three.mail, bare.members[0].mail = "aylin@anger.example", "r@anger.example", "b@b.de"
    verifiers = {one.id: verifier("c"), two.id: verifier("d")}
    register_cards(held, area.term, verifiers, now())
    register_cards(held, area.term, verifiers, now())
    register_cards(held, bare.term, {bare.members[0].id: verifier("e")}, now())
    [mail] = held.exec(select(Mail))
    assert (mail.recipient, mail.subject) == ("aylin@anger.example", "Ihre Karte wurde ersetzt")
    assert area.body.name in mail.body
    assert area.area.office_phone in mail.body
    assert "karte#" not in mail.body


def test_an_open_round_keeps_the_old_key(
    held: Session, area: Council, open_round: Callable[..., Round]
) -> None:
    round_ = open_round()
    one = area.members[0]
    register_cards(held, area.term, {one.id: verifier("c")}, now())
    held.commit()
    submission = builder.make_submission(held, area.phones[one.id], one, round_, "yes")
    assert len(submission["ballots"]) == 1  # type: ignore[arg-type]
