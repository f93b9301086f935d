"""An officer and a trustee set up together what the trustee shows beside the card."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from app import counting_commission, db, qr_code
from app.commission import naming
from app.commission.routes import blueprint
from app.errors import Refused
from app.models import Body, CountingCommission, Member, Trustee
from app.own_row import load
from app.policy import Action, requires


@blueprint.post("/trustees/<int:trustee_id>/invitation")
@requires(Action.EDIT_ROSTER)
def invite_here(trustee_id: int) -> ResponseReturnValue:
    """Answer with the link itself: stored as a digest, it cannot be shown by a GET."""
    held = db.begin_write()
    commission, member = _uninvited(held, trustee_id)
    address = naming.invite_here(held, member, db.clock(held))
    return render_template(
        "commission/invitation.html",
        body=held.get_one(Body, commission.body_id),
        member=member,
        address=address,
        picture=qr_code.picture(address),
    )


@blueprint.post("/trustees/<int:trustee_id>/mail")
@requires(Action.EDIT_ROSTER)
def invite_again(trustee_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    commission, member = _uninvited(held, trustee_id)
    if not member.mail:
        raise Refused("mail_missing")
    body = held.get_one(Body, commission.body_id)
    naming.tell(held, body, [member], db.clock(held))
    flash(_("%(name)s bekommt die E-Mail noch einmal.", name=member.name))
    return redirect(url_for(".appoint", body_id=body.id), 303)


def _uninvited(held: Session, trustee_id: int) -> tuple[CountingCommission, Member]:
    """A trustee who is a member and shows the card alone so far; others are not found."""
    own = load(held, Trustee, trustee_id)
    commission = load(held, CountingCommission, own.commission_id)
    person = counting_commission.person_of(held, own)
    if not isinstance(person, Member) or person.has_access or person.is_demo:
        abort(404)
    return commission, person
