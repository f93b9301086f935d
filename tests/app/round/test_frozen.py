"""What is frozen at the opening stays: every form of the site is sent at an open round."""

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from app import db
from app.models import Board, Question, RollEntry, Round, RulesOfProcedure
from app.policy import Action, requires
from app.round import preparing
from tests.app import builder
from tests.app.rights import building
from tests.app.rights.door import Door, doors
from tests.app.rights.ground import Ground
from tests.app.rights.sending import sent
from tests.service.database import only_sqlite

ROUND = {"area_id", "body_id", "term_id", "meeting_id", "rules_id", "mode", "secrecy", "trust"}
QUESTION = {
    *("matter", "proposal_id", "rules_id", "wording", "options", "title", "conditions"),
    *("amount_cents", "digest", "roll_facts", "roll_gaps", "required_yes"),
}


@pytest.fixture
def home(held: Session) -> Ground:
    return building.build_whole(held, "zuhaus", "Zuhaus")


def frozen(held: Session, round_id: str) -> list[Any]:
    """Wording in all languages, sum, conditions, rules version, roll and election of a round."""
    held.rollback()
    held.expire_all()
    round_ = held.get_one(Round, round_id)
    rules = held.get_one(RulesOfProcedure, round_.rules_id)
    found = [round_.model_dump(include=ROUND), round_.opened_at, rules.version, rules.parameters]
    for question in preparing.questions_of(held, round_):
        roll = select(RollEntry).where(RollEntry.question_id == question.id)
        entries = held.exec(roll.order_by(col(RollEntry.seat_id))).all()
        board = held.get_one(Board, question.id)
        found += [question.model_dump(include=QUESTION), board.election, board.credentials_hash]
        found += [entry.model_dump() for entry in entries]
    held.rollback()
    return found


def aimed_ids(held: Session, home: Ground, round_id: str) -> dict[str, Any]:
    """The ids of everything that an open round was made from."""
    question = preparing.questions_of(held, held.get_one(Round, round_id))[0]
    rules_id = held.get_one(Round, round_id).rules_id
    voter = held.exec(select(RollEntry).where(RollEntry.question_id == question.id)).first()
    held.rollback()
    return {
        "round_id": round_id,
        "question_id": question.id,
        "proposal_id": question.proposal_id,
        "rules_id": rules_id,
        "member_id": voter.member_id,
        "seat_id": voter.seat_id,
    }


def send_everything(
    app: Flask, held: Session, home: Ground, round_id: str, tried: Iterable[Door]
) -> tuple[list[str], int]:
    """Which doors changed what is frozen, and how many did something at all."""
    before, aimed = frozen(held, round_id), aimed_ids(held, home, round_id)
    cookies = [
        (role, builder.sign_in(held, person))
        for role, person in (
            ("moderator", home.moderator),
            ("administrator", home.administrator),
            ("member", home.member),
        )
    ]
    held.expunge_all()
    guilty, done = [], 0
    for door in tried:
        for role, cookie in cookies:
            ids = home.ids_for(door.endpoint, role)
            ids |= {name: key for name, key in aimed.items() if name in door.names}
            if set(door.names) <= ids.keys():
                browser, form = builder.browse(app, held, cookie), sent(door.endpoint, home)
                answer = browser.open(door.path(ids), method=door.method, **form)
                done += answer.status_code in (200, 201, 303)
        if frozen(held, round_id) != before:
            guilty.append(door.endpoint)
            before = frozen(held, round_id)
    return guilty, done


def open_round_of(home: Ground) -> str:
    return str(home.at["desk.last_call"]["round_id"])


@only_sqlite
def test_no_form_of_the_site_alters_what_is_frozen(app: Flask, held: Session, home: Ground) -> None:
    writing = [each for each in doors(app) if not each.is_safe and each.endpoint != LEAVING]
    guilty, done = send_everything(app, held, home, open_round_of(home), writing)
    assert guilty == []
    assert done > 20, "too few were accepted to say anything"


LEAVING = "account.sign_out"


@requires(Action.RUN_ROUNDS)
def _rewords(question_id: str) -> str:
    question = db.begin_write().get_one(Question, question_id)
    question.wording = question.wording | {"en": "Should it cost more?"}
    return "geändert"


@only_sqlite
def test_a_form_that_does_is_found(own_app: Flask, held: Session, home: Ground) -> None:
    """The control: one language of the wording is enough."""
    own_app.add_url_rule("/neu/<question_id>", view_func=_rewords, methods=["POST"])
    broken = [each for each in doors(own_app) if each.endpoint == "_rewords"]
    guilty, _done = send_everything(own_app, held, home, open_round_of(home), broken)
    assert guilty == ["_rewords"]
