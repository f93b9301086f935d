"""What was not decided is asked again in a round of its own; nothing is reset."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import recusal
from app.errors import Refused
from app.models import LogEntry, Proposal, Question, Round
from app.round import announcing, confirming, opening, preparing, repeating
from tests.app import builder
from tests.app.logged import told

pytestmark = pytest.mark.each_time


def void(held, area, round_, reason="Der Strom war weg."):
    now = datetime.now(UTC)
    first, second = area.moderators
    asked = confirming.request(
        held, act="void_round", round_=round_, reason=reason, officer=first, now=now
    )
    confirming.confirm(held, asked, second, now)
    held.commit()
    return round_


def test_a_repeat_is_a_new_round_that_names_the_void_one(held, area, prepared_round):
    old = void(held, area, prepared_round(questions=2, recused={1: [area.members[0]]}))
    new = repeating.repeat(held, old, area.meeting, "Der Strom ist wieder da.", datetime.now(UTC))
    held.commit()
    assert (new.state, new.repeats_id, old.state) == ("draft", old.id, "void")
    assert repeating.repeat_of(held, old) == new
    before, after = (preparing.questions_of(held, each) for each in (old, new))
    assert [each.wording for each in after] == [each.wording for each in before]
    assert [each.follows_id for each in after] == [each.id for each in before]
    assert {each.id for each in after}.isdisjoint({each.id for each in before})
    assert [each.member_id for each, _ in recusal.of_question(held, after[0])] == [
        area.members[0].id
    ]
    assert {each.state for each in held.exec(select(Proposal))} == {"scheduled"}


def test_a_repeat_in_the_same_meeting_belongs_to_the_same_agenda_item(held, area, prepared_round):
    item = builder.build_item(held, area)
    old = prepared_round()
    old.agenda_item_id = item.id
    void(held, area, old)
    now = datetime.now(UTC)
    later = builder.build_meeting(area.body, now + timedelta(days=28))
    held.add(later)
    held.flush()
    assert repeating.repeat(held, old, area.meeting, "Jetzt", now).agenda_item_id == item.id
    held.rollback()
    held.add(later)
    held.flush()
    assert repeating.repeat(held, old, later, "Später", now).agenda_item_id is None


def test_the_log_names_both_and_the_reason(held, area, prepared_round):
    old = void(held, area, prepared_round())
    new = repeating.repeat(held, old, area.meeting, "Noch einmal.", datetime.now(UTC))
    announcing.announce(held, new, datetime.now(UTC))
    last = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert last.type == "round_repeated"
    assert told(held, last) == {"round": new.id, "repeats": old.id, "reason": "Noch einmal."}


def test_a_round_is_repeated_once_and_only_when_void(held, area, prepared_round):
    round_ = prepared_round()
    with pytest.raises(Refused, match="already_done"):
        repeating.repeat(held, round_, area.meeting, "Warum?", datetime.now(UTC))
    void(held, area, round_)
    repeating.repeat(held, round_, area.meeting, "Noch einmal.", datetime.now(UTC))
    with pytest.raises(Refused, match="already_done"):
        repeating.repeat(held, round_, area.meeting, "Und noch einmal.", datetime.now(UTC))


def test_what_stands_in_another_round_meanwhile_is_not_repeated(held, area, prepared_round):
    old = void(held, area, prepared_round())
    proposal = held.exec(select(Proposal)).one()
    now = datetime.now(UTC)
    preparing.prepare(held, body=area.body, meeting=area.meeting, proposals=[proposal], now=now)
    with pytest.raises(Refused, match="already_done"):
        repeating.repeat(held, old, area.meeting, "Noch einmal.", now)


def without_quorum(held, area, effect, prepared_round):
    builder.set_rules(held, area, no_quorum__effect=effect, circular__allowed="yes")
    builder.set_present(held, area, area.members[:5])
    return prepared_round()


def test_after_no_quorum_the_rule_says_a_vote_over_days(held, area, prepared_round):
    old = without_quorum(held, area, "circular_after", prepared_round)
    new = repeating.follow(held, old, "circular", None, datetime.now(UTC))
    assert (new.mode, new.meeting_id, new.state) == ("circular", None, "draft")
    (question,) = preparing.questions_of(held, old)
    assert (question.state, question.taken_out_reason) == ("taken_out", "circular_after")
    assert repeating.steps(held, old) == {}


def test_after_no_quorum_the_rule_says_postpone(held, area, prepared_round):
    old = without_quorum(held, area, "postpone", prepared_round)
    later = builder.build_meeting(area.body, datetime.now(UTC) + timedelta(days=28))
    held.add(later)
    held.flush()
    new = repeating.follow(held, old, "postpone", later, datetime.now(UTC))
    assert (new.meeting_id, new.mode) == (later.id, "meeting")


@pytest.mark.parametrize("step", ["circular", "open_vote", "postpone"])
def test_no_other_step_than_that_of_the_rules_is_taken(held, area, prepared_round, step):
    old = without_quorum(held, area, "poll_only", prepared_round)
    with pytest.raises(Refused, match="already_done"):
        repeating.follow(held, old, step, area.meeting, datetime.now(UTC))
    held.rollback()
    assert held.get_one(Round, old.id).state == "announced"
    assert held.exec(select(Question)).one().state == "listed"


@pytest.mark.parametrize(("effect", "step"), [("open_vote", "open_vote"), ("postpone", "postpone")])
def test_too_few_for_secrecy_lead_to_what_the_rules_say(held, area, prepared_round, effect, step):
    builder.set_rules(held, area, small_roll__effect=effect, recusal__quorum="counts_present")
    round_ = prepared_round(questions=2, recused={2: area.members[:5]})
    opening.open_round(held, round_, datetime.now(UTC))
    (asked,) = repeating.steps(held, round_).pop(step)
    assert asked.position == 2
    new = repeating.follow(held, round_, step, area.meeting, datetime.now(UTC))
    assert new.secrecy == ("open" if effect == "open_vote" else "secret")


def test_the_open_vote_that_follows_opens_without_a_box(held, area, prepared_round):
    builder.set_rules(held, area, small_roll__effect="open_vote")
    round_ = prepared_round(recused={1: area.members[:5]})
    builder.set_rules(held, area, recusal__quorum="counts_present")
    new = repeating.follow(held, round_, "open_vote", area.meeting, datetime.now(UTC))
    announcing.announce(held, new, datetime.now(UTC))
    assert opening.open_round(held, new, datetime.now(UTC)) == []
    (question,) = preparing.questions_of(held, new)
    assert (new.state, new.has_box) == ("open", False)
    assert question.roll_facts["entitled"] == 4


def test_without_the_rule_on_small_rolls_nothing_is_offered(held, area, prepared_round):
    round_ = prepared_round(questions=2, recused={2: area.members[:5]})
    opening.open_round(held, round_, datetime.now(UTC))
    assert repeating.steps(held, round_) == {}
