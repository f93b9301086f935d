"""The link of an invitation: a page with a button, then the access is set up."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlmodel import Session

from app import card_protection, db, way_back
from app.account import entering, inviting
from app.account.routes import blueprint
from app.errors import Refused
from app.models import Area, Member, Officer, UserSession
from app.policy import Action, requires


@blueprint.get("/einladung/<token>")
@requires(Action.ENTER)
def invitation(token: str) -> ResponseReturnValue:
    held = db.session()
    person, area = inviting.require_invited(held, token, db.clock(held))
    if isinstance(person, Member):
        return _trustee_page(held, person, area, token)
    return render_template("account/invitation.html", officer=person, area=area)


@blueprint.post("/einladung/<token>")
@requires(Action.ENTER)
def accept_invitation(token: str) -> ResponseReturnValue:
    _require_officer(db.session(), token)
    held = db.begin_write()
    officer = _require_officer(held, token)
    now = db.clock(held)
    inviting.accept(held, officer, now)
    entering.enter_by_proof(held, officer, now)
    return redirect(url_for("account.access"), 303)


@blueprint.post("/account/trustee/invitations/<token>")
@requires(Action.CHANGE_PROTECTION)
def accept_as_trustee(token: str) -> ResponseReturnValue:
    """Card and link together open the way; what protects the card already was shown before."""
    held = db.begin_write()
    now = db.clock(held)
    person, _area = inviting.require_invited(held, token, now)
    if not entering.is_signed_in_as(person):
        raise Refused("link_unknown")
    held.get_one(UserSession, current_user.get_id()).invited_at = now
    return redirect(url_for("account.access"), 303)


def _trustee_page(held: Session, member: Member, area: Area, token: str) -> str:
    """Who has the link alone signs in with the card first, and comes back."""
    is_own = entering.is_signed_in_as(member)
    if not is_own:
        way_back.keep()
    return render_template(
        "account/invitation_trustee.html",
        member=member,
        area=area,
        token=token,
        is_own=is_own,
        is_protected=card_protection.is_on(held, member),
    )


def _require_officer(held: Session, token: str) -> Officer:
    person, _area = inviting.require_invited(held, token, db.clock(held))
    return person if isinstance(person, Officer) else abort(404)
