"""Objecting to a published decision, and the office's answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, select

from app import db, objection, throttle
from app.doubt.forms import ObjectionForm, PublicAnswerForm
from app.doubt.routes import blueprint, first_or_404
from app.models import Area, Decision, Member, Objection
from app.own_row import load
from app.policy import Action, requires

MOST = 20


@blueprint.route("/entscheidung/<int:year>-<int:n>/einwand", methods=["GET", "POST"])
@requires(Action.DOUBT)
def object_(year: int, n: int) -> ResponseReturnValue:
    held = db.session()
    decision = _decision(held, year, n)
    member = _on_roll(held, decision)
    form = ObjectionForm()
    if not form.is_submitted():
        return _page(held, decision, member, form)
    if not (form.validate() and (member or form.require_name())):
        return _page(held, decision, member, form), 422
    if member is None:
        throttle.count_failure("objection", MOST)
    held = db.begin_write()
    decision = _decision(held, year, n, lock=True)
    objection.make(
        held,
        decision,
        reason=form.reason.data,
        now=db.clock(held),
        member=member,
        name="" if member else form.name.data,
    )
    return redirect(url_for(".objected", year=year, n=n), 303)


@blueprint.get("/entscheidung/<int:year>-<int:n>/einwand/erhoben")
@requires(Action.DOUBT)
def objected(year: int, n: int) -> ResponseReturnValue:
    held = db.session()
    decision = _decision(held, year, n)
    area = held.get_one(Area, decision.area_id)
    return render_template("doubt/objected.html", decision=decision, area=area)


@blueprint.route("/desk/objections/<int:objection_id>", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def answer_objection(objection_id: int) -> ResponseReturnValue:
    held = db.session()
    form = PublicAnswerForm()
    if not form.is_submitted():
        return _answer_page(held, objection_id, form)
    if not form.validate():
        return _answer_page(held, objection_id, form), 422
    held = db.begin_write()
    found = load(held, Objection, objection_id, lock=True)
    objection.answer(held, found, form.answer.data, current_user.person, db.clock(held))
    flash(_("Die Antwort ist veröffentlicht."))
    return redirect(url_for(".decision", decision_id=found.decision_id), 303)


def _decision(held: Session, year: int, n: int, *, lock: bool = False) -> Decision:
    wanted = select(Decision).where(Decision.year == year, Decision.n == n)
    return first_or_404(held, wanted.with_for_update() if lock else wanted)


def _on_roll(held: Session, decision: Decision) -> Member | None:
    """The visitor as a member who might vote on this question."""
    person = current_user.person if current_user.is_authenticated else None
    return person if objection.was_on_roll(held, decision, person) else None


def _page(held: Session, decision: Decision, member: Member | None, form: ObjectionForm) -> str:
    return render_template(
        "doubt/object.html",
        decision=decision,
        area=held.get_one(Area, decision.area_id),
        is_open=objection.is_open(decision, db.clock(held)),
        last_day=objection.last_day(decision.page),
        member=member,
        may_object=member is not None or objection.is_for_residents(decision),
        form=form,
    )


def _answer_page(held: Session, objection_id: int, form: PublicAnswerForm) -> str:
    found = load(held, Objection, objection_id)
    who = held.get_one(Member, found.member_id).name if found.member_id else found.name
    return render_template(
        "doubt/answer_objection.html",
        objection=found,
        decision=held.get_one(Decision, found.decision_id),
        who=who,
        form=form,
    )
