"""Where a member votes and with which keys, and what is noted around it; never which way."""

from flask_babel import lazy_gettext as _

from app.account.section.shape import AT, ENDS, QUESTION, SEAT, TERM, Section
from app.models import (
    Ballot,
    DeclaredAbsence,
    EnrolmentNonce,
    NotedObjection,
    Objection,
    PaperReturn,
    PaperVoter,
    Recusal,
    RollAnswer,
    RollEntry,
    VotingKey,
)

VOTES = (
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
    Section(EnrolmentNonce, _("Angefangene Wahlschlüssel"), {"expires_at": ENDS}),
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
        RollAnswer,
        _("Antworten beim Aufrufen der Namen"),
        {"question_id": QUESTION, "answer": _("Antwort")},
    ),
    Section(
        Ballot,
        _("Kontrollnummern meiner Stimmen"),
        {"question_id": QUESTION, "tracker": _("Kontrollnummer")},
    ),
)
