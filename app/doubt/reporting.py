""" "Etwas stimmt nicht": reporting it from any phone, following it, answering it."""

import json
import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, select

from app import db, report, subject, throttle
from app.doubt.forms import AnswerForm, ReportForm
from app.doubt.routes import area_called, blueprint, first_or_404
from app.errors import Refused
from app.models import Area, Receipt, Report, Round
from app.own_row import load
from app.policy import Action, requires
from app.round.preparing import questions_of

# A whole hall may be behind one address.
MOST = 40
MOST_GUESSES = 20
HEAD = re.compile(r"[0-9a-f]{64}", re.ASCII)


@blueprint.route("/abstimmung/<round_id>/melden", methods=["GET", "POST"])
@requires(Action.DOUBT)
def report_round(round_id: str) -> ResponseReturnValue:
    held = db.session()
    found = _round(held, round_id)
    return _report(held, held.get_one(Area, found.area_id), found)


@blueprint.route("/gebiet/<slug>/melden", methods=["GET", "POST"])
@requires(Action.DOUBT)
def report_area(slug: str) -> ResponseReturnValue:
    held = db.session()
    return _report(held, area_called(held, slug), None)


@blueprint.get("/meldung/<token>")
@requires(Action.DOUBT)
def reported(token: str) -> ResponseReturnValue:
    held = db.session()
    found = report.find(held, token)
    if found is None:
        throttle.count_failure("report_link", MOST_GUESSES)
        raise Refused("link_unknown")
    shown, area = found
    return render_template(
        "doubt/reported.html", report=shown, area=area, due_on=report.due_on(shown)
    )


@blueprint.route("/desk/reports/<int:report_id>", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def answer_report(report_id: int) -> ResponseReturnValue:
    held = db.session()
    form = AnswerForm()
    if not form.is_submitted():
        return _answer_page(held, load(held, Report, report_id), form)
    if not form.validate():
        return _answer_page(held, load(held, Report, report_id), form), 422
    held = db.begin_write()
    found = load(held, Report, report_id, lock=True)
    report.answer(held, found, form.answer.data, current_user.person, db.clock(held))
    flash(_("Die Antwort steht jetzt auf der Seite der Meldung."))
    return redirect(url_for("desk.index"), 303)


def _round(held: Session, round_id: str) -> Round:
    """A round that was announced: before that nobody but the desk knows it."""
    return first_or_404(held, select(Round).where(Round.id == round_id, Round.state != "draft"))


def _report(held: Session, area: Area, round_: Round | None) -> ResponseReturnValue:
    form = ReportForm()
    if not form.is_submitted():
        form.trackers.data = _trackers(held, round_)
        form.words.data = _heads()
        form.reason.data = "differs" if form.words.data else None
        return _page(held, area, round_, form)
    if not form.validate():
        return _page(held, area, round_, form), 422
    throttle.count_failure("report", MOST)
    held = db.begin_write()
    secret = report.make(
        held,
        area,
        round_,
        reason=form.reason.data,
        words=form.words.data or "",
        trackers=form.trackers.data or "",
        contact=form.contact.data or "",
        now=db.clock(held),
    )
    return redirect(url_for(".reported", token=secret), 303)


def _trackers(held: Session, round_: Round | None) -> str:
    """The numbers of the receipt that led here: they lock no choice open."""
    found = held.exec(
        select(Receipt).where(
            Receipt.id == request.args.get("beleg", ""),
            Receipt.round_id == (round_.id if round_ else ""),
        )
    ).first()
    ballots = json.loads(found.document)["ballots"] if found else []
    return ", ".join(each["tracker"] for each in ballots)


def _heads() -> str:
    """What a phone says that was given another box than it has seen."""
    seen, given = (request.args.get(each, "") for each in ("seen", "given"))
    if not HEAD.fullmatch(seen):
        return ""
    if not HEAD.fullmatch(given):
        return _(
            "Mein Handy kennt die Urne mit dem Stand %(seen)s. Jetzt bekommt es keine.", seen=seen
        )
    return _(
        "Mein Handy kennt die Urne mit dem Stand %(seen)s."
        " Jetzt bekommt es eine andere mit dem Stand %(given)s.",
        seen=seen,
        given=given,
    )


def _page(held: Session, area: Area, round_: Round | None, form: ReportForm) -> str:
    subjects = subject.of_all(held, questions_of(held, round_)) if round_ else {}
    return render_template(
        "doubt/report.html",
        area=area,
        round=round_,
        titles=[each.title for each in subjects.values()],
        form=form,
    )


def _answer_page(held: Session, found: Report, form: AnswerForm) -> str:
    return render_template(
        "doubt/answer_report.html", report=found, due_on=report.due_on(found), form=form
    )
