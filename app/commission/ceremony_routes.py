"""The pages on which three people are named and make their key together."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, select
from werkzeug.exceptions import NotFound

from app import counting_commission, db, rules_of_procedure
from app.body import day_of, term_to_fill, votes_by_ballot
from app.commission import appointing, ceremony, ceremony_state, losing, naming
from app.commission.ceremony_form import AppointForm
from app.commission.routes import blueprint
from app.errors import Refused, answers_json
from app.json_request import read_object, text_of
from app.models import Body, CountingCommission, Term, Trustee
from app.policy import Action, requires

Act = Callable[[Session, CountingCommission, Trustee, str], None]
# What a phone may say went wrong; a wrong share names its sender beside.
FAULTS = ("parts", "key", "asked")


@blueprint.route("/bodies/<int:body_id>", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def appoint(body_id: int) -> ResponseReturnValue:
    held = db.session()
    body, term = _body(held, body_id)
    today = day_of(db.clock(held))
    form = AppointForm()
    form.offer(appointing.candidates(held, term, today))
    if form.validate_on_submit():
        people = form.people
        held = db.begin_write()
        now = db.clock(held)
        appointing.appoint(held, body, term, people, now)
        naming.tell(held, body, people, now)
        flash(_("Die Zählkommission ist benannt."))
        return redirect(url_for(".appoint", body_id=body_id), 303)
    commission = counting_commission.of_term(held, term.id)
    return render_template(
        "commission/ceremony_appoint.html",
        form=form,
        body=body,
        term=term,
        commission=commission,
        group=rules_of_procedure.group_of(held, body.id),
        fault=ceremony_state.fault_words(commission) if commission else "",
        trustees=_shown(held, commission) if commission else [],
    ), 422 if form.errors else 200


@blueprint.route("/keys/<int:commission_id>/end", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def end_commission(commission_id: int) -> ResponseReturnValue:
    held = db.session()
    commission = _commission(held, commission_id)
    if request.method == "POST":
        held = db.begin_write()
        commission = _commission(held, commission_id, lock=True)
        ceremony.end(held, commission, db.clock(held))
        flash(_("Die Zählkommission ist aufgelöst."))
        return redirect(url_for(".appoint", body_id=commission.body_id), 303)
    body = held.get_one(Body, commission.body_id)
    return render_template("commission/ceremony_end.html", commission=commission, body=body)


@blueprint.route("/keys/<int:commission_id>/lost", methods=["GET", "POST"])
@requires(Action.HOLD_KEY)
def report_lost(commission_id: int) -> ResponseReturnValue:
    held = db.session()
    commission, own = _own(held, commission_id)
    if request.method == "POST":
        held = db.begin_write()
        losing.report(held, *_own(held, commission_id, lock=True), db.clock(held))
        flash(_("Ihr Teil ist als verloren gemeldet."))
        return redirect(url_for(".key", commission_id=commission_id), 303)
    losing.require_reportable(commission, own)
    return render_template(
        "commission/lost.html",
        commission=commission,
        body=held.get_one(Body, commission.body_id),
        is_last=counting_commission.is_lost_to(losing.left_after(held, commission, own)),
        titles=ceremony_state.titles_of(held, losing.void_after(held, commission, own)),
    )


@blueprint.get("/keys/<int:commission_id>")
@requires(Action.HOLD_KEY)
def key(commission_id: int) -> str:
    held = db.session()
    commission, _own_part = _own(held, commission_id)
    return render_template(
        "commission/ceremony.html",
        commission=commission,
        body=held.get_one(Body, commission.body_id),
        term=held.get_one(Term, commission.term_id),
    )


@blueprint.get("/keys/<int:commission_id>/state")
@requires(Action.HOLD_KEY)
@answers_json
def key_state(commission_id: int) -> Response:
    held = db.session()
    response = jsonify(ceremony_state.state(held, *_own(held, commission_id)))
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.post("/keys/<int:commission_id>/certificate")
@requires(Action.HOLD_KEY)
@answers_json
def certify(commission_id: int) -> Response:
    return _take(commission_id, ceremony.certify)


@blueprint.post("/keys/<int:commission_id>/parts")
@requires(Action.HOLD_KEY)
@answers_json
def exchange(commission_id: int) -> Response:
    return _take(commission_id, ceremony.exchange)


@blueprint.post("/keys/<int:commission_id>/verification")
@requires(Action.HOLD_KEY)
@answers_json
def finish(commission_id: int) -> Response:
    return _take(commission_id, ceremony.finish)


@blueprint.post("/keys/<int:commission_id>/compared")
@requires(Action.HOLD_KEY)
@answers_json
def compare(commission_id: int) -> Response:
    """The digits were the same: of the parts, or of the whole key."""

    def compared(
        held: Session, commission: CountingCommission, own: Trustee, document: str
    ) -> None:
        is_key = document == "key"
        (ceremony.compare_key if is_key else ceremony.compare_parts)(held, commission, own)

    return _take(commission_id, compared)


@blueprint.post("/keys/<int:commission_id>/rehearsal")
@requires(Action.HOLD_KEY)
@answers_json
def rehearse(commission_id: int) -> Response:
    return _take(
        commission_id,
        lambda held, commission, own, shown: ceremony.rehearse(
            held, commission, own, shown, db.clock(held)
        ),
    )


@blueprint.post("/keys/<int:commission_id>/again")
@requires(Action.HOLD_KEY)
@answers_json
def begin_again(commission_id: int) -> Response:
    return _take(
        commission_id,
        lambda held, commission, own, fault: ceremony.begin_again(
            held, commission, _fault(fault, own)
        ),
    )


def _fault(said: str, own: Trustee) -> str:
    """What ended the attempt; a share is named by who sent it and who could not open it."""
    if said in ("1", "2", "3"):
        return f"share:{said}:{own.position}"
    if said not in FAULTS:
        raise Refused("ceremony_broken")
    return said


def _take(commission_id: int, act: Act) -> Response:
    """Do what a phone sent, if it belongs to the attempt that runs."""
    _own(db.session(), commission_id)
    sent = read_object("ceremony_broken")
    held = db.begin_write()
    commission, own = _own(held, commission_id, lock=True)
    if sent.get("attempt") != commission.attempt:
        raise Refused("ceremony_moved_on")
    act(held, commission, own, text_of(sent, "document"))
    return jsonify({"taken": True})


def _shown(held: Session, commission: CountingCommission) -> list[tuple[Any, str, Trustee]]:
    trustees = counting_commission.trustees_of(held, commission)
    return [
        (counting_commission.person_of(held, each), ceremony.step_of(each), each)
        for each in trustees
    ]


def _body(held: Session, body_id: int) -> tuple[Body, Term]:
    """A body that votes by ballot, and the term that runs or comes next."""
    wanted = select(Body).where(Body.id == body_id, Body.area_id == current_user.area_id)
    found = held.exec(wanted).first()
    if found is None or not votes_by_ballot(found):
        raise NotFound()
    term = term_to_fill(held, found, day_of(db.clock(held)))
    if term is None:
        raise Refused("no_term")
    return found, term


def _commission(held: Session, commission_id: int, *, lock: bool = False) -> CountingCommission:
    wanted = select(CountingCommission).where(
        CountingCommission.id == commission_id,
        CountingCommission.area_id == current_user.area_id,
    )
    found = held.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound()
    return found


def _own(
    held: Session, commission_id: int, *, lock: bool = False
) -> tuple[CountingCommission, Trustee]:
    """A commission and this visitor's part in it; others do not see it here."""
    commission = _commission(held, commission_id, lock=lock)
    for each in counting_commission.trustees_of(held, commission):
        if counting_commission.is_of(each, current_user.person):
            return commission, each
    raise NotFound()
