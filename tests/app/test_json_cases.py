"""Bytes that are no JSON of ours: each endpoint refuses them in a sentence and echoes nothing."""

import base64
import json
import time
from pathlib import Path

import pytest
from sqlmodel import select

from app.models import Ballot, Card, VotingKey

CASES = json.loads((Path(__file__).parents[1] / "payloads" / "json_cases.json").read_text())
BYTES = {
    each["id"]: base64.b64decode(each["body_base64"]) for each in CASES if "body_base64" in each
}
SIZES = {
    each["id"]: "".join(text * count for text, count in each["parts"]).encode()
    for each in CASES
    if "parts" in each
}
# The same depth again, but small enough to be read at all.
SIZES["nested"] = b"[" * 100_000 + b"]" * 100_000
LONGEST_ANSWER = 300
SLOWEST_SECONDS = 1.0


@pytest.fixture
def endpoints(area, open_round, client_of, visitor):
    """Every address that takes JSON, with a browser that may use it."""
    round_ = open_round()
    member, officer = client_of(area.members[0]), client_of(area.moderators[0])
    return {
        f"/booth/{round_.id}/ballots": member,
        "/karte/check": visitor,
        "/karte/sign-in": visitor,
        "/karte/copy": member,
        "/karte/key": member,
        f"/roster/bodies/{area.body.id}/cards": officer,
    }


def send(browser, address, body, **headers):
    return browser.post(address, data=body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_object_are_refused(endpoints, name):
    for address, browser in endpoints.items():
        answer = send(browser, address, BYTES[name])
        assert answer.status_code == 400, address
        assert len(answer.data) <= LONGEST_ANSWER
        assert set(answer.json) == {"error", "message"}
        assert "Traceback" not in answer.text
        shown = BYTES[name].decode("utf-8", "replace")
        assert len(shown) < 4 or shown not in answer.text


@pytest.mark.parametrize("name", SIZES)
def test_large_and_deep_bodies_are_refused_at_once(endpoints, name):
    for address, browser in endpoints.items():
        began = time.process_time()
        answer = send(browser, address, SIZES[name])
        assert answer.status_code in (400, 413), address
        assert time.process_time() - began < SLOWEST_SECONDS
        assert len(answer.data) <= LONGEST_ANSWER


def test_ballots_may_be_larger_than_other_bodies(endpoints):
    """A hundred questions in BELENIOS-2048 are more than others ever send."""
    body = json.dumps({"ballots": [], "pad": "x" * 700_000}).encode()
    statuses = {
        address: send(browser, address, body).status_code for address, browser in endpoints.items()
    }
    assert [status for address, status in statuses.items() if address.endswith("/ballots")] == [400]
    assert {status for address, status in statuses.items() if "/ballots" not in address} == {413}


def test_a_compressed_body_is_not_unpacked(endpoints):
    for address, browser in endpoints.items():
        answer = send(browser, address, b"\x1f\x8b\x08\x00", **{"Content-Encoding": "gzip"})
        assert answer.status_code in (400, 413, 415), address


def test_nothing_was_stored_by_any_of_them(endpoints, held, area):
    before = len(held.exec(select(Card)).all()), len(held.exec(select(VotingKey)).all())
    for body in (*BYTES.values(), SIZES["nested"]):
        for address, browser in endpoints.items():
            send(browser, address, body)
    held.rollback()
    assert held.exec(select(Ballot)).all() == []
    assert before == (len(held.exec(select(Card)).all()), len(held.exec(select(VotingKey)).all()))


@pytest.mark.parametrize("round_id", ["9223372036854775808", "-1", "1 OR 1=1", "x" * 300])
def test_ids_that_are_no_round_are_not_found(area, client_of, round_id):
    member = client_of(area.members[0])
    body = json.dumps({"ballots": []}).encode()
    assert send(member, f"/booth/{round_id}/ballots", body).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", ", ", 1),
        lambda text: text.replace('{"election_uuid"', '{"area_id":2,"election_uuid"'),
        lambda text: text[:-1] + ',"status":"counted"}',
        lambda text: text.replace('"challenge":"', '"challenge":"0', 1),
        lambda text: text.replace('"answers":[{', '"answers":[0.0,{', 1),
        lambda text: text.replace('"answers":[', '"answers":[true,', 1),
    ],
)
def test_another_form_of_a_valid_ballot_is_refused(
    held, area, open_round, client_of, make_submission, change
):
    round_ = open_round()
    member = area.members[0]
    submission = make_submission(member, round_, "yes")
    ballot = submission["ballots"][0]
    changed = {**submission, "ballots": [{**ballot, "ballot": change(ballot["ballot"])}]}
    browser = client_of(member)
    answer = browser.post(f"/booth/{round_.id}/ballots", json=changed)
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")
    assert held.exec(select(Ballot)).all() == []
    assert browser.post(f"/booth/{round_.id}/ballots", json=submission).status_code == 200
