"""The terms of a body: those that were, the one that runs, the next."""

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.body import day_of
from app.models import Term
from app.policy import Action, requires
from app.roster import ending
from app.roster.beginning import begin_term, next_dates
from app.roster.forms import TermForm
from app.roster.routes import blueprint, load, load_body
from app.text import short_day


@blueprint.get("/bodies/<int:body_id>/terms")
@requires(Action.EDIT_ROSTER)
def terms(body_id: int) -> str:
    held = db.session()
    body = load_body(held, body_id)
    found = held.exec(
        select(Term).where(Term.body_id == body.id).order_by(col(Term.starts_on).desc())
    ).all()
    today = day_of(db.clock(held))
    return render_template("roster/terms.html", body=body, terms=found, today=today)


@blueprint.get("/bodies/<int:body_id>/terms/<term_id>/end")
@requires(Action.EDIT_ROSTER)
def end_of_term(body_id: int, term_id: str) -> str:
    held = db.session()
    body, term = load_body(held, body_id), load(held, Term, term_id)
    if term.body_id != body.id:
        raise NotFound()
    end = ending.look(held, body, term, db.clock(held))
    return render_template("roster/end_of_term.html", body=body, term=term, end=end)


@blueprint.route("/bodies/<int:body_id>/terms/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_term(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body = load_body(held, body_id)
    starts_on, ends_on = next_dates(held, body, day_of(db.clock(held)))
    form = TermForm(data={"starts_on": starts_on, "ends_on": ends_on})
    if not form.is_submitted():
        return render_template("roster/add_term.html", form=form, body=body)
    if not form.validate():
        return render_template("roster/add_term.html", form=form, body=body), 422
    held = db.begin_write()
    first, last = cast("date", form.starts_on.data), cast("date", form.ends_on.data)
    term = begin_term(held, load_body(held, body_id), first, last)
    flash(_("Die Amtszeit ab %(day)s ist angelegt.", day=short_day(term.starts_on)))
    return redirect(url_for(".terms", body_id=body_id), 303)
