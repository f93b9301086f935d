"""The QM team of an area: who has access, inviting and ending."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select

from app import coordinated, db
from app.account import inviting
from app.account.officer_forms import OfficerForm
from app.account.proving import login_of
from app.account.routes import blueprint
from app.body import day_of
from app.errors import Refused
from app.models import Coordinator, Officer
from app.policy import Action, requires


@blueprint.get("/account/officers")
@requires(Action.INVITE_OFFICERS)
def officers() -> ResponseReturnValue:
    held = db.session()
    return render_template(
        "account/officers.html", officers=_team(held), coordinators=_coordinators(held)
    )


@blueprint.route("/account/officers/new", methods=["GET", "POST"])
@requires(Action.INVITE_OFFICERS)
def invite_officer() -> ResponseReturnValue:
    form = OfficerForm()
    if not form.is_submitted():
        return render_template("account/invite.html", form=form)
    if not form.validate():
        return render_template("account/invite.html", form=form), 422
    held = db.begin_write()
    _require_new(held, form.mail.data)
    officer = Officer(
        area_id=current_user.area_id,
        name=form.name.data,
        role=form.role.data,
        mail=form.mail.data,
    )
    held.add(officer)
    held.flush()
    inviting.invite(held, officer, db.clock(held))
    flash(_("Die Einladung an %(name)s ist unterwegs.", name=officer.name))
    return redirect(url_for("account.officers"), 303)


@blueprint.post("/account/officers/<int:officer_id>/invitation")
@requires(Action.INVITE_OFFICERS)
def invite_again(officer_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    officer = _officer(held, officer_id)
    if officer.has_access:
        raise Refused("already_done")
    inviting.invite(held, officer, db.clock(held))
    flash(_("Die Einladung an %(name)s ist unterwegs.", name=officer.name))
    return redirect(url_for("account.officers"), 303)


@blueprint.get("/account/officers/<int:officer_id>/end")
@requires(Action.INVITE_OFFICERS)
def ending_officer(officer_id: int) -> ResponseReturnValue:
    return render_template("account/end_officer.html", officer=_other(db.session(), officer_id))


@blueprint.post("/account/officers/<int:officer_id>/end")
@requires(Action.INVITE_OFFICERS)
def end_officer(officer_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    officer = _other(held, officer_id)
    inviting.end(held, officer, db.clock(held))
    flash(_("%(name)s hat keinen Zugang mehr.", name=officer.name))
    return redirect(url_for("account.officers"), 303)


@blueprint.post("/account/coordinators/<int:coordinator_id>/invitation")
@requires(Action.INVITE_OFFICERS)
def invite_coordinator(coordinator_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    person, officer = _coordinator(held, coordinator_id)
    if officer is not None and officer.has_access:
        raise Refused("already_done")
    if not person.mail:
        raise Refused("mail_missing")
    officer = officer or Officer(
        area_id=current_user.area_id,
        name=person.name,
        role="coordinator",
        mail=person.mail,
        coordinator_id=person.id,
    )
    held.add(officer)
    held.flush()
    inviting.invite(held, officer, db.clock(held))
    flash(_("Die Einladung an %(name)s ist unterwegs.", name=person.name))
    return redirect(url_for("account.officers"), 303)


def _coordinators(held: Session) -> list[tuple[Coordinator, Officer | None]]:
    """Who coordinates this area now, with the access that there is."""
    linked = coordinated.current(held, current_user.area_id, day_of(db.clock(held)))
    return [(person, coordinated.access_of(held, person)) for _link, person in linked]


def _coordinator(held: Session, coordinator_id: int) -> tuple[Coordinator, Officer | None]:
    found = (each for each in _coordinators(held) if each[0].id == coordinator_id)
    return next(found, None) or abort(404)


def _team(held: Session) -> list[Officer]:
    """The officers of this area who have or will have access."""
    found = held.exec(
        select(Officer)
        .where(Officer.area_id == current_user.area_id, col(Officer.ended_at).is_(None))
        .where(col(Officer.coordinator_id).is_(None))
        .order_by(col(Officer.name))
    )
    return list(found)


def _officer(held: Session, officer_id: int) -> Officer:
    found = next((each for each in _team(held) if each.id == officer_id), None)
    return found or abort(404)


def _other(held: Session, officer_id: int) -> Officer:
    """An officer other than oneself, so that one who can invite is always left."""
    officer = _officer(held, officer_id)
    if officer.id == current_user.person_id:
        raise Refused("not_yourself")
    return officer


def _require_new(held: Session, mail: str) -> None:
    """Refuse an address of this team; what other areas use shows when the link is followed."""
    if any(login_of(each.mail or "") == login_of(mail) for each in _team(held)):
        raise Refused("mail_in_use")
