"""Proposals: the list, one proposal with its discussion, and the moderators' form."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import application, db, rich_text
from app.action_goal import newest_goals
from app.body import voting_bodies
from app.errors import Refused
from app.models import (
    ActionGoal,
    Body,
    Comment,
    Coordinator,
    CostItem,
    Member,
    Opinion,
    Proposal,
)
from app.policy import Action, requires
from app.proposals import editing
from app.proposals.editing import Draft
from app.proposals.forms import CommentForm, OpinionForm, ProposalForm

# What stands in the form as it stands in the row.
SHOWN = ("title", "what", "why", "applicant", "applicant_mail")
blueprint = Blueprint("proposals", __name__, url_prefix="/proposals")


@blueprint.get("/")
@requires(Action.READ_PROPOSALS)
def index() -> str:
    found = db.session().exec(
        select(Proposal)
        .where(Proposal.area_id == current_user.area_id)
        .order_by(col(Proposal.year).desc(), col(Proposal.n).desc())
    )
    return render_template("proposals/index.html", proposals=found.all())


@blueprint.get("/<int:proposal_id>")
@requires(Action.READ_PROPOSALS)
def proposal(proposal_id: int) -> str:
    held = db.session()
    return page(held, _load(held, proposal_id))


@blueprint.post("/<int:proposal_id>/comments")
@requires(Action.COMMENT)
def comment(proposal_id: int) -> Response | tuple[str, int]:
    found = _load(db.session(), proposal_id)
    form = CommentForm()
    if not form.validate():
        return page(db.session(), found, form), 422
    held = db.begin_write()
    if not editing.discussion_is_open(editing.fixing_round(held, found, lock=True)):
        raise Refused("discussion_closed")
    said = Comment(
        area_id=found.area_id,
        proposal_id=found.id,
        member_id=current_user.person_id,
        source=form.source.data,
        created_at=db.clock(held),
    )
    held.add(said)
    held.flush()
    flash(_("Ihr Beitrag steht jetzt hier."))
    return redirect(url_for(".proposal", proposal_id=found.id, _anchor=f"comment-{said.id}"), 303)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Action.EDIT_PROPOSALS)
def create() -> str | Response | tuple[str, int]:
    form = _form(db.session())
    if is_about_rows(form) or not form.is_submitted():
        return render_template("proposals/create.html", form=form)
    if not form.validate():
        return render_template("proposals/create.html", form=form), 422
    held = db.begin_write()
    now = db.clock(held)
    made = editing.create(held, form.body.body, draft_of(form), now)
    application.send(held, made, now)
    flash(_("Der Antrag hat die Nummer %(number)s.", number=made.number))
    return redirect(url_for(".proposal", proposal_id=made.id), 303)


@blueprint.route("/<int:proposal_id>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_PROPOSALS)
def edit(proposal_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = _load(held, proposal_id)
    if editing.fixing_round(held, found):
        raise Refused("proposal_fixed")
    form = _form(held, found)
    if is_about_rows(form) or not form.is_submitted():
        return render_template("proposals/edit.html", form=form, proposal=found)
    if not form.validate():
        return render_template("proposals/edit.html", form=form, proposal=found), 422
    held = db.begin_write()
    found = _load(held, proposal_id)
    before = found.applicant_mail
    editing.change(held, found, draft_of(form))
    if found.applicant_mail != before:
        application.send(held, found, db.clock(held))
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for(".proposal", proposal_id=proposal_id), 303)


def _load(held: Session, proposal_id: int) -> Proposal:
    found = held.exec(
        select(Proposal).where(Proposal.id == proposal_id, Proposal.area_id == current_user.area_id)
    ).first()
    if found is None:
        raise NotFound()
    return found


def page(
    held: Session,
    found: Proposal,
    form: CommentForm | None = None,
    opinion_form: OpinionForm | None = None,
) -> str:
    """The page of a proposal, with what was typed into one of its forms."""
    comments = held.exec(
        select(Comment, Member)
        .join(Member, col(Member.id) == Comment.member_id)
        .where(Comment.proposal_id == found.id)
        .order_by(col(Comment.created_at), col(Comment.id))
    )
    fixing = editing.fixing_round(held, found)
    return render_template(
        "proposals/proposal.html",
        proposal=found,
        cost_items=cost_items(held, found),
        action_goal=held.get_one(ActionGoal, found.action_goal_id),
        body=held.get_one(Body, found.body_id),
        comments=comments.all(),
        fixing_round=fixing,
        discussion_is_open=editing.discussion_is_open(fixing),
        opinions=_opinions(held, found),
        rich=rich_text.render,
        form=form or CommentForm(formdata=None),
        opinion_form=opinion_form or OpinionForm(formdata=None),
    )


def _opinions(held: Session, found: Proposal) -> Sequence[tuple[Opinion, Coordinator]]:
    """What Bezirk and Senate said to it, the oldest first."""
    return held.exec(
        select(Opinion, Coordinator)
        .join(Coordinator, col(Coordinator.id) == Opinion.coordinator_id)
        .where(Opinion.proposal_id == found.id)
        .order_by(col(Opinion.stated_at), col(Opinion.id))
    ).all()


def cost_items(held: Session, found: Proposal) -> list[CostItem]:
    return list(
        held.exec(
            select(CostItem)
            .where(CostItem.proposal_id == found.id)
            .order_by(col(CostItem.position))
        )
    )


def _form(held: Session, found: Proposal | None = None) -> ProposalForm:
    form = ProposalForm(data=typed(held, found) if found else None)
    form.body.offer(_bodies(held, found))
    offer_goals(held, form, current_user.area_id, found)
    return form


def offer_goals(
    held: Session, form: ProposalForm, area_id: int, found: Proposal | None = None
) -> None:
    """Let the form choose among the area's goals; a proposal keeps an older one."""
    goals = {goal.id: goal for goal in newest_goals(held, area_id)}
    if found:
        goals.setdefault(found.action_goal_id, held.get_one(ActionGoal, found.action_goal_id))
    form.action_goal.choices = [SelectChoice(goal.id, goal.title) for goal in goals.values()]


