"""The bodies of an area and how the room's views find their rows."""

from datetime import date
from typing import TypeVar

from flask import Blueprint, render_template
from flask_login import current_user
from sqlmodel import Session, SQLModel, select
from werkzeug.exceptions import NotFound

from app import db, erasure, rules_of_procedure
from app.body import (
    SEGMENTS,
    Place,
    bodies_of,
    day_in,
    day_of,
    places_on,
    reserves_on,
    term_to_fill,
)
from app.composition import composition_of
from app.errors import Refused
from app.models import Body, Seat, Term
from app.policy import Action, requires
from app.roster import releasing

Row = TypeVar("Row", bound=SQLModel)

blueprint = Blueprint("roster", __name__, url_prefix="/roster")


@blueprint.get("/")
@requires(Action.EDIT_ROSTER)
def index() -> str:
    held = db.session()
    today = day_of(db.clock(held))
    bodies = [_on_seats(held, each, today) for each in bodies_of(held, current_user.area_id)]
    wishes = erasure.waiting(held, current_user.area_id)
    return render_template("roster/index.html", bodies=bodies, wishes=wishes)


def _on_seats(held: Session, body: Body, today: date) -> tuple[Body, Term | None, list[Place]]:
    """A body with the term that is filled now and who is on its seats."""
    term = term_to_fill(held, body, today)
    return body, term, places_on(held, body, term, day_in(term, today) if term else today)


@blueprint.get("/bodies/<int:body_id>")
@requires(Action.EDIT_ROSTER)
def body(body_id: int) -> str:
    held = db.session()
    today = day_of(db.clock(held))
    body, term, places = _on_seats(held, load_body(held, body_id), today)
    rules = rules_of_procedure.in_force(held, body.id)
    parameters = rules.parameters if rules else {}
    return render_template(
        "roster/body.html",
        body=body,
        term=term,
        is_to_come=term is not None and term.starts_on > today,
        groups=[
            (segment, [place for place in places if place.seat.segment == segment])
            for segment in SEGMENTS[body.kind]
        ],
        planned={each: parameters.get(f"body.seats.{each}") for each in SEGMENTS[body.kind]},
        reserves=len(reserves_on(held, term, day_in(term, today))) if term else 0,
        speakers=_speakers(places),
        most_speakers=parameters.get("speakers"),
        composition=composition_of(held, body, places),
        missing=rules_of_procedure.missing(held, body.id),
        is_bound=releasing.is_bound(held, body.id),
        released_until=releasing.released_until(held, body.id, db.clock(held)),
    )


def _speakers(places: list[Place]) -> list[str]:
    rows = (row for place in places for row in place.holders)
    return [member.name for membership, member in rows if membership.is_speaker]


def load(held: Session, table: type[Row], key: object) -> Row:
    """A row of the visitor's area; one that is absent or another area's is not found."""
    row = held.exec(
        select(table).where(
            table.id == key,  # type: ignore[attr-defined]
            table.area_id == current_user.area_id,  # type: ignore[attr-defined]
        )
    ).first()
    if row is None:
        raise NotFound()
    return row


def load_body(held: Session, body_id: int) -> Body:
    return load(held, Body, body_id)


def running(held: Session, body_id: int) -> tuple[Body, Term]:
    """The body and its term that runs today, or the next one to come."""
    body = load_body(held, body_id)
    term = term_to_fill(held, body, day_of(db.clock(held)))
    if term is None:
        raise Refused("no_term")
    return body, term


def place_of(held: Session, seat: Seat) -> tuple[Body, Term, Place]:
    """A seat with its body, the term that is filled now and who is on the seat in it."""
    body, term = running(held, seat.body_id)
    places = places_on(held, body, term, day_in(term, day_of(db.clock(held))))
    found = next((each for each in places if each.seat.id == seat.id), Place(seat, []))
    return body, term, found
