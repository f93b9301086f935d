"""Who applied and has no mail address is told of the decision by letter or in the office."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField

from app import applicant_letter, db
from app.errors import Refused
from app.models import Decision
from app.own_row import load
from app.policy import Action, requires
from app.proposals.routes import blueprint
from app.text import word

MOST = 20
WAYS = ("post", "office", "spoken")


class ToldForm(FlaskForm):
    via = RadioField(_("Wie weiß es die Person jetzt?"), default=WAYS[0])


def _form() -> ToldForm:
    form = ToldForm()
    form.via.choices = [(each, word(each)) for each in WAYS]
    return form


@blueprint.get("/letters")
@requires(Action.EDIT_PROPOSALS)
def letters() -> str:
    held = db.session()
    return render_template(
        "proposals/letters.html",
        waiting=applicant_letter.waiting(held, current_user.area_id),
        told=applicant_letter.told(held, current_user.area_id, MOST),
    )


@blueprint.get("/letters/<int:decision_id>")
@requires(Action.EDIT_PROPOSALS)
def letter(decision_id: int) -> str:
    held = db.session()
    found = load(held, Decision, decision_id)
    if not applicant_letter.is_waiting(held, found):
        raise Refused("already_done")
    return _page(found, _form())


@blueprint.post("/letters/<int:decision_id>")
@requires(Action.EDIT_PROPOSALS)
def tell_applicant(decision_id: int) -> Response | tuple[str, int]:
    held = db.begin_write()
    found, form = load(held, Decision, decision_id, lock=True), _form()
    if not applicant_letter.is_waiting(held, found):
        raise Refused("already_done")
    if not form.validate():
        return _page(found, form), 422
    applicant_letter.tell(held, found, form.via.data, db.clock(held))
    flash(gettext("Notiert. Die Person weiß Bescheid."))
    return redirect(url_for(".letters"), 303)


def _page(found: Decision, form: ToldForm) -> str:
    held = db.session()
    return render_template(
        "proposals/letter.html",
        decision=found,
        letter=applicant_letter.compose(held, found, db.clock(held)),
        area=current_user.area,
        form=form,
    )
