"""What stands in the emergency folder: how to go on, who is there, each question, its papers."""

from typing import Any

from sqlmodel import Session

from app import rules_of_procedure
from app.attendance import stand_ins_at
from app.body import Place, day_of, places_on, term_on
from app.catalogue import gettext as _
from app.catalogue import language
from app.emergency import asked, needed_words, steps
from app.emergency.asked import Asked
from app.emergency.needed import Seats
from app.models import Body, Meeting
from app.proceedings.block import Block, Facts, Items, Section, Steps, Table, Text
from app.text import moment, parameter_name, short_day, word
from voting.rules.procedure import Procedure

Content = dict[str, Any]


def of(held: Session, meeting: Meeting) -> Content:
    """The folder of a meeting as lists and texts, in the language of the moment."""
    body = held.get_one(Body, meeting.body_id)
    day = day_of(meeting.starts_at)
    places = places_on(held, body, term_on(held, body, day), day)
    vacant = sum(1 for place in places if not place.holders)
    seats = Seats(len(places), vacant, len(stand_ins_at(held, meeting)))
    rules = rules_of_procedure.in_force(held, body.id)
    procedure = rules_of_procedure.procedure_of(rules) if rules else Procedure({})
    questions, unasked = asked.at(held, meeting), asked.without_papers(held, meeting)
    return {
        "title": _("Notfall-Mappe: %(body)s, %(day)s", body=body.name, day=short_day(day)),
        "language": language(),
        "start": _data([_meeting(meeting, body), _how_to(procedure), *_unasked(unasked)]),
        "attendance": _data(_attendance(held, meeting, places)),
        "questions": [
            _question(held, body, seats, number, each)
            for number, each in enumerate(questions, start=1)
        ],
        "none": "" if questions else _none(unasked),
        "papers": len(places) if procedure.is_secret else 0,
        "answers": [word(each) for each in ("yes", "no", "abstain")],
        "hint": _("Bitte ein Kreuz machen. Zettel falten."),
    }


def _data(sections: list[Section]) -> list[Content]:
    return [
        {"title": section.title, "blocks": [block._asdict() for block in section.blocks]}
        for section in sections
    ]


def _meeting(meeting: Meeting, body: Body) -> Section:
    rows = [
        (_("Gremium"), body.name),
        (_("Beginn"), moment(meeting.starts_at)),
        (_("Ort"), meeting.place),
    ]
    why = [
        _("Fällt der Strom oder das Netz aus, geht die Sitzung auf Papier weiter."),
        _("Drucken Sie die Mappe am Tag vorher, einseitig und in Originalgröße."),
    ]
    return Section("", _("Wofür diese Mappe ist"), [*map(Text, why), Facts(rows)])


def _how_to(procedure: Procedure) -> Section:
    return Section("", _("So geht es auf Papier weiter"), [Steps(steps.on_paper(procedure))])


def _unasked(titles: list[str]) -> list[Section]:
    """Which questions wait, and why; nothing where every question has its papers."""
    if not titles:
        return []
    said: list[Block] = [
        Text(_("Diese Fragen haben eigene Antworten. Von Hand zählen Sie nur Ja und Nein.")),
        Text(_("Darum gibt es keine Zettel. Stimmen Sie darüber in der nächsten Sitzung ab.")),
        Items(titles),
    ]
    return [Section("", _("Fragen ohne Zettel"), said)]


def _none(unasked: list[str]) -> str:
    if unasked:
        return _("Auf der Tagesordnung steht keine Abstimmung mit Ja und Nein.")
    return _("Auf der Tagesordnung steht keine Abstimmung.")


def _attendance(held: Session, meeting: Meeting, places: list[Place]) -> list[Section]:
    columns = [_("Sitz"), _("Name"), _("Kommt"), _("Geht"), _("Unterschrift")]
    segments = list(dict.fromkeys(place.seat.segment for place in places))
    tables = []
    for segment in segments:
        rows = [_line(each) for each in places if each.seat.segment == segment]
        tables.append(Table(word(segment), columns, rows))
    people = stand_ins_at(held, meeting)
    if people:
        rows = [[_capacity(each), each.member.name, "", "", ""] for each in people]
        tables.append(Table(_("Vertretungen und Nachrückliste"), columns, rows))
    return [Section("", _("Anwesenheit"), tables or [Text(_("Noch gibt es keine Sitze."))])]


def _line(place: Place) -> list[str]:
    names = " / ".join(member.name for _membership, member in place.holders)
    return [str(place.seat.position), names or _("unbesetzt"), "", "", ""]


def _capacity(person: Any) -> str:
    seat = str(person.seat.position) if person.seat else ""
    return f"{word(person.capacity)} {seat}".strip()


def _question(held: Session, body: Body, seats: Seats, number: int, question: Asked) -> Content:
    """One question: its words, when it may be voted on, how many yes it needs, and the counting."""
    missing = rules_of_procedure.missing(held, body.id, question.matter)
    rules = rules_of_procedure.in_force(held, body.id)
    blocks: list[Any] = [Text(_("Diese Regeln fehlen noch. Darum steht hier keine Tabelle:"))]
    blocks += [Text(parameter_name(name)) for name in missing]
    if rules and not missing:
        procedure = rules_of_procedure.procedure_of(rules, question.matter)
        blocks = needed_words.blocks(procedure, seats)
    return {
        "title": _("Frage %(number)d: %(title)s", number=number, title=question.title),
        "short": _("Frage %(number)d", number=number),
        "wording": _wordings(rules.parameters if rules else {}, question),
        "blocks": [block._asdict() for block in blocks],
        "sheet": _sheet(number),
    }


def _wordings(parameters: Any, question: Asked) -> list[Content]:
    """German first, then the other languages the body offers."""
    offered = ["de", *(each for each in parameters.get("languages", ()) if each != "de")]
    return [
        {"language": each, "text": question.wording[each]}
        for each in offered
        if each in question.wording
    ]


def _sheet(number: int) -> Content:
    """The sheet on which two people count."""
    return {
        "title": _("Zählblatt zu Frage %(number)d", number=number),
        "before": [
            _("Uhrzeit der Abstimmung"),
            _("Sitze, die da sind"),
            _("davon befangen"),
            _("nötige Ja"),
            _("Zettel im Kasten"),
        ],
        "columns": [_("Antwort"), _("Striche"), _("Summe")],
        "rows": [word("yes"), word("no"), word("abstain"), _("ungültig")],
        "result": _("Ergebnis: angenommen / abgelehnt"),
        "signatures": [_("Erste Person, Uhrzeit"), _("Zweite Person, Uhrzeit")],
    }
