"""Every case about a valid ballot in tests/payloads/json_cases.json, on the real box."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from app.models import Ballot, Board, BoardEvent, LogEntry, Receipt, RollEntry, Round
from tests.app.booth import hostile
from tests.app.booth.hostile import SIGNED

CASES = (Path(__file__).parents[2] / "payloads" / "json_cases.json").read_text()
HERE = {
    *("J045", "J046", "J047", "J048", "J050", "J060", "J067", "J083", "J085", "J088"),
    *(name for name, _, _ in SIGNED),
}
# A typed voting code never reaches the server: tests/browser/credential.test.mjs.
IN_THE_BROWSER = {"J082"}
LONGEST_ANSWER = 300


@pytest.fixture
def poll(held, area, open_round, make_submission, client_of):
    """An open round, a valid submission of the first member, and a way to post a changed ballot."""

    class Poll:
        round_ = open_round()
        member = area.members[0]
        phone = area.phones[member.id]
        browser = client_of(member)
        valid = make_submission(member, round_, "yes")
        ballot = valid["ballots"][0]["ballot"]

        def post(self, ballot, browser=None, round_id=None):
            changed = [{**self.valid["ballots"][0], "ballot": ballot}]
            address = f"/booth/{round_id or self.round_.id}/ballots"
            return (browser or self.browser).post(address, json={"ballots": changed, "pad": ""})

        def require_refusal(self, name, ballot, status, error, browser=None):
            before = boxes(held)
            answer = self.post(ballot, browser)
            assert (answer.status_code, answer.json["error"]) == (status, error), name
            assert len(answer.data) <= LONGEST_ANSWER, name
            assert boxes(held) == before, name

        @property
        def election(self):
            return held.exec(select(Board.election).where(Board.question_id == self.question)).one()

        @property
        def question(self):
            return self.valid["ballots"][0]["question"]

    return Poll()


def boxes(held):
    held.expire_all()
    return [
        [row.model_dump() for row in held.exec(select(table))]
        for table in (BoardEvent, Ballot, Receipt, Board, RollEntry, LogEntry)
    ]


def test_every_case_is_here():
    assert hostile.case_names(CASES) == HERE | IN_THE_BROWSER


def test_changed_ballots_with_a_signature_that_holds(poll):
    for name, change, error in SIGNED:
        changed = hostile.sign(poll.phone.exponent, poll.ballot, change)
        assert changed != poll.ballot
        poll.require_refusal(name, changed, 400, error)
    # The control: signed again without a change it is a vote.
    again = hostile.sign(poll.phone.exponent, poll.ballot, lambda _fields: None)
    assert poll.post(again).status_code == 200


def test_too_many_votes_and_borrowed_proofs(poll, area):
    other = area.phones[area.members[1].id].exponent
    own = poll.phone.exponent
    poll.require_refusal("J067", hostile.overvote(poll.election, own), 400, "proof_broken")
    poll.require_refusal("J060", hostile.of_another(poll.election, own, other), 400, "proof_broken")


def test_a_ballot_of_another_round(poll, held, open_round, make_submission):
    elsewhere = make_submission(poll.member, open_round(), "yes")["ballots"][0]
    poll.require_refusal("J050", elsewhere["ballot"], 400, "proof_broken")
    uuid = {"election_uuid": elsewhere["question"]}
    changed = hostile.sign(poll.phone.exponent, poll.ballot, hostile.add(**uuid))
    poll.require_refusal("J050", changed, 400, "proof_broken")


def test_copies_by_another_member(poll, area, client_of):
    """The bytes of somebody else, and the same in another spelling."""
    thief = client_of(area.members[1])
    poll.require_refusal("J047", poll.ballot, 403, "not_entitled", thief)
    for spelled in (
        poll.ballot.replace(",", ", ", 1),
        json.dumps(json.loads(poll.ballot)),
        poll.ballot.replace('"alpha":"', '"alpha":"A', 1),
    ):
        poll.require_refusal("J048", spelled, 400, "malformed", thief)


def test_the_valid_ballot_and_its_replay(poll, held):
    first, again = poll.post(poll.ballot), poll.post(poll.ballot)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.data == again.data
    assert len(held.exec(select(Ballot)).all()) == 1


def test_one_millisecond_after_the_end(poll, held):
    held.get(Round, poll.round_.id).closes_at = datetime.now(UTC) - timedelta(milliseconds=1)
    held.commit()
    poll.require_refusal("J083", poll.ballot, 409, "closed")


def test_numbers_that_are_no_round(poll, held):
    before = boxes(held)
    for round_id in (str(2**63), "-1", "1 OR 1=1"):
        assert poll.post(poll.ballot, round_id=round_id).status_code == 404
    assert boxes(held) == before


def test_a_compressed_submission_is_not_unpacked(poll, held):
    before = boxes(held)
    packed = gzip.compress(bytes(10_000_000))
    answer = poll.browser.post(
        f"/booth/{poll.round_.id}/ballots",
        data=packed,
        content_type="application/json",
        headers={"Content-Encoding": "gzip"},
    )
    assert answer.status_code in (400, 413, 415)
    assert boxes(held) == before
