"""The reserve list of a body: who is on it in which rank, who moves up, who leaves."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import db, looking_up, rules_of_procedure
from app.body import day_in, day_of, places_on, reserves_on
from app.errors import Refused
from app.models import Body, Member, ReservePlace, Seat, Term
from app.policy import Action, requires
from app.roster import reserving, seating
from app.roster.choosing import chosen
from app.roster.forms import LeaveForm, ReserveForm
from app.roster.routes import blueprint, load, place_of, running


@blueprint.get("/bodies/<int:body_id>/reserve")
@requires(Action.EDIT_ROSTER)
def reserve(body_id: int) -> str:
    held = db.session()
    body, term = running(held, body_id)
    day = day_in(term, day_of(db.clock(held)))
    listed = reserves_on(held, term, day)
    first = {place.segment: (place, member) for place, member in reversed(listed)}
    vacant = [each.seat for each in places_on(held, body, term, day) if not each.holders]
    return render_template(
        "roster/reserve.html",
        body=body,
        term=term,
        listed=listed,
        vacant=[(seat, first[seat.segment][1]) for seat in vacant if seat.segment in first],
        without_next=sum(1 for seat in vacant if seat.segment not in first),
        gone=_gone(held, term, {place.id for place, _member in listed}),
        is_pool=_is_pool(held, body),
    )


@blueprint.route("/bodies/<int:body_id>/reserve/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_reserve(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body, term = running(held, body_id)
    form = ReserveForm()
    form.offer(body, reserving.SEGMENTS_LISTED)
    form.offer_people(seating.without_seat(held, body, term, db.clock(held)))
    shown = {"form": form, "body": body, "is_pool": _is_pool(held, body)}
    if not form.is_submitted():
        return render_template("roster/add_reserve.html", **shown)
    if not form.validate():
        return render_template("roster/add_reserve.html", **shown), 422
    held = db.begin_write()
    _body, term = running(held, body_id)
    place = reserving.add_reserve(held, term, chosen(held, form), form.segment.data, db.clock(held))
    flash(_("Eingetragen auf Platz %(rank)d.", rank=place.rank))
    return redirect(url_for(".reserve", body_id=body_id), 303)


@blueprint.route("/reserve/<int:place_id>/leave", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def leave_reserve(place_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    place = load(held, ReservePlace, place_id)
    member = held.get_one(Member, place.member_id)
    body_id = held.get_one(Term, place.term_id).body_id
    looking_up.note("seat", [member.id])
    form = LeaveForm()
    shown = {"form": form, "place": place, "member": member, "body_id": body_id}
    if not form.is_submitted():
        return render_template("roster/leave_reserve.html", **shown)
    if not form.validate():
        return render_template("roster/leave_reserve.html", **shown), 422
    held = db.begin_write()
    reserving.leave(held, load(held, ReservePlace, place_id), form.reason.data, db.clock(held))
    flash(_("%(name)s steht nicht mehr auf der Liste.", name=member.name))
    return redirect(url_for(".reserve", body_id=body_id), 303)


@blueprint.get("/seats/<int:seat_id>/move-up")
@requires(Action.EDIT_ROSTER)
def move_up(seat_id: int) -> str:
    held = db.session()
    seat = load(held, Seat, seat_id)
    body, term, place = place_of(held, seat)
    if place.holders:
        raise Refused("seat_taken")
    found = reserving.next_in_rank(held, term, seat.segment, db.clock(held))
    if found is None:
        raise Refused("nobody_listed")
    reserve, member = found
    looking_up.note("seat", [member.id])
    return render_template(
        "roster/move_up.html", body=body, seat=seat, member=member, rank=reserve.rank
    )


@blueprint.post("/seats/<int:seat_id>/move-up")
@requires(Action.EDIT_ROSTER)
def move_up_now(seat_id: int) -> Response:
    held = db.begin_write()
    seat = load(held, Seat, seat_id)
    _body, term = running(held, seat.body_id)
    made = reserving.move_up(held, seat, term, db.clock(held))
    name = held.get_one(Member, made.member_id).name
    flash(_("%(name)s hat jetzt Sitz %(position)d.", name=name, position=seat.position))
    return redirect(url_for(".seat", seat_id=seat_id), 303)


def _is_pool(held: Session, body: Body) -> bool:
    """Whether the rules use the list as a pool of deputies; the words on the page depend on it."""
    rules = rules_of_procedure.in_force(held, body.id)
    return rules is not None and rules.parameters.get("deputy.mode") == "pool"


def _gone(held: Session, term: Term, listed: set[int]) -> list[tuple[ReservePlace, Member]]:
    """Who was on the list: moved up or left."""
    found = held.exec(
        select(ReservePlace, Member)
        .join(Member, col(Member.id) == ReservePlace.member_id)
        .where(ReservePlace.term_id == term.id, col(ReservePlace.id).not_in(sorted(listed)))
        .order_by(col(ReservePlace.rank))
    )
    return list(found)
