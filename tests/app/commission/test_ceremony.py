"""Three people are named and make a key: every act, its order, and what ends an attempt."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app import counting_commission, db, jobs
from app.body import day_of
from app.commission import appointing, ceremony
from app.entropy import rand_scalar
from app.models import CountingCommission, LogEntry, Member, Officer, Term, Trustee
from tests.app.builder import Browser, Council
from tests.app.commission.trio import SEEDS, SETTING, Trio
from voting.protocol import ceremony as protocol
from voting.protocol import trustee as trustees_document
from voting.protocol.group import by_name

Client = Callable[[Member | Officer], Browser]


@pytest.fixture
def trio(held: Session, area: Council, client_of: Client) -> Trio:
    """Two members and a moderator who were named, each on an own phone."""
    people = [*area.members[:2], area.moderators[0]]
    now = db.clock(held)
    commission = appointing.appoint(held, area.body, area.term, people, now)
    held.commit()
    return Trio(held, commission, [client_of(each) for each in people], list(SEEDS))


def put_in_force(held: Session, commission: CountingCommission) -> None:
    """As if the three had been through it."""
    commission.document = protocol.make_key(SETTING, SEEDS, rand_scalar).trustees.decode()
    commission.state = "in_force"
    held.add(commission)
    held.commit()


def reload(held: Session, commission: CountingCommission) -> CountingCommission:
    held.expire_all()
    return held.get_one(CountingCommission, commission.id)


def entries(held: Session) -> list[dict[str, object]]:
    kinds = ("commission_key", "commission_key_ended")
    found = held.exec(select(LogEntry).where(LogEntry.type.in_(kinds)).order_by(LogEntry.seq))  # type: ignore[attr-defined]
    return [json.loads(each.leaf) for each in found]


def test_a_key_is_made_in_any_order_within_a_round(held: Session, area: Council, trio: Trio):
    today = day_of(db.clock(held))
    for act in (trio.certify, trio.compare_parts, trio.exchange, trio.finish):
        assert counting_commission.in_force(held, area.body.id, today) is None
        assert [act(at) for at in (3, 1, 2)] == [200, 200, 200]
    assert reload(held, trio.commission).state == "keyed"
    for at in (2, 3, 1):
        assert (trio.compare_key(at), trio.rehearse(at)) == (200, 200)
    commission = reload(held, trio.commission)
    parsed = trustees_document.parse_trustees(by_name("Ed25519"), commission.document.encode())
    assert (commission.state, commission.public_key) == ("in_force", parsed.public_key)
    assert counting_commission.in_force(held, area.body.id, today) == commission
    owners = [each.position for each in counting_commission.trustees_of(held, commission)]
    assert owners == list(parsed.owners)
    [entry] = entries(held)
    assert entry["public"]["trustees_hash"] == parsed.document_hash
    assert not any(each.name in json.dumps(entry) for each in area.members)


def test_each_act_waits_for_the_round_before(trio: Trio):
    assert trio.compare_parts(1) == 409
    trio.certify(1)
    trio.certify(2)
    assert (trio.compare_parts(1), trio.state(1)["certificates"]) == (409, [])
    trio.certify(3)
    assert trio.exchange(1) == 409
    trio.compare_parts(1)
    assert trio.exchange(1) == 200
    trio.compare_parts(2)
    trio.exchange(2)
    assert (trio.finish(1), trio.state(1)["posted"]) == (409, [])
    assert trio.rehearse(1, document="{}") == 409


def test_an_act_that_is_sent_twice_counts_once(trio: Trio):
    assert trio.certify(1) == 200
    certificate = trio.state(1)["certificate"]
    assert trio.send(1, "certificate", certificate) == 200
    trio.seeds[0] = "9" * 22
    assert trio.certify(1) == 409
    assert trio.state(1)["certificate"] == certificate


def test_the_server_passes_on_only_what_is_for_the_reader(trio: Trio):
    for act in (trio.certify, trio.compare_parts, trio.exchange):
        [act(at) for at in (1, 2, 3)]
    for at in (1, 2, 3):
        letters = [json.loads(each["message"]["message"]) for each in trio.state(at)["posted"]]
        assert [(each["from"], each["to"]) for each in letters] == [(1, at), (2, at), (3, at)]


def test_broken_parts_are_refused_and_nothing_is_kept(trio: Trio):
    assert trio.send(1, "certificate", "{}") == 400
    assert trio.send(1, "certificate", "\ud800") == 400
    trio.certify(2)
    assert trio.send(1, "certificate", trio.state(2)["certificate"]) == 400
    assert trio.state(1)["certificate"] == ""
    trio.seeds[0] = trio.seeds[1]
    assert trio.certify(1) == 400


def test_digits_that_differ_begin_again_with_fresh_seeds(held: Session, trio: Trio):
    [trio.certify(at) for at in (1, 2, 3)]
    trio.compare_parts(1)
    assert trio.send(2, "again", "parts") == 200
    state = trio.state(1)
    assert (state["attempt"], state["certificate"], state["compared_parts"]) == (2, "", False)
    assert state["fault"] == "Die Zeichen der drei Teile waren nicht gleich."
    assert trio.compare_parts(1) == 409


def test_a_share_that_does_not_fit_is_named_with_both(trio: Trio):
    for act in (trio.certify, trio.compare_parts, trio.exchange):
        [act(at) for at in (1, 2, 3)]
    assert trio.send(2, "again", "4") == 400
    assert trio.send(2, "again", "3") == 200
    assert trio.state(1)["fault"] == (
        "Der Teil von Schlüsselperson 3 für Schlüsselperson 2 passt nicht."
    )


def test_who_cannot_open_the_copy_does_not_rehearse(held: Session, trio: Trio):
    for act in (trio.certify, trio.compare_parts, trio.exchange, trio.finish):
        [act(at) for at in (1, 2, 3)]
    assert trio.rehearse(1) == 409
    [trio.compare_key(at) for at in (1, 2, 3)]
    assert trio.rehearse(1, as_if=2) == 400
    assert [trio.rehearse(at) for at in (1, 2)] == [200, 200]
    assert reload(held, trio.commission).state == "keyed"
    assert trio.rehearse(3) == 200
    assert reload(held, trio.commission).state == "in_force"
    assert trio.send(1, "again", "asked") == 409


def test_only_the_three_see_the_ceremony(
    held: Session, area: Council, trio: Trio, client_of: Client
):
    address = f"/commission/keys/{trio.commission.id}"
    for person in (area.members[3], area.moderators[1]):
        browser = client_of(person)
        assert browser.get(address).status_code == 404
        assert browser.get(f"{address}/state").status_code == 404
        sent = browser.post(f"{address}/again", json={"attempt": 1, "document": "asked"})
        assert sent.status_code == 404
    assert trio.phones[0].get(address).status_code == 200
    for path in ("/booth/", "/account/"):
        assert f'href="{address}"' in trio.phones[0].get(path).text
    assert f'href="{address}"' in trio.phones[2].get("/account/").text


def test_a_member_with_the_number_of_an_officer_is_somebody_else(
    held: Session, area: Council, client_of: Client
):
    officer = area.moderators[0]
    namesake = held.get(Member, officer.id)
    assert namesake is not None
    own = Trustee(area_id=area.area.id, commission_id=0, position=1, officer_id=officer.id)
    assert counting_commission.is_of(own, officer)
    assert not counting_commission.is_of(own, namesake)


def test_a_key_ends_once_and_the_log_says_so(held: Session, area: Council, trio: Trio):
    put_in_force(held, trio.commission)
    now = db.clock(held)
    ceremony.end(held, reload(held, trio.commission), now)
    held.commit()
    assert [each["type"] for each in entries(held)] == ["commission_key_ended"]
    assert counting_commission.in_force(held, area.body.id, day_of(now)) is None
    again = appointing.appoint(held, area.body, area.term, area.members[:3], now)
    assert counting_commission.of_term(held, area.term.id) == again


def test_a_key_ends_with_its_term(held: Session, area: Council, trio: Trio):
    put_in_force(held, trio.commission)
    now = db.clock(held)
    held.commit()
    jobs.end_commissions(now)
    assert reload(held, trio.commission).state == "in_force"
    held.get_one(Term, area.term.id).ends_on = day_of(now) - timedelta(days=1)
    held.commit()
    for _ in range(2):
        jobs.end_commissions(now)
    assert reload(held, trio.commission).state == "ended"
    assert [each["type"] for each in entries(held)] == ["commission_key_ended"]
