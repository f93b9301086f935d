"""What a process does in a race; each answers with what its caller would have been told."""

import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response
from sqlalchemy import text
from sqlmodel import Session, select

from app import db
from app.booth.casting import cast
from app.errors import Refused
from app.models import Member, Question, Round
from app.round import closing, publishing
from tests.app.builder import browse

Told = tuple[str, str]
VERIFYING_SECONDS = 0.02


def cast_ballot(app: Flask, member_id: int, round_id: str, submission: dict[str, Any]) -> Told:
    """Cast as a request does: read, verify, write, commit before the answer leaves."""
    with app.test_request_context():
        try:
            receipt = cast(db.session().get_one(Member, member_id), round_id, submission)
        except Refused as refusal:
            return "refused", refusal.code
        answer = db.finish(Response())
        return ("receipt", receipt) if answer.status_code == 200 else ("failed", answer.status)


def close_round(app: Flask, round_id: str) -> Told:
    try:
        with app.app_context(), db.writing() as held:
            round_ = held.exec(select(Round).where(Round.id == round_id).with_for_update()).one()
            closing.end(held, round_, datetime.now(UTC), "end")
            held.commit()
            return "closed", round_id
    except Refused as refusal:
        return "refused", refusal.code


def press(app: Flask, cookie: str, path: str, form: dict[str, Any]) -> Told:
    """Press a button of the desk as a browser does; told are the status and where it leads."""
    answer = browse(app, None, cookie).post(path, data=form)
    return str(answer.status_code), answer.location or ""


def publish_decision(app: Flask, question_id: str) -> Told:
    try:
        with app.app_context(), db.writing() as held:
            question = held.get_one(Question, question_id)
            summary = {"de": "Ja.", "en": "Yes."}
            decision = publishing.publish(held, question, summary, db.clock(held))
            held.commit()
            return "published", decision.number
    except Refused as refusal:
        return "refused", refusal.code


def cast_naively(app: Flask, round_id: str) -> Told:
    """The control: look whether there is a ballot, then insert one, each as a step of its own."""
    with app.app_context():
        with Session(app.extensions["reading"]) as held:
            query = text("SELECT count(*) FROM naive_ballot WHERE round_id = :round_id")
            found = held.execute(query, {"round_id": round_id}).scalar_one()
        if found:
            return "refused", "already_done"
        time.sleep(VERIFYING_SECONDS)
        with db.writing() as held:
            insert = text("INSERT INTO naive_ballot (round_id) VALUES (:round_id)")
            held.execute(insert, {"round_id": round_id})
        return "receipt", round_id


def close_naively(app: Flask, round_id: str) -> Told:
    """The control: a close that does not ask whether the round is still open."""
    with app.app_context(), db.writing() as held:
        held.execute(
            text("INSERT INTO naive_close (round_id) VALUES (:round_id)"), {"round_id": round_id}
        )
    return "closed", round_id
