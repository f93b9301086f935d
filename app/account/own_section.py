"""Which columns of which tables a member sees of the own data, each with its word."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _
from sqlmodel import Session, SQLModel

from app.models import (
    Attendance,
    Ballot,
    Card,
    Comment,
    Confirmation,
    CountEntry,
    DeclaredAbsence,
    Deputy,
    EnrolmentNonce,
    Erasure,
    EveningKey,
    Invitation,
    LookUp,
    Mail,
    MeetingInvitation,
    Member,
    Membership,
    NotedObjection,
    Objection,
    PaperEnterer,
    PaperReturn,
    PaperVoter,
    Passkey,
    Passphrase,
    RecoveryCode,
    Recusal,
    ReservePlace,
    RollAnswer,
    RollCall,
    RollEntry,
    SecondFactor,
    SecurityEvent,
    SignInLink,
    Trustee,
    UserSession,
    VotingKey,
)

SEAT, TERM, STARTS, ENDS = _("Sitz"), _("Amtszeit"), _("Beginn"), _("Ende")
TRUSTEE: Mapping[str, Any] = {
    "commission_id": _("Gremium"),
    "position": _("Schlüssel-Teil Nummer"),
    "certificate": _("Öffentlicher Teil"),
    "compared_parts": _("Zeichen der Teile verglichen"),
    "polynomial": _("Ausgetauschte Teile, verschlossen"),
    "verification_key": _("Beweis zum öffentlichen Teil"),
    "compared_key": _("Zeichen des Schlüssels verglichen"),
    "rehearsed_at": _("Probe-Auszählung am"),
    "lost_at": _("Als verloren gemeldet am"),
}
AT, QUESTION = _("Wann"), _("Frage")
ENTRY: dict[str, Any] = {
    "place": _("Erste oder zweite Person"),
    "reason": _("Grund"),
    "entered_at": AT,
}


class Section(NamedTuple):
    """A table and those of its columns that the person sees, each with its word.

    `said` names columns that this section says in words of its own.
    """

    table: type[SQLModel]
    title: Any
    fields: Mapping[str, Any]
    said: Mapping[str, Callable[[Session, Any], str]] = {}


SECTIONS = (
    Section(
        Member,
        _("Wer ich bin"),
        {
            "name": _("Name"),
            "mail": _("E-Mail"),
            "language": _("Sprache"),
            "may_be_named": _("Darf der Name öffentlich stehen?"),
            "was_asked": _("Nach der ersten Stimme gefragt"),
            "has_access": _("Zugang als Schlüsselperson ist eingerichtet"),
            "is_demo": _("Erfunden zum Ausprobieren"),
            "erased_on": _("Gelöscht am"),
        },
    ),
    Section(
        Membership,
        _("Sitze"),
        {
            "seat_id": SEAT,
            "term_id": TERM,
            "starts_on": STARTS,
            "ends_on": ENDS,
            "position": _("Reihenfolge"),
            "role": _("Aufgabe"),
            "source": _("Wie bestimmt"),
            "is_dual_role": _("Doppelrolle"),
            "dual_role": _("Doppelrolle bei"),
            "end_reason": _("Grund des Endes"),
        },
    ),
    Section(
        Deputy,
        _("Vertretungen"),
        {
            "seat_id": SEAT,
            "term_id": TERM,
            "rank": _("Rang"),
            "starts_on": STARTS,
            "ends_on": ENDS,
        },
    ),
    Section(
        ReservePlace,
        _("Nachrückliste"),
        {
            "term_id": TERM,
            "segment": _("Gruppe"),
            "rank": _("Rang"),
            "listed_on": STARTS,
            "left_on": ENDS,
            "left_reason": _("Grund des Endes"),
        },
    ),
    Section(
        MeetingInvitation,
        _("Einladungen zu Sitzungen"),
        {
            "meeting_id": _("Sitzung"),
            "via": _("Wie"),
            "invited_at": AT,
            "sent_at": _("Zuletzt geschrieben am"),
        },
    ),
    Section(
        Attendance,
        _("Anwesend bei Sitzungen"),
        {
            "meeting_id": _("Sitzung"),
            "arrived_at": _("Gekommen am"),
            "left_at": _("Gegangen am"),
            "first_arrived_at": _("Zuerst gekommen am"),
            "first_left_at": _("Zuerst gegangen am"),
            "entered_at": _("Nachgetragen am"),
            "via": _("Eingetragen durch"),
        },
    ),
    Section(
        EveningKey,
        _("Abendschlüssel"),
        {
            "meeting_id": _("Sitzung"),
            "made_at": _("Angelegt am"),
            "dismissed_at": _("Zählt nicht mehr mit seit"),
            "group": _("Verfahren"),
            "public_key": _("Öffentlicher Teil"),
            "document": _("Beweis zum öffentlichen Teil"),
        },
    ),
    Section(Trustee, _("Zählkommission"), TRUSTEE),
    Section(
        Card,
        _("Karten"),
        {
            "term_id": TERM,
            "printed_at": _("Gedruckt am"),
            "printed_by": _("Gedruckt hat"),
            "used_at": _("Zum ersten Mal benutzt am"),
            "revoked_at": _("Gesperrt am"),
        },
    ),
    Section(
        Confirmation,
        _("Was über mich zwei Personen zusammen tun"),
        {
            "act": _("Was"),
            "requested_at": AT,
            "confirmed_at": _("Zugestimmt am"),
            "objected_at": _("Gestoppt am"),
            "done_at": _("Ersetzt am"),
        },
    ),
    Section(
        VotingKey,
        _("Wahlschlüssel"),
        {
            "term_id": TERM,
            "group": _("Verfahren"),
            "point": _("Öffentlicher Teil"),
            "registered_at": _("Gemacht am"),
        },
    ),
    Section(
        RollEntry,
        _("Wo ich abstimmen durfte"),
        {
            "question_id": QUESTION,
            "seat_id": SEAT,
            "segment": _("Gruppe"),
            "via": _("Wie"),
            "state": _("Stand des Sitzes"),
            "credential": _("Öffentlicher Teil"),
        },
    ),
    Section(
        DeclaredAbsence,
        _("Vorher abgesagt"),
        {"round_id": _("Abstimmung")},
    ),
    Section(
        Recusal,
        _("Befangen"),
        {
            "question_id": QUESTION,
            "declared_by": _("Wer es gesagt hat"),
            "declared_at": AT,
            "reason": _("Grund"),
            "may_be_named": _("Darf der Name öffentlich stehen?"),
        },
    ),
    Section(
        Objection,
        _("Einwände"),
        {
            "decision_id": _("Entscheidung"),
            "reason": _("Text"),
            "made_at": AT,
            "answer": _("Antwort"),
            "answered_at": _("Beantwortet am"),
        },
    ),
    Section(
        NotedObjection,
        _("Einwände ins Protokoll"),
        {
            "question_id": QUESTION,
            "seat_id": SEAT,
            "words": _("Text"),
            "is_named": _("Darf der Name im Protokoll stehen?"),
            "noted_at": AT,
        },
    ),
    Section(
        PaperVoter,
        _("Abgestimmt ohne eigenes Handy"),
        {"round_id": _("Abstimmung"), "way": _("Wie")},
    ),
    Section(PaperReturn, _("Papier ohne Stimme zurückgegeben"), {"question_id": QUESTION}),
    Section(
        PaperEnterer,
        _("Papiere, die ich mit eingetragen habe"),
        {"round_id": _("Abstimmung")} | ENTRY,
    ),
    Section(
        CountEntry,
        _("Stimmen, die ich gezählt habe"),
        {
            "question_id": QUESTION,
            "yes": _("Ja"),
            "no": _("Nein"),
            "abstain": _("Enthaltung"),
            "invalid": _("Ungültig"),
            "present": _("Anwesend mit Sitz"),
            "residents": _("Davon Bewohner:innen"),
        }
        | ENTRY,
    ),
    Section(RollCall, _("Antworten, die ich notiert habe"), {"question_id": QUESTION} | ENTRY),
    Section(
        RollAnswer,
        _("Antworten beim Aufrufen der Namen"),
        {"question_id": QUESTION, "answer": _("Antwort")},
    ),
    Section(
        Comment,
        _("Beiträge"),
        {
            "proposal_id": _("Antrag"),
            "source": _("Text"),
            "created_at": AT,
            "removed_on": _("Gelöscht am"),
        },
    ),
    Section(
        UserSession,
        _("Geräte"),
        {
            "device": _("Gerät"),
            "created_at": _("Angemeldet am"),
            "seen_at": _("Zuletzt benutzt am"),
            "confirmed_at": _("Zuletzt bestätigt am"),
            "invited_at": _("Einladung angenommen am"),
            "is_doubted": _("Noch gefragt, wessen Gerät das ist"),
            "expires_at": ENDS,
            "revoked_at": _("Abgemeldet am"),
        },
    ),
    Section(
        Passkey,
        _("Passkeys"),
        {"name": _("Name"), "created_at": _("Gemacht am")},
    ),
    Section(Passphrase, _("Passphrase"), {"changed_at": _("Gemacht am")}),
    Section(SecondFactor, _("App für Codes"), {"confirmed_at": _("Eingerichtet am")}),
    Section(RecoveryCode, _("Notfall-Codes"), {"used_at": _("Benutzt am")}),
    Section(Invitation, _("Einladungen"), {"expires_at": ENDS, "used_at": _("Benutzt am")}),
    Section(
        SecurityEvent,
        _("Was an meinem Zugang geschehen ist"),
        {"kind": _("Was"), "at": AT, "device": _("Gerät")},
    ),
    Section(SignInLink, _("Links zum Ausprobieren"), {"expires_at": ENDS}),
    Section(EnrolmentNonce, _("Angefangene Wahlschlüssel"), {"expires_at": ENDS}),
    Section(
        LookUp,
        _("Wer meine Daten angesehen hat"),
        {"officer_id": _("Wer"), "page": _("Wo"), "looked_at": AT},
    ),
    Section(
        Erasure,
        _("Wunsch, gelöscht zu werden"),
        {"requested_at": AT, "due_on": _("Name geht am")},
    ),
    Section(
        Mail,
        _("E-Mails, die noch nicht weg sind"),
        {"subject": _("Betreff"), "body": _("Text"), "created_at": AT},
    ),
    Section(
        Ballot,
        _("Kontrollnummern meiner Stimmen"),
        {"question_id": QUESTION, "tracker": _("Kontrollnummer")},
    ),
)
