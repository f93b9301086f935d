"""Mails to everybody on the roll of a question, each in their language."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import language, outbox
from app.models import Area, Decision, Member, Question, RollEntry
from app.text import outcome_phrase, short_day

Words = Callable[[], tuple[str, str]]


def on_roll(held: Session, question_id: str) -> Sequence[Member]:
    """Everybody who might vote on a question."""
    return held.exec(
        select(Member)
        .join(RollEntry, col(RollEntry.member_id) == Member.id)
        .where(RollEntry.question_id == question_id)
        .order_by(col(Member.id))
    ).all()


def tell_published(held: Session, decision: Decision, now: datetime) -> None:
    """Tell them that the result stands there, with the word of its outcome and no sum."""
    page = decision.page
    _tell(
        held,
        decision,
        lambda: (
            _("Das Ergebnis ist da: %(title)s", title=_title(decision)),
            _(
                "das Ergebnis einer Abstimmung ist veröffentlicht.\n\n%(title)s: %(outcome)s\n",
                title=page["title"],
                outcome=outcome_phrase(page["outcome"]),
            ),
        ),
        now,
    )


def tell_objection(held: Session, decision: Decision, now: datetime) -> None:
    """Tell them that somebody doubts the decision; not who and not why."""
    _tell(
        held,
        decision,
        lambda: (
            _("Es gibt einen Einwand: %(title)s", title=_title(decision)),
            _(
                "zu einer Entscheidung, bei der Sie abstimmen durften, gibt es einen Einwand vom"
                " %(day)s. Das QM-Team prüft ihn und antwortet öffentlich.\n\n%(title)s\n",
                day=short_day(now),
                title=decision.page["title"],
            ),
        ),
        now,
    )


def tell_answer(held: Session, decision: Decision, answer: str, now: datetime) -> None:
    """Tell them the answer to an objection."""
    _tell(
        held,
        decision,
        lambda: (
            _("Der Einwand ist beantwortet: %(title)s", title=_title(decision)),
            _(
                "auf den Einwand zu dieser Entscheidung hat das QM-Team geantwortet.\n\n"
                "%(title)s\n\nAntwort:\n%(answer)s\n",
                title=decision.page["title"],
                answer=answer,
            ),
        ),
        now,
    )


def tell_annulled(held: Session, decision: Decision, reason: str, now: datetime) -> None:
    """Tell them that the decision no longer holds, and why."""
    _tell(
        held,
        decision,
        lambda: (
            _("Eine Entscheidung ist aufgehoben: %(title)s", title=_title(decision)),
            _(
                "diese Entscheidung gilt nicht mehr. Zwei Personen haben sie aufgehoben.\n\n"
                "%(title)s\n\nGrund: %(reason)s\n",
                title=decision.page["title"],
                reason=reason,
            ),
        ),
        now,
    )


def _title(decision: Decision) -> str:
    """The title as a subject of a mail may have it: one line."""
    return " ".join(decision.page["title"].split())


def _tell(held: Session, decision: Decision, words: Words, now: datetime) -> None:
    area = held.get_one(Area, decision.area_id)
    question = held.get_one(Question, decision.question_id)
    for member in on_roll(held, question.id):
        if member.mail:
            with force_locale(language.locale(member.language)):
                subject, told = words()
                body = _letter(member, decision, area, told)
            outbox.send(held, member.mail, subject, body, now)


def _letter(member: Member, decision: Decision, area: Area, told: str) -> str:
    prefix = "" if member.language == language.DEFAULT else f"/{member.language}"
    address = f"{current_app.config['PUBLIC_URL']}{prefix}/entscheidung/{decision.number}"
    return _(
        "Guten Tag %(name)s,\n\n%(told)s\n%(address)s\n\nFragen? %(office)s\n",
        name=member.name,
        told=told,
        address=address,
        office=area.office_phone or area.name,
    )
