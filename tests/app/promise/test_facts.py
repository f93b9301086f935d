"""The facts of a round are those that are stored."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine
from sqlmodel import Session, select

from app import durable
from app.models import Card, LogEntry, PaperVoter, VotingKey
from app.promise.facts import read
from app.round import closing, opening
from tests.app import builder
from tests.app.round.test_evening import make_key
from voting.rules.disclosure import archive_end
from voting.rules.procedure import Procedure


def test_an_announced_round(held, area, prepared_round):
    builder.change_rules(held, area, {"objection.days": 14})
    found = read(held, prepared_round())
    assert (found.trust, found.way, found.mode) == ("office", "secret", "meeting")
    assert (found.roll, found.keyless, found.holders, found.papers) == (9, None, 0, 0)
    assert (found.minimum, found.objection_days, found.objection_by) == (5, 14, "roll")
    assert found.is_durable


def test_who_has_no_key_is_counted_at_the_opening(held, area, prepared_round):
    held.delete(held.exec(select(VotingKey).where(VotingKey.member_id == area.members[0].id)).one())
    held.commit()
    round_ = prepared_round()
    opening.open_round(held, round_, datetime.now(UTC))
    found = read(held, round_)
    assert (found.roll, found.keyless) == (9, 1)


def test_heads_of_boxes_are_looked_for_in_the_log(held, area, prepared_round):
    round_ = prepared_round(questions=2)
    assert (read(held, round_).logged, read(held, round_).phones) == ("unlogged", None)
    opening.open_round(held, round_, datetime.now(UTC))
    opening.open_round(held, prepared_round(), datetime.now(UTC))
    assert (read(held, round_).logged, read(held, round_).phones) == ("opening", 9)
    closing.end(held, round_, datetime.now(UTC), "end")
    assert read(held, round_).logged == "both"


def test_an_entry_that_leaves_out_a_head_does_not_count(held, area, prepared_round):
    round_ = prepared_round(questions=2)
    opening.open_round(held, round_, datetime.now(UTC))
    closing.end(held, round_, datetime.now(UTC), "end")
    for kind, places, left in (
        ("round_opened", "questions", "close"),
        ("round_closed", "ballots", "unlogged"),
    ):
        entry = held.exec(select(LogEntry).where(LogEntry.type == kind)).one()
        leaf = json.loads(entry.leaf)
        del leaf["public"][places][1]["head"]
        entry.leaf = json.dumps(leaf)
        held.flush()
        assert read(held, round_).logged == left


def test_who_votes_on_paper_has_no_phone_that_keeps_a_head(held, area, prepared_round):
    round_ = prepared_round()
    opening.open_round(held, round_, datetime.now(UTC))
    for member in area.members[:2]:
        on_paper = {"area_id": area.area.id, "round_id": round_.id, "member_id": member.id}
        held.add(PaperVoter(**on_paper, way="paper"))
    held.flush()
    assert read(held, round_).phones == 7


def test_who_printed_cards_is_counted_until_the_opening(held, area, prepared_round):
    round_ = prepared_round()
    cards = held.exec(select(Card).where(Card.term_id == round_.term_id)).all()
    assert read(held, round_).card_printers is None
    for at, card in enumerate(cards):
        card.printed_by = area.moderators[at % 2].id
    held.flush()
    assert read(held, round_).card_printers == 2
    opening.open_round(held, round_, datetime.now(UTC))
    for card in cards:
        card.printed_by = area.moderators[0].id
    held.flush()
    assert read(held, round_).card_printers == 2


def test_one_card_whose_printer_nobody_knows_leaves_it_open(held, area, prepared_round):
    round_ = prepared_round()
    cards = held.exec(select(Card).where(Card.term_id == round_.term_id)).all()
    for card in cards[1:]:
        card.printed_by = area.moderators[0].id
    opening.open_round(held, round_, datetime.now(UTC))
    assert read(held, round_).card_printers is None


def test_evening_keys_are_counted(held, area, prepared_round):
    builder.set_rules(held, area, trust__meeting="evening")
    for at in range(3):
        make_key(held, area, at)
    round_ = prepared_round()
    opening.open_round(held, round_, datetime.now(UTC))
    found = read(held, round_)
    assert (found.trust, found.holders) == ("evening", 3)


def test_the_rules_say_who_reads_the_box_and_until_when(held, area, open_round):
    rules = {"archive.publish": "members", "archive.keep_months": 6}
    builder.change_rules(held, area, rules)
    found = read(held, open_round())
    assert found.audience == "members"
    end = archive_end(area.term.ends_on, Procedure(rules))
    assert (end - found.recount_until).days == 1
    assert not found.is_box_gone


@pytest.mark.parametrize(("way", "has_box"), [("secret", True), ("open", False)])
def test_a_vote_by_hand_has_no_box(held, area, prepared_round, way, has_box):
    round_ = prepared_round()
    round_.secrecy = way
    assert read(held, round_).has_box == has_box


def test_a_database_that_does_not_wait_for_the_disk_is_not_durable(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'lax.sqlite'}")
    with Session(engine) as held:
        assert not durable.is_durable(held)
    engine.dispose()
