"""Casting by request: one answer for all ballots, one sentence for each refusal."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.booth.receiving import MOST_BROKEN, MOST_BYTES
from app.models import Ballot, BoardEvent, Receipt, Round, Throttle
from tests.app import builder

SENTENCES = {
    "proof_broken": (
        "Diese Stimme ist nicht gültig. Es wurde nichts gespeichert.",
        "This vote is not valid. Nothing was stored.",
    ),
    "malformed": (
        "Diese Stimme ist nicht lesbar. Es wurde nichts gespeichert.",
        "This vote cannot be read. Nothing was stored.",
    ),
    "incomplete": (
        "Es fehlt eine Antwort. Es wurde nichts gespeichert.",
        "An answer is missing. Nothing was stored.",
    ),
    "not_entitled": (
        "Bei dieser Abstimmung stimmen Sie nicht mit.",
        "You do not vote in this round.",
    ),
    "question_unknown": (
        "Diese Frage gibt es in dieser Abstimmung nicht.",
        "This question is not part of this vote.",
    ),
    "closed": (
        "Die Abstimmung ist zu. Ihre Stimme ist nicht angekommen.",
        "The vote is closed. Your vote did not arrive.",
    ),
    "not_open": ("Die Abstimmung ist noch nicht offen.", "The vote is not open yet."),
    "superseded": (
        "Sie haben danach noch einmal abgestimmt. Die neuere Stimme zählt.",
        "You voted again after that. The newer vote counts.",
    ),
    "too_large": (
        "Das ist zu groß. Höchstens 256 kB sind erlaubt.",
        "This is too large. At most 256 kB are allowed.",
    ),
    "signed_out": (
        "Bitte scannen Sie Ihre Karte noch einmal.",
        "Please scan your card again.",
    ),
    "not_found": ("Diese Seite gibt es nicht.", "This page does not exist."),
}


def post(browser, round_, submission, prefix=""):
    return browser.post(f"{prefix}/booth/{round_.id}/ballots", json=submission)


def boxes(held):
    """Everything a refused request must leave as it was."""
    held.expire_all()
    return [
        [row.model_dump() for row in held.exec(select(table))]
        for table in (BoardEvent, Ballot, Receipt)
    ]


@pytest.fixture
def member(area):
    return area.members[0]


@pytest.fixture
def browser(client_of, member):
    return client_of(member)


@pytest.fixture
def refused(held):
    """Post in both languages: this status, this code, its sentence, and nothing is stored."""

    def check(browser, round_, submission, status, code):
        before = boxes(held)
        for prefix, sentence in zip(("", "/en"), SENTENCES[code], strict=True):
            answer = post(browser, round_, submission, prefix)
            assert (answer.status_code, answer.json["error"]) == (status, code)
            assert answer.json["message"] == sentence
        assert boxes(held) == before

    return check


def test_the_receipt_is_the_same_for_the_same_bytes(
    browser, held, member, open_round, make_submission
):
    round_ = open_round(questions=2)
    submission = make_submission(member, round_, "yes")
    first = post(browser, round_, submission)
    assert first.status_code == 200
    assert first.headers["Content-Type"] == "application/json"
    receipt = first.json
    assert receipt["round"] == round_.id
    assert [each["question"] for each in receipt["ballots"]] == [
        each["question"] for each in submission["ballots"]
    ]
    before = boxes(held)
    again = post(browser, round_, submission, "/en")
    assert (again.status_code, again.data) == (200, first.data)
    assert boxes(held) == before


def test_padding_makes_no_difference(browser, member, open_round, make_submission):
    round_ = open_round()
    submission = make_submission(member, round_, "abstain")
    first = post(browser, round_, submission)
    assert post(browser, round_, submission | {"pad": "x" * 4000}).data == first.data


def test_a_broken_proof(browser, member, open_round, make_submission, refused):
    round_ = open_round()
    submission = make_submission(member, round_, "yes")
    ballot = json.loads(submission["ballots"][0]["ballot"])
    proof = ballot["signature"]["proof"]
    proof["response"] = str(int(proof["response"]) ^ 1)
    submission["ballots"][0]["ballot"] = json.dumps(ballot, separators=(",", ":"))
    refused(browser, round_, submission, 400, "proof_broken")


def test_the_ballot_of_another_member(browser, area, open_round, make_submission, refused):
    round_ = open_round()
    foreign = make_submission(area.members[1], round_, "yes")
    refused(browser, round_, foreign, 403, "not_entitled")


def test_whoever_is_not_on_the_roll(client_of, area, open_round, make_submission, refused):
    round_ = open_round(recused={1: [area.members[1]]})
    foreign = make_submission(area.members[0], round_, "yes")
    refused(client_of(area.members[1]), round_, foreign, 403, "not_entitled")


def test_one_answer_missing(browser, member, open_round, make_submission, refused):
    round_ = open_round(questions=2)
    submission = make_submission(member, round_, "yes")
    submission["ballots"].pop()
    refused(browser, round_, submission, 400, "incomplete")


def test_an_unknown_question(browser, member, open_round, make_submission, refused):
    round_ = open_round()
    submission = make_submission(member, round_, "yes")
    submission["ballots"][0]["question"] = "2" * 14
    refused(browser, round_, submission, 404, "question_unknown")


def test_after_the_end(browser, held, member, open_round, make_submission, refused):
    round_ = open_round()
    submission = make_submission(member, round_, "yes")
    held.get(Round, round_.id).closes_at = datetime.now(UTC) - timedelta(milliseconds=1)
    held.commit()
    refused(browser, round_, submission, 409, "closed")


def test_before_the_opening(browser, prepared_round, refused):
    refused(browser, prepared_round(), {"ballots": [], "pad": ""}, 409, "not_open")


def test_an_older_ballot_again(browser, member, open_round, make_submission, refused):
    round_ = open_round()
    older = make_submission(member, round_, "yes")
    post(browser, round_, older)
    assert post(browser, round_, make_submission(member, round_, "no")).status_code == 200
    refused(browser, round_, older, 409, "superseded")


def test_a_body_over_the_limit(browser, member, open_round, make_submission, refused):
    round_ = open_round()
    submission = make_submission(member, round_, "yes") | {"pad": "x" * MOST_BYTES}
    refused(browser, round_, submission, 413, "too_large")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"0",
        b"{",
        b'{"ballots":[],"ballots":[],"pad":""}',
        b'{"ballots":NaN}',
        b'{"ballots":{}}',
        b'{"ballots":[{"question":1,"ballot":""}]}',
        b'{"ballots":[{"question":"\\ud800","ballot":"\\ud800"}]}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"a":' * 40_000,
        b'{"a":' + b"9" * 200_000 + b"}",
    ],
    ids=range(14),
)
def test_unreadable_bodies(browser, held, open_round, body):
    round_ = open_round()
    before = boxes(held)
    for prefix, sentence in zip(("", "/en"), SENTENCES["malformed"], strict=True):
        answer = browser.post(
            f"{prefix}/booth/{round_.id}/ballots", data=body, content_type="application/json"
        )
        assert (answer.status_code, answer.json["error"]) == (400, "malformed")
        assert answer.json["message"] == sentence
        assert len(answer.data) <= 300
    assert boxes(held) == before


def test_another_area(client_of, held, area, open_round, make_submission, refused):
    round_ = open_round()
    submission = make_submission(area.members[0], round_, "yes")
    stranger = builder.build_council(held, "bruecke").members[0]
    refused(client_of(stranger), round_, submission, 404, "not_found")


def test_signed_out(visitor, area, open_round, make_submission, refused):
    round_ = open_round()
    submission = make_submission(area.members[0], round_, "yes")
    refused(visitor, round_, submission, 401, "signed_out")


def test_moderators_have_no_vote(client_of, area, open_round):
    answer = post(client_of(area.moderators[0]), open_round(), {"ballots": []})
    assert (answer.status_code, answer.json["error"]) == (403, "forbidden")


def test_other_pages_cannot_cast(browser, held, member, open_round, make_submission):
    round_ = open_round()
    submission = make_submission(member, round_, "yes")
    before = boxes(held)
    for headers, code in [
        ({"Origin": "null"}, "foreign_request"),
        ({"Origin": "https://elsewhere.example"}, "foreign_request"),
        ({"Sec-Fetch-Site": "cross-site"}, "foreign_request"),
        ({"X-CSRF-Token": "wrong"}, "form_too_old"),
    ]:
        answer = browser.post(f"/booth/{round_.id}/ballots", json=submission, headers=headers)
        assert (answer.status_code, answer.json["error"]) == (400, code)
    form = browser.post(f"/booth/{round_.id}/ballots", data=json.dumps(submission))
    assert (form.status_code, form.json["error"]) == (400, "malformed")
    assert boxes(held) == before


def test_broken_ballots_are_counted_and_then_refused_unread(
    browser, client_of, area, held, open_round, make_submission
):
    round_ = open_round()
    for _attempt in range(MOST_BROKEN):
        assert post(browser, round_, {"ballots": None}).status_code == 400
    for prefix, sentence in (("", "Zu viele Versuche."), ("/en", "Too many attempts.")):
        answer = post(browser, round_, make_submission(area.members[0], round_, "yes"), prefix)
        assert (answer.status_code, answer.json["error"]) == (429, "throttled")
        assert answer.json["message"].startswith(sentence)
        assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert held.exec(select(Throttle)).one().failures == MOST_BROKEN
    neighbour = area.members[1]
    answer = post(client_of(neighbour), round_, make_submission(neighbour, round_, "yes"))
    assert answer.status_code == 200
