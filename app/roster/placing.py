"""Which place each row of a file means: one that exists or a new one, and at which seat."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.roster.edit import Noun, PlaceEdit
from app.roster.identifying import PERSONAL, People
from app.roster.line import MEMBERSHIP_REASONS, RESERVE_REASONS, Line, word
from app.roster.numbering import number_holders, number_ranks
from app.roster.placed import NOUNS, Placing
from app.roster.seat_choice import OF_SEAT, choose_seats
from app.roster.seating import ONE_DAY
from app.roster.standing import Link, Standing

# The columns of the file that each place keeps, and how its own table calls them.
KEPT: Mapping[Noun, Mapping[str, str]] = {
    "seat": {},
    "member": {
        name: name
        for name in (
            *("position", "starts_on", "ends_on", "end_reason"),
            *("source", "is_dual_role", "dual_role"),
        )
    },
    "deputy": {name: name for name in ("rank", "starts_on", "ends_on")},
    "reserve": {
        "segment": "segment",
        "rank": "rank",
        "starts_on": "listed_on",
        "ends_on": "left_on",
        "end_reason": "left_reason",
    },
}
REASONS: Mapping[Noun, Sequence[str]] = {
    "member": MEMBERSHIP_REASONS,
    "reserve": RESERVE_REASONS,
}


def place(standing: Standing, people: People, lines: Sequence[Line], *, leaving: bool) -> Placing:
    """Match every line, then every place that no line speaks of; with `leaving` those end."""
    placing = Placing(standing, people)
    fitting = [line for line in lines if _fits(placing, line)]
    matched = _match(placing, fitting)
    told = {id(link) for link in matched.values()}
    going_on = (link for link in standing.links if not standing.is_over(link))
    silent = [link for link in going_on if id(link) not in told]
    choose_seats(placing, fitting, matched, [] if leaving else silent)
    for line in fitting:
        _add(placing, line, matched.get(line.row))
    for link in silent:
        placing.places.append(_unmentioned(placing, link, leaving=leaving))
    number_holders(placing)
    number_ranks(placing)
    return placing


def _fits(placing: Placing, line: Line) -> bool:
    """Whether the line says only what its kind of place keeps, of somebody who is known."""
    noun = NOUNS[line.kind]
    seat = () if noun == "reserve" else ("seat", *OF_SEAT)
    own = {*KEPT[noun], *seat, *(() if noun == "seat" else (*PERSONAL, "member", "kind"))}
    before = len(placing.faults)
    for name in line.values:
        if name not in own:
            _refuse_cell(placing, line, name)
    if line.get("seat") is None and noun == "deputy":
        placing.fault(line, "seat", _("Hier fehlt der Sitz."))
    reason = line.get("end_reason")
    if reason and reason not in REASONS.get(noun, (reason,)):
        placing.fault(line, "end_reason", _("Dieser Grund geht hier nicht."))
    if reason and line.get("ends_on") is None:
        placing.fault(line, "ends_on", _("Hier fehlt das Ende."))
    return len(placing.faults) == before and (noun == "seat" or line.row in placing.people.by_row)


def _refuse_cell(placing: Placing, line: Line, name: str) -> None:
    if line.kind == "seat":
        reason = _("Hier fehlt der Name. Ohne Person gehen nur Sitz, Gruppe und Bezeichnung.")
    else:
        reason = _("Bei „%(kind)s“ bleibt diese Zelle leer.", kind=word(line.kind))
    placing.fault(line, name, reason)


def _match(placing: Placing, lines: Sequence[Line]) -> dict[int, Link]:
    """The place that exists already, by the row that means it; no place is meant twice."""
    standing = placing.standing
    own: dict[tuple[Noun, int], list[Link]] = defaultdict(list)
    for noun, links in standing.by_noun.items():
        for each in links:
            own[noun, each.member_id].append(each)
    matched: dict[int, Link] = {}
    rows: dict[int, int] = {}
    for line in lines:
        person = placing.people.by_row.get(line.row)
        if person is None or person.stored is None:
            continue
        link = _meant(standing, line, own[NOUNS[line.kind], person.stored.id])
        if link is None:
            continue
        if rows.setdefault(id(link), line.row) != line.row:
            reason = _("Dasselbe steht schon in Zeile %(row)d.", row=rows[id(link)])
            placing.fault(line, "name", reason)
        matched[line.row] = link
    return matched


def _meant(standing: Standing, line: Line, links: Sequence[Link]) -> Link | None:
    """Of a person's places of one kind: the one at the seat that goes on, or ended as told."""
    position = line.get("seat")
    here = [link for link in links if position in (None, standing.position_of(link))]
    going_on = [link for link in here if not standing.is_over(link)]
    start, end = line.get("starts_on"), line.get("ends_on")
    if going_on:
        return next((link for link in going_on if standing.start_of(link) == start), going_on[0])
    ended = (link for link in here if standing.end_of(link) == end)
    return next(ended, None) if end is not None else None


def _add(placing: Placing, line: Line, stored: Link | None) -> None:
    noun = NOUNS[line.kind]
    seat = placing.by_row.get(line.row)
    if noun == "seat" or (noun != "reserve" and seat is None):
        return
    kept = {own: line.values[name] for name, own in KEPT[noun].items() if name in line.values}
    edit = PlaceEdit(
        noun=noun,
        row=line.row,
        stored=stored,
        values=kept if stored else _blank(placing.standing, noun) | kept,
        person=placing.people.by_row[line.row],
        seat=seat,
    )
    if noun == "member":
        _note_role(edit, line)
    if edit.is_over(placing.standing.today):
        _end(placing, line, edit)
    placing.places.append(edit)


def _blank(standing: Standing, noun: Noun) -> dict[str, Any]:
    """What a new place holds where the file is silent; numbers follow when all are known."""
    if noun == "reserve":
        return {"listed_on": standing.today, "left_on": None, "left_reason": None}
    period = {"starts_on": standing.today, "ends_on": standing.term.ends_on}
    if noun == "deputy":
        return period
    return period | {
        "role": "member",
        "source": None,
        "is_dual_role": False,
        "dual_role": "",
        "end_reason": None,
    }


def _note_role(edit: PlaceEdit, line: Line) -> None:
    if line.get("kind"):
        edit.values["role"] = line.values["kind"]
    if line.get("dual_role") and line.get("is_dual_role") is None:
        edit.values["is_dual_role"] = True


def _end(placing: Placing, line: Line, edit: PlaceEdit) -> None:
    """A place that ends has a reason; one that never was cannot end."""
    if edit.stored is None:
        placing.fault(line, "ends_on", _("Diese Person hat hier nichts, was enden kann."))
    reason = {"member": "end_reason", "reserve": "left_reason"}.get(edit.noun)
    if reason and edit.stored is not None and edit.after(reason) is None:
        edit.values[reason] = "other"


def _unmentioned(placing: Placing, link: Link, *, leaving: bool) -> PlaceEdit:
    """A place that the file is silent about; with `leaving` it ends as by hand."""
    standing = placing.standing
    position = standing.position_of(link)
    edit = PlaceEdit(
        noun=standing.noun_of(link),
        stored=link,
        person=placing.people.of(standing.members[link.member_id]),
        seat=None if position is None else placing.seat(position),
    )
    if leaving and edit.noun == "reserve":
        edit.values = {"left_on": standing.today, "left_reason": "other"}
    elif leaving:
        edit.values = {"ends_on": standing.today - ONE_DAY}
        if edit.noun == "member":
            edit.values["end_reason"] = "other"
    return edit
