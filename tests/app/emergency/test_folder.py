"""The emergency folder can be printed and says the same numbers as the product."""

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from sqlmodel import Session, select

from app import electoral_roll, rules_of_procedure
from app.emergency import folder
from app.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Member,
    Membership,
    Officer,
    Question,
    Recusal,
    ReservePlace,
    Round,
)
from app.round import opening, preparing
from tests.app import builder
from tests.app.builder import Browser, Council

ClientOf = Callable[[Member | Officer], Browser]
BOX = "34.015747"  # 12 mm in points


@pytest.fixture
def question(held: Session, area: Council, prepared_round: Callable[..., Round]) -> Question:
    """A prepared question about money; its round is announced."""
    return preparing.questions_of(held, prepared_round())[0]


def add_item(held: Session, meeting: Meeting, title: str, **more: Any) -> AgendaItem:
    values = {"kind": "vote", "position": 1} | more
    item = AgendaItem(area_id=meeting.area_id, meeting_id=meeting.id, title=title, **values)
    held.add(item)
    held.commit()
    return item


def tables(held: Session, meeting: Meeting, number: int = 0) -> list[dict[str, Any]]:
    content = folder.of(held, meeting)["questions"][number]
    return [block for block in content["blocks"] if block["kind"] == "table"]


def product_figure(held: Session, question: Question) -> str:
    """What the desk would announce for the roll as it stands: the yes needed, or a dash."""
    round_ = held.get_one(Round, question.round_id)
    procedure = rules_of_procedure.procedure(held, round_, question.matter)
    facts = electoral_roll.resolve(held, question).facts
    if opening.obstacle(round_, facts, procedure):
        return "–"
    return str(electoral_roll.figures(facts, procedure)["required_yes"])


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"majority__base": "all_seats", "majority__funding": "more_than_half"},
        {"majority__base": "filled_seats", "majority__funding": "unanimous"},
        {"majority__base": "yes_no", "quorum__rule": "half"},
        {"majority__base": "cast", "quorum__rule": "none", "majority__funding": "three_quarters"},
        {"recusal__quorum": "leaves_both", "recusal__majority": "stays_in_base"},
        {"recusal__quorum": "leaves_presence", "quorum__base": "filled_seats"},
        {"ballot__secrecy": "open", "quorum__rule": "more_than_half"},
    ],
)
def test_every_number_is_that_of_the_product(
    held: Session, area: Council, question: Question, rules: dict[str, str]
) -> None:
    builder.set_rules(held, area, **rules)
    compared = 0
    for row in tables(held, area.meeting)[0]["rows"]:
        present = int(row[0])
        builder.set_present(held, area, area.members[:present])
        for recused, cell in enumerate(row[1:]):
            _recuse(held, question, area.members[:recused])
            if recused <= present:
                assert cell == product_figure(held, question), (present, recused)
                compared += 1
    assert compared == 9 * 4 - 3


def _recuse(held: Session, question: Question, members: list[Member]) -> None:
    for recusal in held.exec(select(Recusal).where(Recusal.question_id == question.id)):
        held.delete(recusal)
    held.flush()
    for member in members:
        row = {"area_id": question.area_id, "question_id": question.id, "member_id": member.id}
        held.add(Recusal(**row))
    held.commit()


def test_a_wrong_number_would_be_seen(held: Session, area: Council, question: Question) -> None:
    """The control: the table of another rule does not pass."""
    before = tables(held, area.meeting)[0]["rows"]
    builder.set_rules(held, area, majority__funding="more_than_half")
    assert before[0][1] == "6"
    assert product_figure(held, question) == "5"


