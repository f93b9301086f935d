"""Counting with the office key, confirming and publishing."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlmodel import select

from app import db, office_key
from app.board import read_archive
from app.booth.casting import cast
from app.errors import Refused
from app.models import Board, Decision, LogEntry, Question, Round
from app.round import closing, counting, preparing, publishing
from tests.app import deciding
from tests.app.deciding import SUMMARY
from voting.log.entry import read
from voting.log.merkle import root
from voting.protocol.archive import read_events
from voting.protocol.verify import Accepted, verify


@pytest.fixture
def closed_round(held, area):
    """A closed round in which these answers were cast, in the order of the members."""
    return lambda *choices, **chosen: deciding.close(held, area, choices, **chosen)


def counted_question(held, round_):
    return deciding.count(held, round_)[0]


def test_the_count_is_right_and_the_archive_verifies_with_its_strong_proof(
    held, area, closed_round
):
    choices = ["yes"] * 6 + ["no"] * 2 + ["abstain"]
    question = counted_question(held, closed_round(*choices))
    figures = question.outcome
    assert (figures["yes"], figures["no"], figures["abstain"]) == (6, 2, 1)
    assert (figures["code"], figures["required"], figures["missing"]) == ("adopted", 6, 0)
    strong = held.get_one(Board, question.id).strong.encode()
    verdict = verify(BytesIO(read_archive(held, question.id)), strong)
    assert isinstance(verdict, Accepted)
    assert verdict.stage == "done"
    assert [list(row) for row in verdict.result] == [[6, 2, 1]]


def test_one_yes_too_few_is_rejected_and_says_how_many_were_missing(held, area, closed_round):
    question = counted_question(held, closed_round(*["yes"] * 5, *["no"] * 4))
    assert question.outcome["code"] == "rejected"
    assert question.outcome["missing"] == 1


def test_the_last_ballot_of_a_member_counts(held, area, open_round, make_submission):
    round_ = open_round()
    for choice in ("no", "no", "yes"):
        for member in area.members[:5]:
            submission = make_submission(member, round_, choice)
            held.commit()
            with db.acting():
                cast(member, round_.id, submission)
    held.expire_all()
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    question = counted_question(held, round_)
    assert (question.outcome["yes"], question.outcome["no"]) == (5, 0)
    assert question.outcome["reveals_all"]


def test_below_the_minimum_the_box_stays_shut(held, area, closed_round):
    question = counted_question(held, closed_round("yes", "yes", "no", "no"))
    assert question.state == "too_few_ballots"
    assert question.outcome["yes"] is None
    board = held.get_one(Board, question.id)
    assert (board.stage, board.strong) == ("ended", None)
    assert "PartialDecryption" not in read_archive(held, question.id).decode()


def test_counting_again_changes_nothing(held, area, closed_round):
    round_ = closed_round(*["yes"] * 5)
    question = counted_question(held, round_)
    before = read_archive(held, question.id)
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    assert read_archive(held, question.id) == before
    assert counting.uncounted(held) == []


def test_an_open_or_void_round_is_not_counted(held, area, open_round):
    round_ = open_round()
    counting.count_round(round_.id)
    held.expire_all()
    question = preparing.questions_of(held, round_)[0]
    assert question.state == "listed"
    assert held.get_one(Board, question.id).stage == "open"


def test_a_board_that_was_altered_is_not_decrypted(held, area, closed_round):
    round_ = closed_round(*["yes"] * 5)
    question = preparing.questions_of(held, round_)[0]
    content = read_archive(held, question.id).replace(b'"challenge":"1', b'"challenge":"2', 1)
    with pytest.raises(counting.BoardRefused):
        counting.count_box("office", content, held.get_one(Board, question.id).timestamp)


def test_the_office_key_is_a_file_of_its_own_and_nobody_else_may_read_it(app, held, area):
    with app.app_context():
        exponent = office_key.load("Ed25519")
        assert office_key.load("Ed25519") == exponent
        path = app.extensions["settings"].instance / "keys" / "office-Ed25519.json"
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)
        with pytest.raises(office_key.OfficeKeyUnsafe):
            office_key.load("Ed25519")


def test_a_decision_is_published_once_confirmed_by_another(held, area, closed_round):
    round_ = closed_round(*["yes"] * 8)
    question = counted_question(held, round_)
    now = datetime.now(UTC)
    with pytest.raises(Refused, match="already_done"):
        publishing.publish(held, question, SUMMARY, now)
    deciding.confirm(held, area, round_, question)
    decision = publishing.publish(held, question, SUMMARY, now)
    held.commit()
    assert decision.number == f"{decision.year}-1"
    page = decision.page
    assert (page["outcome"], page["yes"], page["label"]) == ("adopted", 8, "recommendation")
    assert page["rule"]["required"] == 6
    assert page["roll"]["entitled"] == 9
    with pytest.raises(Refused, match="already_done"):
        publishing.publish(held, question, SUMMARY, now)


def test_what_was_frozen_is_published_whatever_the_proposal_says_now(held, area, closed_round):
    round_ = closed_round(*["yes"] * 8)
    question = counted_question(held, round_)
    wording, cents = dict(question.wording), question.amount_cents
    deciding.confirm(held, area, round_, question)
    decision = publishing.publish(held, question, SUMMARY, datetime.now(UTC))
    assert decision.page["wording"] == wording
    assert decision.page["amount_cents"] == cents


def test_the_log_is_a_tree_without_gaps(held, area, closed_round):
    round_ = closed_round(*["yes"] * 8)
    question = counted_question(held, round_)
    deciding.confirm(held, area, round_, question)
    publishing.publish(held, question, SUMMARY, datetime.now(UTC))
    held.commit()
    rows = held.exec(select(LogEntry).order_by("seq")).all()
    entries = [read(row.leaf.encode()) for row in rows]
    assert [entry.seq for entry in entries] == list(range(len(rows)))
    assert [entry.type for entry in entries] == [
        "round_announced",
        "round_opened",
        "round_closed",
        "counted",
        "decision",
    ]
    for size, row in enumerate(rows, start=1):
        assert row.root == root([entry.leaf_hash() for entry in entries[:size]]).hex()


def test_the_heads_of_each_box_are_in_the_log_at_opening_and_close(held, area, closed_round):
    round_ = closed_round(*["yes"] * 8, questions=2)
    entries = [read(row.leaf.encode()) for row in held.exec(select(LogEntry)).all()]
    said = {entry.type: entry.public for entry in entries}
    opened, closed = said["round_opened"]["questions"], said["round_closed"]["ballots"]
    for question in preparing.questions_of(held, round_):
        events = list(read_events(BytesIO(read_archive(held, question.id))))
        heads = {event.type: event.hash for event in events}
        for told, event in ((opened, "Setup"), (closed, "EndBallots")):
            found = [each["head"] for each in told if each["question"] == question.id]
            assert found == [heads[event]], (event, question.id)


def test_numbers_start_anew_each_year(held, area, closed_round):
    round_ = closed_round(*["yes"] * 8, questions=2)
    counting.count_round(round_.id)
    held.expire_all()
    new_year = datetime(2031, 1, 1, 1, tzinfo=UTC)
    numbers = []
    for question, at in zip(
        preparing.questions_of(held, round_), (new_year - timedelta(hours=3), new_year), strict=True
    ):
        deciding.confirm(held, area, round_, question)
        numbers.append(publishing.publish(held, question, SUMMARY, at).number)
    assert numbers == ["2030-1", "2031-1"]
    assert len(held.exec(select(Decision)).all()) == 2
    assert {each.state for each in held.exec(select(Question))} == {"published"}
    assert held.exec(select(Round)).one().state == "closed"
