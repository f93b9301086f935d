"""A draft of the rules: begun, filled answer by answer, thrown away."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, delete, func, select

from app import adoption
from app.errors import Refused
from app.models import Body, Confirmation, Officer, Question, RulesOfProcedure
from app.rule.groups import INTERVIEW, Group
from app.rule.reading import is_pointless
from voting.rules import template
from voting.rules.parameter import validate


def begin(
    held: Session, body: Body, officer: Officer, source: RulesOfProcedure | None
) -> RulesOfProcedure:
    """Start a draft with the answers of another version, or empty from the city-wide template."""
    _lock(held, body)
    if adoption.draft(held, body.id):
        raise Refused("already_done")
    last = held.exec(
        select(func.max(RulesOfProcedure.version)).where(RulesOfProcedure.body_id == body.id)
    ).one()
    draft = RulesOfProcedure(
        area_id=body.area_id,
        body_id=body.id,
        version=(last or 0) + 1,
        state="draft",
        parameters=dict(source.parameters) if source else {},
        asked=sorted({*source.asked, *source.parameters}) if source else [],
        template_version=template.VERSION,
        entered_by=officer.id,
    )
    held.add(draft)
    held.flush()
    return draft


def open_draft(
    held: Session, body: Body, officer: Officer, in_force: RulesOfProcedure | None
) -> RulesOfProcedure:
    """The body's draft to write in, begun from the rules in force if there is none."""
    _lock(held, body)
    draft = adoption.draft(held, body.id)
    if draft is None:
        return begin(held, body, officer, in_force)
    require_free(held, draft)
    return draft


def require_free(held: Session, draft: RulesOfProcedure) -> None:
    """Refuse a change while the body votes on the draft."""
    if adoption.waiting_question(held, draft):
        raise Refused("rules_bound")


def store(held: Session, draft: RulesOfProcedure, answers: Mapping[str, object]) -> None:
    """Keep these answers; None leaves a parameter empty. Whoever was to confirm looks again."""
    draft.parameters = dict(validate({**draft.parameters, **answers}))
    draft.asked = sorted({*draft.asked, *answers})
    _withdraw_requests(held, draft)
    held.flush()


def start_on(held: Session, draft: RulesOfProcedure, day: date | None) -> None:
    """Name the first day of a draft; None is the day on which it is adopted."""
    require_free(held, draft)
    draft.valid_from = day
    _withdraw_requests(held, draft)
    held.flush()


def discard(held: Session, draft: RulesOfProcedure) -> None:
    """Throw a draft away; one that a question was about stays."""
    require_free(held, draft)
    if held.exec(select(Question.id).where(Question.rules_id == draft.id)).first():
        raise Refused("rules_kept")
    _withdraw_requests(held, draft)
    held.delete(draft)
    held.flush()


def steps_left(draft: RulesOfProcedure) -> list[Group]:
    """The questions of the interview that nobody has gone through yet."""
    return [step for step in INTERVIEW if not _is_done(step, draft)]


def _is_done(step: Group, draft: RulesOfProcedure) -> bool:
    return all(
        name in draft.asked or is_pointless(name, draft.parameters) for name in step.parameters
    )


def _withdraw_requests(held: Session, draft: RulesOfProcedure) -> None:
    held.exec(
        delete(Confirmation).where(
            col(Confirmation.rules_id) == draft.id, col(Confirmation.confirmed_at).is_(None)
        )
    )


def _lock(held: Session, body: Body) -> None:
    held.exec(select(Body.id).where(Body.id == body.id).with_for_update()).one()