def test_vacant_seats_that_may_be_stood_in_for_have_a_table_of_their_own(
    held: Session, area: Council, question: Question
) -> None:
    builder.set_rules(
        held, area, quorum__base="filled_seats", majority__base="filled_seats",
        deputy__mode="reserve_list", deputy__on_absence=False, deputy__on_recusal=False,
        deputy__on_vacant=True,
    )  # fmt: skip
    gone = held.exec(select(Membership).where(Membership.member_id == area.members[0].id)).one()
    held.delete(gone)
    reserve = Member(area_id=area.area.id, name="Dana Reiß")
    held.add(reserve)
    held.flush()
    day = area.term.starts_on
    place = {"term_id": area.term.id, "segment": "resident", "rank": 1, "listed_on": day}
    held.add(ReservePlace(area_id=area.area.id, member_id=reserve.id, **place))
    held.commit()
    usual, stood_in = tables(held, area.meeting)
    for table, extra in ((usual, []), (stood_in, [reserve])):
        for row in table["rows"]:
            seats = int(row[0])
            there = area.members[1 : 1 + seats - len(extra)]
            builder.set_present(held, area, [*there, *extra])
            assert row[1] == product_figure(held, question), row
    assert [len(usual["rows"]), len(stood_in["rows"])] == [8, 9]


def test_where_the_base_is_counted_later_a_second_table_says_so(
    held: Session, area: Council, question: Question
) -> None:
    assert len(tables(held, area.meeting)) == 1
    builder.set_rules(held, area, majority__base="yes_no")
    later = tables(held, area.meeting)[1]
    assert later["columns"] == ["Ja- und Nein-Stimmen zusammen", "Nötige Ja"]
    needed = {int(number): int(yes) for number, yes in later["rows"]}
    assert (needed[9], needed[8], needed[7], needed[1]) == (6, 6, 5, 1)


def test_missing_rules_are_named_and_the_rest_is_printed(
    held: Session, area: Council, question: Question, client_of: ClientOf
) -> None:
    builder.set_rules(held, area, majority__base=None)
    asked = folder.of(held, area.meeting)["questions"][0]
    said = [block["text"] for block in asked["blocks"]]
    assert said[0] == "Diese Regeln fehlen noch. Darum steht hier keine Tabelle:"
    assert len(said) == 2
    held.commit()
    text = read(client_of(area.moderators[0]), area.meeting)[1]
    assert "".join(said[1].split()) in "".join(text.split())
    assert "Nr. 9" in text


def test_the_agenda_says_what_is_asked(held: Session, area: Council, question: Question) -> None:
    free = builder.build_proposal(held, area, "Bänke am Weg")
    add_item(held, area.meeting, "Sprecher:in wählen", position=3)
    add_item(held, area.meeting, "Bänke", position=2, proposal_id=free.id)
    add_item(held, area.meeting, "Bericht", position=1, kind="information")
    own = add_item(held, area.meeting, "Beete", position=4)
    held.get_one(Round, question.round_id).agenda_item_id = own.id
    held.commit()
    content = folder.of(held, area.meeting)
    assert [each["title"] for each in content["questions"]] == [
        "Frage 1: Bänke am Weg",
        "Frage 2: Sprecher:in wählen",
        "Frage 3: Hochbeete im Hof",
    ]
    assert [each["language"] for each in content["questions"][0]["wording"]] == ["de", "en"]
    assert content["questions"][2]["wording"][0]["text"] == question.wording["de"]


def test_questions_with_own_answers_are_named_and_it_is_said_why_they_have_no_papers(
    held: Session, area: Council, client_of: ClientOf
) -> None:
    rules = {"majority__other": "more_than_half", "choice__rule": "most_votes", "tie__rule": "lot"}
    builder.set_rules(held, area, **rules)
    builder.prepare_choice(held, area, "Rosenplatz", "Birkenplatz")
    _reader, text = read(client_of(area.moderators[0]), area.meeting)
    said = " ".join(text.split())
    assert "Fragen ohne Zettel" in said
    assert "Von Hand zählen Sie nur Ja und Nein." in said
    assert "Neuer Name" in said
    assert "Auf der Tagesordnung steht keine Abstimmung mit Ja und Nein." in said
    assert "Rosenplatz" not in said


