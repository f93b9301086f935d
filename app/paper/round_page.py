"""Who votes without an own phone in a round, and what became of the papers."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import db, electoral_roll, looking_up, recusal, subject
from app.models import Member, Question, Round
from app.own_row import load
from app.paper.forms import ReasonForm, VotersForm, WayForm
from app.paper.routes import blueprint
from app.policy import Action, requires
from app.round import by_hand, confirming, enterers, papers
from app.round.preparing import questions_of


@blueprint.route("/<round_id>", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def round_(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Round, round_id)
    form = _form(held, found)
    if not form.is_submitted():
        return _page(held, found, form)
    if not form.validate():
        return _page(held, found, form), 422
    ways = form.ways
    held = db.begin_write()
    papers.mark(held, load(held, Round, round_id, lock=True), ways)
    flash(_("Gespeichert, wer ohne eigenes Handy abstimmt."))
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.get("/<round_id>/sheets")
@requires(Action.RUN_ROUNDS)
def sheets(round_id: str) -> str:
    held = db.session()
    found = load(held, Round, round_id)
    return render_template("paper/sheets.html", round=found, sheets=_sheets(held, found))


@blueprint.route("/questions/<question_id>/returns/<int:member_id>", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def give_back(question_id: str, member_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    question, member = load(held, Question, question_id), load(held, Member, member_id)
    form = ReasonForm()
    if not form.is_submitted():
        return _return_page(held, question, member, form)
    if not form.validate():
        return _return_page(held, question, member, form), 422
    reason = form.reason.data
    held = db.begin_write()
    question, member = load(held, Question, question_id), load(held, Member, member_id)
    load(held, Round, question.round_id, lock=True)
    confirming.request_return(held, question, member, reason, current_user.person, db.clock(held))
    flash(_("Jetzt bestätigt eine zweite Person, dass das Papier ohne Stimme zurück ist."))
    return redirect(url_for(".round_", round_id=question.round_id), 303)


def _return_page(held: Session, question: Question, member: Member, form: ReasonForm) -> str:
    papers.require_returnable(held, question, member.id)
    looking_up.note("person", [member.id])
    return render_template(
        "paper/give_back.html",
        form=form,
        member=member,
        question=question,
        title=subject.of(held, question).title,
    )


@blueprint.route("/<round_id>/way", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def way(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Round, round_id)
    form = WayForm(way=found.way)
    if not form.is_submitted():
        return _way_page(held, found, form)
    if not form.validate():
        return _way_page(held, found, form), 422
    chosen = form.way.data
    held = db.begin_write()
    by_hand.choose_way(held, load(held, Round, round_id, lock=True), chosen)
    return redirect(url_for("desk.round_", round_id=round_id), 303)


def _way_page(held: Session, found: Round, form: WayForm) -> str:
    is_open_allowed = by_hand.is_open_allowed(held, found)
    left = by_hand.ways_left(held, found)
    form.way.choices = [each for each in form.way.choices if each.value in left]
    return render_template(
        "paper/way.html", round=found, form=form, is_open_allowed=is_open_allowed
    )


def _form(held: Session, found: Round) -> VotersForm:
    form = VotersForm()
    choices = [
        SelectChoice(member.id, member.name) for member in electoral_roll.people(held, found)
    ]
    form.paper.choices = form.telephone.choices = choices
    if not form.is_submitted():
        ways = papers.voters(held, found.id)
        form.paper.data = [each for each, way in ways.items() if way == "paper"]
        form.telephone.data = [each for each, way in ways.items() if way == "telephone"]
    return form


def _page(held: Session, found: Round, form: VotersForm) -> str:
    questions = [each for each in questions_of(held, found) if each.state == "listed"]
    now = db.clock(held)
    return render_template(
        "paper/round.html",
        round=found,
        now=now,
        form=form,
        is_before=recusal.is_possible(found),
        may_enter=enterers.may_read(held, found, current_user.person, now),
        enterers=papers.enterers_of(held, found.id),
        by_commission=enterers.is_by_commission(held, found, now),
        count=len(papers.voters(held, found.id)),
        not_on_roll=_not_on_roll(held, found, questions),
        few=papers.FEW,
        lines=[_line(held, each) for each in questions],
    )


def _not_on_roll(held: Session, found: Round, questions: list[Question]) -> list[str]:
    """Who is marked here and could not vote now: nobody noted that they take part."""
    if found.opened_at is not None:
        return []
    on_roll = {
        entry.member
        for question in questions
        for entry in electoral_roll.resolve(held, question).entries
    }
    ways = papers.voters(held, found.id)
    return [
        member.name
        for member in electoral_roll.people(held, found)
        if member.id in ways and member.id not in on_roll
    ]


def _line(held: Session, question: Question) -> dict[str, object]:
    """A question with its papers and the members who may give theirs back."""
    return {
        "question": question,
        "title": subject.of(held, question).title,
        "papers": papers.standing(held, question.id),
        "holders": papers.holders(held, question),
        "returned": papers.returned(held, question.id),
        "asked_back": confirming.asked_back(held, question, db.clock(held)),
    }


def _sheets(held: Session, found: Round) -> list[tuple[Question, str, range]]:
    """For each question as many numbers as members on its roll vote on paper."""
    questions = [each for each in questions_of(held, found) if each.state == "listed"]
    marked = papers.voters(held, found.id)
    return [
        (each, subject.of(held, each).title, range(1, count + 1))
        for each in questions
        if (count := papers.needed(held, found, each, marked))
    ]
