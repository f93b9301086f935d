"""Phones follow what is up for a vote, and learn nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import event
from sqlmodel import Session

from app.models import Round
from app.round import closing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

PULSE = "/booth/pulse/anger"


def test_the_mark_changes_with_the_round_and_not_with_a_vote(
    held: Session, area: Council, visitor: Browser, client_of: Callable[..., Browser]
) -> None:
    marks = [visitor.get(PULSE).json["mark"]]
    round_ = builder.prepare_round(held, area)
    marks.append(visitor.get(PULSE).json["mark"])
    builder.open_round(held, round_)
    marks.append(visitor.get(PULSE).json["mark"])
    deciding.let_cast(held, area, round_, [(area.members[0], "yes")])
    assert visitor.get(PULSE).json["mark"] == marks[-1]
    assert f'data-mark="{marks[-1]}"' in client_of(area.members[1]).get("/booth/").text
    closing.start_last_call(held, held.get_one(Round, round_.id), datetime.now(UTC))
    marks.append(visitor.get(PULSE).json["mark"])
    closing.end(held, held.get_one(Round, round_.id), datetime.now(UTC), "end")
    marks.append(visitor.get(PULSE).json["mark"])
    assert len(set(marks)) == 4
    assert marks[-1] == marks[0]


def test_the_same_answer_costs_one_query_and_no_session(
    app: Flask, area: Council, held: Session, client_of: Callable[..., Browser]
) -> None:
    phone = client_of(area.members[0])
    tag = phone.get(PULSE).headers["ETag"]
    app.extensions["still"].clear()
    asked: list[str] = []
    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert phone.get(PULSE, headers={"If-None-Match": tag}).status_code == 304
    assert len([each for each in asked if not each.startswith("PRAGMA")]) == 1


def test_an_unknown_area_has_none(area: Council, visitor: Browser) -> None:
    assert visitor.get("/booth/pulse/nirgends").status_code == 404
