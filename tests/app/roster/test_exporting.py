"""An exported roster is read in again without a change, whatever is in it."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app import catalogue, one_line
from app.roster import column, comparing, exporting, reading
from app.roster.line import CODES, spellings, word
from app.rule.words import LANGUAGES
from tests.app.roster.rosters import END, START, holds, listed, member, roster, seat, stands_in

# Names as people have them, and as somebody who means harm would write them.
HARD_NAMES = (
    *("Łukasz Żółć", "Tuğba Çelik", "نور الهدى", "דנה", "Zoë d’Arc", "'t Hooft", "O'Neil; jr."),
    *('=HYPERLINK("x")', "+49 30", "-1", "@SUM(A1)", "'=1+1", "''=1", "＝1", 'a,b"c', "1", "neu"),
    *("Ja", "2026-01-01", "46093", "–", "𝒜li", "علي\u200f", "nan", "0012"),
)
names = st.sampled_from(HARD_NAMES) | st.text(min_size=1, max_size=12).map(
    lambda text: one_line.normal(text) or ""
).filter(lambda text: one_line.fault_in_line(text) is None)
mails = st.none() | st.sampled_from(["a@x.example", "=b@x.example", "ç@x.example"])
days = st.dates(START, END)
coming = st.dates(date(2026, 11, 22), END)


@st.composite
def rosters(draw):
    """Up to six seats of any kind with holders, deputies, and a reserve list."""
    people = [
        member(
            number,
            draw(names),
            mail=draw(mails),
            language=draw(st.sampled_from(sorted(LANGUAGES))),
            may_be_named=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(0, 9)) + 1)
    ]
    positions = draw(st.lists(st.integers(1, 40), max_size=6, unique=True))
    seats = [
        seat(position, draw(st.sampled_from(["resident", "partner"])), draw(names | st.just("")))
        for position in positions
    ]
    memberships, deputies, reserves = [], [], []
    for number, person in enumerate(people, start=1):
        kind = draw(st.sampled_from(["holder", "deputy", "reserve", "none"]))
        if kind == "reserve" or (kind != "none" and not positions):
            reserves.append(listed(number, person.id, number + 3))
        elif kind == "holder":
            memberships.append(
                holds(number, draw(st.sampled_from(positions)), person.id, **draw(facts()))
            )
        elif kind == "deputy":
            for each in draw(st.lists(st.sampled_from(positions), min_size=1, unique=True)):
                deputies.append(
                    stands_in(len(deputies) + 1, each, person.id, draw(st.integers(1, 9)))
                )
    return roster(people, seats, memberships, deputies, reserves)


@st.composite
def facts(draw):
    end = draw(coming)
    return {
        "starts_on": draw(st.dates(START, end)),
        "ends_on": end,
        "position": draw(st.integers(1, 5)),
        "role": draw(st.sampled_from(["member", "speaker"])),
        "source": draw(st.none() | st.sampled_from(CODES["source"])),
        "is_dual_role": draw(st.booleans()),
        "dual_role": draw(names | st.just("")),
        "end_reason": draw(st.none() | st.sampled_from(["moved", "other"])),
    }


def changes(standing, content):
    """What the file would change, and what stands against it."""
    rows = reading.read(content)
    fields = column.guess(rows[column.header_at(rows)])
    found = comparing.compare(standing, rows, fields, {}, leaving=True)
    return [(each.name, each.differences) for each in found.changes], found.unclear, found.faults


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(rosters(), st.sampled_from(["de", "en"]))
def test_an_export_is_imported_without_a_change(standing, language):
    with catalogue.keeping(language):
        rows = exporting.table(standing)
        if len(rows) == 1:
            return
        for write in (exporting.as_csv, exporting.as_xlsx):
            assert changes(standing, write(rows)) == ([], [], [])


def test_what_is_lost_on_the_way_would_be_noticed():
    """The same comparison finds one changed character."""
    standing = roster([member(1, "=Ali")], [seat(1)], [holds(1, 1, 1)])
    content = exporting.as_csv(exporting.table(standing)).replace(b"'=Ali", b"'=Alo")
    found, _unclear, _faults = changes(standing, content)
    assert [name for name, _differences in found] == ["=Alo"]


def test_past_places_and_seats_given_up_stay_out():
    gone = seat(2)
    gone.ended_on = date(2026, 5, 1)
    standing = roster(
        [member(1, "Ali"), member(2, "Eva"), member(3, "Uwe")],
        [seat(1), gone, seat(3, "partner", "Schule")],
        [holds(1, 1, 1), holds(2, 3, 2, ends_on=date(2026, 5, 1))],
        [],
        [listed(1, 3, 1, left_on=date(2026, 2, 1), left_reason="declined")],
    )
    header, *rows = exporting.table(standing)
    named = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["Name"], row["Sitz"], row["Bezeichnung des Sitzes"]) for row in named] == [
        ("Ali", "1", ""),
        ("", "3", "Schule"),
    ]


def test_no_cell_begins_like_a_formula():
    standing = roster(
        [member(n, name) for n, name in enumerate(HARD_NAMES, start=1)],
        [],
        reserves=[listed(n, n, n) for n in range(1, len(HARD_NAMES) + 1)],
    )
    rows = exporting.table(standing)
    text = exporting.as_csv(rows).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠\t\r\n")]
    sheet = load_workbook(BytesIO(exporting.as_xlsx(rows))).active
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


def test_the_words_of_a_column_are_told_apart_in_every_language():
    for codes in (*CODES.values(), ("yes", "no")):
        found = spellings(tuple(codes))
        for language in ("de", "en"):
            with catalogue.keeping(language):
                assert {found[word(code).casefold()] for code in codes} == set(codes)


def test_every_header_is_known_in_every_language():
    for language in ("de", "en"):
        with catalogue.keeping(language):
            titles = [column.name(field) for field in column.ROSTER_COLUMNS]
            assert column.guess(titles) == list(column.ROSTER_COLUMNS)
            assert column.forbidden(titles) == []


def test_days_are_read_as_people_and_spreadsheets_write_them():
    wanted = date(2026, 3, 12)
    serial = str((wanted - date(1899, 12, 30)) // timedelta(days=1))
    standing = roster([member(1, "Ali")], [seat(1)], [holds(1, 1, 1, starts_on=wanted)])
    for said in (
        "12.3.2026",
        "12.03.2026",
        "12. 3. 2026",
        "2026-03-12",
        "2026-03-12T00:00:00",
        serial,
    ):
        assert changes(standing, f"Name;Sitz;Beginn\nAli;1;{said}\n".encode()) == ([], [], [])
