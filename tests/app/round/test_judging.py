"""Closed questions are judged by the body's own rules: groups of voters, matters, majorities."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from app.models import Round
from app.round import judging, preparing
from tests.app import builder, deciding
from tests.app.builder import Council

YES = ["yes"] * 9


@pytest.mark.parametrize(
    ("silent", "code"), [((), "adopted"), ((0, 1, 2), "segment_failed"), ((0, 6), "adopted")]
)
def test_residents_need_the_majority_of_those_who_cast(
    held: Session, area: Council, silent: tuple[int, ...], code: str
) -> None:
    builder.change_rules(
        held,
        area,
        {"resident_majority": "cast", "majority.base": "cast", "majority.funding": "two_thirds"},
    )
    area.members = [each for place, each in enumerate(area.members) if place not in silent]
    round_ = deciding.close(held, area, YES)
    question = deciding.count(held, round_)[0]
    assert (question.outcome or {})["code"] == code
    turnout = judging.turnout_of(held, question)
    residents = 6 - sum(1 for place in silent if place < 6)
    assert (turnout.residents, turnout.received) == (residents, 9 - len(silent))
    if code == "segment_failed":
        assert (question.outcome or {})["yes"] is None


def test_too_few_residents_present_take_a_question_out(
    held: Session, area: Council, prepared_round: Callable[..., Round]
) -> None:
    builder.change_rules(held, area, {"resident_majority": "present", "quorum.rule": "half"})
    round_ = prepared_round(questions=2, recused={1: area.members[:3]})
    builder.open_round(held, round_)
    first, second = preparing.questions_of(held, round_)
    assert (first.state, first.taken_out_reason) == ("taken_out", "segment_failed")
    assert second.state == "listed"
