"""How long which data is kept, and why: one table for the job and for the page that says it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlmodel import Session, col, or_

from app import box, clearing, db, erasure, officer_erasure
from app.body import day_of
from app.models import (
    Card,
    EnrolmentNonce,
    Invitation,
    LookUp,
    Mail,
    RosterImport,
    SecurityEvent,
    SignInLink,
    SpareCard,
    Throttle,
    UsedChallenge,
    UserSession,
    VotingKey,
)

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
    clear: clearing.Clear

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


# What ends within a day is deleted every minute, by `jobs.forget`.
SHORT: Mapping[str, Rule] = {
    "sessions": Rule(
        _("Angemeldete Geräte"),
        _("Abmelden oder Ende der Anmeldung"),
        0,
        SAFE_ENTRANCE,
        clearing.rows(
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
        clearing.all_of(
            clearing.rows(SignInLink, lambda moment: col(SignInLink.expires_at) <= moment),
            clearing.rows(Invitation, lambda moment: col(Invitation.expires_at) <= moment),
            clearing.rows(EnrolmentNonce, lambda moment: col(EnrolmentNonce.expires_at) <= moment),
            clearing.rows(UsedChallenge, lambda moment: col(UsedChallenge.expires_at) <= moment),
        ),
    ),
    "throttles": Rule(
        _("Zähler falscher Versuche, mit dem Anfang der Netzadresse"),
        _("Erster Fehlversuch"),
        1,
        _("Damit niemand Karten oder Codes erraten kann."),
        clearing.rows(Throttle, lambda moment: col(Throttle.window_started_at) <= moment),
    ),
    "uploads": Rule(
        _("Hochgeladene Listen, die niemand übernommen hat"),
        _("Hochladen"),
        1,
        _("Damit man die Liste vor dem Übernehmen prüfen kann."),
        clearing.rows(RosterImport, lambda moment: col(RosterImport.uploaded_at) <= moment),
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
        clearing.rows(Mail, lambda moment: col(Mail.created_at) <= moment),
    ),
    "events": Rule(
        _("Was an einem Zugang geschehen ist, mit der Art des Geräts"),
        _("Ereignis"),
        MONTH,
        _("Damit Sie merken, wenn jemand anderes Ihren Zugang benutzt."),
        clearing.rows(SecurityEvent, lambda moment: col(SecurityEvent.at) <= moment),
    ),
    "doubts": Rule(
        _("Texte von Meldungen und Einwänden, mit Namen und Kontrollnummern darin"),
        _("Meldung oder Einwand"),
        YEAR,
        _("Für Rückfragen. Dass es sie gab und was geantwortet wurde, bleibt stehen."),
        clearing.doubts,
    ),
    "applicants": Rule(
        _("E-Mail-Adresse zu einem Antrag"),
        _("Eintragen des Antrags"),
        2 * YEAR,
        _("Damit wir schreiben können, wie entschieden wurde und was daraus wird."),
        clearing.applicants,
    ),
    "look_ups": Rule(
        _("Wer vom QM-Team wessen Daten angesehen hat"),
        _("Ansehen"),
        YEAR,
        _("Damit Sie sehen, wer Ihre Daten angesehen hat."),
        clearing.rows(LookUp, lambda moment: col(LookUp.looked_at) <= moment),
    ),
    "cards": Rule(
        _("Karten und Wahlschlüssel"),
        _("Ende der Amtszeit"),
        MONTH,
        _("Danach braucht sie keine Abstimmung mehr."),
        clearing.all_of(
            clearing.rows(UserSession, clearing.entered_by_ended_card),
            clearing.of_terms(Card),
            clearing.of_terms(SpareCard),
            clearing.of_terms(VotingKey),
        ),
    ),
    "sealed_parts": Rule(
        _("Verschlossene Schlüssel-Teile der Zählkommission"),
        _("Ende des Schlüssels"),
        MONTH,
        _("Danach ist alles ausgezählt. Wartet noch eine Urne, bleiben sie so lange."),
        clearing.sealed_parts,
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
        clearing.names,
    ),
    "officers": Rule(
        _("Name und E-Mail-Adresse von jemandem aus dem QM-Team oder einer Begleitung"),
        _("Ende des Zugangs"),
        officer_erasure.NAME_KEPT.days,
        _("So lange sehen Mitglieder, wer ihre Daten angesehen hat. Dann bleibt eine Nummer."),
        clearing.officers,
    ),
}
RULES: Mapping[str, Rule] = {**SHORT, **LONG}


def apply(held: Session, rules: Mapping[str, Rule], now: datetime) -> dict[str, clearing.Gone]:
    """Delete what is over by these rules; say how many of each, area by area."""
    return {name: rule.clear(held, now - rule.period) for name, rule in rules.items()}
