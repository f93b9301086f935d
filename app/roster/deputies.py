"""Deputies of a seat: named, ordered, ended."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import db, looking_up
from app.body import day_in, day_of, members_on
from app.models import Deputy, Member, Seat
from app.policy import Action, requires
from app.roster import standing_in
from app.roster.choosing import chosen
from app.roster.forms import ChooseForm
from app.roster.routes import blueprint, load, place_of, running


@blueprint.route("/seats/<int:seat_id>/deputies/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_deputy(seat_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    seat = load(held, Seat, seat_id)
    form = _form(held, seat)
    if not form.is_submitted():
        return render_template("roster/add_deputy.html", form=form, seat=seat)
    if not form.validate():
        return render_template("roster/add_deputy.html", form=form, seat=seat), 422
    held = db.begin_write()
    seat = load(held, Seat, seat_id)
    _body, term = running(held, seat.body_id)
    standing_in.add_deputy(held, seat, term, chosen(held, form), db.clock(held))
    flash(_("Die Vertretung ist eingetragen. Drucken Sie als Nächstes die Karte."))
    return redirect(url_for(".seat", seat_id=seat_id, _anchor="deputies"), 303)


@blueprint.post("/deputies/<int:deputy_id>/move")
@requires(Action.EDIT_ROSTER)
def move_deputy(deputy_id: int) -> Response:
    held = db.begin_write()
    deputy = load(held, Deputy, deputy_id)
    up = request.form.get("to") == "up"
    standing_in.move_deputy(held, deputy, db.clock(held), up=up)
    return redirect(url_for(".seat", seat_id=deputy.seat_id, _anchor="deputies"), 303)


@blueprint.get("/deputies/<int:deputy_id>/end")
@requires(Action.EDIT_ROSTER)
def end_deputy(deputy_id: int) -> str:
    held = db.session()
    deputy = load(held, Deputy, deputy_id)
    looking_up.note("seat", [deputy.member_id])
    return render_template(
        "roster/end_deputy.html",
        deputy=deputy,
        member=held.get_one(Member, deputy.member_id),
        seat=held.get_one(Seat, deputy.seat_id),
    )


@blueprint.post("/deputies/<int:deputy_id>/end")
@requires(Action.EDIT_ROSTER)
def end_deputy_now(deputy_id: int) -> Response:
    held = db.begin_write()
    deputy = load(held, Deputy, deputy_id)
    standing_in.end_deputy(held, deputy, db.clock(held))
    name = held.get_one(Member, deputy.member_id).name
    flash(_("%(name)s vertritt diesen Sitz nicht mehr.", name=name))
    return redirect(url_for(".seat", seat_id=deputy.seat_id, _anchor="deputies"), 303)


def _form(held: Session, seat: Seat) -> ChooseForm:
    """The form with everybody the area knows who holds no seat and is no deputy of this one."""
    body, term, place = place_of(held, seat)
    day = day_in(term, day_of(db.clock(held)))
    taken = {each.id for each in members_on(held, body, term, day)}
    taken |= {member.id for _deputy, member in place.deputies}
    form = ChooseForm()
    form.offer_people(
        held.exec(
            select(Member)
            .where(Member.area_id == body.area_id, col(Member.id).not_in(sorted(taken)))
            .where(col(Member.erased_on).is_(None))
            .order_by(Member.name)
        )
    )
    return form
