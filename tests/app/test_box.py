"""The box of a round: who may read it, until when, and what everybody still finds afterwards."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from app import box, jobs
from app.booth.casting import cast
from app.models import Ballot, Board, BoardEvent, LogEntry, Question, Receipt
from app.round import counting
from app.text import short_day
from tests.app import builder, deciding
from tests.app.public.reading import in_order, read
from voting.rules.disclosure import archive_end
from voting.rules.membership import months_after
from voting.rules.procedure import Procedure

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
KEPT = {"archive.keep_months": 2}


@pytest.fixture
def vote_of(held, area, open_round, make_submission):
    """`vote_of(5)`: a closed vote with so many ballots, whose rules keep boxes for two months."""

    def run(ballots):
        builder.change_rules(held, area, KEPT)
        round_ = open_round(closes_at=NOW + timedelta(hours=1))
        for member in area.members[:ballots]:
            cast(member, round_.id, make_submission(member, round_, "yes"))
            held.commit()
        held.rollback()
        jobs.close_rounds(NOW + timedelta(hours=1))
        return round_

    return run


@pytest.fixture
def vote(vote_of):
    """One of which the box stays shut: one ballot is too few."""
    return vote_of(1)


@pytest.fixture
def day(area):
    """The day on which its box is deleted."""
    return archive_end(area.term.ends_on, Procedure(KEPT))


def count(held, round_) -> None:
    round_id = round_.id
    held.rollback()
    counting.count_round(round_id)
    held.expire_all()


def retain(held, day: date) -> None:
    held.rollback()
    jobs.retain(builder.on_day(day, 12))
    held.rollback()
    held.expire_all()


def rows(held):
    return [len(held.exec(select(each)).all()) for each in (Board, BoardEvent, Ballot, Receipt)]


def addresses(held, round_):
    question = held.exec(select(Question)).one()
    return [f"/abstimmung/{round_.id}/{question.id}{end}" for end in (".bel", ".strong.json")]


def test_the_box_goes_on_its_day_and_not_before_it_is_counted(held, vote, day):
    assert vote.box_ends_on == day
    retain(held, day)
    assert rows(held)[0] == 1
    count(held, vote)
    retain(held, day - DAY)
    assert all(rows(held))
    retain(held, day)
    assert rows(held) == [0, 0, 0, 0]


def test_result_and_hashes_stay_and_are_in_the_log(held, visitor, vote_of, day):
    vote = vote_of(5)
    count(held, vote)
    contents = [visitor.get(each).data for each in addresses(held, vote)]
    assert all(contents)
    retain(held, day)
    question = held.exec(select(Question)).one()
    hashes = dict(
        zip(("archive", "strong"), (sha256(each).hexdigest() for each in contents), strict=True)
    )
    assert (question.state, question.outcome["yes"]) == ("counted", 5)
    assert question.box_hashes == hashes
    entry = held.exec(select(LogEntry).where(LogEntry.type == "boxes_deleted")).one()
    assert json.loads(entry.leaf)["public"] == {
        "round": vote.id,
        "boxes": [{"question": question.id, **hashes}],
    }
    retain(held, day + DAY)
    held.exec(select(LogEntry).where(LogEntry.type == "boxes_deleted")).one()


def test_pages_name_the_day_and_afterwards_say_that_the_box_is_gone(held, visitor, vote_of, day):
    vote = vote_of(5)
    count(held, vote)
    address = f"/abstimmung/{vote.id}/pruefen"
    last = day - DAY
    said = f"Nachzählen bis {short_day(last)}. Danach wird die Urne gelöscht."
    in_order(read(visitor, address), "Selbst prüfen in drei Schritten", said, "Urne herunterladen")
    retain(held, day)
    text = read(visitor, address)
    in_order(text, "Die Urne ist gelöscht", "Prüfsumme der gelöschten Urne", "Zählbeweises")
    assert "Urne herunterladen" not in text
    for each in addresses(held, vote):
        answer = visitor.get(each)
        assert answer.status_code == 410
        assert "Ergebnis und Prüfsummen bleiben" in answer.text


def test_the_phone_of_a_voter_is_told_too(held, area, client_of, vote, day):
    count(held, vote)
    question = held.exec(select(Question)).one()
    address = f"/booth/{vote.id}/{question.id}.bel"
    phone = client_of(area.members[0])
    assert phone.get(address).status_code == 200
    retain(held, day)
    answer = phone.get(address)
    assert (answer.status_code, answer.json["error"]) == (410, "box_gone")


def test_every_page_of_the_vote_still_opens(held, area, client_of, vote_of, day):
    vote = vote_of(5)
    round_id = vote.id
    count(held, vote)
    retain(held, day)
    member, moderator = client_of(area.members[0]), client_of(area.moderators[0])
    for visitor, address in (
        (member, "/booth/"),
        (member, f"/booth/{round_id}/questions"),
        (member, f"/booth/{round_id}/state"),
        (member, "/account/data"),
        (moderator, f"/desk/rounds/{round_id}"),
        (moderator, "/desk/"),
        (moderator, f"/abstimmung/{round_id}/versprechen"),
    ):
        assert visitor.get(address).status_code == 200, address


def test_later_rules_do_not_move_the_day(held, area, vote, day):
    builder.change_rules(held, area, {"archive.keep_months": None})
    count(held, vote)
    retain(held, day)
    assert rows(held)[0] == 0


def test_without_a_rule_the_usual_time_is_fixed_at_opening(held, area, open_round):
    round_ = open_round(closes_at=NOW + timedelta(hours=1))
    assert round_.box_ends_on == months_after(area.term.ends_on, box.USUAL_MONTHS)


def test_a_box_of_before_without_a_day_stays_and_the_page_says_so(held, area, visitor, open_round):
    round_ = open_round(closes_at=NOW + timedelta(hours=1))
    round_.box_ends_on = None
    held.commit()
    jobs.close_rounds(NOW + timedelta(hours=1))
    count(held, round_)
    retain(held, date(2100, 1, 1))
    assert rows(held)[0] == 1
    assert "Wann die Urne gelöscht wird, hat das Gremium nicht festgelegt." in read(
        visitor, f"/abstimmung/{round_.id}/pruefen"
    )


def test_a_decision_names_the_last_day(held, area, visitor):
    builder.change_rules(held, area, KEPT)
    decision = deciding.decide(held, area, ["yes"] * 5)[0]
    page = f"/entscheidung/{decision.year}-{decision.n}"
    in_order(read(visitor, page), "Selbst nachzählen", "Die Urne ist öffentlich.", "Nachzählen bis")
    decision.page = decision.page | {"box": {"audience": "public", "until": "2026-01-31"}}
    held.commit()
    in_order(read(visitor, page), "Nachzählen ging bis 31.01.2026. Danach wird die Urne gelöscht.")


def test_a_box_for_members_is_for_those_of_the_term(held, area, visitor, client_of):
    elsewhere, jury = builder.build_council(held, "ufer"), builder.build_jury(held, area)
    builder.change_rules(held, area, {"archive.publish": "members"})
    decision = deciding.decide(held, area, ["yes"] * 5)[0]
    round_id = decision.page["round_id"]
    mine = client_of(area.members[8])
    for end in (".bel", ".strong.json"):
        address = f"/abstimmung/{round_id}/{decision.question_id}{end}"
        answer = mine.get(address)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        for other in (
            visitor,
            client_of(area.moderators[0]),
            client_of(elsewhere.members[0]),
            client_of(jury.members[0]),
        ):
            refused = other.get(address)
            assert refused.status_code == 403
            assert "nur für die Mitglieder" in refused.text
    assert "Die Urne dürfen nur die Mitglieder lesen." in read(
        visitor, f"/entscheidung/{decision.year}-{decision.n}"
    )
    assert "Das geht ohne Konto." not in read(visitor, f"/abstimmung/{round_id}/pruefen")
