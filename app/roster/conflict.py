"""What a roster must not become: looked for in all that a file changes, before it is stored."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from flask_babel import gettext as _

from app.body import SEGMENTS
from app.roster import column
from app.roster.edit import Edit, PlaceEdit
from app.roster.identifying import Unclear
from app.roster.importing_areas import Fault
from app.roster.placed import Placing
from app.roster.reserving import SEGMENTS_LISTED
from voting.rules.session import may_become_speaker

Found = Iterator[Fault | Unclear]


def find(placing: Placing) -> tuple[list[Fault], list[Unclear]]:
    """Every conflict that the file brings; what stands already is not judged."""
    checks: tuple[Callable[[Placing], Found], ...] = (
        *(_seats, _days, _ranks, _listed_groups),
        *(_two_seats, _seats_of_others, _holders_who_wait, _twice, _speakers),
    )
    found = [each for check in checks for each in check(placing)]
    return (
        [each for each in found if isinstance(each, Fault)],
        [each for each in found if isinstance(each, Unclear)],
    )


def _fault(edit: Edit, field: str, reason: str) -> Fault:
    return Fault(edit.row or 0, column.name(field), reason)


def _changed(edits: Iterable[PlaceEdit], *nouns: str) -> Iterator[PlaceEdit]:
    """The edits of rows that change something of this kind."""
    return (
        each
        for each in edits
        if each.row and (not nouns or each.noun in nouns) and each.differences()
    )


def _seats(placing: Placing) -> Found:
    for seat in placing.seats.values():
        if not (seat.row and seat.differences()):
            continue
        segment = seat.values.get("segment") or getattr(seat.stored, "segment", None)
        label = seat.values.get("label") or getattr(seat.stored, "label", "")
        if segment is None:
            yield _fault(seat, "segment", _("Dieser Sitz ist neu. Hier fehlt die Gruppe."))
        elif segment not in SEGMENTS[placing.standing.body.kind]:
            yield _fault(seat, "segment", _("Diese Gruppe gibt es in diesem Gremium nicht."))
        elif segment == "partner" and not label:
            reason = _("Bitte schreiben Sie, welcher Partner den Sitz hat.")
            yield _fault(seat, "label", reason)


def _days(placing: Placing) -> Found:
    term, today = placing.standing.term, placing.standing.today
    for edit in _changed(placing.places):
        if edit.stored is None and edit.is_over(today):
            continue
        reserve = edit.noun == "reserve"
        start, end = ("listed_on", "left_on") if reserve else ("starts_on", "ends_on")
        told = edit.differences()
        for name, field in ((start, "starts_on"), (end, "ends_on")):
            day = told.get(name, (None, None))[1]
            if day and not term.starts_on <= day <= term.ends_on:
                yield _fault(edit, field, _("Dieser Tag liegt nicht in der Amtszeit."))
        if edit.after(end) and edit.after(end) < edit.after(start):
            yield _fault(edit, "ends_on", _("Das Ende liegt vor dem Beginn."))
        if reserve and edit.after(end) and edit.after(end) > today:
            reason = _("Von der Nachrückliste geht niemand erst später. Lassen Sie die Zelle leer.")
            yield _fault(edit, "ends_on", reason)


def _ranks(placing: Placing) -> Found:
    """Ranks of the reserve list are never given twice and never change."""
    given = {each.rank: 0 for each in placing.standing.reserves}
    for edit in _changed(placing.places, "reserve"):
        if edit.stored is None:
            row = given.setdefault(edit.after("rank"), edit.row or 0)
            if row != edit.row:
                yield _fault(edit, "rank", _("Diesen Rang hat schon jemand oder hatte jemand."))
        elif "rank" in edit.differences():
            yield _fault(edit, "rank", _("Der Rang auf der Nachrückliste ändert sich nicht."))


def _listed_groups(placing: Placing) -> Found:
    for edit in _changed(placing.places, "reserve"):
        segment = edit.values.get("segment") or getattr(edit.stored, "segment", None)
        if segment is None:
            yield _fault(edit, "segment", _("Hier fehlt die Gruppe."))
        elif segment not in SEGMENTS_LISTED:
            yield _fault(edit, "segment", _("Diese Gruppe hat keine Nachrückliste."))


def _two_seats(placing: Placing) -> Found:
    """A person holds one seat at most."""
    for edit, other in _meeting(placing.lasting("member"), lambda each: each.person):
        if other.row:
            reason = _("Die Person hat in Zeile %(row)d schon einen Sitz.", row=other.row)
            yield _fault(edit, "seat", reason)
        else:
            reason = _(
                "Die Person hat schon Sitz %(position)d. Schreiben Sie dort ein Ende hin.",
                position=_position(other),
            )
            yield _conflict(edit, reason)


def _seats_of_others(placing: Placing) -> Found:
    """Nobody gets a seat of somebody whom the file does not mention."""
    silent = _meeting(placing.lasting("member"), lambda each: each.seat, only_silent=True)
    for edit, other in silent:
        if _is_new(edit):
            reason = _(
                "Sitz %(position)d hat schon %(name)s. Schreiben Sie auch diese Person in die"
                " Datei: mit einem Ende, oder ohne, wenn sich beide den Sitz teilen.",
                position=_position(edit),
                name=other.person.stored.name,
            )
            yield _conflict(edit, reason)


def _meeting(
    edits: Iterable[PlaceEdit],
    key: Callable[[PlaceEdit], Edit | None],
    *,
    only_silent: bool = False,
) -> Iterator[tuple[PlaceEdit, PlaceEdit]]:
    """Each changed edit with another of the same key on the same days; a pair comes once."""
    groups: dict[Edit | None, list[PlaceEdit]] = defaultdict(list)
    for edit in edits:
        groups[key(edit)].append(edit)
    for group in groups.values():
        changed = list(_changed(group)) if len(group) > 1 else []
        standing = [each for each in group if each not in changed]
        before = [each for each in standing if not (each.row and only_silent)]
        for edit in changed:
            other = next((each for each in before if each.overlaps(edit)), None)
            if other is not None:
                yield edit, other
            if not only_silent:
                before.append(edit)


def _holders_who_wait(placing: Placing) -> Found:
    """Who holds a seat is neither deputy nor on the reserve list of the body."""
    holders = {each.person: each for each in placing.lasting("member")}
    for edit in placing.lasting("deputy", "reserve"):
        holder = holders.get(edit.person)
        if holder is None:
            continue
        later = max((edit, holder), key=lambda each: each.row or 0)
        if later.row and (_is_new(edit) or _is_new(holder)):
            reason = {
                "deputy": _("Diese Person hat einen Sitz und ist Vertretung. Nur eines geht."),
                "reserve": _("Diese Person hat einen Sitz und steht auf der Nachrückliste."),
            }[edit.noun]
            yield _fault(later, "kind", reason)


def _twice(placing: Placing) -> Found:
    """Nobody is deputy of a seat twice or listed twice."""
    seen: dict[tuple[str, Edit, Edit | None], PlaceEdit] = {}
    edits = placing.lasting("deputy", "reserve")
    for edit in sorted(edits, key=lambda each: each.row or 0):
        first = seen.setdefault((edit.noun, edit.person, edit.seat), edit)
        if first is not edit and _is_new(edit):
            reason = _("Dasselbe steht schon in Zeile %(row)d.", row=first.row)
            yield _fault(edit, "name", reason)


def _speakers(placing: Placing) -> Found:
    """New speakers are of the group and the number that the rules give."""
    rules = placing.standing.speaking
    speakers = [each for each in placing.lasting("member") if each.after("role") == "speaker"]
    chosen = [each for each in speakers if each.row and "role" in each.differences()]
    if rules is None:
        return
    for number, edit in enumerate(chosen, start=len(speakers) - len(chosen)):
        segment = edit.seat.values.get("segment") or getattr(edit.seat.stored, "segment", None)  # type: ignore[union-attr]
        if segment and not may_become_speaker(segment, number, rules):
            reason = _("Nach den Regeln kann diese Person nicht Sprecher:in sein.")
            yield _fault(edit, "kind", reason)


def _is_new(edit: PlaceEdit) -> bool:
    return edit.stored is None


def _position(edit: PlaceEdit) -> int:
    return int(edit.seat.after("position")) if edit.seat else 0


def _conflict(edit: PlaceEdit, reason: str) -> Unclear:
    return Unclear(edit.row or 0, str(edit.person.after("name")), reason, asks_who=False)
