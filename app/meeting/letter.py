"""An invitation, a change or a cancellation in words: one text for mail and for paper."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app import language
from app.agenda import Line
from app.models import Area, Body, Meeting, Member
from app.text import clock, day, moment

INVITATION, CHANGE, CANCELLATION = "invitation", "change", "cancellation"


class Letter(NamedTuple):
    """What is said to one person, in that person's language."""

    language: str
    day: str
    subject: str
    greeting: str
    opening: str
    facts: Sequence[tuple[str, str]]
    agenda: Sequence[str]
    agenda_title: str
    closing: Sequence[str]

    def as_mail(self) -> str:
        """The letter as plain text."""
        parts = [self.greeting, self.opening]
        parts.append("\n".join(f"{name}: {value}" for name, value in self.facts))
        if self.agenda:
            parts.append("\n".join([f"{self.agenda_title}:", *self.agenda]))
        return "\n\n".join([*parts, "\n".join(self.closing)]) + "\n"


def kind_of(meeting: Meeting, *, is_known: bool) -> str:
    """What there is to say to somebody who was invited before (`is_known`), or was not."""
    if meeting.state == "cancelled":
        return CANCELLATION
    return CHANGE if is_known else INVITATION


def write(
    kind: str,
    meeting: Meeting,
    body: Body,
    area: Area,
    lines: Sequence[Line],
    member: Member,
    today: date,
) -> Letter:
    """The letter to one member."""
    with force_locale(language.locale(member.language)):
        is_on = kind != CANCELLATION
        return Letter(
            language=member.language,
            day=day(today),
            subject=_subject(kind, meeting, body),
            greeting=_("Guten Tag %(name)s,", name=member.name),
            opening=_opening(kind, body),
            facts=_facts(meeting) if is_on else _cancelled(meeting),
            agenda=[_line(each) for each in lines] if is_on else (),
            agenda_title=_("Tagesordnung"),
            closing=_closing(meeting, area, is_on=is_on),
        )


def _subject(kind: str, meeting: Meeting, body: Body) -> str:
    facts = {"body": body.name, "moment": moment(meeting.starts_at)}
    if kind == CANCELLATION:
        return _("Abgesagt: %(body)s am %(moment)s", **facts)
    if kind == CHANGE:
        return _("Geändert: %(body)s am %(moment)s", **facts)
    return _("Einladung: %(body)s am %(moment)s", **facts)


def _opening(kind: str, body: Body) -> str:
    if kind == CANCELLATION:
        return _("die Sitzung findet nicht statt: %(body)s.", body=body.name)
    if kind == CHANGE:
        return _(
            "bei dieser Sitzung hat sich etwas geändert: %(body)s. Jetzt gilt:", body=body.name
        )
    return _("wir laden Sie ein zur Sitzung: %(body)s.", body=body.name)


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    found = [(_("Beginn"), moment(meeting.starts_at))]
    if meeting.ends_at:
        found.append((_("Geplantes Ende"), clock(meeting.ends_at)))
    names = {"place": _("Ort"), "link": _("Video"), "access": _("So kommt man hinein")}
    given = ((name, getattr(meeting, column)) for column, name in names.items())
    return [*found, *((name, value) for name, value in given if value)]


def _cancelled(meeting: Meeting) -> list[tuple[str, str]]:
    return [(_("Geplant war"), moment(meeting.starts_at)), (_("Grund"), meeting.cancel_reason)]


def _line(line: Line) -> str:
    numbered = f"{line.number}. {line.item.title}"
    return f"{numbered} ({clock(line.due_at)})" if line.due_at else numbered


def _closing(meeting: Meeting, area: Area, *, is_on: bool) -> list[str]:
    address = f"{current_app.config['PUBLIC_URL']}/meetings/{meeting.id}"
    papers = [_("Tagesordnung und Unterlagen: %(address)s", address=address)] if is_on else []
    if area.office_phone:
        papers.append(_("Fragen? Telefon im Büro: %(phone)s", phone=area.office_phone))
    return [*papers, _("Ihr QM-Team %(area)s", area=area.name)]
