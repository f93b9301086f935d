"""What an applicant without a mail address hears of a decision: by letter, or in the office."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app import language
from app.models import ApplicantLetter, Area, Decision, Proposal, Question
from app.text import amount, day, outcome_phrase


class Letter(NamedTuple):
    """One sheet to the applicant, in German as they applied."""

    day: str
    subject: str
    greeting: str
    facts: Sequence[tuple[str, str]]
    closing: Sequence[str]


def proposal_of(held: Session, decision: Decision) -> Proposal | None:
    """The application that a decision is about."""
    return held.exec(
        select(Proposal)
        .join(Question, col(Question.proposal_id) == Proposal.id)
        .where(Question.id == decision.question_id)
    ).first()


def note(held: Session, decision: Decision, about: str, now: datetime) -> None:
    """Note that somebody has to be told without mail; `about` is `published` or `annulled`."""
    proposal = proposal_of(held, decision)
    if proposal is None or proposal.applicant_mail or proposal.applicant_removed_on:
        return
    held.add(
        ApplicantLetter(
            decision_id=decision.id, about=about, area_id=decision.area_id, written_at=now
        )
    )
    held.flush()


def waiting(held: Session, area_id: int) -> Sequence[Decision]:
    """Decisions of which an applicant was not told yet, the oldest first."""
    return held.exec(_waiting().where(Decision.area_id == area_id)).all()


def is_waiting(held: Session, decision: Decision) -> bool:
    return held.exec(_waiting().where(Decision.id == decision.id)).first() is not None


def _waiting() -> SelectOfScalar[Decision]:
    """Who was forgotten meanwhile cannot be told."""
    letters = select(ApplicantLetter.decision_id).where(col(ApplicantLetter.told_at).is_(None))
    return (
        select(Decision)
        .join(Question, col(Question.id) == Decision.question_id)
        .join(Proposal, col(Proposal.id) == Question.proposal_id)
        .where(col(Decision.id).in_(letters), col(Proposal.applicant_removed_on).is_(None))
        .order_by(col(Decision.published_at), col(Decision.id))
    )


def tell(held: Session, decision: Decision, via: str, now: datetime) -> None:
    """Note that the applicant knows how it stands now: by `post`, in the `office` or `spoken`."""
    for each in _of(held, decision):
        if each.told_at is None:
            each.told_at, each.via = now, via
    held.flush()


def told(held: Session, area_id: int, most: int) -> Sequence[tuple[ApplicantLetter, Decision]]:
    """What was told last."""
    return held.exec(
        select(ApplicantLetter, Decision)
        .join(Decision, col(Decision.id) == ApplicantLetter.decision_id)
        .where(ApplicantLetter.area_id == area_id, col(ApplicantLetter.told_at).is_not(None))
        .order_by(col(ApplicantLetter.told_at).desc())
        .limit(most)
    ).all()


def _of(held: Session, decision: Decision) -> Sequence[ApplicantLetter]:
    return held.exec(
        select(ApplicantLetter).where(ApplicantLetter.decision_id == decision.id)
    ).all()


def compose(held: Session, decision: Decision, now: datetime) -> Letter:
    """The letter as the decision stands now."""
    page, area = decision.page, held.get_one(Area, decision.area_id)
    with force_locale(language.locale(language.DEFAULT)):
        return Letter(
            day=day(now),
            subject=_("Ihr Antrag %(number)s", number=page["proposal_number"]),
            greeting=_("Guten Tag %(name)s,", name=page["applicant"] or ""),
            facts=_facts(decision),
            closing=_closing(decision, area),
        )


def _facts(decision: Decision) -> list[tuple[str, str]]:
    page = decision.page
    facts = [(_("Antrag"), page["title"]), (_("Gremium"), page["body"]["name"])]
    if decision.annulled_at:
        return [*facts, (_("Ergebnis"), _("aufgehoben am %(day)s", day=day(decision.annulled_at)))]
    facts.append((_("Ergebnis"), outcome_phrase(page["outcome"])))
    facts.append((_("Beantragt"), amount(page["requested_cents"])))
    if page["outcome"] == "adopted":
        facts.append((_("Beschlossen"), amount(page["amount_cents"])))
    facts += [(_("Auflage"), each["de"]) for each in page["conditions"]]
    return facts


def _closing(decision: Decision, area: Area) -> list[str]:
    address = f"{current_app.config['PUBLIC_URL']}/entscheidung/{decision.number}"
    said = [decision.summary["de"]] if not decision.annulled_at else []
    if decision.page["is_funded"] is False and not decision.annulled_at:
        said.append(_("Im Topf war dafür nicht genug Geld. Darum ist nichts reserviert."))
    return [
        *said,
        _("Alles dazu steht öffentlich hier: %(address)s", address=address),
        _("Fragen? %(office)s", office=area.office_phone or area.name),
    ]
