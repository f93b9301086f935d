"""A vote over days: where the rules allow it, with everybody but the declared absentees."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.errors import Refused
from app.models import Decision, DeclaredAbsence, LogEntry
from app.round import announcing, circulating, closing, counting, opening, preparing
from tests.app import builder, deciding
from voting.log.entry import read

pytestmark = pytest.mark.each_time


@pytest.fixture
def draft(held, area):
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    return preparing.prepare(
        held, body=area.body, meeting=None, proposals=[proposal], now=datetime.now(UTC)
    )


def settle(held, round_, **more):
    end = datetime.now(UTC) + timedelta(days=3)
    circulating.settle(held, round_, **{"opens_at": None, "closes_at": end} | more)


@pytest.mark.parametrize("allowed", ["no", "conditions"])
def test_the_rules_have_to_allow_it(held, area, draft, allowed):
    builder.set_rules(held, area, circular__allowed=allowed)
    settle(held, draft)
    with pytest.raises(Refused, match="circular_forbidden"):
        announcing.announce(held, draft, datetime.now(UTC))


def test_an_empty_rule_is_named(held, area, draft):
    settle(held, draft)
    assert announcing.missing_rules(held, draft) == ["circular.allowed"]
    with pytest.raises(Refused, match="rules_missing"):
        announcing.announce(held, draft, datetime.now(UTC))


def test_under_conditions_somebody_says_why_they_hold(held, area, draft):
    builder.set_rules(held, area, circular__allowed="conditions")
    assert circulating.needs_reason(held, draft)
    settle(held, draft, reason="Es eilt, die Frist endet am Freitag.")
    announcing.announce(held, draft, datetime.now(UTC))
    assert draft.state == "announced"


@pytest.mark.parametrize("end", [None, timedelta(minutes=-1)])
def test_it_needs_an_end_that_is_to_come(held, area, draft, end):
    builder.set_rules(held, area, circular__allowed="yes")
    settle(held, draft, closes_at=end and datetime.now(UTC) + end)
    with pytest.raises(Refused, match="end_missing"):
        announcing.announce(held, draft, datetime.now(UTC))


def test_everybody_is_there_but_who_said_to_be_absent(held, area):
    builder.set_present(held, area, [])
    round_ = builder.prepare_over_days(held, area, absent=area.members[:2])
    opening.open_round(held, round_, datetime.now(UTC))
    (question,) = preparing.questions_of(held, round_)
    assert (question.roll_facts["entitled"], question.roll_facts["absent"]) == (7, 2)
    assert question.roll_facts["quorum_have"] is None
    assert len(held.exec(select(DeclaredAbsence)).all()) == 2


def test_absences_are_noted_anew_each_time_and_never_of_strangers(held, area, draft):
    stranger = builder.build_council(held, "bruch", with_keys=False).members[0]
    settle(held, draft, absent=[area.members[0].id])
    settle(held, draft, absent=[area.members[1].id, stranger.id])
    assert held.exec(select(DeclaredAbsence.member_id)).all() == [area.members[1].id]


def test_times_are_fixed_once_it_is_open(held, area):
    round_ = builder.open_round(held, builder.prepare_over_days(held, area))
    with pytest.raises(Refused, match="already_done"):
        settle(held, round_)


@pytest.mark.parametrize(("cast", "outcome"), [(6, "adopted"), (5, "not_quorate")])
def test_the_quorum_is_that_of_the_ballots(held, area, cast, outcome):
    """Two thirds of nine seats are six: five ballots are too few, whatever they say."""
    round_ = builder.open_round(held, builder.prepare_over_days(held, area))
    deciding.let_cast(held, area, round_, [(each, "yes") for each in area.members[:cast]])
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    (question,) = preparing.questions_of(held, round_)
    assert question.outcome["code"] == outcome
    assert question.outcome["quorum_have"] == cast


def test_a_decision_over_days_has_no_meeting_and_the_quorum_that_was_reached(held, area):
    made = deciding.finish(held, area, builder.prepare_over_days(held, area), ["yes"] * 7)
    page = held.get_one(Decision, made.id).page
    assert page["mode"] == "circular"
    assert page["meeting"] == {"at": page["closed_at"], "place": None}
    assert (page["roll"]["quorum_have"], page["roll"]["quorate"]) == (7, True)
    entries = [read(row.leaf.encode()) for row in held.exec(select(LogEntry).order_by("seq"))]
    assert entries[0].public["mode"] == "circular"
    assert entries[-1].public["quorum"]["have"] == 7
