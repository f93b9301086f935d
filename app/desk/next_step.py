"""The one thing that a moderator does next, and why."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, col, or_, select

from app import electoral_roll, text
from app.body import council_of, day_of, members_on, term_on
from app.desk.preparing import questions_of
from app.desk.progress import progress
from app.models import Area, Card, Meeting, Proposal, Question, Round
from app.turnout import turnout

URGENCY = ("open", "closed", "counted", "confirmed", "announced", "draft")


class Step(NamedTuple):
    """What to do, why, the words on the button and where it leads."""

    title: str
    reason: str
    label: str
    address: str


def find(held: Session, area: Area, now: datetime) -> Step:
    """The most pressing step: a round that is under way first, then what the next one needs."""
    return _round_step(held, area) or _preparation_step(held, area, now)


def _round_step(held: Session, area: Area) -> Step | None:
    unfinished = held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .where(
            Round.area_id == area.id,
            Round.state != "void",
            col(Question.state).not_in(("published", "taken_out")),
            or_(col(Round.is_poll).is_(False), col(Question.state) == "listed"),
        )
        .order_by(col(Round.created_at), Round.id)
        .distinct()
    ).all()
    standing = [(progress(round_, questions_of(held, round_)), round_) for round_ in unfinished]
    for code in URGENCY:
        for progress_, round_ in standing:
            if progress_ == code:
                return STEPS[code](held, round_)
    return None


def _address(round_: Round) -> str:
    return url_for("desk.round_", round_id=round_.id)


def _open(held: Session, round_: Round) -> Step:
    figures = turnout(held, round_)
    return Step(
        _("Das Meinungsbild läuft") if round_.is_poll else _("Die Abstimmung läuft"),
        _("%(cast)d von %(roll)d haben abgestimmt.", cast=figures.cast, roll=figures.roll),
        _("Abstimmung ansehen"),
        _address(round_),
    )


def _closed(_held: Session, round_: Round) -> Step:
    return Step(
        _("Die Stimmen werden ausgezählt"),
        _("Das dauert einen Augenblick. Dann stehen die Zahlen da.")
        if round_.is_poll
        else _("Das dauert einen Augenblick. Danach bestätigen zwei Personen das Ergebnis."),
        _("Zur Auszählung"),
        _address(round_),
    )


def _counted(held: Session, round_: Round) -> Step:
    count = sum(each.state in ("counted", "too_few_ballots") for each in questions_of(held, round_))
    return Step(
        _("Ergebnis bestätigen"),
        ngettext(
            "%(num)d Ergebnis ist da. Eine zweite Person muss es bestätigen.",
            "%(num)d Ergebnisse sind da. Eine zweite Person muss sie bestätigen.",
            count,
        ),
        _("Zum Ergebnis"),
        _address(round_),
    )


def _confirmed(_held: Session, round_: Round) -> Step:
    return Step(
        _("Entscheidung veröffentlichen"),
        _("Das Ergebnis ist bestätigt. Es fehlt noch die Zusammenfassung in einfachen Worten."),
        _("Zum Ergebnis"),
        _address(round_),
    )


def _announced(held: Session, round_: Round) -> Step:
    missing = len(electoral_roll.without_key(held, round_))
    return Step(
        _("Meinungsbild öffnen") if round_.is_poll else _("Abstimmung öffnen"),
        ngettext(
            "Die Abstimmung ist angesagt. %(num)d Mitglied hat noch keinen Schlüssel.",
            "Die Abstimmung ist angesagt. %(num)d Mitglieder haben noch keinen Schlüssel.",
            missing,
        )
        if missing
        else _("Die Abstimmung ist angesagt, alle auf der Liste haben einen Wahlschlüssel."),
        _("Abstimmung ansehen"),
        _address(round_),
    )


def _draft(_held: Session, round_: Round) -> Step:
    return Step(
        _("Abstimmung ansagen"),
        _("Die Fragen stehen im Entwurf. Klären Sie, wer befangen ist, und lesen Sie sie vor."),
        _("Zum Entwurf"),
        _address(round_),
    )


STEPS: dict[str, Callable[[Session, Round], Step]] = {
    "open": _open,
    "closed": _closed,
    "counted": _counted,
    "confirmed": _confirmed,
    "announced": _announced,
    "draft": _draft,
}


def _preparation_step(held: Session, area: Area, now: datetime) -> Step:
    body = council_of(held, area.id)
    today = day_of(now)
    term = term_on(held, body, today)
    members = members_on(held, body, term, today)
    missing = electoral_roll.missing_rules(held, body.id)
    if not members:
        return Step(
            _("Sitze besetzen"),
            _("Noch hat niemand einen Sitz."),
            _("Zu den Sitzen"),
            url_for("roster.body", body_id=body.id),
        )
    if missing:
        return Step(
            _("Regeln festlegen"),
            _(
                "Ohne diese Regeln lässt sich nichts öffnen: %(names)s",
                names=" ".join(text.parameter_name(name) for name in missing),
            ),
            _("Zu den Regeln"),
            url_for("roster.rules", body_id=body.id),
        )
    bare = {member.id for member in members} - _with_card(held, term.id if term else "")
    if bare:
        return Step(
            _("Karten drucken"),
            ngettext(
                "%(num)d Mitglied hat noch keine Karte.",
                "%(num)d Mitglieder haben noch keine Karte.",
                len(bare),
            ),
            _("Zu den Karten"),
            url_for("roster.cards", body_id=body.id),
        )
    return _meeting_step(held, area, now)


def _with_card(held: Session, term_id: str) -> set[int]:
    found = select(Card.member_id).where(Card.term_id == term_id, col(Card.revoked_at).is_(None))
    return set(held.exec(found))


def _meeting_step(held: Session, area: Area, now: datetime) -> Step:
    proposal = held.exec(
        select(Proposal).where(Proposal.area_id == area.id, Proposal.state == "admitted").limit(1)
    ).first()
    if proposal is None:
        return Step(
            _("Antrag anlegen"),
            _("Gerade liegt kein Antrag vor, über den abgestimmt werden kann."),
            _("Antrag anlegen"),
            url_for("proposals.create"),
        )
    meeting = _meeting(held, area, now)
    if meeting is None:
        return Step(
            _("Sitzung anlegen"),
            _("Es liegen Anträge vor. Die nächste Sitzung ist noch nicht eingetragen."),
            _("Sitzung anlegen"),
            url_for("desk.create_meeting"),
        )
    return Step(
        _("Abstimmung vorbereiten"),
        _("Sitzung: %(moment)s", moment=text.moment(meeting.starts_at)),
        _("Zur Sitzung"),
        url_for("desk.meeting", meeting_id=meeting.id),
    )


def _meeting(held: Session, area: Area, now: datetime) -> Meeting | None:
    """The meeting of today, or the next one."""
    coming = held.exec(
        select(Meeting).where(Meeting.area_id == area.id).order_by(col(Meeting.starts_at))
    )
    return next((each for each in coming if day_of(each.starts_at) >= day_of(now)), None)
