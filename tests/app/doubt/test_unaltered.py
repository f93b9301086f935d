"""No route alters a published decision, but two that need a second person."""

from collections.abc import Iterable

import pytest
from flask import Flask
from sqlmodel import Session, select

from app.models import Confirmation, Decision, Question, RollEntry
from app.policy import POLICY
from tests.app import builder
from tests.app.rights import building
from tests.app.rights.door import Door, doors
from tests.app.rights.ground import Ground
from tests.app.rights.sending import sent
from tests.app.rights.visiting import Visitor, visitors

ACTS = {"annul_decision", "correct_summary"}


@pytest.fixture
def ground(held: Session) -> Ground:
    return building.build_whole(held, "zuhaus", "Zuhaus")


def fixed(held: Session, ground: Ground) -> list[str]:
    """Everything that was decided: page, number, wording, sum, figures and roll."""
    held.rollback()
    held.expire_all()
    decision = held.get_one(Decision, ground.ids["decision_id"])
    question = held.get_one(Question, decision.question_id)
    roll = held.exec(
        select(RollEntry).where(RollEntry.question_id == question.id).order_by(RollEntry.seat_id)
    ).all()
    rows = [repr(each.model_dump()) for each in (decision, question, *roll)]
    held.rollback()
    return rows


def aimed(ground: Ground, door: Door, role: str) -> dict[str, object]:
    """The ids of an address, each pointing at the published decision where it can."""
    ids = ground.ids_for(door.endpoint, role)
    decided = ground.at["public.archive"]
    return ids | {name: decided[name] for name in ("round_id", "question_id") if name in ids}


def path_of(door: Door, ids: dict[str, object]) -> str | None:
    """The address; None without an id of its kind, of which the walk through all doors tells."""
    try:
        return door.path(ids)
    except (KeyError, ValueError):
        return None


def try_everything(
    app: Flask, ground: Ground, found: Iterable[Door], everybody: Iterable[Visitor]
) -> int:
    """Send every form to every address, aimed at the decision and as it is meant; how many."""
    tried = 0
    for visitor in everybody:
        for door in found:
            if door.is_safe or door.action is None or visitor.role not in POLICY[door.action]:
                continue
            own = ground.ids_for(door.endpoint, visitor.role)
            for ids in (aimed(ground, door, visitor.role), own):
                if path := path_of(door, ids):
                    visitor.open(app, path, door.method, **sent(door.endpoint, ground))
                    tried += 1
    return tried


def at_home(held: Session, ground: Ground, *wanted: str) -> list[Visitor]:
    found = visitors(held, ground, ground)
    return [each for each in found if each.name in wanted]


def alone(app: Flask) -> list[Door]:
    """All doors but the one of the second person; those that end a session come last."""
    found = [each for each in doors(app) if each.endpoint != "desk.confirm"]
    return sorted(found, key=lambda door: door.endpoint.startswith("account."))


def test_no_single_person_alters_what_was_published(
    app: Flask, held: Session, ground: Ground
) -> None:
    before = fixed(held, ground)
    everybody = at_home(held, ground, "nobody", "member here", "moderator here")
    assert try_everything(app, ground, alone(app), everybody) > 100
    assert fixed(held, ground) == before
    asked = held.exec(select(Confirmation.act).where(Confirmation.act.in_(ACTS)))
    assert set(asked) == ACTS


@pytest.mark.parametrize("page", ["annul", "correct"])
def test_two_persons_do(app: Flask, held: Session, ground: Ground, page: str) -> None:
    """The control: with a second person something changes, so that the test above can fail."""
    before = fixed(held, ground)
    first = builder.browse(app, held, builder.sign_in(held, ground.council.moderators[0]))
    second = builder.browse(app, held, builder.sign_in(held, ground.council.moderators[1]))
    address = f"/desk/decisions/{ground.ids['decision_id']}/{page}"
    first.post(address, **sent(f"doubt.{page}", ground))
    asked = held.exec(select(Confirmation).where(Confirmation.act.in_(ACTS))).all()[-1]
    assert fixed(held, ground) == before
    assert second.post(f"/desk/confirmations/{asked.id}").status_code == 303
    assert fixed(held, ground) != before
