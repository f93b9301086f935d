"""Rounds under the key of a counting commission: any two of the three open the sum."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlmodel import Session, select

from app import db, jobs
from app.board import read_archive
from app.errors import Refused
from app.models import Board, CountingCommission, Mail, Member, Officer, Round
from app.round import announcing, circulating, closing, counting, opening, preparing, releasing
from app.round.releasing import Part
from tests.app import builder, count_part, deciding, term_key
from tests.app.builder import Council
from voting.protocol.ceremony import Made
from voting.protocol.verify import Accepted, verify

CHOICES = ["yes"] * 6 + ["no"] * 2 + ["abstain"]


@pytest.fixture
def commission(
    held: Session, area: Council, three: list[Member | Officer], made: Made
) -> CountingCommission:
    """Their key is in force, and the rules ask for it."""
    builder.set_rules(held, area, circular__allowed="yes", trust__circular="commission")
    return term_key.put_in_force(held, area, three, made)


def prepare(held: Session, area: Council) -> Round:
    proposals = [builder.build_proposal(held, area, title) for title in ("Hochbeet", "Bank")]
    now = datetime.now(UTC)
    drafted = preparing.prepare(
        held, body=area.body, meeting=None, proposals=proposals, now=now, mode="circular"
    )
    circulating.settle(held, drafted, opens_at=None, closes_at=now + timedelta(days=3))
    return drafted


@pytest.fixture
def circular(held: Session, area: Council, commission: CountingCommission) -> Round:
    """An announced round over days."""
    drafted = prepare(held, area)
    announcing.announce(held, drafted, datetime.now(UTC))
    held.commit()
    return drafted


@pytest.fixture
def ended(held: Session, area: Council, circular: Round) -> Round:
    """Nine voted on two questions, and the box is closed."""
    opening.open_round(held, circular, datetime.now(UTC))
    deciding.let_cast(held, area, circular, zip(area.members, CHOICES, strict=False))
    closing.end(held, circular, datetime.now(UTC), "end")
    held.commit()
    return circular


@pytest.fixture
def closed(held: Session, ended: Round) -> Round:
    """The same, added up."""
    counting.count_round(ended.id)
    held.expire_all()
    return ended


def release(held: Session, round_: Round, person: Member | Officer, exponent: int) -> None:
    parts = count_part.parts_of(held, round_, exponent)
    releasing.release(held, round_, person, parts, db.clock(held))
    held.commit()


def figures(held: Session, round_: Round) -> list[tuple[str, int | None, int | None]]:
    found = preparing.questions_of(held, round_)
    return [
        (each.state, (each.outcome or {}).get("yes"), (each.outcome or {}).get("no"))
        for each in found
    ]


def test_who_counts_is_fixed_when_a_round_is_drafted(
    held: Session, area: Council, commission: CountingCommission
) -> None:
    assert prepare(held, area).trust == "commission"
    builder.set_rules(held, area, trust__circular="office")
    assert prepare(held, area).trust == "office"


@pytest.mark.parametrize("state", ["gathering", "keyed", "ended"])
def test_without_a_key_in_force_nothing_is_prepared_announced_or_opened(
    held: Session, area: Council, commission: CountingCommission, state: str
) -> None:
    now = datetime.now(UTC)
    drafted, announced = prepare(held, area), prepare(held, area)
    announcing.announce(held, announced, now)
    commission.state = state
    held.commit()
    for act in (
        lambda: prepare(held, area),
        lambda: announcing.announce(held, drafted, now),
        lambda: opening.open_round(held, announced, now),
    ):
        with pytest.raises(Refused, match="commission_missing"):
            act()
        held.rollback()
    commission.state = "in_force"
    announcing.announce(held, drafted, now)
    opening.open_round(held, announced, now)
    assert (drafted.state, announced.state) == ("announced", "open")


def test_every_election_has_the_commissions_document_byte_for_byte(
    held: Session, closed: Round, made: Made
) -> None:
    for question in preparing.questions_of(held, closed):
        archive = read_archive(held, question.id)
        assert made.trustees in archive
        assert isinstance(verify(BytesIO(archive), None), Accepted)


@pytest.mark.parametrize("who", [(0, 1), (2, 0), (1, 2)])
def test_any_two_of_the_three_open_every_sum(
    held: Session, closed: Round, three: list[Member | Officer], made: Made, who: tuple[int, int]
) -> None:
    first, second = who
    release(held, closed, three[first], made.exponents[first + 1])
    assert figures(held, closed) == [("listed", None, None)] * 2
    holders = releasing.holders(held, closed)
    assert [each.has_released for each in holders] == [at == first for at in range(3)]
    assert releasing.needed(closed, holders) == 2
    release(held, closed, three[second], made.exponents[second + 1])
    assert figures(held, closed) == [("counted", 6, 2)] * 2
    for question in preparing.questions_of(held, closed):
        strong = held.get_one(Board, question.id).strong.encode()
        verdict = verify(BytesIO(read_archive(held, question.id)), strong)
        assert isinstance(verdict, Accepted)
        assert (verdict.stage, verdict.partials) == ("done", 2)


def test_the_third_comes_too_late_and_changes_nothing(
    held: Session, closed: Round, three: list[Member | Officer], made: Made
) -> None:
    late = count_part.parts_of(held, closed, made.exponents[3])
    for at in (0, 1):
        release(held, closed, three[at], made.exponents[at + 1])
    heads = [held.get_one(Board, each.id).head for each in preparing.questions_of(held, closed)]
    releasing.release(held, closed, three[2], late, db.clock(held))
    held.commit()
    assert heads == [
        held.get_one(Board, each.id).head for each in preparing.questions_of(held, closed)
    ]


def test_another_trustees_part_or_half_a_part_is_refused(
    held: Session, closed: Round, three: list[Member | Officer], made: Made
) -> None:
    foreign = count_part.parts_of(held, closed, made.exponents[2])
    good = count_part.parts_of(held, closed, made.exponents[1])
    half = {question: Part(part.partial, b"") for question, part in good.items()}
    other_half = {question: Part(b"", part.share) for question, part in good.items()}
    for sent in (foreign, half, other_half):
        with pytest.raises(Refused, match="release_broken"):
            releasing.release(held, closed, three[0], sent, db.clock(held))
        held.rollback()
    assert [each.has_released for each in releasing.holders(held, closed)] == [False] * 3
    release(held, closed, three[0], made.exponents[1])
    assert [each.has_released for each in releasing.holders(held, closed)] == [True, False, False]


def test_whoever_holds_no_part_of_this_key_opens_nothing(
    held: Session, area: Council, closed: Round, made: Made
) -> None:
    sent = count_part.parts_of(held, closed, made.exponents[1])
    others: list[Member | Officer] = [area.members[0], area.moderators[1]]
    for person in others:
        assert releasing.holder_of(held, closed, person) is None
        with pytest.raises(Refused, match="not_found"):
            releasing.release(held, closed, person, sent, db.clock(held))


def test_a_commission_that_ended_still_opens_what_was_opened_under_its_key(
    held: Session, area: Council, closed: Round, three: list[Member | Officer], made: Made
) -> None:
    old = held.get_one(CountingCommission, releasing.commission_of(held, closed).id)
    old.state = "ended"
    held.commit()
    term_key.put_in_force(held, area, area.members[6:9], term_key.make())
    assert [each.person for each in releasing.holders(held, closed)] == three
    for at in (1, 2):
        release(held, closed, three[at], made.exponents[at + 1])
    assert figures(held, closed) == [("counted", 6, 2)] * 2


def test_what_is_not_counted_is_not_asked_for(
    held: Session, area: Council, circular: Round
) -> None:
    opening.open_round(held, circular, datetime.now(UTC))
    deciding.let_cast(held, area, circular, zip(area.members[:4], CHOICES, strict=False))
    closing.end(held, circular, datetime.now(UTC), "end")
    held.commit()
    counting.count_round(circular.id)
    held.expire_all()
    assert releasing.waiting(held, circular) == []
    assert [yes for _state, yes, _no in figures(held, circular)] == [None, None]


def test_the_rules_say_who_counts_at_a_meeting_and_over_days(
    held: Session, area: Council, commission: CountingCommission
) -> None:
    builder.set_rules(held, area, trust__meeting="commission", trust__circular="office")
    assert builder.prepare_round(held, area).trust == "commission"
    builder.set_rules(held, area, trust__meeting="evening", trust__circular="commission")
    assert builder.prepare_round(held, area).trust == "evening"
    builder.set_rules(held, area, trust__meeting=None)
    assert builder.prepare_round(held, area).trust == "evening"


def test_counting_again_leaves_the_parts_that_are_there(
    held: Session, closed: Round, three: list[Member | Officer], made: Made
) -> None:
    release(held, closed, three[0], made.exponents[1])
    counting.count_round(closed.id)
    held.expire_all()
    assert [each.has_released for each in releasing.holders(held, closed)] == [True, False, False]
    release(held, closed, three[1], made.exponents[2])
    assert figures(held, closed) == [("counted", 6, 2)] * 2


def test_each_trustee_with_an_address_is_told_once_and_finds_the_way(
    held: Session, area: Council, ended: Round, three: list[Member | Officer], made: Made
) -> None:
    for at, person in enumerate(three[:2]):
        person.mail = f"{at}@anger.example"
    held.commit()
    for _ in range(2):
        jobs.count_rounds(datetime.now(UTC))
    held.expire_all()
    mails = held.exec(select(Mail)).all()
    assert sorted(each.recipient for each in mails) == ["0@anger.example", "1@anger.example"]
    assert all("/commission/count" in each.body for each in mails)
    assert [releasing.waiting_for(held, person) for person in three] == [[ended]] * 3
    assert releasing.waiting_for(held, area.members[0]) == []
    for at in (0, 1):
        release(held, ended, three[at], made.exponents[at + 1])
    assert [releasing.waiting_for(held, person) for person in three] == [[]] * 3
