"""An opinion poll: made where no decision can be, counted like a vote, and never a decision."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.errors import Refused
from app.models import Board, Decision, LogEntry, Proposal, Question, Recusal, Round
from app.round import confirming, counting, opening, polling, preparing, publishing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council
from voting.log.entry import Entry, read
from voting.protocol.election import parse_election

NOW = builder.LONG_AGO


@pytest.fixture
def too_few(held: Session, area: Council, prepared_round: Callable[..., Round]) -> Round:
    """An announced round while five of nine are there; six are needed."""
    round_ = prepared_round(questions=2, recused={2: [area.members[8]]})
    builder.set_present(held, area, area.members[:5])
    return round_


@pytest.fixture
def poll(held: Session, too_few: Round) -> Round:
    made = polling.hold_poll(held, too_few, NOW)
    held.commit()
    return made


def questions(held: Session, round_: Round) -> Sequence[Question]:
    return preparing.questions_of(held, round_)


def leaves(held: Session) -> list[Entry]:
    rows = held.exec(select(LogEntry).order_by(LogEntry.seq))
    return [read(row.leaf.encode()) for row in rows]


def counted(held: Session, council: Council, poll: Round, *choices: str) -> Sequence[Question]:
    return deciding.count(held, deciding.close_prepared(held, council, poll, choices))


def test_a_poll_asks_the_same_words_and_frees_the_proposals(
    held: Session, too_few: Round, poll: Round
) -> None:
    old, new = questions(held, too_few), questions(held, poll)
    assert [each.state for each in old] == ["taken_out", "taken_out"]
    assert {each.taken_out_reason for each in old} == {"poll_only"}
    assert [each.digest for each in new] == [each.digest for each in old]
    assert {each.id for each in new}.isdisjoint(each.id for each in old)
    assert {each.state for each in held.exec(select(Proposal))} == {"admitted"}
    assert (poll.is_poll, poll.state) == (True, "announced")
    assert too_few.state == "announced"


def test_recusals_hold_in_the_poll_too(held: Session, area: Council, poll: Round) -> None:
    second = questions(held, poll)[1]
    found = held.exec(select(Recusal).where(Recusal.question_id == second.id)).one()
    assert (found.member_id, found.reason) == (area.members[8].id, "Vorstand im Verein")


def test_a_poll_is_counted_and_ends_there(held: Session, area: Council, poll: Round) -> None:
    first, _second = counted(held, area, poll, "yes", "yes", "yes", "no", "abstain")
    assert first.state == "counted"
    figures = first.outcome or {}
    assert [figures[name] for name in ("yes", "no", "abstain")] == [3, 1, 1]
    assert figures["code"] == "poll_only"
    assert (figures["required"], first.required_yes) == (None, None)
    with pytest.raises(Refused, match="already_done"):
        deciding.confirm(held, area, poll, first)
    with pytest.raises(Refused, match="already_done"):
        publishing.publish(held, first, deciding.SUMMARY, datetime.now(UTC))
    assert held.exec(select(Decision)).all() == []
    assert {each.state for each in held.exec(select(Proposal))} == {"admitted"}


def test_the_log_calls_a_poll_a_poll(held: Session, area: Council, poll: Round) -> None:
    counted(held, area, poll, *["yes"] * 4, "no")
    told = leaves(held)
    assert [leaf.type for leaf in told] == [
        "round_announced",
        "poll_announced",
        "poll_opened",
        "round_closed",
        "poll_counted",
        "poll_counted",
    ]
    announced = told[1].public["questions"]
    assert [each["quorum"]["have"] for each in announced] == [5, 5]
    assert told[4].public["tally"] == {"yes": 4, "no": 1, "abstain": 0, "invalid": 0}
    assert all("outcome" not in leaf.public for leaf in told[4:])


def test_the_election_itself_says_that_it_is_a_poll(
    held: Session, area: Council, poll: Round
) -> None:
    builder.open_round(held, poll)
    board = held.get_one(Board, questions(held, poll)[0].id)
    description = parse_election(board.election.encode()).description
    assert json.loads(description)["poll"] is True


def test_too_few_answers_leave_the_box_shut(held: Session, area: Council, poll: Round) -> None:
    first, _second = counted(held, area, poll, "yes", "no", "no", "yes")
    assert first.state == "too_few_ballots"
    assert (first.outcome or {})["yes"] is None
    assert (first.outcome or {})["minimum"] == 5
    last = leaves(held)[-1]
    assert (last.type, last.public["tally"], last.public["strong_hash"]) == (
        "poll_counted",
        None,
        None,
    )


def test_a_roll_that_is_too_small_for_secrecy_opens_no_poll(
    held: Session, area: Council, too_few: Round
) -> None:
    builder.set_present(held, area, area.members[:4])
    poll = polling.hold_poll(held, too_few, NOW)
    with pytest.raises(Refused) as refusal:
        opening.open_round(held, poll, NOW)
    assert refusal.value.code == "no_question_left"


def test_what_was_taken_out_of_an_open_round_is_polled(
    held: Session, area: Council, prepared_round: Callable[..., Round]
) -> None:
    builder.change_rules(held, area, {"recusal.quorum": "leaves_presence"})
    round_ = prepared_round(questions=2, recused={1: [area.members[5]]})
    builder.set_present(held, area, area.members[:6])
    builder.open_round(held, round_)
    assert [each.state for each in questions(held, round_)] == ["taken_out", "listed"]
    states = {each.title: each.state for each in held.exec(select(Proposal))}
    assert states == {"Hochbeete im Hof": "admitted", "Fest am Anger": "scheduled"}
    poll = polling.hold_poll(held, round_, NOW)
    assert [each.position for each in questions(held, poll)] == [1]
    builder.open_round(held, poll)
    assert (round_.state, poll.state) == ("open", "open")


def test_nothing_is_polled_that_can_be_decided(
    held: Session, area: Council, prepared_round: Callable[..., Round]
) -> None:
    round_ = prepared_round()
    with pytest.raises(Refused, match="no_poll"):
        polling.hold_poll(held, round_, NOW)


@pytest.mark.parametrize("effect", ["postpone", "circular_after"])
def test_other_rules_know_no_poll(
    held: Session, area: Council, too_few: Round, effect: str
) -> None:
    builder.change_rules(held, area, {"no_quorum.effect": effect})
    with pytest.raises(Refused, match="no_poll"):
        polling.hold_poll(held, too_few, NOW)


def test_the_same_questions_are_polled_once_and_again_after_a_void(
    held: Session, area: Council, too_few: Round, poll: Round
) -> None:
    with pytest.raises(Refused, match="no_poll"):
        polling.hold_poll(held, too_few, NOW)
    assert polling.pollable(held, too_few) == []
    first, second = area.moderators
    asked = confirming.request(
        held, act="void_round", round_=poll, reason="Versehen", officer=first, now=NOW
    )
    confirming.confirm(held, asked, second, NOW)
    assert len(polling.pollable(held, too_few)) == 2


def test_a_voided_poll_leaves_a_proposal_that_is_voted_on_elsewhere(
    held: Session, area: Council, poll: Round
) -> None:
    proposal = held.get_one(Proposal, questions(held, poll)[0].proposal_id)
    proposal.state = "scheduled"
    first, second = area.moderators
    asked = confirming.request(
        held, act="void_round", round_=poll, reason="Versehen", officer=first, now=NOW
    )
    confirming.confirm(held, asked, second, NOW)
    assert proposal.state == "scheduled"


def test_the_desk_leads_to_the_poll(
    held: Session, area: Council, moderator: Browser, too_few: Round
) -> None:
    shown = moderator.get(f"/desk/rounds/{too_few.id}").text
    assert "5 von 9 da. Nötig: 6. Nicht beschlussfähig." in shown
    assert "Meinungsbild abhalten" in shown
    assert f"/desk/rounds/{too_few.id}/open" not in shown
    answer = moderator.post(f"/desk/rounds/{too_few.id}/poll")
    made = held.exec(select(Round).where(Round.id != too_few.id)).one()
    assert answer.location == f"/desk/rounds/{made.id}"
    page = moderator.get(answer.location).text
    assert "Das ist ein Meinungsbild. Es ist keine Entscheidung." in page
    assert "Nötig sind" not in page
    assert "Beschlussfähig ab" not in page
    assert "Prüfen und öffnen" in page
    left = moderator.get(f"/desk/rounds/{too_few.id}").text
    assert "Hier ist keine Frage mehr übrig." in left
    assert "Meinungsbild abhalten" not in left
    check = moderator.get(f"/desk/rounds/{made.id}/open").text
    assert "Meinungsbild öffnen?" in check
    assert moderator.post(f"/desk/rounds/{made.id}/open", data={}).status_code == 303


def test_the_desk_shows_counts_and_no_outcome(
    held: Session, area: Council, moderator: Browser, poll: Round
) -> None:
    counted(held, area, poll, *["yes"] * 5)
    shown = moderator.get(f"/desk/rounds/{poll.id}").text
    assert "Das Meinungsbild ist fertig." in shown
    assert "Ergebnis bestätigen" not in shown
    assert "angenommen" not in shown.lower()
    assert "Alle haben gleich gestimmt." in shown
    today = moderator.get("/desk/").text
    assert f"/desk/rounds/{poll.id}" not in today


def test_the_worker_counts_a_poll_once(held: Session, area: Council, poll: Round) -> None:
    counted(held, area, poll, *["yes"] * 5)
    entries = len(leaves(held))
    held.commit()
    counting.count_round(poll.id)
    held.expire_all()
    assert len(leaves(held)) == entries
