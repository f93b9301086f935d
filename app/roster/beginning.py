"""A body gets its next term; seats carry over, people do not."""

from datetime import date, timedelta
from itertools import count

from sqlmodel import Session, col, select

from app import rules_of_procedure
from app.errors import Refused
from app.models import Area, Body, Term
from app.roster.seating import lock_body
from app.text import short_day
from voting.rules.membership import last_day
from voting.rules.procedure import Procedure

NAMES = {"council": "rat", "jury": "jury", "steering_round": "runde", "selection_body": "auswahl"}


def begin_term(held: Session, body: Body, starts_on: date, ends_on: date) -> Term:
    """Add a term that overlaps no other; its public id is made of area, body and year."""
    lock_body(held, body.id)
    if ends_on <= starts_on:
        raise Refused("term_backwards")
    other = held.exec(
        select(Term).where(
            Term.body_id == body.id, Term.starts_on <= ends_on, Term.ends_on >= starts_on
        )
    ).first()
    if other is not None:
        raise Refused("terms_overlap", end=short_day(other.ends_on))
    term = Term(
        id=_free_id(held, body, starts_on.year),
        area_id=body.area_id,
        body_id=body.id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    held.add(term)
    held.flush()
    return term


def next_dates(held: Session, body: Body, today: date) -> tuple[date, date]:
    """The day after the last term, at the earliest today, and the end by `term.months`."""
    last = held.exec(
        select(Term).where(Term.body_id == body.id).order_by(col(Term.ends_on).desc())
    ).first()
    start = max(today, last.ends_on + timedelta(days=1)) if last else today
    rules = rules_of_procedure.in_force(held, body.id)
    return start, last_day(
        start, rules_of_procedure.procedure_of(rules) if rules else Procedure({})
    )


def _free_id(held: Session, body: Body, year: int) -> str:
    slug = held.get_one(Area, body.area_id).slug
    first = f"{slug}-{NAMES[body.kind]}-{year}"
    names = (first if number == 1 else f"{first}-{number}" for number in count(1))
    return next(name for name in names if held.get(Term, name) is None)
