"""A choice that ended level, or in which nobody got enough: what is left is voted on again."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from app.errors import Refused
from app.models import Member, Officer, Question, Round
from app.round import announcing, preparing, repeating
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

Client = Callable[[Member | Officer], Browser]
THREE = ("Anger", "Linde", "Markt")
LEVEL = ["option-1"] * 4 + ["option-3"] * 4 + ["option-2"]
SPREAD = ["option-1"] * 4 + ["option-2"] * 3 + ["option-3"] * 2


def decided(held: Session, area: Council, choices: Sequence[str], **values: str) -> Question:
    """Counted and confirmed by these rules."""
    builder.set_rules(held, area, majority__other="more_than_half", **values)
    round_ = builder.prepare_choice(held, area, *THREE)
    deciding.close_prepared(held, area, round_, choices)
    question = deciding.count(held, round_)[0]
    question.state = "confirmed"
    held.commit()
    return question


def again(held: Session, area: Council, question: Question) -> Round:
    owner = held.get_one(Round, question.round_id)
    now = datetime.now(UTC)
    return repeating.second_ballot(held, owner, question, area.meeting, now)


@pytest.mark.parametrize(
    ("choices", "values", "left"),
    [
        (LEVEL, {"choice__rule": "most_votes", "tie__rule": "repeat"}, ["Anger", "Markt"]),
        (SPREAD, {"choice__rule": "more_than_half", "majority__base": "cast"}, ["Anger", "Linde"]),
    ],
)
def test_the_rules_say_which_options_stand_again(
    held: Session, area: Council, choices: list[str], values: dict[str, str], left: list[str]
) -> None:
    question = decided(held, area, choices, **values)
    made = again(held, area, question)
    [asked] = preparing.questions_of(held, made)
    assert (made.state, asked.follows_id) == ("draft", question.id)
    assert asked.options["de"] == [*left, "Keine davon"]
    assert (asked.fewest, asked.most, asked.places, asked.has_blank) == (1, 1, 1, True)
    assert asked.digest != question.digest
    announcing.announce(held, made, datetime.now(UTC))
    held.commit()
    deciding.close_prepared(held, area, made, ["option-1"] * 5 + ["option-2"] * 4)
    [counted] = deciding.count(held, made)
    assert (counted.outcome or {})["code"] == "chosen"


@pytest.mark.parametrize("rule", ["lot", "reject"])
def test_where_the_rules_want_something_else_nobody_votes_again(
    held: Session, area: Council, rule: str
) -> None:
    question = decided(held, area, LEVEL, choice__rule="most_votes", tie__rule=rule)
    with pytest.raises(Refused, match="already_done"):
        again(held, area, question)


def test_a_second_ballot_is_prepared_once_and_after_two_have_confirmed(
    held: Session, area: Council, client_of: Client
) -> None:
    question = decided(held, area, LEVEL, choice__rule="most_votes", tie__rule="repeat")
    question.state = "counted"
    held.commit()
    desk, page = client_of(area.moderators[0]), f"/desk/rounds/{question.round_id}"
    address = f"/desk/questions/{question.id}/second-ballot"
    assert address not in desk.get(page).text
    assert desk.post(address).status_code == 409
    question.state = "confirmed"
    held.commit()
    assert address in desk.get(page).text
    assert [desk.post(address).status_code for _ in range(2)] == [303, 409]
    assert address not in desk.get(page).text
