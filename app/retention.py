"""How long which data is kept, and why: one table for the job and for the page that says it."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Delete, Update, delete, null, update
from sqlmodel import Session, SQLModel, col, or_, select

from app import box, db, erasure, officer_erasure
from app.body import day_of
from app.models import (
    Card,
    CountingCommission,
    EnrolmentNonce,
    Invitation,
    LookUp,
    Mail,
    Member,
    Objection,
    Proposal,
    Question,
    Report,
    RosterImport,
    Round,
    SecurityEvent,
    SignInLink,
    SpareCard,
    Term,
    Throttle,
    Trustee,
    UsedChallenge,
    UserSession,
    VotingKey,
)

# How many rows went of each area; None stands for what belongs to no area.
Gone = Counter[int | None]
Clear = Callable[[Session, datetime], Gone]
MONTH = 30
YEAR = 365
SAFE_ENTRANCE = _("Nur so lange, wie das Anmelden es braucht.")


class Rule(NamedTuple):
    """What is kept for how many days after what, and why; `clear` says how many it deleted where.

    `clear` gets the moment of which everything older is over. Without `days` it is the rules of
    each body that say how long.
    """

    what: Any
    since: Any
    days: int | None
    why: Any
    clear: Clear

    @property
    def period(self) -> timedelta:
        return timedelta(days=self.days or 0)


def how_long(days: int | None) -> str:
    """The period in words, as exact as the job is."""
    if days is None:
        return gettext("so lange, wie die Regeln des Gremiums es sagen")
    if days == 0:
        return gettext("sofort")
    if days % YEAR:
        return ngettext("%(num)d Tag", "%(num)d Tage", days)
    return ngettext("%(num)d Jahr", "%(num)d Jahre", days // YEAR)


def _rows(table: type[SQLModel], is_over: Callable[[datetime], ColumnElement[bool]]) -> Clear:
    def clear(held: Session, moment: datetime) -> Gone:
        return _count(held, delete(table).where(is_over(moment)), table)

    return clear


def _count(held: Session, change: Delete | Update, table: type[SQLModel]) -> Gone:
    """Carry a deletion or change out, and count its rows by their area."""
    area_id = getattr(table, "area_id", null())
    return Counter(held.exec(change.returning(area_id)).scalars())


def _all(*clears: Clear) -> Clear:
    def clear(held: Session, moment: datetime) -> Gone:
        return sum((each(held, moment) for each in clears), Counter())

    return clear


def _entered_by_ended_card(moment: datetime) -> ColumnElement[bool]:
    """Sessions name a card: where a term was cut short they outlive it."""
    ended = select(Term.id).where(col(Term.ends_on) < day_of(moment))
    return col(UserSession.card_id).in_(select(Card.id).where(col(Card.term_id).in_(ended)))


def _of_terms(table: Any) -> Clear:
    """Rows of the terms that were over on the day of the moment."""
    return _rows(
        table,
        lambda moment: col(table.term_id).in_(
            select(Term.id).where(col(Term.ends_on) < day_of(moment))
        ),
    )


def _names(held: Session, moment: datetime) -> Gone:
    """Forget those whose last seat or place was over on the day of the moment."""
    limit = day_of(moment)
    known = held.exec(select(Member).where(col(Member.erased_on).is_(None))).all()
    over = [each for each in known if _is_before(erasure.last_day(held, each), limit)]
    for member in over:
        erasure.forget(held, member, day_of(db.clock(held)))
    return Counter(each.area_id for each in over)


def _is_before(last: date | None, limit: date) -> bool:
    return last is not None and last < limit


def _doubts(held: Session, moment: datetime) -> Gone:
    """Take out what people wrote who reported something or objected."""
    reports = update(Report).where(
        col(Report.made_at) <= moment,
        or_(*(col(each) != "" for each in (Report.words, Report.trackers, Report.contact))),
    )
    objections = update(Objection).where(
        col(Objection.made_at) <= moment,
        or_(col(Objection.reason) != "", col(Objection.name) != ""),
    )
    cleared = _count(held, reports.values(words="", trackers="", contact=""), Report)
    return cleared + _count(held, objections.values(reason="", name=""), Objection)


def _applicants(held: Session, moment: datetime) -> Gone:
    known = update(Proposal).where(
        col(Proposal.created_at) <= moment, col(Proposal.applicant_mail).is_not(None)
    )
    return _count(held, known.values(applicant_mail=None, applicant_link=None), Proposal)


def _sealed_parts(held: Session, moment: datetime) -> Gone:
    """Forget what trustees sealed for each other, once no sum waits for their key any more."""
    waits = (
        select(Round.id)
        .join(Question, col(Question.round_id) == Round.id)
        .where(Round.body_id == CountingCommission.body_id, Round.trust == "commission")
        .where(col(Round.state).in_(("open", "closed")), Question.state == "listed")
    )
    over = select(CountingCommission.id).where(
        col(CountingCommission.ended_at) <= moment, ~waits.exists()
    )
    kept = update(Trustee).where(
        col(Trustee.commission_id).in_(over), col(Trustee.polynomial) != ""
    )
    return _count(held, kept.values(polynomial=""), Trustee)


def _officers(held: Session, moment: datetime) -> Gone:
    """Forget those whose access had ended by that moment."""
    over = officer_erasure.named(held, moment)
    for officer in over:
        officer_erasure.forget(held, officer)
    return Counter(each.area_id for each in over)


# What ends within a day is deleted every minute, by `jobs.forget`.
SHORT: Mapping[str, Rule] = {
    "sessions": Rule(
        _("Angemeldete Geräte"),
        _("Abmelden oder Ende der Anmeldung"),
        0,
        SAFE_ENTRANCE,
        _rows(
            UserSession,
            lambda moment: or_(
                col(UserSession.expires_at) <= moment, col(UserSession.revoked_at) <= moment
            ),
        ),
    ),
    "links": Rule(
        _("Links und Nummern zum Anmelden"),
        _("Ablauf des Links"),
        0,
        SAFE_ENTRANCE,
        _all(
            _rows(SignInLink, lambda moment: col(SignInLink.expires_at) <= moment),
            _rows(Invitation, lambda moment: col(Invitation.expires_at) <= moment),
            _rows(EnrolmentNonce, lambda moment: col(EnrolmentNonce.expires_at) <= moment),
            _rows(UsedChallenge, lambda moment: col(UsedChallenge.expires_at) <= moment),
        ),
    ),
    "throttles": Rule(
        _("Zähler falscher Versuche, mit dem Anfang der Netzadresse"),
        _("Erster Fehlversuch"),
        1,
        _("Damit niemand Karten oder Codes erraten kann."),
        _rows(Throttle, lambda moment: col(Throttle.window_started_at) <= moment),
    ),
    "uploads": Rule(
        _("Hochgeladene Listen, die niemand übernommen hat"),
        _("Hochladen"),
        1,
        _("Damit man die Liste vor dem Übernehmen prüfen kann."),
        _rows(RosterImport, lambda moment: col(RosterImport.uploaded_at) <= moment),
    ),
}
LONG: Mapping[str, Rule] = {
    "wishes": Rule(
        _("Name eines Mitglieds, das gelöscht werden möchte"),
        _("Wunsch des Mitglieds, mit einem Sitz: Ende des Sitzes"),
        0,
        _("Ohne Namen kann niemand einen Sitz haben. Alles andere geht sofort."),
        lambda held, moment: erasure.carry_out(held, day_of(moment)),
    ),
    "mails": Rule(
        _("E-Mails, die nicht ankommen"),
        _("Schreiben der E-Mail"),
        3,
        _("Manche Postfächer sind kurz nicht erreichbar. Was ankommt, ist sofort gelöscht."),
        _rows(Mail, lambda moment: col(Mail.created_at) <= moment),
    ),
    "events": Rule(
        _("Was an einem Zugang geschehen ist, mit der Art des Geräts"),
        _("Ereignis"),
        MONTH,
        _("Damit Sie merken, wenn jemand anderes Ihren Zugang benutzt."),
        _rows(SecurityEvent, lambda moment: col(SecurityEvent.at) <= moment),
    ),
    "doubts": Rule(
        _("Texte von Meldungen und Einwänden, mit Namen und Kontrollnummern darin"),
        _("Meldung oder Einwand"),
        YEAR,
        _("Für Rückfragen. Dass es sie gab und was geantwortet wurde, bleibt stehen."),
        _doubts,
    ),
    "applicants": Rule(
        _("E-Mail-Adresse zu einem Antrag"),
        _("Eintragen des Antrags"),
        2 * YEAR,
        _("Damit wir schreiben können, wie entschieden wurde und was daraus wird."),
        _applicants,
    ),
    "look_ups": Rule(
        _("Wer vom QM-Team wessen Daten angesehen hat"),
        _("Ansehen"),
        YEAR,
        _("Damit Sie sehen, wer Ihre Daten angesehen hat."),
        _rows(LookUp, lambda moment: col(LookUp.looked_at) <= moment),
    ),
    "cards": Rule(
        _("Karten und Wahlschlüssel"),
        _("Ende der Amtszeit"),
        MONTH,
        _("Danach braucht sie keine Abstimmung mehr."),
        _all(
            _rows(UserSession, _entered_by_ended_card),
            _of_terms(Card),
            _of_terms(SpareCard),
            _of_terms(VotingKey),
        ),
    ),
    "sealed_parts": Rule(
        _("Verschlossene Schlüssel-Teile der Zählkommission"),
        _("Ende des Schlüssels"),
        MONTH,
        _("Danach ist alles ausgezählt. Wartet noch eine Urne, bleiben sie so lange."),
        _sealed_parts,
    ),
    "boxes": Rule(
        _("Urnen mit den verschlossenen Stimmen, und Belege"),
        _("Ende der Amtszeit"),
        None,
        _("Damit jeder nachzählen kann. Steht nichts in den Regeln, sind es 12 Monate."),
        lambda held, moment: box.forget_boxes(held, day_of(moment), db.clock(held)),
    ),
    "names": Rule(
        _("Name, E-Mail-Adresse und Beiträge eines Mitglieds"),
        _("Ende der letzten Amtszeit der Person"),
        YEAR,
        _("Für Rückfragen zur Amtszeit. Danach steht nur noch eine Nummer da."),
        _names,
    ),
    "officers": Rule(
        _("Name und E-Mail-Adresse von jemandem aus dem QM-Team oder einer Begleitung"),
        _("Ende des Zugangs"),
        officer_erasure.NAME_KEPT.days,
        _("So lange sehen Mitglieder, wer ihre Daten angesehen hat. Dann bleibt eine Nummer."),
        _officers,
    ),
}
RULES: Mapping[str, Rule] = {**SHORT, **LONG}


def apply(held: Session, rules: Mapping[str, Rule], now: datetime) -> dict[str, Gone]:
    """Delete what is over by these rules; say how many of each, area by area."""
    return {name: rule.clear(held, now - rule.period) for name, rule in rules.items()}
