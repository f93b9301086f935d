"""An item is put on the agenda, changed, and taken off after a page that says what goes."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import agenda, attendance, db
from app.coming_meeting import earlier
from app.errors import Refused
from app.meeting import changing, ordering, usual
from app.meeting.agenda_page import load_running
from app.meeting.item_form import ItemForm, MinutesForm, VoteForm, about
from app.meeting.routes import DESK, ITEM, blueprint
from app.models import AgendaItem, Meeting, Proposal, RulesOfProcedure
from app.own_row import load
from app.policy import Action, requires
from app.text import minutes_title, rules_title


@blueprint.route(f"{DESK}/agenda/<kind>", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def add_item(meeting_id: int, kind: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    attendance.require_running(found, db.clock(held))
    if kind not in FORMS:
        abort(404)
    form = FORMS[kind](held, found, None)
    if not form.is_submitted():
        return render_template("meeting/add_item.html", meeting=found, kind=kind, form=form)
    if not form.validate():
        return render_template("meeting/add_item.html", meeting=found, kind=kind, form=form), 422
    held = db.begin_write()
    found = load_running(held, meeting_id)
    item = AgendaItem(
        area_id=found.area_id, meeting_id=found.id, position=0, kind=kind, **form.said()
    )
    item.title = item.title or _title(held, item)
    ordering.add(held, found, item)
    flash(_("Der Punkt steht auf der Tagesordnung."))
    return redirect(url_for(".agenda_page", meeting_id=meeting_id), 303)


@blueprint.route(f"{ITEM}/edit", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def edit_item(item_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    item = load(held, AgendaItem, item_id)
    found = held.get_one(Meeting, item.meeting_id)
    attendance.require_running(found, db.clock(held))
    form = FORMS[item.kind](held, found, item)
    if not form.is_submitted():
        return render_template("meeting/edit_item.html", meeting=found, item=item, form=form)
    if not form.validate():
        return render_template("meeting/edit_item.html", meeting=found, item=item, form=form), 422
    held = db.begin_write()
    item = load(held, AgendaItem, item_id)
    found = load_running(held, item.meeting_id)
    _change(held, found, item, form)
    flash(_("Der Punkt ist geändert."))
    return redirect(url_for(".agenda_page", meeting_id=found.id, _anchor=f"item-{item.id}"), 303)


@blueprint.get(f"{ITEM}/remove")
@requires(Action.RUN_ROUNDS)
def remove_item(item_id: int) -> str:
    held = db.session()
    item = load(held, AgendaItem, item_id)
    if ordering.is_used(held, item):
        raise Refused("item_used")
    return render_template(
        "meeting/remove_item.html",
        item=item,
        meeting=held.get_one(Meeting, item.meeting_id),
        documents=agenda.documents_of(held, [item]),
    )


@blueprint.post(f"{ITEM}/remove")
@requires(Action.RUN_ROUNDS)
def remove_item_now(item_id: int) -> Response:
    held = db.begin_write()
    item = load(held, AgendaItem, item_id)
    found = load_running(held, item.meeting_id)
    ordering.remove(held, found, item)
    flash(_("Der Punkt ist gestrichen."))
    return redirect(url_for(".agenda_page", meeting_id=found.id), 303)


def _change(held: Session, meeting: Meeting, item: AgendaItem, form: ItemForm) -> None:
    """What a vote is about stays once there is a round of it."""
    said = form.said()
    said["title"] = said["title"] or _title(held, AgendaItem(**{**item.model_dump(), **said}))
    is_elsewhere = any(said.get(name, getattr(item, name)) != getattr(item, name) for name in ABOUT)
    if is_elsewhere and ordering.is_used(held, item):
        raise Refused("item_used")
    for name, value in said.items():
        setattr(item, name, value)
    held.flush()
    changing.note(meeting)


def _title(held: Session, item: AgendaItem) -> str:
    """What an item is called that was given no title of its own."""
    if item.proposal_id:
        return usual.proposal_title(held.get_one(Proposal, item.proposal_id))
    if item.rules_id:
        return rules_title(held.get_one(RulesOfProcedure, item.rules_id).version)
    return minutes_title(held.get_one(Meeting, item.approves_meeting_id).starts_at)


def _item_form(_held: Session, _meeting: Meeting, item: AgendaItem | None) -> ItemForm:
    return ItemForm(obj=item)


def _vote_form(held: Session, meeting: Meeting, item: AgendaItem | None) -> VoteForm:
    form = VoteForm(obj=item, data={"about": about(item)} if item else None)
    drafts = held.exec(
        select(RulesOfProcedure)
        .where(RulesOfProcedure.body_id == meeting.body_id, RulesOfProcedure.state == "draft")
        .order_by(col(RulesOfProcedure.version))
    ).all()
    proposals = usual.waiting(held, meeting)
    if item and item.proposal_id and item.proposal_id not in {each.id for each in proposals}:
        proposals.append(held.get_one(Proposal, item.proposal_id))
    form.offer(proposals, drafts)
    return form


def _minutes_form(held: Session, meeting: Meeting, item: AgendaItem | None) -> MinutesForm:
    chosen = {"approves": item.approves_meeting_id} if item else None
    form = MinutesForm(obj=item, data=chosen)
    form.offer(earlier(held, meeting))
    return form


ABOUT = ("proposal_id", "rules_id", "approves_meeting_id")
FORMS: dict[str, Callable[[Session, Meeting, AgendaItem | None], ItemForm]] = {
    "information": _item_form,
    "discussion": _item_form,
    "vote": _vote_form,
    "minutes": _minutes_form,
}
