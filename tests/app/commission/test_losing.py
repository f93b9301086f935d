"""A trustee reports a lost part: with one the two others count, with two the key has ended."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from app import counting_commission, db
from app.body import day_of
from app.models import CountingCommission, LogEntry, Member, Officer, Round
from app.round import announcing, circulating, closing, counting, opening, preparing, releasing
from tests.app import builder, count_part, deciding, term_key
from tests.app.builder import Browser, Council
from tests.app.logged import told
from voting.protocol.ceremony import Made

Client = Callable[[Member | Officer], Browser]
CHOICES = ["yes"] * 6 + ["no"] * 2 + ["abstain"]


@pytest.fixture
def commission(
    held: Session, area: Council, three: list[Member | Officer], made: Made
) -> CountingCommission:
    return term_key.put_in_force(held, area, three, made)


@pytest.fixture
def open_round(held: Session, area: Council, commission: CountingCommission) -> Round:
    """A vote over days that is open under the commission's key."""
    builder.set_rules(held, area, circular__allowed="yes", trust__circular="commission")
    proposals = [builder.build_proposal(held, area, "Hochbeet")]
    now = datetime.now(UTC)
    drafted = preparing.prepare(
        held, body=area.body, meeting=None, proposals=proposals, now=now, mode="circular"
    )
    circulating.settle(held, drafted, opens_at=None, closes_at=now + timedelta(days=3))
    announcing.announce(held, drafted, now)
    opening.open_round(held, drafted, now)
    held.commit()
    return drafted


def close(held: Session, area: Council, round_: Round) -> None:
    """Everybody votes, and the sum is published."""
    deciding.let_cast(held, area, round_, zip(area.members, CHOICES, strict=False))
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()


def release(held: Session, round_: Round, person: Member | Officer, exponent: int) -> None:
    parts = count_part.parts_of(held, round_, exponent)
    releasing.release(held, round_, person, parts, db.clock(held))
    held.commit()


def address(commission: CountingCommission) -> str:
    return f"/commission/keys/{commission.id}/lost"


def states(held: Session, commission: CountingCommission, round_: Round) -> tuple[str, str]:
    held.commit()
    held.expire_all()
    key, round_state = (
        held.get_one(CountingCommission, commission.id),
        held.get_one(Round, round_.id),
    )
    found = key.state, round_state.state
    held.commit()
    return found


def logged(held: Session) -> list[dict[str, object]]:
    kinds = ("commission_part_lost", "commission_key_ended", "void")
    wanted = select(LogEntry).where(col(LogEntry.type).in_(kinds)).order_by(col(LogEntry.seq))
    found = [{"type": each.type, **told(held, each)} for each in held.exec(wanted)]
    held.commit()
    return found


def test_with_one_part_lost_the_two_others_count(
    held: Session,
    area: Council,
    commission: CountingCommission,
    open_round: Round,
    three: list[Member | Officer],
    made: Made,
    client_of: Client,
) -> None:
    phone = client_of(three[0])
    page = phone.get(address(commission)).text
    assert "Es zählen dann die zwei anderen aus." in page
    assert "Hochbeet" not in page
    assert phone.post(address(commission)).status_code == 303
    assert states(held, commission, open_round) == ("in_force", "open")
    [entry] = logged(held)
    assert (entry["type"], entry["left"]) == ("commission_part_lost", 2)
    assert not any(each.name in json.dumps(entry) for each in three)
    close(held, area, open_round)
    assert releasing.missing(releasing.holders(held, open_round)) == [
        each.name for each in three[1:]
    ]
    release(held, open_round, three[1], made.exponents[2])
    release(held, open_round, three[2], made.exponents[3])
    assert preparing.questions_of(held, open_round)[0].state == "counted"


