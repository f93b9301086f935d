"""Seats: several are added, one is looked at, changed or given up."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import db, looking_up, rules_of_procedure
from app.body import Place, day_in, day_of, places_on
from app.composition import composition_of
from app.models import Body, Deputy, Member, Membership, Seat, Term
from app.policy import Action, requires
from app.roster import reserving, seating
from app.roster.forms import SeatForm, SeatsForm
from app.roster.routes import blueprint, load, load_body, place_of
from voting.rules.composition import Composition


@blueprint.route("/bodies/<int:body_id>/seats/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_seat(body_id: int) -> str | Response | tuple[str, int]:
    body = load_body(db.session(), body_id)
    form = SeatsForm()
    form.offer(body)
    if not form.is_submitted():
        return render_template("roster/add_seat.html", form=form, body=body)
    if not form.validate():
        return render_template("roster/add_seat.html", form=form, body=body), 422
    held = db.begin_write()
    seats = seating.add_seats(held, load_body(held, body_id), form.segment.data, form.labels)
    flash(
        ngettext(
            "%(num)d Sitz ist angelegt und noch leer.",
            "%(num)d Sitze sind angelegt und noch leer.",
            len(seats),
        )
    )
    return redirect(url_for(".body", body_id=body_id), 303)


@blueprint.get("/seats/<int:seat_id>")
@requires(Action.EDIT_ROSTER)
def seat(seat_id: int) -> str:
    held = db.session()
    seat = load(held, Seat, seat_id)
    looking_up.note("seat", _people_at(held, seat))
    body, term, place = place_of(held, seat)
    now = db.clock(held)
    rules = rules_of_procedure.in_force(held, body.id)
    return render_template(
        "roster/seat.html",
        body=body,
        term=term,
        seat=seat,
        place=place,
        composition=_composition(held, body, term),
        next_up=None if place.holders else reserving.next_in_rank(held, term, seat.segment, now),
        deputy_mode=rules.parameters.get("deputy.mode") if rules else None,
        past=_past(held, seat, place),
        past_deputies=_past_deputies(held, seat, place),
    )


@blueprint.route("/seats/<int:seat_id>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def edit_seat(seat_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    seat = load(held, Seat, seat_id)
    form = SeatForm(obj=seat)
    form.offer(load_body(held, seat.body_id))
    if not form.is_submitted():
        return render_template("roster/edit_seat.html", form=form, seat=seat)
    if not form.validate():
        return render_template("roster/edit_seat.html", form=form, seat=seat), 422
    held = db.begin_write()
    changed = load(held, Seat, seat_id)
    seating.change_seat(held, changed, form.segment.data, form.label.data or "")
    flash(_("Die Angaben sind gespeichert."))
    return redirect(url_for(".seat", seat_id=seat_id), 303)


@blueprint.get("/seats/<int:seat_id>/give-up")
@requires(Action.EDIT_ROSTER)
def give_up(seat_id: int) -> str:
    held = db.session()
    seat = load(held, Seat, seat_id)
    body, _term, place = place_of(held, seat)
    return render_template("roster/give_up.html", seat=seat, body=body, place=place)


@blueprint.post("/seats/<int:seat_id>/give-up")
@requires(Action.EDIT_ROSTER)
def give_up_now(seat_id: int) -> Response:
    held = db.begin_write()
    seat = load(held, Seat, seat_id)
    seating.give_up(held, seat, db.clock(held))
    flash(_("Sitz %(position)d ist aufgegeben.", position=seat.position))
    return redirect(url_for(".body", body_id=seat.body_id), 303)


def _composition(held: Session, body: Body, term: Term) -> Composition | None:
    day = day_in(term, day_of(db.clock(held)))
    return composition_of(held, body, places_on(held, body, term, day))


def _people_at(held: Session, seat: Seat) -> set[int]:
    """Everybody the page of the seat names: who holds or held it, and its deputies."""
    return {
        member_id
        for link in (Membership, Deputy)
        for member_id in held.exec(select(link.member_id).where(link.seat_id == seat.id))
    }


def _past(held: Session, seat: Seat, place: Place) -> list[tuple[Membership, Member, Term]]:
    """Who held the seat and does not now, the newest first."""
    now_here = [membership.id for membership, _member in place.holders]
    found = held.exec(
        select(Membership, Member, Term)
        .join(Member, col(Member.id) == Membership.member_id)
        .join(Term, col(Term.id) == Membership.term_id)
        .where(Membership.seat_id == seat.id, col(Membership.id).not_in(now_here))
        .order_by(col(Membership.starts_on).desc(), col(Membership.id).desc())
    )
    return list(found)


def _past_deputies(held: Session, seat: Seat, place: Place) -> list[tuple[Deputy, Member]]:
    now_here = [deputy.id for deputy, _member in place.deputies]
    found = held.exec(
        select(Deputy, Member)
        .join(Member, col(Member.id) == Deputy.member_id)
        .where(Deputy.seat_id == seat.id, col(Deputy.id).not_in(now_here))
        .order_by(col(Deputy.starts_on).desc(), col(Deputy.id).desc())
    )
    return list(found)
