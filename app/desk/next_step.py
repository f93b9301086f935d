"""The one thing that a moderator does next, and why."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, col, or_, select

from app import coming_meeting, electoral_roll, setup, text
from app.body import votes_by_ballot, voting_bodies
from app.desk import agenda_step
from app.desk.step import Step
from app.errors import sentence
from app.models import Area, Proposal, Question, Round
from app.proceedings import deadline
from app.round import announcing
from app.round.preparing import questions_of
from app.round.progress import progress
from app.round.telling import decides
from app.round.turnout import turnout

URGENCY = ("open", "closed", "counted", "confirmed", "announced", "draft")


def find(held: Session, area: Area, lines: Sequence[setup.Line], now: datetime) -> Step:
    """The most pressing step: a round that is under way first, then what the next one needs.

    `lines` is what the area has to set up.
    """
    return (
        _round_step(held, area)
        or _minutes_step(held, area)
        or _preparation_step(held, area, lines, now)
    )


def _minutes_step(held: Session, area: Area) -> Step | None:
    """Minutes that nobody has read through, or that are approved and not public yet."""
    if meeting := deadline.unchecked(held, area.id):
        due = deadline.day_due(held, meeting)
        reason = _("Die Sitzung ist vorbei. Das Protokoll hat sich selbst geschrieben.")
        if due:
            reason = _("Es muss da sein bis %(day)s.", day=text.day(due))
        label = _("Protokoll prüfen")
    elif meeting := deadline.unpublished(held, area.id):
        reason = _("Das Gremium hat das Protokoll genehmigt.")
        label = _("Protokoll veröffentlichen")
    else:
        return None
    return Step(label, reason, label, url_for("minutes.minutes", meeting_id=meeting.id))


def _round_step(held: Session, area: Area) -> Step | None:
    unfinished = held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .where(
            Round.area_id == area.id,
            Round.state != "void",
            or_(Round.mode == "meeting", Round.state != "open"),
            col(Question.state).not_in(("published", "annulled", "taken_out")),
            or_(
                col(Round.is_poll).is_(False) & col(Round.is_practice).is_(False),
                col(Question.state) == "listed",
            ),
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


def _running(round_: Round) -> str:
    if round_.is_practice:
        return _("Die Proberunde läuft")
    return _("Das Meinungsbild läuft") if round_.is_poll else _("Die Abstimmung läuft")


def _open(held: Session, round_: Round) -> Step:
    figures = turnout(held, round_)
    return Step(
        _running(round_),
        _("%(cast)d von %(roll)d haben abgestimmt.", cast=figures.cast, roll=figures.roll),
        _("Abstimmung ansehen"),
        _address(round_),
    )


def _closed(_held: Session, round_: Round) -> Step:
    return Step(
        _("Die Stimmen werden ausgezählt"),
        _("Das dauert einen Augenblick. Dann stehen die Zahlen da.")
        if not decides(round_)
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
    title = _("Meinungsbild öffnen") if round_.is_poll else _("Abstimmung öffnen")
    label, address = _("Abstimmung ansehen"), _address(round_)
    if rules := announcing.missing_rules(held, round_):
        names = ", ".join(text.parameter_name(each) for each in rules)
        return Step(title, sentence("roll_unclear", {"names": names}), label, address)
    if not round_.has_box:
        said = _("Die Abstimmung ist angesagt. Menschen zählen die Stimmen.")
        return Step(title, said, label, address)
    missing = len(electoral_roll.without_key(held, round_))
    return Step(
        title,
        ngettext(
            "Die Abstimmung ist angesagt. %(num)d Mitglied hat noch keinen Schlüssel.",
            "Die Abstimmung ist angesagt. %(num)d Mitglieder haben noch keinen Schlüssel.",
            missing,
        )
        if missing
        else _("Die Abstimmung ist angesagt, alle auf der Liste haben einen Wahlschlüssel."),
        label,
        address,
    )


def _draft(_held: Session, round_: Round) -> Step:
    return Step(
        _("Meinungsbild ansagen") if round_.is_poll else _("Abstimmung ansagen"),
        _("Die Fragen stehen im Entwurf. Klären Sie, wer befangen ist, und lesen Sie sie vor.")
        if round_.mode == "meeting"
        else _("Die Fragen stehen im Entwurf. Legen Sie fest, wann der Umlauf endet."),
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


def _preparation_step(
    held: Session, area: Area, lines: Sequence[setup.Line], now: datetime
) -> Step:
    """What a proposal still waits for in a body that is ready; otherwise what is not set up."""
    todo = [line for line in lines if line.state == "todo" and _concerns_votes(line)]
    unready = {line.body.id for line in todo if line.body}
    proposal = _admitted(held, area, unready)
    if todo and (proposal is None or todo[0].body is None):
        return _setup_step(todo[0], has_several=len(voting_bodies(held, area.id)) > 1)
    return agenda_step.find(held, area, now) or _meeting_step(held, proposal, now)


def _concerns_votes(line: setup.Line) -> bool:
    return line.body is None or votes_by_ballot(line.body)


def _setup_step(line: setup.Line, *, has_several: bool) -> Step:
    reason = f"{line.body.name}: {line.note}" if line.body and has_several else line.note
    return Step(line.title, reason, line.label, line.address)


def _admitted(held: Session, area: Area, unready: Collection[int]) -> Proposal | None:
    """A proposal that waits for a body which is ready to vote."""
    return held.exec(
        select(Proposal)
        .where(Proposal.area_id == area.id, Proposal.state == "admitted")
        .where(col(Proposal.body_id).not_in(unready))
        .order_by(col(Proposal.year), col(Proposal.n))
    ).first()


def _meeting_step(held: Session, proposal: Proposal | None, now: datetime) -> Step:
    if proposal is None:
        return Step(
            _("Antrag anlegen"),
            _("Gerade liegt kein Antrag vor, über den abgestimmt werden kann."),
            _("Antrag anlegen"),
            url_for("proposals.create"),
        )
    meeting = coming_meeting.next_of(held, proposal.body_id, now)
    if meeting is None:
        return Step(
            _("Sitzung anlegen"),
            _("Es liegen Anträge vor. Die nächste Sitzung ist noch nicht eingetragen."),
            _("Sitzung anlegen"),
            url_for("meeting.create"),
        )
    return Step(
        _("Abstimmung vorbereiten"),
        _("Sitzung: %(moment)s", moment=text.moment(meeting.starts_at)),
        _("Zur Sitzung"),
        url_for("meeting.meeting", meeting_id=meeting.id),
    )