def _bodies(held: Session, found: Proposal | None) -> list[Body]:
    """Who may vote on it; a proposal that is written down stays with its body."""
    if found:
        return [held.get_one(Body, found.body_id)]
    return voting_bodies(held, current_user.area_id)


def typed(held: Session, found: Proposal) -> dict[str, object]:
    items = cost_items(held, found)
    is_whole = found.requested_cents == sum(item.amount_cents for item in items)
    return {
        **{name: getattr(found, name) for name in SHOWN},
        "action_goal": found.action_goal_id,
        "cost_items": [{"purpose": item.label, "cost": item.amount_cents} for item in items],
        "requested": None if is_whole else found.requested_cents,
    }


def is_about_rows(form: ProposalForm) -> bool:
    """Whether a button of the cost table was pressed; then nothing is saved."""
    row = request.form.get("remove_row", "")
    if row.isdecimal():
        form.cost_items.remove(int(row))
    elif "add_row" in request.form:
        form.cost_items.add()
    else:
        return False
    return True


def draft_of(form: ProposalForm, found: Proposal | None = None) -> Draft:
    """What was filled in; the form of an applicant leaves name and address of `found` alone."""
    applicant, mail = (
        (found.applicant, found.applicant_mail)
        if found
        else (form.applicant.data, form.applicant_mail.data)
    )
    return Draft(
        title=form.title.data,
        what=form.what.data,
        why=form.why.data,
        applicant=applicant,
        applicant_mail=mail or None,
        action_goal_id=form.action_goal.data,
        requested_cents=form.requested_cents,
        cost_items=form.cost_items.rows(),
    )
