"""The rules of procedure: what is in force, and the form for the next version."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db, electoral_roll
from app.body import places_on
from app.models import Body
from app.policy import Action, requires
from app.roster import adopting, example
from app.roster.forms import RulesForm, field_of, parameter_of
from app.roster.routes import blueprint, running
from app.text import parameter_name


@blueprint.route("/bodies/<int:body_id>/rules", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def rules(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body, _term = running(held, body_id)
    form = _form(held, body)
    if not form.is_submitted():
        return _page(held, body, form)
    if not form.validate():
        return _page(held, body, form), 422
    held = db.begin_write()
    body, term = running(held, body_id)
    adopted = adopting.adopt(
        held, body, term, form.parameters(), current_user.person, db.clock(held)
    )
    if adopted:
        flash(_("Version %(version)d der Regeln gilt ab jetzt.", version=adopted.version))
    else:
        flash(_("Es hat sich nichts geändert."))
    return redirect(url_for(".rules", body_id=body_id), 303)


def _form(held: Session, body: Body) -> RulesForm:
    in_force = electoral_roll.rules_in_force(held, body.id)
    parameters = in_force.parameters if in_force else {}
    return RulesForm(data={field_of(name): value for name, value in parameters.items()})


def _page(held: Session, body: Body, form: RulesForm) -> str:
    in_force = electoral_roll.rules_in_force(held, body.id)
    missing = electoral_roll.missing_rules(held, body.id)
    hints = example.hints(
        seats=len(places_on(held, body, None, db.clock(held).date())),
        parameters=in_force.parameters if in_force else {},
    )
    return render_template(
        "roster/rules.html",
        form=form,
        body=body,
        in_force=in_force,
        missing=[(field_of(name), parameter_name(name)) for name in missing],
        hints={field_of(name): by_answer for name, by_answer in hints.items()},
        parameter_of=parameter_of,
    )
