"""Mails to everybody on the roll of a question, each in their language, and to the applicant."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import applicant_letter, language, outbox
from app.models import Area, Decision, Member, RollEntry
from app.text import outcome_phrase, short_day

Words = Callable[[], tuple[str, str]]


class Reader(NamedTuple):
    """Whom a mail goes to, in which language, and how it greets."""

    mail: str
    language: str
    name: str


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
        about="published",
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
        about="annulled",
    )


def _title(decision: Decision) -> str:
    """The title as a subject of a mail may have it: one line."""
    return " ".join(decision.page["title"].split())


def _tell(
    held: Session,
    decision: Decision,
    words: Words,
    now: datetime,
    *,
    about: str | None = None,
) -> None:
    """Write to the roll, and where this is `about` the decision itself to the applicant too."""
    area = held.get_one(Area, decision.area_id)
    told = [_to_member(each) for each in on_roll(held, decision.question_id) if each.mail]
    if about:
        told += _to_applicant(held, decision)
        applicant_letter.note(held, decision, about, now)
    for reader in told:
        with force_locale(language.locale(reader.language)):
            subject, said = words()
            body = _letter(reader, decision, area, said)
        outbox.send(held, reader.mail, subject, body, now)


def _to_member(member: Member) -> Reader:
    return Reader(str(member.mail), member.language, member.name)


def _to_applicant(held: Session, decision: Decision) -> list[Reader]:
    """Who applied for the money, where there is an address."""
    proposal = applicant_letter.proposal_of(held, decision)
    if proposal is None or not proposal.applicant_mail:
        return []
    return [Reader(proposal.applicant_mail, language.DEFAULT, proposal.applicant)]


def _letter(reader: Reader, decision: Decision, area: Area, said: str) -> str:
    prefix = "" if reader.language == language.DEFAULT else f"/{reader.language}"
    address = f"{current_app.config['PUBLIC_URL']}{prefix}/entscheidung/{decision.number}"
    return _(
        "Guten Tag %(name)s,\n\n%(told)s\n%(address)s\n\nFragen? %(office)s\n",
        name=reader.name,
        told=said,
        address=address,
        office=area.office_phone or area.name,
    )