def read(browser: Browser, meeting: Meeting) -> tuple[pypdf.PdfReader, str]:
    answer = browser.get(f"/desk/meetings/{meeting.id}/emergency-folder.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    reader = pypdf.PdfReader(io.BytesIO(answer.data))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def test_one_pdf_holds_everything(
    held: Session, area: Council, question: Question, client_of: ClientOf
) -> None:
    reader, text = read(client_of(area.moderators[0]), area.meeting)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata.title.startswith("Notfall-Mappe: Quartiersrat Anger, ")
    for page in reader.pages:
        size = (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
        assert size == (595, 842)
    for member in area.members:
        assert member.name in text
    assert [text.count(f"Nr. {number}\n") for number in range(1, 11)] == [1] * 9 + [0]
    assert text.count("Enthaltung") >= 10
    outline = [each.title for each in reader.outline if not isinstance(each, list)]
    assert outline == [
        "Wofür diese Mappe ist",
        "So geht es auf Papier weiter",
        "Anwesenheit",
        "Frage 1: Hochbeete im Hof",
    ]
    colours = b"".join(page.get_contents().get_data() for page in reader.pages)
    assert b" rg\n" not in colours


@pytest.mark.parametrize("words", [1, 20, 60, 150])
def test_long_questions_get_larger_papers_and_are_never_markup(
    held: Session, area: Council, client_of: ClientOf, words: int
) -> None:
    title = '#panic("x") *Wort* ' + "Wort " * words
    add_item(held, area.meeting, title.strip())
    reader, text = read(client_of(area.moderators[0]), area.meeting)
    assert [text.count(f"Nr. {number}\n") for number in range(1, 11)] == [1] * 9 + [0]
    assert_for_old_eyes([page for page in reader.pages if "Nr. " in page.extract_text()])
    squeezed = "".join(text.split())
    assert squeezed.count('#panic("x")*Wort*' + "Wort" * words) >= 1 + 9
    assert squeezed.count("Enthaltung") >= 1 + 9


def assert_for_old_eyes(ballots: list[pypdf.PageObject]) -> None:
    """Question and answers of at least 14 pt, what stands around them of 12, boxes of 12 mm."""
    printed = set().union(*(sizes(page) for page in ballots))
    assert {size for size, _said in printed} <= {12, 14, 16, 20}
    small = [said for size, said in printed if size < 14]
    assert all(said.startswith(("Frage 1", "Nr. ", "Bitte ein Kreuz")) for said in small)
    drawn = b"".join(page.get_contents().get_data() for page in ballots)
    assert drawn.count(f" {BOX} {BOX} l".encode()) == 3 * 9


def sizes(page: pypdf.PageObject) -> set[tuple[float, str]]:
    """The texts of a page with the size of each."""
    found: set[tuple[float, str]] = set()
    page.extract_text(visitor_text=lambda said, _c, _t, _f, size: found.add((size, said.strip())))
    return {(size, said) for size, said in found if said}


def test_an_open_vote_needs_no_papers(
    held: Session, area: Council, question: Question, client_of: ClientOf
) -> None:
    builder.set_rules(held, area, ballot__secrecy="open")
    _reader, text = read(client_of(area.moderators[0]), area.meeting)
    assert "Nr. 1" not in text
    assert "Lassen Sie mit der Hand abstimmen" in " ".join(text.split())


def test_a_body_without_seats_and_questions_has_a_folder_too(
    held: Session, area: Council, client_of: ClientOf
) -> None:
    for table in (Attendance, Membership):
        for row in held.exec(select(table)):
            held.delete(row)
    held.commit()
    _reader, text = read(client_of(area.moderators[0]), area.meeting)
    assert "Auf der Tagesordnung steht keine Abstimmung." in text
    assert text.count("unbesetzt") == 9


def test_members_have_no_folder(area: Council, client_of: ClientOf) -> None:
    address = f"/desk/meetings/{area.meeting.id}/emergency-folder.pdf"
    assert client_of(area.members[0]).get(address).status_code == 403
