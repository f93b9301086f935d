"""A grant and its money: what was sent, what came back, and who agreed."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import db, granting, payment, second_person
from app.body import day_of
from app.errors import Refused
from app.models import Condition, Confirmation, Decision, Grant, Movement, Proposal, Question
from app.money.payment_forms import ConditionForm, PaymentForm, RepaymentForm
from app.money.routes import blueprint
from app.own_row import load
from app.policy import Action, may, requires


@blueprint.get("/grants/<int:grant_id>")
@requires(Action.KEEP_MONEY)
def show_grant(grant_id: int) -> str:
    held = db.session()
    return grant_page(held, load(held, Grant, grant_id))


@blueprint.route("/grants/<int:grant_id>/payments/new", methods=["GET", "POST"])
@requires(Action.SETTLE_GRANTS)
def pay(grant_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Grant, grant_id)
    form = PaymentForm(data={"paid_on": day_of(db.clock(held))})
    if not form.is_submitted():
        return _form_page(held, "money/pay.html", found, form)
    if not (form.validate() and form.is_over(day_of(db.clock(held)))):
        return _form_page(held, "money/pay.html", found, form), 422
    held = db.begin_write()
    found = load(held, Grant, grant_id, lock=True)
    payment.request(held, found, form.sent, current_user.person, db.clock(held))
    flash(_("Eingetragen. Eine zweite Person muss die Auszahlung noch bestätigen."))
    return redirect(url_for(".show_grant", grant_id=grant_id), 303)


@blueprint.route("/payments/<int:confirmation_id>", methods=["GET", "POST"], endpoint="payment")
@requires(Action.AGREE_PAYMENT)
def confirm_payment(confirmation_id: int) -> str | Response:
    held = db.session() if request.method == "GET" else db.begin_write()
    asked = load(held, Confirmation, confirmation_id)
    now = db.clock(held)
    sent = payment.waiting(held, asked, now)
    if request.method == "POST":
        payment.confirm(held, asked, current_user.person, now)
        flash(_("Bestätigt. Danke, dass Sie mit hingesehen haben."))
        if not may(Action.KEEP_MONEY):
            return redirect(url_for("account.second_person"), 303)
        return redirect(url_for(".show_grant", grant_id=sent.grant_id), 303)
    grant = held.get_one(Grant, sent.grant_id)
    return render_template(
        "money/payment.html",
        payment=sent,
        confirmation=asked,
        grant=grant,
        proposal=held.get_one(Proposal, grant.proposal_id),
        may_confirm=second_person.may_confirm(held, asked, current_user.person, now),
    )


@blueprint.route("/grants/<int:grant_id>/repayments/new", methods=["GET", "POST"])
@requires(Action.SETTLE_GRANTS)
def repay(grant_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Grant, grant_id)
    form = RepaymentForm(data={"cents": found.due_cents})
    if not found.due_cents:
        raise Refused("wrong_state")
    if not form.is_submitted():
        return _form_page(held, "money/repay.html", found, form)
    if not form.validate():
        return _form_page(held, "money/repay.html", found, form), 422
    held = db.begin_write()
    found = load(held, Grant, grant_id, lock=True)
    granting.repay(held, found, form.cents.cents, db.clock(held), form.note.data)
    flash(_("Das Geld ist zurück. Es ist wieder frei."))
    return redirect(url_for(".show_grant", grant_id=grant_id), 303)


def grant_page(held: Session, found: Grant, typed: ConditionForm | None = None) -> str:
    """The page of a grant; `typed` is the form of a condition that could not be read."""
    question = held.get_one(Question, found.question_id)
    return render_template(
        "money/grant.html",
        grant=found,
        proposal=held.get_one(Proposal, found.proposal_id),
        decision=held.exec(select(Decision).where(Decision.question_id == question.id)).first(),
        payments=payment.of_grant(held, found, db.clock(held)),
        repayments=held.exec(
            select(Movement)
            .where(Movement.grant_id == found.id, Movement.act == "repay")
            .order_by(col(Movement.n))
        ).all(),
        conditions=_conditions(held, question, typed),
        may_complete=granting.may_complete(held, found),
        open_conditions=granting.open_conditions(held, found),
    )


def _conditions(
    held: Session, question: Question, typed: ConditionForm | None
) -> list[tuple[dict[str, str], ConditionForm]]:
    """The sentences of the conditions, each with its form."""
    stored = {
        each.position: each
        for each in held.exec(select(Condition).where(Condition.question_id == question.id))
    }
    return [
        (each, typed if typed and typed.position == at else ConditionForm.of(at, stored.get(at)))
        for at, each in enumerate(question.conditions)
    ]


def _form_page(
    held: Session, template: str, found: Grant, form: PaymentForm | RepaymentForm
) -> str:
    proposal = held.get_one(Proposal, found.proposal_id)
    return render_template(template, grant=found, proposal=proposal, form=form)
