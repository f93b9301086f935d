"""What is asked in a round: the question of an agenda item, or one in own words."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, or_, select
from werkzeug.wrappers import Response

from app import adoption, agenda, attendance, db, rules_of_procedure, subject, wording
from app.desk.question_form import QuestionForm
from app.desk.routes import blueprint
from app.desk.words_form import WordsForm
from app.errors import Refused
from app.language import DEFAULT
from app.models import (
    AgendaItem,
    Body,
    Meeting,
    Proposal,
    Question,
    Round,
    RulesOfProcedure,
)
from app.own_row import load
from app.policy import Action, requires
from app.proceedings import record
from app.proceedings.keeping import require_correctable
from app.round import preparing
from app.round.circulating import is_allowed
from app.subject import Subject

# Approving minutes is a vote where somebody objects.
VOTED_ON = ("vote", "minutes")


@blueprint.post("/agenda-items/<int:item_id>/round")
@requires(Action.RUN_ROUNDS)
def vote_on_item(item_id: int) -> Response:
    """One press makes the round; a question in own words is typed first."""
    held = db.begin_write()
    item = load(held, AgendaItem, item_id)
    meeting = load(held, Meeting, item.meeting_id, lock=True)
    attendance.require_enterable(held, meeting, db.clock(held))
    if made := _round_of(held, item):
        return redirect(url_for(".round_", round_id=made.id), 303)
    if item.kind not in VOTED_ON:
        raise Refused("no_vote_item")
    if item.kind == "vote" and item.proposal_id is None and item.rules_id is None:
        return redirect(url_for(".ask_item", item_id=item_id), 303)
    made = _draft(held, item, meeting)
    return redirect(url_for(".round_", round_id=made.id), 303)


@blueprint.route("/agenda-items/<int:item_id>/question", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def ask_item(item_id: int) -> str | Response | tuple[str, int]:
    """Type the question of an agenda item; the round is drafted with it."""
    held = db.session()
    item = load(held, AgendaItem, item_id)
    meeting = held.get_one(Meeting, item.meeting_id)
    body = held.get_one(Body, meeting.body_id)
    form = form_of_body(held, body.id)
    back = url_for("meeting.meeting", meeting_id=meeting.id)
    if not form.is_submitted():
        form[f"title_{DEFAULT}"].data = item.title
        return render_template("desk/ask.html", form=form, back_to=back)
    if not form.validate():
        return render_template("desk/ask.html", form=form, back_to=back), 422
    held = db.begin_write()
    item, meeting = load(held, AgendaItem, item_id), load(held, Meeting, meeting.id, lock=True)
    attendance.require_enterable(held, meeting, db.clock(held))
    if item.kind != "vote" or _round_of(held, item):
        raise Refused("already_done")
    return _ask(held, body, meeting, form, agenda_item_id=item.id)


@blueprint.route("/bodies/<int:body_id>/question", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def ask_over_days(body_id: int) -> str | Response | tuple[str, int]:
    """Type a question on which a body votes over days."""
    held = db.session()
    body = load(held, Body, body_id)
    form, back = form_of_body(held, body.id), url_for(".circulate", body_id=body_id)
    if not form.is_submitted():
        return render_template("desk/ask.html", form=form, back_to=back)
    if not form.validate():
        return render_template("desk/ask.html", form=form, back_to=back), 422
    held = db.begin_write()
    body = load(held, Body, body_id, lock=True)
    if not is_allowed(held, body.id):
        raise Refused("circular_forbidden")
    return _ask(held, body, None, form)


@blueprint.route("/questions/<question_id>/wording", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def reword(question_id: str) -> str | Response | tuple[str, int]:
    """Change a typed question while its round is a draft."""
    held = db.session()
    question = load(held, Question, question_id)
    owner = held.get_one(Round, question.round_id)
    form, back = _form_of(held, owner, question), url_for(".round_", round_id=owner.id)
    if not form.is_submitted():
        _require_draft(question, owner)
        _fill(form, question)
        return render_template("desk/ask.html", form=form, back_to=back)
    if not form.validate():
        return render_template("desk/ask.html", form=form, back_to=back), 422
    held = db.begin_write()
    owner = load(held, Round, owner.id, lock=True)
    question = load(held, Question, question_id)
    _require_draft(question, owner)
    preparing.retype(question, _retyped(form))
    flash(_("Die Frage ist gespeichert."))
    return redirect(back, 303)


def form_of_body(held: Session, body_id: int) -> QuestionForm:
    """A question in own words, in the languages that the body offers."""
    return QuestionForm.in_languages(_languages(held, body_id))()


def _languages(held: Session, body_id: int) -> list[str]:
    rules = rules_of_procedure.in_force(held, body_id)
    return wording.offered(rules.parameters if rules else {})


def _form_of(held: Session, owner: Round, question: Question) -> WordsForm:
    """Of grades only the words can be changed: the other proposals have questions of their own."""
    if question.is_grade:
        return WordsForm.in_languages(_languages(held, owner.body_id))()
    form = form_of_body(held, owner.body_id)
    form.offer_one_question()
    return form


def _fill(form: WordsForm, question: Question) -> None:
    form.fill(question.title or {}, question.wording)
    choice = subject.choice_of(question)
    if choice and isinstance(form, QuestionForm):
        form.fill_choice(choice)


def _retyped(form: WordsForm) -> Subject:
    if isinstance(form, QuestionForm):
        return form.subjects()[0]
    return subject.of_free(form.titles, form.wording, wording.grades())


def _require_draft(question: Question, owner: Round) -> None:
    if owner.state != "draft" or question.title is None:
        raise Refused("proposal_fixed")


def _ask(
    held: Session, body: Body, meeting: Meeting | None, form: QuestionForm, **about: int
) -> Response:
    made = preparing.draft(held, body, meeting, form.subjects(), db.clock(held), **about)
    return redirect(url_for(".round_", round_id=made.id), 303)


def _round_of(held: Session, item: AgendaItem) -> Round | None:
    """The round of this item that is under way or done; one that came to nothing does not count."""
    found = (
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .where(agenda.is_of(item), Round.state != "void")
        .where(or_(item.proposal_id is None, Question.proposal_id == item.proposal_id))
        .where(Question.state != "taken_out", col(Round.is_poll).is_(False))
        .order_by(col(Round.created_at).desc())
    )
    return held.exec(found).first()


def _draft(held: Session, item: AgendaItem, meeting: Meeting) -> Round:
    now, body = db.clock(held), held.get_one(Body, meeting.body_id)
    if item.approves_meeting_id:
        before = held.get_one(Meeting, item.approves_meeting_id)
        require_correctable(record.of(held, before))
        asked = wording.of_minutes(before.starts_at)
        return preparing.draft(held, body, meeting, [asked], now, agenda_item_id=item.id)
    if item.rules_id:
        rules = load(held, RulesOfProcedure, item.rules_id, lock=True)
        if rules.state != "draft" or adoption.waiting_question(held, rules):
            raise Refused("already_done")
        return preparing.prepare_rules(
            held, body=body, meeting=meeting, rules=rules, now=now, agenda_item_id=item.id
        )
    proposal = load(held, Proposal, item.proposal_id, lock=True)
    if proposal.state != "admitted" or proposal.body_id != body.id:
        raise Refused("already_done")
    return preparing.prepare(
        held, body=body, meeting=meeting, proposals=[proposal], now=now, agenda_item_id=item.id
    )
