"""The bodies, their seats and who holds them. Rules and cards have their own files."""

from typing import NoReturn

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import db, electoral_roll
from app.body import bodies_of, day_of, places_on, term_on
from app.errors import Refused
from app.models import Body, Member, Membership, Seat, Term
from app.policy import Action, requires
from app.roster import seating
from app.roster.forms import NEW_PERSON, MemberForm, SeatForm

blueprint = Blueprint("roster", __name__, url_prefix="/roster")


@blueprint.get("/")
@requires(Action.EDIT_ROSTER)
def index() -> str:
    held = db.session()
    today = day_of(db.clock(held))
    bodies = [
        (each, term := term_on(held, each, today), places_on(held, each, term, today))
        for each in bodies_of(held, current_user.area_id)
    ]
    return render_template("roster/index.html", bodies=bodies)


@blueprint.get("/bodies/<int:body_id>")
@requires(Action.EDIT_ROSTER)
def body(body_id: int) -> str:
    held = db.session()
    body = load_body(held, body_id)
    today = day_of(db.clock(held))
    term = term_on(held, body, today)
    places = places_on(held, body, term, today)
    return render_template(
        "roster/body.html",
        body=body,
        term=term,
        groups=[
            (segment, [place for place in places if place.seat.segment == segment])
            for segment in ("resident", "partner")
        ],
        missing=electoral_roll.missing_rules(held, body.id),
    )


@blueprint.route("/bodies/<int:body_id>/seats/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_seat(body_id: int) -> str | Response | tuple[str, int]:
    body = load_body(db.session(), body_id)
    form = SeatForm()
    if not form.is_submitted():
        return render_template("roster/add_seat.html", form=form, body=body)
    if not form.validate():
        return render_template("roster/add_seat.html", form=form, body=body), 422
    held = db.begin_write()
    body = load_body(held, body_id)
    seat = seating.add_seat(held, body, form.segment.data, form.label.data or "")
    flash(_("Sitz %(position)d ist angelegt und noch leer.", position=seat.position))
    return redirect(url_for(".index"), 303)


@blueprint.route("/seats/<int:seat_id>/member", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def fill_seat(seat_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    seat = _seat(held, seat_id)
    form = _member_form(held, seat)
    if not form.is_submitted():
        return render_template("roster/fill_seat.html", form=form, seat=seat)
    if not form.validate():
        return render_template("roster/fill_seat.html", form=form, seat=seat), 422
    held = db.begin_write()
    seat = _seat(held, seat_id)
    _body, term = running(held, seat.body_id)
    seating.fill(held, seat, term, _person(held, form), db.clock(held))
    flash(_("Der Sitz ist besetzt. Drucken Sie als Nächstes die Karte."))
    return redirect(url_for(".body", body_id=seat.body_id), 303)


@blueprint.get("/memberships/<int:membership_id>/end")
@requires(Action.EDIT_ROSTER)
def end(membership_id: int) -> str:
    membership, member, seat = _membership(db.session(), membership_id)
    return render_template("roster/end.html", membership=membership, member=member, seat=seat)


@blueprint.post("/memberships/<int:membership_id>/end")
@requires(Action.EDIT_ROSTER)
def end_now(membership_id: int) -> Response:
    held = db.begin_write()
    membership, member, seat = _membership(held, membership_id)
    seating.vacate(held, membership, db.clock(held))
    flash(
        _(
            "%(name)s hat keinen Sitz mehr. Sitz %(position)d ist leer.",
            name=member.name,
            position=seat.position,
        )
    )
    return redirect(url_for(".body", body_id=seat.body_id), 303)


def load_body(held: Session, body_id: int) -> Body:
    """A body of the visitor's area; one that is absent or another area's is not found."""
    body = held.exec(
        select(Body).where(Body.id == body_id, Body.area_id == current_user.area_id)
    ).first()
    return body or _absent()


def running(held: Session, body_id: int) -> tuple[Body, Term]:
    """The body and its term that runs today."""
    body = load_body(held, body_id)
    term = term_on(held, body, day_of(db.clock(held)))
    if term is None:
        raise Refused("no_term")
    return body, term


def _seat(held: Session, seat_id: int) -> Seat:
    seat = held.exec(
        select(Seat).where(Seat.id == seat_id, Seat.area_id == current_user.area_id)
    ).first()
    return seat or _absent()


def _membership(held: Session, membership_id: int) -> tuple[Membership, Member, Seat]:
    found = held.exec(
        select(Membership, Member, Seat)
        .join(Member, col(Member.id) == Membership.member_id)
        .join(Seat, col(Seat.id) == Membership.seat_id)
        .where(Membership.id == membership_id, Membership.area_id == current_user.area_id)
    ).first()
    return found or _absent()


def _member_form(held: Session, seat: Seat) -> MemberForm:
    form = MemberForm()
    body, term = running(held, seat.body_id)
    known = seating.without_seat(held, body, term, db.clock(held))
    form.person.choices = [
        SelectChoice(NEW_PERSON, _("Eine neue Person")),
        *(SelectChoice(member.id, member.name) for member in known),
    ]
    return form


def _person(held: Session, form: MemberForm) -> Member:
    if form.person.data == NEW_PERSON:
        return Member(
            area_id=current_user.area_id, name=form.name.data, mail=form.mail.data or None
        )
    found = held.exec(
        select(Member).where(Member.id == form.person.data, Member.area_id == current_user.area_id)
    ).first()
    return found or _absent()


def _absent() -> NoReturn:
    raise NotFound()