def test_everybody_concerned_sees_that_a_part_is_lost(
    held: Session,
    area: Council,
    commission: CountingCommission,
    open_round: Round,
    three: list[Member | Officer],
    client_of: Client,
) -> None:
    client_of(three[0]).post(address(commission))
    said = "hat den Schlüssel-Teil als verloren gemeldet"
    desk, other = client_of(area.moderators[0]), client_of(three[2])
    assert said in desk.get(f"/commission/bodies/{area.body.id}").text
    key_state = other.get(f"/commission/keys/{commission.id}/state").json
    assert key_state["people"][0] == {"name": three[0].name, "step": said}
    assert key_state["lost"] is False
    assert client_of(three[0]).get(f"/commission/keys/{commission.id}/state").json["lost"] is True
    close(held, area, open_round)
    held.commit()
    [asked] = other.get("/commission/count/state").json["rounds"]
    assert asked["one_lost"] is True
    assert asked["report_lost"] == address(commission)
    round_page = desk.get(f"/desk/rounds/{open_round.id}").text
    assert f"Als verloren gemeldet: <bdi>{three[0].name}</bdi>" in round_page


def test_the_second_lost_part_ends_the_key_and_voids_what_waits(
    held: Session,
    area: Council,
    commission: CountingCommission,
    open_round: Round,
    three: list[Member | Officer],
    client_of: Client,
) -> None:
    client_of(three[0]).post(address(commission))
    phone = client_of(three[1])
    page = phone.get(address(commission)).text
    assert "Es ist der zweite verlorene Teil." in page
    assert "<bdi>Hochbeet</bdi>" in page
    assert states(held, commission, open_round) == ("in_force", "open")
    assert phone.post(address(commission)).status_code == 303
    assert states(held, commission, open_round) == ("ended", "void")
    assert [each["type"] for each in logged(held)] == [
        *("commission_part_lost", "commission_part_lost", "commission_key_ended", "void")
    ]
    assert logged(held)[-1]["reason"] == (
        "Zwei Teile des Schlüssels der Zählkommission sind verloren."
    )
    today = day_of(datetime.now(UTC))
    assert counting_commission.in_force(held, area.body.id, today) is None
    assert counting_commission.of_term(held, area.term.id) is None


@pytest.mark.parametrize(("gave", "state"), [(0, "closed"), (2, "void")])
def test_a_part_that_was_handed_in_before_counts(
    held: Session,
    area: Council,
    commission: CountingCommission,
    open_round: Round,
    three: list[Member | Officer],
    made: Made,
    client_of: Client,
    gave: int,
    state: str,
) -> None:
    """Two parts must be there or still come; the first two lose theirs."""
    close(held, area, open_round)
    release(held, open_round, three[gave], made.exponents[gave + 1])
    for person in three[:2]:
        client_of(person).post(address(commission))
    assert states(held, commission, open_round) == ("ended", state)


def test_what_is_counted_stays(
    held: Session,
    area: Council,
    commission: CountingCommission,
    open_round: Round,
    three: list[Member | Officer],
    made: Made,
    client_of: Client,
) -> None:
    close(held, area, open_round)
    for at in (0, 1):
        release(held, open_round, three[at], made.exponents[at + 1])
    for person in three[:2]:
        page = client_of(person).get(address(commission)).text
        assert "Hochbeet" not in page
        client_of(person).post(address(commission))
    assert states(held, commission, open_round) == ("ended", "closed")
    assert preparing.questions_of(held, open_round)[0].state == "counted"


def test_a_part_is_lost_once_and_only_by_its_holder(
    held: Session,
    area: Council,
    commission: CountingCommission,
    three: list[Member | Officer],
    client_of: Client,
) -> None:
    phone = client_of(three[0])
    assert [phone.post(address(commission)).status_code for _ in range(2)] == [303, 409]
    for stranger in (area.members[0], area.moderators[1]):
        assert client_of(stranger).post(address(commission)).status_code == 404
    commission.state = "gathering"
    held.commit()
    assert client_of(three[1]).get(address(commission)).status_code == 409
