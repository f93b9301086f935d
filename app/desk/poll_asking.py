"""An opinion poll straight from an agenda item: asked in own words, and nothing is decided."""

from flask import redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import attendance, db, subject, wording
from app.desk.asking import form_of_body
from app.desk.question_form import QuestionForm
from app.desk.routes import blueprint
from app.language import DEFAULT
from app.models import AgendaItem, Body, Meeting, Proposal
from app.own_row import load
from app.policy import Action, requires
from app.round import preparing


@blueprint.route("/agenda-items/<int:item_id>/poll", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def poll_item(item_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    item = load(held, AgendaItem, item_id)
    meeting = held.get_one(Meeting, item.meeting_id)
    form = form_of_body(held, meeting.body_id)
    if not form.is_submitted():
        _suggest(held, form, item)
        return _page(form, item)
    if not form.validate():
        return _page(form, item), 422
    held = db.begin_write()
    item, meeting = load(held, AgendaItem, item_id), load(held, Meeting, meeting.id, lock=True)
    now, body = db.clock(held), held.get_one(Body, meeting.body_id)
    attendance.require_running(meeting, now)
    about = {"agenda_item_id": item.id, "is_poll": True}
    made = preparing.draft(held, body, meeting, form.subjects(), now, **about)
    return redirect(url_for(".round_", round_id=made.id), 303)


def _page(form: QuestionForm, item: AgendaItem) -> str:
    back = url_for("meeting.item", item_id=item.id)
    return render_template("desk/ask.html", form=form, back_to=back, is_poll=True)


def _suggest(held: Session, form: QuestionForm, item: AgendaItem) -> None:
    """Offer the item's title, and with the words that a vote on its proposal would have."""
    form[f"title_{DEFAULT}"].data = item.title
    if item.proposal_id:
        proposal = held.get_one(Proposal, item.proposal_id)
        words = wording.of(subject.of_proposal(proposal))
        form.fill(dict.fromkeys(words, proposal.title), words)
