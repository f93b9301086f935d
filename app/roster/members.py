"""A person known to the area: what is noted, and every place held in its bodies."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import consent, db, looking_up
from app.body import day_of
from app.errors import Refused
from app.models import Body, Deputy, Erasure, Member, Membership, ReservePlace, Seat, Term
from app.policy import Action, requires
from app.roster.forms import MemberForm
from app.roster.routes import blueprint, load


@blueprint.get("/members/<int:member_id>")
@requires(Action.EDIT_ROSTER)
def member(member_id: int) -> str:
    held = db.session()
    member = load(held, Member, member_id)
    looking_up.note("person", [member_id])
    return render_template(
        "roster/member.html",
        member=member,
        memberships=_at_seats(held, Membership, member),
        deputies=_at_seats(held, Deputy, member),
        reserves=_on_lists(held, member),
        wish=held.get(Erasure, member_id),
        today=day_of(db.clock(held)),
    )


@blueprint.route("/members/<int:member_id>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def edit_member(member_id: int) -> str | Response | tuple[str, int]:
    member = load(db.session(), Member, member_id)
    if member.erased_on:
        raise Refused("gone")
    looking_up.note("person", [member_id])
    form = MemberForm(obj=member)
    if not form.is_submitted():
        return render_template("roster/edit_member.html", form=form, member=member)
    if not form.validate():
        return render_template("roster/edit_member.html", form=form, member=member), 422
    held = db.begin_write()
    member = load(held, Member, member_id)
    member.name, member.mail = form.name.data, form.mail.data or None
    member.language = form.language.data
    consent.set_for(held, member, may_be_named=form.may_be_named.data)
    flash(_("Die Angaben sind gespeichert."))
    return redirect(url_for(".member", member_id=member_id), 303)


def _at_seats(
    held: Session, table: type[Membership] | type[Deputy], member: Member
) -> list[tuple[Any, Seat, Body]]:
    """What ties the person to seats, the newest first."""
    found = held.exec(
        select(table, Seat, Body)
        .join(Seat, col(Seat.id) == table.seat_id)
        .join(Body, col(Body.id) == Seat.body_id)
        .where(table.member_id == member.id, table.area_id == member.area_id)
        .order_by(col(table.starts_on).desc(), col(table.id).desc())
    )
    return list(found)


def _on_lists(held: Session, member: Member) -> list[tuple[ReservePlace, Body]]:
    found = held.exec(
        select(ReservePlace, Body)
        .join(Term, col(Term.id) == ReservePlace.term_id)
        .join(Body, col(Body.id) == Term.body_id)
        .where(ReservePlace.member_id == member.id, ReservePlace.area_id == member.area_id)
        .order_by(col(ReservePlace.listed_on).desc())
    )
    return list(found)
