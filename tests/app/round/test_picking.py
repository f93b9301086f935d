"""A choice between own options: announced, cast as one of constant size, counted and published."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlmodel import Session, select

from app.board import read_archive
from app.errors import Refused
from app.models import Board, LogEntry, Question, Round
from app.proceedings import vote_words, votes
from app.proceedings.block import Table
from app.round import opening, polling, preparing, publishing, repeating
from tests.app import builder, deciding
from tests.app.builder import Browser, Council
from voting.log.entry import read
from voting.protocol.verify import Accepted, verify
from voting.rules.drawing import Seed, draw

THREE = ("Anger", "Linde", "Markt")
ONE = ["option-1"] * 4 + ["option-2"] * 3 + ["option-3"] + ["blank"]
SEVERAL = ["option-1 option-2"] * 4 + ["option-2"] * 2 + ["option-3 option-1", "blank", "option-3"]


@pytest.fixture(autouse=True)
def rules(held: Session, area: Council) -> None:
    values = {"majority__other": "more_than_half", "choice__rule": "most_votes", "tie__rule": "lot"}
    builder.set_rules(held, area, **values)


def counted(held: Session, area: Council, choices: Sequence[str], **chosen: int) -> Question:
    round_ = builder.prepare_choice(held, area, *THREE, **chosen)
    deciding.close_prepared(held, area, round_, choices)
    return deciding.count(held, round_)[0]


def marks(question: Question) -> dict[str, tuple[int, str | None]]:
    counts = (question.outcome or {})["counts"]
    return {each["answer"]: (each["votes"], each["mark"]) for each in counts}


def test_the_option_with_most_votes_is_chosen_and_the_log_says_how(
    held: Session, area: Council
) -> None:
    question = counted(held, area, ONE)
    assert question.outcome is not None
    assert (question.outcome["code"], question.outcome["yes"]) == ("chosen", None)
    assert marks(question) == {
        "option-1": (4, "chosen"),
        "option-2": (3, None),
        "option-3": (1, None),
        "blank": (1, None),
    }
    board = held.get_one(Board, question.id)
    verdict = verify(BytesIO(read_archive(held, question.id)), (board.strong or "").encode())
    assert isinstance(verdict, Accepted)
    assert [list(row) for row in verdict.result or ()] == [[1, 4, 3, 1]]
    rows = held.exec(select(LogEntry).order_by(LogEntry.seq)).all()  # type: ignore[arg-type]
    told = {each.type: read(each.leaf.encode()).public for each in rows}
    choice = {"options": 3, "fewest": 1, "most": 1, "places": 1, "blank": True}
    assert told["round_announced"]["questions"][0]["choice"] == choice
    assert told["round_opened"]["questions"][0]["choice"] == choice
    assert told["counted"]["tally"] == {"options": [4, 3, 1], "blank": 1}
    assert told["counted"]["chosen"] == [1]
    assert question.required_yes is None


def test_equals_at_the_last_place_are_drawn_from_what_the_log_said_before(
    held: Session, area: Council
) -> None:
    question = counted(held, area, ["option-1"] * 4 + ["option-3"] * 4 + ["blank"])
    assert (question.outcome or {})["code"] == "tie_lot"
    assert (question.outcome or {})["open_places"] == 0
    rows = {row.type: row for row in held.exec(select(LogEntry)).all()}
    closed, told = rows["round_closed"], read(rows["counted"].leaf.encode()).public
    (box,) = read(closed.leaf.encode()).public["ballots"]
    assert re.fullmatch("[0-9a-f]{64}", box["chance"])
    order = [slip.option for slip in draw(Seed(closed.root, box["head"], question.id), [1, 3])]
    assert told["chosen"] == order[:1]
    seed = {"entry": closed.seq, "log_root": closed.root, "box_head": box["head"]}
    assert told["lot"] == seed | {"drawn": order}
    found = {answer: mark for answer, (_votes, mark) in marks(question).items()}
    first, second = (f"option-{number}" for number in order)
    assert found == {first: "drawn", second: "tied", "option-2": None, "blank": None}


def test_a_lot_for_the_last_place_leaves_the_others_alone(held: Session, area: Council) -> None:
    ticked = ["option-1 option-2"] * 3 + ["option-1 option-3"] * 3
    question = counted(held, area, ticked, most=2, places=2)
    found = [mark for _votes, mark in marks(question).values()]
    assert found[0] == "chosen"
    assert sorted(found[1:3], key=str) == ["drawn", "tied"]


def test_who_reads_page_or_minutes_can_draw_again(
    held: Session, area: Council, client_of: Callable[..., Browser], visitor: Browser
) -> None:
    question = counted(held, area, ["option-1"] * 4 + ["option-3"] * 4 + ["blank"])
    round_ = held.get_one(Round, question.round_id)
    desk = client_of(area.moderators[0]).get(f"/desk/rounds/{round_.id}").text
    deciding.confirm(held, area, round_, question)
    decision = publishing.publish(held, question, deciding.SUMMARY, datetime.now(UTC))
    held.commit()
    page = visitor.get(f"/entscheidung/{decision.year}-{decision.n}").text
    minutes = str(vote_words.of_rounds([votes.of_round(held, round_)], {}, {}))
    (drawn,) = (answer for answer, (_votes, mark) in marks(question).items() if mark == "drawn")
    assert f"<bdi>{THREE[int(drawn[-1]) - 1]}</bdi></strong>" in page
    assert "Man kreuzt 1 Antwort an. Ausgewählt wird 1 Antwort." in page
    for text in (desk, page, minutes):
        assert "Durch Los ausgewählt" in text
        lines = re.findall(r"kv-lot(?:\|\w+){3}\|[13]", text)
        assert len(lines) == 2
        tickets = [hashlib.sha256(line.encode()).hexdigest() for line in lines]
        assert tickets == sorted(tickets)
        assert all(ticket in text for ticket in tickets)


def test_the_middle_grade_is_said(held: Session, area: Council) -> None:
    ticked = ["option-1"] * 3 + ["option-2"] * 2 + ["option-3"] * 3 + ["blank"]
    question = counted(held, area, ticked, places=0, is_grade=True)
    assert (question.outcome or {})["code"] == "graded"
    assert [mark for _votes, mark in marks(question).values()] == [None, "middle", None, None]
    rows = held.exec(select(LogEntry).where(LogEntry.type == "counted")).one()
    assert read(rows.leaf.encode()).public["chosen"] == []


def test_below_the_minimum_no_tick_is_counted(held: Session, area: Council) -> None:
    question = counted(held, area, ["option-1"] * 3)
    assert (question.outcome or {})["code"] == "too_few_ballots"
    assert "counts" not in (question.outcome or {})


def test_a_ballot_has_one_size_whatever_is_ticked(held: Session, area: Council) -> None:
    round_ = builder.prepare_choice(held, area, *THREE, fewest=0, most=3)
    builder.open_round(held, round_)
    member = area.members[0]
    sizes = set()
    for ticked in ("", "blank", "option-2", "option-1 option-2 option-3"):
        sent = builder.make_submission(held, area.phones[member.id], member, round_, ticked)
        answer = json.loads(sent["ballots"][0]["ballot"])["answers"][0]  # type: ignore[index]
        sizes.add((len(answer["choices"]), len(answer["overall_proof"])))
    assert sizes == {(4, 5)}


def test_the_election_says_how_many_are_ticked(held: Session, area: Council) -> None:
    round_ = builder.prepare_choice(held, area, *THREE, fewest=1, most=2)
    builder.open_round(held, round_)
    (question,) = preparing.questions_of(held, round_)
    (asked,) = json.loads(held.get_one(Board, question.id).election)["questions"]
    assert asked == {
        "answers": ["option-1", "option-2", "option-3"],
        "blank": True,
        "min": 1,
        "max": 2,
        "question": "Wie soll der Platz heißen?",
    }
    assert question.options["en"][:3] == ["Anger (en)", "Linde (en)", "Markt (en)"]


def test_own_options_need_a_ballot(held: Session, area: Council) -> None:
    builder.set_rules(held, area, ballot__secrecy="open")
    with pytest.raises(Refused, match="choice_needs_box"):
        builder.prepare_choice(held, area, *THREE)


def test_one_tick_for_one_place_needs_a_rule_for_choices(held: Session, area: Council) -> None:
    builder.change_rules(held, area, {"choice.rule": None})
    with pytest.raises(Refused, match="rules_missing"):
        builder.prepare_choice(held, area, *THREE)
    held.rollback()
    assert builder.prepare_choice(held, area, *THREE, most=2).state == "announced"


def test_a_repeat_offers_the_same_options(held: Session, area: Council) -> None:
    round_ = builder.prepare_choice(held, area, *THREE, most=2, places=2)
    round_.state = "void"
    again = repeating.repeat(held, round_, area.meeting, "Noch einmal.", round_.created_at)
    (old,), (new,) = (preparing.questions_of(held, each) for each in (round_, again))
    assert (new.digest, new.most, new.places, new.options) == (old.digest, 2, 2, old.options)


def test_several_ticks_fill_several_places_on_every_page_and_in_the_minutes(
    held: Session, area: Council, client_of: Callable[..., Browser], visitor: Browser
) -> None:
    question = counted(held, area, SEVERAL, most=2, places=2)
    round_ = held.get_one(Round, question.round_id)
    assert (question.outcome or {})["open_places"] == 0
    deciding.confirm(held, area, round_, question)
    assert tables_of(held, round_) == [
        ["Anger", "5", "Ausgewählt"],
        ["Linde", "6", "Ausgewählt"],
        ["Markt", "2", "–"],
        ["Keine davon", "1", "–"],
    ]
    decision = publishing.publish(held, question, deciding.SUMMARY, datetime.now(UTC))
    held.commit()
    public = visitor.get(f"/entscheidung/{decision.year}-{decision.n}").text
    desk = client_of(area.moderators[0]).get(f"/desk/rounds/{round_.id}").text
    for page in (public, desk):
        rows = [cells_of(each) for each in page.split('<table class="picking">')[1].split("<tr")]
        assert rows[1:] == [
            "Anger Ausgewählt 5",
            "Linde Ausgewählt 6",
            "Markt 2",
            "Keine davon 1",
        ]
        assert "9 Personen haben abgestimmt." in page
    shown = read(held.exec(select(LogEntry).where(LogEntry.type == "decision")).one().leaf.encode())
    assert (shown.public["chosen"], shown.public["majority"]) == ([1, 2], None)


def test_a_poll_shows_the_same_bars_and_chooses_nothing(
    held: Session, area: Council, visitor: Browser
) -> None:
    builder.set_present(held, area, area.members[:5])
    round_ = builder.prepare_choice(held, area, *THREE, most=2)
    poll = polling.hold_poll(held, round_, datetime.now(UTC))
    held.commit()
    deciding.close_prepared(held, area, poll, SEVERAL[:5])
    (question,) = deciding.count(held, poll)
    assert marks(question)["option-2"] == (5, None)
    shown = visitor.get(f"/abstimmung/{poll.id}/meinungsbild").text
    assert shown.count("<tr") == 4
    rows = held.exec(select(LogEntry).where(LogEntry.type == "poll_counted")).one()
    assert read(rows.leaf.encode()).public["tally"] == {"options": [4, 5, 0], "blank": 0}


def test_with_too_few_on_the_roll_hands_do_not_count_own_answers(
    held: Session, area: Council
) -> None:
    builder.set_rules(
        held, area, small_roll__effect="open_vote", ballot__min_turnout=10, quorum__rule="none"
    )
    round_ = builder.prepare_choice(held, area, *THREE)
    opening.take_out(held, round_)
    (question,) = preparing.questions_of(held, round_)
    assert question.taken_out_reason == "cannot_open"
    assert repeating.steps(held, round_) == {}


def tables_of(held: Session, round_: Round) -> list[list[str]]:
    """The rows of the only table in the minutes of a round."""
    blocks = vote_words.of_rounds([votes.of_round(held, round_)], {}, {})
    (table,) = (each for each in blocks if isinstance(each, Table))
    return table.rows


def cells_of(row: str) -> str:
    """The words and numbers of a row, without its markup."""
    return " ".join(re.sub("<[^>]*>", " ", f"<{row.split('</tr>', maxsplit=1)[0]}").split())
