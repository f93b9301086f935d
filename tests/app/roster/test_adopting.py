"""Versions of the rules of procedure: two officers, and what the log says of them."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app import adoption, rules_of_procedure
from app.body import day_of
from app.errors import Refused
from app.models import Body, Confirmation, LogEntry, Question, RulesOfProcedure
from app.roster import adopting, drafting
from app.roster.beginning import begin_term
from tests.app import builder
from tests.app.builder import PARAMETERS, Council
from voting.errors import InputError
from voting.log.kind import rules_hash


def now() -> datetime:
    return datetime.now(UTC)


def begin(held: Session, area: Council, **changes: object) -> RulesOfProcedure:
    """A draft of the rules in force with these changes (dots as double underscores)."""
    in_force = rules_of_procedure.in_force(held, area.body.id)
    draft = drafting.begin(held, area.body, area.moderators[0], in_force)
    drafting.store(held, draft, {name.replace("__", "."): each for name, each in changes.items()})
    return draft


def test_two_officers_adopt_a_version_and_it_stands_in_the_log(
    held: Session, area: Council
) -> None:
    first, second = area.moderators
    draft = begin(held, area, majority__base="cast")
    asked = adopting.ask(held, draft, first, now())
    assert rules_of_procedure.in_force(held, area.body.id).version == 1
    adopting.confirm(held, asked, second, now())
    held.expire_all()
    made = rules_of_procedure.in_force(held, area.body.id)
    assert (made.version, made.adopted_by) == (2, "officers")
    assert (made.entered_by, made.confirmed_by) == (first.id, second.id)
    assert made.parameters == PARAMETERS | {"majority.base": "cast"}
    leaf = json.loads(held.exec(select(LogEntry.leaf)).one())
    assert leaf["type"] == "rules_adopted"
    assert leaf["public"]["version"] == 2
    assert leaf["public"]["valid_from"] == day_of(now()).isoformat()
    assert leaf["public"]["rules"] == made.parameters
    assert leaf["public"]["rules_hash"] == rules_hash(made.parameters)
    assert leaf["public"]["term"] == area.term.id
    assert first.name not in json.dumps(leaf, ensure_ascii=False)


def test_one_officer_alone_adopts_nothing(held: Session, area: Council) -> None:
    first, _second = area.moderators
    asked = adopting.ask(held, begin(held, area, majority__base="cast"), first, now())
    with pytest.raises(Refused) as refused:
        adopting.confirm(held, asked, first, now())
    assert refused.value.code == "second_person_needed"
    assert rules_of_procedure.in_force(held, area.body.id).version == 1


def test_after_thirty_minutes_nobody_can_confirm(held: Session, area: Council) -> None:
    first, second = area.moderators
    at = now()
    asked = adopting.ask(held, begin(held, area, majority__base="cast"), first, at)
    with pytest.raises(Refused) as refused:
        adopting.confirm(held, asked, second, at + timedelta(minutes=30))
    assert refused.value.code == "confirmation_expired"
    again = adopting.ask(held, adoption.draft(held, area.body.id), first, at + timedelta(hours=1))
    adopting.confirm(held, again, second, at + timedelta(hours=1, minutes=29))
    assert held.exec(select(LogEntry)).one().type == "rules_adopted"


def test_a_version_is_confirmed_once(held: Session, area: Council) -> None:
    first, second = area.moderators
    asked = adopting.ask(held, begin(held, area, majority__base="cast"), first, now())
    adopting.confirm(held, asked, second, now())
    with pytest.raises(Refused) as refused:
        adopting.confirm(held, asked, second, now())
    assert refused.value.code == "already_done"
    assert len(held.exec(select(LogEntry)).all()) == 1


def test_who_changes_an_answer_must_ask_again(held: Session, area: Council) -> None:
    draft = begin(held, area, majority__base="cast")
    adopting.ask(held, draft, area.moderators[0], now())
    drafting.store(held, draft, {"majority.base": "yes_no"})
    assert held.exec(select(Confirmation)).all() == []
    assert adopting.request_for(held, draft, now()) is None


def test_a_later_first_day_is_waited_for(held: Session, area: Council) -> None:
    first, second = area.moderators
    draft = begin(held, area, majority__base="cast")
    drafting.start_on(held, draft, day_of(now()) + timedelta(days=10))
    adopting.confirm(held, adopting.ask(held, draft, first, now()), second, now())
    assert rules_of_procedure.in_force(held, area.body.id).version == 1
    later = held.exec(select(RulesOfProcedure).where(RulesOfProcedure.version == 2)).one()
    assert later.state == "adopted"


def test_a_first_day_that_has_passed_becomes_today(held: Session, area: Council) -> None:
    first, second = area.moderators
    draft = begin(held, area, majority__base="cast")
    drafting.start_on(held, draft, date(2026, 1, 1))
    adopting.confirm(held, adopting.ask(held, draft, first, now()), second, now())
    assert rules_of_procedure.in_force(held, area.body.id).valid_from == day_of(now())


def test_the_same_rules_are_no_version(held: Session, area: Council) -> None:
    with pytest.raises(Refused) as refused:
        adopting.ask(held, begin(held, area), area.moderators[0], now())
    assert refused.value.code == "rules_unchanged"


def test_the_first_version_of_a_new_body(held: Session, area: Council) -> None:
    first, second = area.moderators
    jury = Body(area_id=area.area.id, kind="jury", name="Aktionsfondsjury")
    held.add(jury)
    held.flush()
    begin_term(held, jury, area.term.starts_on, area.term.ends_on)
    draft = drafting.begin(held, jury, first, None)
    drafting.store(held, draft, {"quorum.rule": "half"})
    adopting.confirm(held, adopting.ask(held, draft, first, now()), second, now())
    assert rules_of_procedure.in_force(held, jury.id).parameters == {"quorum.rule": "half"}


def test_once_it_can_vote_on_rules_the_body_does(held: Session, area: Council) -> None:
    first, second = area.moderators
    assert not adoption.votes_itself(held, area.body)
    ready = begin(held, area, majority__other="more_than_half")
    adopting.confirm(held, adopting.ask(held, ready, first, now()), second, now())
    assert adoption.votes_itself(held, area.body)
    with pytest.raises(Refused) as refused:
        adopting.ask(held, begin(held, area, majority__base="cast"), first, now())
    assert refused.value.code == "rules_need_vote"


def test_a_version_by_a_vote_needs_no_second_officer(held: Session, area: Council) -> None:
    round_ = builder.prepare_round(held, area)
    question = held.exec(select(Question).where(Question.round_id == round_.id)).one()
    draft = begin(held, area, majority__base="cast")
    adoption.adopt_by_question(held, draft, question, now())
    made = rules_of_procedure.in_force(held, area.body.id)
    assert (made.version, made.adopted_by, made.confirmed_by) == (2, "question", None)
    with pytest.raises(Refused):
        adoption.adopt_by_question(held, draft, question, now())


def test_an_open_round_keeps_its_version(held: Session, area: Council) -> None:
    first, second = area.moderators
    round_ = builder.open_round(held, builder.prepare_round(held, area))
    draft = begin(held, area, majority__base="cast")
    adopting.confirm(held, adopting.ask(held, draft, first, now()), second, now())
    assert rules_of_procedure.procedure(held, round_).choice("majority.base") == "present"


def test_an_emptied_rule_is_missing(held: Session, area: Council) -> None:
    first, second = area.moderators
    draft = begin(held, area, quorum__base=None)
    adopting.confirm(held, adopting.ask(held, draft, first, now()), second, now())
    assert rules_of_procedure.missing(held, area.body.id) == ["quorum.base"]


@pytest.mark.parametrize("changes", [{"quorum.base": "most"}, {"colour": "red"}])
def test_what_the_catalogue_does_not_know_is_refused(
    held: Session, area: Council, changes: dict[str, object]
) -> None:
    draft = begin(held, area)
    with pytest.raises(InputError):
        drafting.store(held, draft, changes)
