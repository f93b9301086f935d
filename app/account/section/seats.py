"""Which seats and places a member has, and what the member does in meetings."""

from flask_babel import lazy_gettext as _

from app.account.section.shape import AT, ENDS, SEAT, STARTS, TERM, Section
from app.models import (
    Attendance,
    Comment,
    Deputy,
    MeetingInvitation,
    Membership,
    ReservePlace,
)

SEATS = (
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
        Comment,
        _("Beiträge"),
        {
            "proposal_id": _("Antrag"),
            "source": _("Text"),
            "created_at": AT,
            "removed_on": _("Gelöscht am"),
        },
    ),
)
