"""The council: its seats and who holds them. Rules and cards have their own files."""

from typing import NoReturn

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import db, electoral_roll
from app.council import council_of, day_of, places_on, term_on
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
    body = council_of(held, current_user.area_id)
    today = day_of(db.clock(held))
    term = term_on(held, body, today)
    places = places_on(held, body, term, today)
    return render_template(
        "roster/index.html",
        body=body,
        term=term,
        groups=[
            (segment, [place for place in places if place.seat.segment == segment])
            for segment in ("resident", "partner")
        ],
        missing=electoral_roll.missing_rules(held, body.id),
    )


@blueprint.route("/seats/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_seat() -> str | Response | tuple[str, int]:
    form = SeatForm()
    if not form.is_submitted():
        return render_template("roster/add_seat.html", form=form)
    if not form.validate():
        return render_template("roster/add_seat.html", form=form), 422
    held = db.begin_write()
    body = council_of(held, current_user.area_id)
    seat = seating.add_seat(held, body, form.segment.data, form.label.data or "")
    flash(_("Sitz %(position)d ist angelegt und noch leer.", position=seat.position))
    return redirect(url_for(".index"), 303)


@blueprint.route("/seats/<int:seat_id>/member", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def fill_seat(seat_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    seat = _seat(held, seat_id)
    form = _member_form(held)
    if not form.is_submitted():
        return render_template("roster/fill_seat.html", form=form, seat=seat)
    if not form.validate():
        return render_template("roster/fill_seat.html", form=form, seat=seat), 422
    held = db.begin_write()
    _body, term = running(held)
    seating.fill(held, _seat(held, seat_id), term, _person(held, form), db.clock(held))
    flash(_("Der Sitz ist besetzt. Drucken Sie als Nächstes die Karte."))
    return redirect(url_for(".index"), 303)


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
            "%(name)s ist nicht mehr im Quartiersrat. Sitz %(position)d ist leer.",
            name=member.name,
            position=seat.position,
        )
    )
    return redirect(url_for(".index"), 303)


def running(held: Session) -> tuple[Body, Term]:
    """The council and the term that runs today."""
    body = council_of(held, current_user.area_id)
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


def _member_form(held: Session) -> MemberForm:
    form = MemberForm()
    body, term = running(held)
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
