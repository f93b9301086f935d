"""Memberships: a seat is filled or shared, what is noted about its holders, and the end."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db, looking_up, rules_of_procedure
from app.models import Member, Membership, Seat, Term
from app.policy import Action, requires
from app.roster import holding, seating
from app.roster.choosing import chosen
from app.roster.forms import SOURCES, DualRoleForm, EndForm, HolderForm
from app.roster.routes import blueprint, load, place_of, running


@blueprint.route("/seats/<int:seat_id>/member", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def fill_seat(seat_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    seat = load(held, Seat, seat_id)
    _body, term, place = place_of(held, seat)
    form = _holder_form(held, seat)
    shown = {"form": form, "seat": seat, "term": term, "holders": place.holders}
    if not form.is_submitted():
        return render_template("roster/fill_seat.html", **shown)
    if not form.validate():
        return render_template("roster/fill_seat.html", **shown), 422
    held = db.begin_write()
    seat = load(held, Seat, seat_id)
    _body, term = running(held, seat.body_id)
    act = seating.share if place.holders else seating.fill
    act(held, seat, term, chosen(held, form), db.clock(held), source=form.source.data or None)
    flash(_("Der Sitz ist besetzt. Drucken Sie als Nächstes die Karte."))
    return redirect(url_for(".seat", seat_id=seat_id), 303)


@blueprint.route("/memberships/<int:membership_id>/end", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def end(membership_id: int) -> str | Response | tuple[str, int]:
    membership, member, seat = _load(db.session(), membership_id)
    looking_up.note("seat", [member.id])
    form = EndForm()
    shown = {"form": form, "membership": membership, "member": member, "seat": seat}
    if not form.is_submitted():
        return render_template("roster/end.html", **shown)
    if not form.validate():
        return render_template("roster/end.html", **shown), 422
    held = db.begin_write()
    membership, member, seat = _load(held, membership_id)
    now = db.clock(held)
    seating.vacate(held, membership, now, form.reason.data)
    flash(_("%(name)s hat keinen Sitz mehr.", name=member.name))
    if not seating.holders_of(held, seat, held.get_one(Term, membership.term_id), now):
        flash(_("Sitz %(position)d ist leer.", position=seat.position))
    return redirect(url_for(".seat", seat_id=seat.id), 303)


@blueprint.post("/memberships/<int:membership_id>/move")
@requires(Action.EDIT_ROSTER)
def move_holder(membership_id: int) -> Response:
    held = db.begin_write()
    membership = load(held, Membership, membership_id)
    up = request.form.get("to") == "up"
    holding.move_holder(held, membership, db.clock(held), up=up)
    return redirect(url_for(".seat", seat_id=membership.seat_id, _anchor="holders"), 303)


@blueprint.post("/memberships/<int:membership_id>/speaker")
@requires(Action.EDIT_ROSTER)
def make_speaker(membership_id: int) -> Response:
    held = db.begin_write()
    membership, member, seat = _load(held, membership_id)
    holding.make_speaker(held, membership, db.clock(held))
    flash(_("%(name)s spricht für das Gremium.", name=member.name))
    return redirect(url_for(".seat", seat_id=seat.id), 303)


@blueprint.post("/memberships/<int:membership_id>/no-speaker")
@requires(Action.EDIT_ROSTER)
def end_speaker(membership_id: int) -> Response:
    held = db.begin_write()
    membership, member, seat = _load(held, membership_id)
    holding.end_speaker(held, membership)
    flash(_("%(name)s spricht nicht mehr für das Gremium.", name=member.name))
    return redirect(url_for(".seat", seat_id=seat.id), 303)


@blueprint.route("/memberships/<int:membership_id>/dual-role", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def dual_role(membership_id: int) -> str | Response | tuple[str, int]:
    membership, member, seat = _load(db.session(), membership_id)
    looking_up.note("seat", [member.id])
    form = DualRoleForm(obj=membership)
    shown = {"form": form, "member": member, "seat": seat}
    if not form.is_submitted():
        return render_template("roster/dual_role.html", **shown)
    if not form.validate():
        return render_template("roster/dual_role.html", **shown), 422
    held = db.begin_write()
    membership = load(held, Membership, membership_id)
    holding.set_dual_role(held, membership, form.dual_role.data or "")
    flash(_("Die Angaben sind gespeichert."))
    return redirect(url_for(".seat", seat_id=membership.seat_id), 303)


def _load(held: Session, membership_id: int) -> tuple[Membership, Member, Seat]:
    membership = load(held, Membership, membership_id)
    return (
        membership,
        held.get_one(Member, membership.member_id),
        held.get_one(Seat, membership.seat_id),
    )


def _holder_form(held: Session, seat: Seat) -> HolderForm:
    """The form with the people who are free, and the way in that the rules name."""
    body, term = running(held, seat.body_id)
    rules = rules_of_procedure.in_force(held, body.id)
    usual = rules.parameters.get(f"member.source.{seat.segment}") if rules else None
    form = HolderForm(data={"source": usual if usual in SOURCES else ""})
    form.offer_people(seating.without_seat(held, body, term, db.clock(held)))
    return form
