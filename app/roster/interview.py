"""The interview: one question a page, each counted through with the body's own seats."""

from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import adoption, db, rules_of_procedure
from app.body import places_on, votes_by_ballot
from app.models import Body, RulesOfProcedure
from app.policy import Action, requires
from app.roster import drafting
from app.roster.example import hints
from app.roster.example.evening import Evening
from app.roster.routes import blueprint, load_body
from app.roster.rule_forms import RuleForm, form_for
from app.rule.groups import INTERVIEW, MORE, Group
from app.rule.words import answer_sentence
from voting.rules import template
from voting.rules.parameter import CATALOGUE


class Place(NamedTuple):
    """Where a step stands in the interview, from 1, and the steps beside it."""

    number: int
    step: Group
    before: Group | None
    after: Group | None


@blueprint.route("/bodies/<int:body_id>/rules/interview/<step>", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def interview(body_id: int, step: str) -> str | Response | tuple[str, int]:
    held = db.session()
    body = load_voting_body(held, body_id)
    place = _place(step)
    form = _form(held, body, place.step.parameters, in_rows=True)
    if not form.is_submitted():
        return _page(held, body, place, form)
    if not form.validate():
        return _page(held, body, place, form), 422
    _store(body_id, form)
    return redirect(_next(body_id, place), 303)


@blueprint.route("/bodies/<int:body_id>/rules/more", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def more_rules(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body = load_voting_body(held, body_id)
    names = [name for group in MORE for name in group.parameters]
    form = _form(held, body, tuple(names), in_rows=False)
    if not form.is_submitted():
        return _more_page(body, form)
    if not form.validate():
        return _more_page(body, form), 422
    _store(body_id, form)
    flash(_("Die Antworten sind im Entwurf gespeichert."))
    return redirect(url_for(".check_rules", body_id=body_id), 303)


def load_voting_body(held: Session, body_id: int) -> Body:
    """A body of the visitor's area that votes by ballot, and so has rules; else not found."""
    body = load_body(held, body_id)
    if not votes_by_ballot(body):
        abort(404)
    return body


def _place(name: str) -> Place:
    names = [step.name for step in INTERVIEW]
    if name not in names:
        abort(404)
    at = names.index(name)
    before = INTERVIEW[at - 1] if at else None
    after = INTERVIEW[at + 1] if at + 1 < len(INTERVIEW) else None
    return Place(at + 1, INTERVIEW[at], before, after)


def _next(body_id: int, place: Place) -> str:
    if place.after:
        return url_for(".interview", body_id=body_id, step=place.after.name)
    return url_for(".check_rules", body_id=body_id)


def _form(held: Session, body: Body, names: tuple[str, ...], *, in_rows: bool) -> RuleForm:
    known = _known(held, body)
    return form_for(
        names, known.parameters if known else {}, known.asked if known else (), in_rows=in_rows
    )


def _known(held: Session, body: Body) -> RulesOfProcedure | None:
    """The answers so far: the draft's, before there is one those in force."""
    return adoption.draft(held, body.id) or rules_of_procedure.in_force(held, body.id)


def _store(body_id: int, form: RuleForm) -> None:
    held = db.begin_write()
    body = load_voting_body(held, body_id)
    in_force = rules_of_procedure.in_force(held, body.id)
    draft = drafting.open_draft(held, body, current_user.person, in_force)
    drafting.store(held, draft, form.answers())


def _page(held: Session, body: Body, place: Place, form: RuleForm) -> str:
    return render_template(
        "roster/interview.html",
        body=body,
        place=place,
        steps=len(INTERVIEW),
        form=form,
        fields=_fields(held, body, place.step.parameters, form),
        has_draft=adoption.draft(held, body.id) is not None,
        is_bound=is_bound(held, body),
    )


def _more_page(body: Body, form: RuleForm) -> str:
    return render_template(
        "roster/more_rules.html",
        body=body,
        form=form,
        groups=[
            (group, [(form.field(name), hints_of(name, {})) for name in group.parameters])
            for group in MORE
        ],
        is_bound=is_bound(db.session(), body),
    )


def is_bound(held: Session, body: Body) -> bool:
    """Whether the body votes on its draft just now."""
    draft = adoption.draft(held, body.id)
    return draft is not None and adoption.waiting_question(held, draft) is not None


def _fields(
    held: Session, body: Body, names: tuple[str, ...], form: RuleForm
) -> list[tuple[Any, dict[str, str], Any]]:
    """Each field with its examples by answer, and what the template offers."""
    examples, offers = _hints(held, body), template.offers(body.kind)
    return [
        (form.field(name), hints_of(name, examples.get(name, {})), offers.get(name))
        for name in names
    ]


def hints_of(name: str, examples: dict[Any, str]) -> dict[str, str]:
    """The examples by the code of the answer; under the empty one what holds meanwhile."""
    flags: dict[Any, str] = {True: "yes", False: "no"}
    found = {flags.get(value, value): text for value, text in examples.items()}
    default = CATALOGUE[name].default
    if default is not None:
        meanwhile = _("Solange gilt: %(rule)s", rule=answer_sentence(name, default))
        found[""] = f"{found.get('', '')} {meanwhile}".strip()
    return found


def _hints(held: Session, body: Body) -> dict[str, dict[Any, str]]:
    today = db.clock(held).date()
    known = _known(held, body)
    segments = [place.seat.segment for place in places_on(held, body, None, today)]
    residents = segments.count("resident")
    parameters = known.parameters if known else {}
    return hints(Evening(residents, len(segments) - residents, today, parameters))
