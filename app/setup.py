"""What has to be set up before an area can vote: how far it is and what comes next."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, col, func, select

from app import adoption, rules_of_procedure
from app.action_goal import newest_goals
from app.body import (
    bodies_of,
    day_in,
    day_of,
    people_of,
    places_on,
    term_to_fill,
    votes_by_ballot,
)
from app.models import Area, Body, Card, Term
from app.text import short_day

MINUTES = {"area": 10, "body": 3, "seats": 5, "rules": 20, "cards": 5}


class Line(NamedTuple):
    """One thing to set up: `state` is done, partly (enough to go on) or todo.

    `missing` names the rules that are still empty.
    """

    title: str
    state: str
    note: str
    label: str
    address: str
    minutes: int
    body: Body | None = None
    missing: tuple[str, ...] = ()


class _Roster(NamedTuple):
    """A body in the term that runs or comes next."""

    body: Body
    term: Term
    day: date


def lines(held: Session, area: Area, now: datetime) -> list[Line]:
    """Everything to set up, in its order: the area first, then body by body."""
    today = day_of(now)
    bodies = bodies_of(held, area.id)
    found = [_area_line(held, area)]
    if not any(map(votes_by_ballot, bodies)):
        found.append(_first_body_line())
    for body in bodies:
        found += _body_lines(held, body, today)
    return found


def next_line(found: list[Line]) -> Line | None:
    """Where to go on."""
    return next((line for line in found if line.state == "todo"), None)


def _state(*, done: bool) -> str:
    return "done" if done else "todo"


def _area_line(held: Session, area: Area) -> Line:
    wanted = [
        (area.office_address, _("die Adresse")),
        (area.office_hours, _("die Öffnungszeiten")),
        (area.office_phone or area.office_mail, _("Telefon oder E-Mail")),
        (newest_goals(held, area.id), _("die Handlungsziele")),
    ]
    missing = [name for value, name in wanted if not value]
    return Line(
        _("Gebiet und Büro"),
        _state(done=not missing),
        _("Es fehlt noch: %(names)s.", names=", ".join(missing))
        if missing
        else _("Büro und Handlungsziele sind eingetragen."),
        _("Zum Gebiet"),
        url_for("roster.area"),
        MINUTES["area"],
    )


def _first_body_line() -> Line:
    return Line(
        _("Gremium anlegen"),
        "todo",
        _("Noch gibt es keinen Quartiersrat und keine Aktionsfondsjury."),
        _("Gremium anlegen"),
        url_for("roster.add_body"),
        MINUTES["body"],
    )


def _body_lines(held: Session, body: Body, today: date) -> Iterator[Line]:
    term = term_to_fill(held, body, today)
    yield _term_line(body, term)
    if term is None:
        return
    roster = _Roster(body, term, day_in(term, today))
    yield _seats_line(held, roster)
    if votes_by_ballot(body):
        yield _rules_line(held, body)
    yield _people_line(held, roster)
    if votes_by_ballot(body):
        yield _cards_line(held, roster)


def _term_line(body: Body, term: Term | None) -> Line:
    note = (
        _("Amtszeit bis %(end)s.", end=short_day(term.ends_on))
        if term
        else _("Es läuft keine Amtszeit, und keine nächste ist eingetragen.")
    )
    return Line(
        _("Gremium und Amtszeit"),
        _state(done=term is not None),
        note,
        _("Zu den Amtszeiten"),
        url_for("roster.terms", body_id=body.id),
        MINUTES["body"],
        body,
    )


def _seats_line(held: Session, roster: _Roster) -> Line:
    have = [place.seat.segment for place in places_on(held, roster.body, roster.term, roster.day)]
    short = _seats_short(held, roster.body, have)
    note = ngettext("%(num)d Sitz ist angelegt.", "%(num)d Sitze sind angelegt.", len(have))
    if short:
        note += " " + ngettext(
            "Nach den Regeln fehlt noch %(num)d.", "Nach den Regeln fehlen noch %(num)d.", short
        )
    return Line(
        _("Sitze anlegen"),
        _state(done=bool(have) and not short),
        note if have else _("Noch gibt es keine Sitze."),
        _("Zu den Sitzen"),
        url_for("roster.body", body_id=roster.body.id),
        MINUTES["seats"],
        roster.body,
    )


def _seats_short(held: Session, body: Body, have: list[str]) -> int:
    """How many seats the rules in force name beyond those that there are."""
    rules = rules_of_procedure.in_force(held, body.id)
    parameters = rules.parameters if rules else {}
    return sum(
        max(0, parameters.get(f"body.seats.{segment}", 0) - have.count(segment))
        for segment in ("resident", "partner")
    )


def _rules_line(held: Session, body: Body) -> Line:
    missing = rules_of_procedure.missing(held, body.id)
    return Line(
        _("Regeln festlegen"),
        _state(done=not missing),
        _rules_note(held, body, len(missing)),
        _("Zu den Regeln"),
        url_for("roster.rules", body_id=body.id),
        MINUTES["rules"],
        body,
        tuple(missing),
    )


def _rules_note(held: Session, body: Body, missing: int) -> str:
    if not missing:
        return _("Alle Regeln für eine Abstimmung über Geld sind festgelegt.")
    note = ngettext(
        "Es fehlt noch %(num)d Regel. Ohne sie lässt sich nichts öffnen.",
        "Es fehlen noch %(num)d Regeln. Ohne sie lässt sich nichts öffnen.",
        missing,
    )
    if adoption.draft(held, body.id):
        note += " " + _("Ein Entwurf ist da. Er gilt noch nicht.")
    return note


def _people_line(held: Session, roster: _Roster) -> Line:
    places = places_on(held, roster.body, roster.term, roster.day)
    vacant = sum(1 for place in places if not place.holders)
    return Line(
        _("Sitze besetzen"),
        _people_state(held, roster, len(places), vacant),
        _people_note(len(places), vacant),
        _("Zu den Sitzen"),
        url_for("roster.body", body_id=roster.body.id),
        max(1, vacant),
        roster.body,
    )


def _people_state(held: Session, roster: _Roster, seats: int, vacant: int) -> str:
    """A vacant seat is lawful: once there are cards it no longer holds anything up."""
    if vacant == seats:
        return "todo"
    if not vacant:
        return "done"
    has_begun = not votes_by_ballot(roster.body) or _has_cards(held, roster.term)
    return "partly" if has_begun else "todo"


def _people_note(seats: int, vacant: int) -> str:
    if vacant == seats:
        return _("Noch hat niemand einen Sitz.")
    if not vacant:
        return _("Alle Sitze sind besetzt.")
    return ngettext("%(num)d Sitz ist noch leer.", "%(num)d Sitze sind noch leer.", vacant)


def _has_cards(held: Session, term: Term) -> bool:
    found = select(func.count()).select_from(Card).where(Card.term_id == term.id)
    return held.exec(found).one() > 0


def _cards_line(held: Session, roster: _Roster) -> Line:
    people = {person.member.id for person in people_of(held, roster.term, roster.day)}
    bare = people - _with_card(held, roster.term)
    return Line(
        _("Karten drucken"),
        _state(done=bool(people) and not bare),
        _cards_note(len(people), len(bare)),
        _("Zu den Karten"),
        url_for("roster.cards", body_id=roster.body.id),
        MINUTES["cards"],
        roster.body,
    )


def _cards_note(people: int, bare: int) -> str:
    if not people:
        return _("Zuerst braucht es jemanden auf einem Sitz.")
    if not bare:
        return _("Alle haben eine Karte.")
    return ngettext(
        "%(num)d Mitglied hat noch keine Karte.",
        "%(num)d Mitglieder haben noch keine Karte.",
        bare,
    )


def _with_card(held: Session, term: Term) -> set[int]:
    found = select(Card.member_id).where(Card.term_id == term.id, col(Card.revoked_at).is_(None))
    return set(held.exec(found))
