"""Setting up a fund, a pot for a year, and changing what a pot holds."""

import re
import unicodedata

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, func, select
from werkzeug.wrappers import Response

from app import db, decision_log, pot, rules_of_procedure
from app.body import day_of
from app.models import Area, Body, Decision, Fund, Grant, Movement, Pot, Proposal
from app.money.forms import ChangePotForm, FundForm, PotForm
from app.money.routes import blueprint, juries_without_fund
from app.own_row import load
from app.policy import Action, requires
from voting.rules import application


@blueprint.route("/funds/new", methods=["GET", "POST"])
@requires(Action.KEEP_MONEY)
def create_fund() -> str | Response | tuple[str, int]:
    held = db.session()
    juries = juries_without_fund(held, current_user.area_id)
    form = FundForm(data=_usual(held, juries[0] if juries else None) | {"name": "Aktionsfonds"})
    form.body.offer(juries)
    if not form.is_submitted():
        return render_template("money/create_fund.html", form=form)
    if not form.validate():
        return render_template("money/create_fund.html", form=form), 422
    held = db.begin_write()
    body = load(held, Body, form.body.data, lock=True)
    fund = Fund(
        area_id=body.area_id,
        body_id=body.id,
        slug=_free_slug(held, f"{form.name.data} {current_user.area.slug}"),
        name=form.name.data,
    )
    held.add(fund)
    held.flush()
    made = _make_pot(held, fund, day_of(db.clock(held)).year, form)
    flash(_("Der Fonds ist angelegt."))
    return redirect(url_for(".show_pot", pot_id=made.id), 303)


@blueprint.route("/funds/<int:fund_id>/pots/new", methods=["GET", "POST"])
@requires(Action.KEEP_MONEY)
def create_pot(fund_id: int) -> str | Response | tuple[str, int]:
    """The pot of this year, or of the year after the newest one."""
    held = db.session()
    fund = load(held, Fund, fund_id)
    year = _next_year(held, fund)
    form = PotForm(data=_usual(held, held.get_one(Body, fund.body_id)))
    if not form.is_submitted():
        return render_template("money/create_pot.html", form=form, fund=fund, year=year)
    if not form.validate():
        return render_template("money/create_pot.html", form=form, fund=fund, year=year), 422
    held = db.begin_write()
    fund = load(held, Fund, fund_id, lock=True)
    made = _make_pot(held, fund, _next_year(held, fund), form)
    flash(_("Das Geld für %(year)s ist eingetragen.", year=made.year))
    return redirect(url_for(".show_pot", pot_id=made.id), 303)


@blueprint.route("/pots/<int:pot_id>/edit", methods=["GET", "POST"])
@requires(Action.KEEP_MONEY)
def edit_pot(pot_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Pot, pot_id)
    form = ChangePotForm(data={"cents": found.cents, "cap": found.cap_cents})
    if not form.is_submitted():
        return _edit_page(held, found, form)
    if not form.validate():
        return _edit_page(held, found, form), 422
    held = db.begin_write()
    _set(held, load(held, Pot, pot_id, lock=True), form, form.reason.data)
    flash(_("Der Topf ist geändert."))
    return redirect(url_for(".show_pot", pot_id=pot_id), 303)


@blueprint.get("/pots/<int:pot_id>")
@requires(Action.KEEP_MONEY)
def show_pot(pot_id: int) -> str:
    held = db.session()
    found = load(held, Pot, pot_id)
    grants = held.exec(
        select(Grant, Proposal, Decision)
        .join(Proposal, col(Proposal.id) == Grant.proposal_id)
        .outerjoin(Decision, col(Decision.question_id) == Grant.question_id)
        .where(Grant.pot_id == found.id)
        .order_by(col(Grant.id))
    ).all()
    return render_template(
        "money/pot.html",
        pot=found,
        fund=held.get_one(Fund, found.fund_id),
        ledger=pot.ledger(held, found),
        grants=grants,
        titles={grant.id: proposal.title for grant, proposal, _decision in grants},
        movements=held.exec(
            select(Movement).where(Movement.pot_id == found.id).order_by(col(Movement.n))
        ).all(),
    )


def _edit_page(held: Session, found: Pot, form: ChangePotForm) -> str:
    return render_template(
        "money/edit_pot.html",
        form=form,
        pot=found,
        fund=held.get_one(Fund, found.fund_id),
        ledger=pot.ledger(held, found),
    )


def _make_pot(held: Session, fund: Fund, year: int, form: PotForm) -> Pot:
    made = Pot(area_id=fund.area_id, fund_id=fund.id, year=year)
    held.add(made)
    held.flush()
    _set(held, made, form, "")
    return made


def _set(held: Session, own: Pot, form: PotForm, reason: str) -> None:
    """Let the pot hold what was typed, and say so in the log."""
    now = db.clock(held)
    before = own.cents if reason else None
    own.cap_cents = form.cap.data
    pot.change(held, own, form.cents.cents, now, reason)
    public = {
        **pot.record(held, own),
        "cents": own.cents,
        "before": before,
        "cap_cents": own.cap_cents,
        "reason": reason or None,
    }
    decision_log.append(held, held.get_one(Area, own.area_id), "pot_changed", public, now)


def _usual(held: Session, body: Body | None) -> dict[str, int]:
    """What the rules of the body say about a pot and its grants."""
    rules = rules_of_procedure.in_force(held, body.id) if body else None
    if rules is None:
        return {}
    procedure = rules_of_procedure.procedure_of(rules)
    return {
        "cents": application.yearly_pot(procedure),
        "cap": application.largest_grant(procedure),
    }


def _next_year(held: Session, fund: Fund) -> int:
    last = held.exec(select(func.max(Pot.year)).where(Pot.fund_id == fund.id)).one()
    this_year = day_of(db.clock(held)).year
    return this_year if last is None else max(this_year, last + 1)


def _free_slug(held: Session, name: str) -> str:
    """A public address for a fund that no other fund has."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    stem = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    taken = set(held.exec(select(Fund.slug).where(col(Fund.slug).startswith(stem))))
    others = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in [stem, *others] if each not in taken)
