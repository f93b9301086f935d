"""A draft of the rules: one a body, kept answer by answer, fixed while the body votes on it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import adoption, rules_of_procedure
from app.errors import Refused
from app.models import Question, Round, RulesOfProcedure
from app.roster import drafting
from app.rule.groups import INTERVIEW
from tests.app import builder
from tests.app.builder import PARAMETERS, Council
from voting.rules import template


@pytest.fixture
def draft(held: Session, area: Council) -> RulesOfProcedure:
    return drafting.begin(held, area.body, area.moderators[0], area.rules)


def ask_about(held: Session, area: Council, draft: RulesOfProcedure) -> Question:
    """A question of an announced round becomes one about this draft."""
    round_ = builder.prepare_round(held, area)
    question = held.exec(select(Question).where(Question.round_id == round_.id)).one()
    question.matter, question.rules_id, question.proposal_id = "other", draft.id, None
    held.flush()
    return question


def test_a_draft_from_the_template_has_no_answer(held: Session, area: Council) -> None:
    draft = drafting.begin(held, area.body, area.moderators[0], None)
    assert (draft.version, draft.state, draft.parameters) == (2, "draft", {})
    assert draft.template_version == template.VERSION
    assert drafting.steps_left(draft) == list(INTERVIEW)


def test_a_draft_of_the_rules_in_force_keeps_their_answers(draft: RulesOfProcedure) -> None:
    assert draft.parameters == PARAMETERS
    left = [step.name for step in drafting.steps_left(draft)]
    assert "quorum" not in left
    assert "majority" in left


def test_a_draft_changes_nothing_that_holds(
    held: Session, area: Council, draft: RulesOfProcedure
) -> None:
    drafting.store(held, draft, {"quorum.base": None, "majority.base": "cast"})
    assert rules_of_procedure.in_force(held, area.body.id).parameters == PARAMETERS


def test_there_is_one_draft_a_body(held: Session, area: Council, draft: RulesOfProcedure) -> None:
    with pytest.raises(Refused):
        drafting.begin(held, area.body, area.moderators[1], None)
    found = drafting.open_draft(held, area.body, area.moderators[1], None)
    assert found.id == draft.id


def test_a_question_left_open_was_gone_through(held: Session, draft: RulesOfProcedure) -> None:
    drafting.store(held, draft, {"majority.funding": "unanimous", "majority.other": None})
    assert "majority.other" not in draft.parameters
    assert "majority" not in [step.name for step in drafting.steps_left(draft)]


def test_who_stands_in_is_not_asked_where_nobody_does(
    held: Session, draft: RulesOfProcedure
) -> None:
    drafting.store(held, draft, {"deputy.mode": "none"})
    assert "deputies" not in [step.name for step in drafting.steps_left(draft)]
    drafting.store(held, draft, {"deputy.mode": "personal"})
    assert "deputies" in [step.name for step in drafting.steps_left(draft)]


def test_a_draft_thrown_away_leaves_the_rules_in_force(
    held: Session, area: Council, draft: RulesOfProcedure
) -> None:
    drafting.discard(held, draft)
    assert adoption.draft(held, area.body.id) is None
    assert rules_of_procedure.in_force(held, area.body.id).version == 1


def test_while_the_body_votes_the_draft_is_fixed(
    held: Session, area: Council, draft: RulesOfProcedure
) -> None:
    ask_about(held, area, draft)
    for act in (
        lambda: drafting.open_draft(held, area.body, area.moderators[0], None),
        lambda: drafting.start_on(held, draft, None),
        lambda: drafting.discard(held, draft),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "rules_bound"


def test_a_round_that_was_broken_off_frees_the_draft_but_keeps_it(
    held: Session, area: Council, draft: RulesOfProcedure
) -> None:
    question = ask_about(held, area, draft)
    held.get_one(Round, question.round_id).state = "void"
    held.flush()
    assert drafting.open_draft(held, area.body, area.moderators[0], None).id == draft.id
    with pytest.raises(Refused) as refused:
        drafting.discard(held, draft)
    assert refused.value.code == "rules_kept"


def test_a_draft_that_was_voted_down_makes_way_for_the_next(
    held: Session, area: Council, draft: RulesOfProcedure
) -> None:
    drafting.store(held, draft, {"majority.base": "cast"})
    ask_about(held, area, draft).state = "published"
    held.flush()
    assert adoption.draft(held, area.body.id) is None
    again = drafting.begin(held, area.body, area.moderators[0], draft)
    assert again.version == 3
    assert again.parameters["majority.base"] == "cast"
    assert adoption.draft(held, area.body.id) == again


def test_a_first_day_can_be_named_and_taken_back(held: Session, draft: RulesOfProcedure) -> None:
    day = datetime.now(UTC).date()
    drafting.start_on(held, draft, day)
    assert draft.valid_from == day
    drafting.start_on(held, draft, None)
    assert draft.valid_from is None
