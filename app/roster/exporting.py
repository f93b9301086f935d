"""The roster as a file that can be read in again without a change."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from app.models import Deputy, Member, Membership, ReservePlace
from app.roster import column, line
from app.roster.formula import guard, guard_apostrophe
from app.roster.standing import Standing
from app.text import ROSTER_COLUMNS

WIDTH = 20
BOM = "\ufeff"

Cells = dict[str, Any]


def table(standing: Standing) -> list[list[str]]:
    """The header and a row for every place that goes on; a vacant seat has a row too."""
    header = [column.name(field) for field in ROSTER_COLUMNS]
    rows = ([_text(cells.get(field)) for field in ROSTER_COLUMNS] for cells in _rows(standing))
    return [header, *rows]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark and semicolons, as spreadsheets here expect; formulas are made harmless."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()


def as_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet in which every cell is text, so that nothing is ever computed."""
    import openpyxl  # not at every start

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        cells = [_cell(sheet, guard_apostrophe(text)) for text in row]
        if number == 0:
            for cell in cells:
                cell.font = openpyxl.styles.Font(bold=True)
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _rows(standing: Standing) -> Iterator[Cells]:
    memberships = _by_seat(standing, standing.memberships)
    deputies = _by_seat(standing, standing.deputies)
    for seat in standing.seats.values():
        if standing.is_given_up(seat):
            continue
        own = {"seat": seat.position, "segment": _word(seat.segment), "label": seat.label}
        for membership in memberships.get(seat.id, ()):
            yield own | _person(standing, membership) | _holder(membership)
        if seat.id not in memberships:
            yield own
        for deputy in deputies.get(seat.id, ()):
            yield own | _person(standing, deputy) | _deputy(deputy)
    for reserve in standing.reserves:
        if not standing.is_over(reserve):
            yield _person(standing, reserve) | _reserve(reserve)


def _by_seat(standing: Standing, links: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for link in links:
        if not standing.is_over(link):
            found.setdefault(link.seat_id, []).append(link)
    return found


def _person(standing: Standing, link: Membership | Deputy | ReservePlace) -> Cells:
    member: Member = standing.members[link.member_id]
    return {
        "member": member.id,
        "name": member.name,
        "mail": member.mail,
        "language": _word(member.language),
        "may_be_named": member.may_be_named,
    }


def _holder(membership: Membership) -> Cells:
    return {
        "position": membership.position,
        "kind": _word(membership.role),
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
        "end_reason": _word(membership.end_reason),
        "source": _word(membership.source),
        "is_dual_role": membership.is_dual_role,
        "dual_role": membership.dual_role,
    }


def _deputy(deputy: Deputy) -> Cells:
    return {
        "kind": _word("deputy"),
        "rank": deputy.rank,
        "starts_on": deputy.starts_on,
        "ends_on": deputy.ends_on,
    }


def _reserve(reserve: ReservePlace) -> Cells:
    return {
        "segment": _word(reserve.segment),
        "kind": _word("reserve"),
        "rank": reserve.rank,
        "starts_on": reserve.listed_on,
    }


def _word(code: str | None) -> str | None:
    return None if code is None else line.word(code)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return line.word("yes" if value else "no")
    return value.isoformat() if isinstance(value, date) else str(value)
