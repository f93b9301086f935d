"""Minutes say what happened, to those who may read them, in HTML and PDF alike."""

import io
import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from sqlmodel import Session, select

from app import catalogue
from app.models import AgendaItem, Decision, Meeting, Member, Officer, Question, Round
from app.proceedings import document, record
from app.proceedings.block import Document
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

ClientOf = Callable[[Member | Officer], Browser]


def words(shown: str) -> str:
    """What a page or a PDF says, as words with single blanks."""
    text = re.sub(r"<[^>]+>", " ", shown.partition("<main")[2] or shown)
    return " ".join(unescape(text).split())


def texts(made: Document) -> list[str]:
    """Every text of a document in its order."""
    found: list[str] = [made.title, *made.notes]
    for section in made.sections:
        found.append(section.title)
        for block in section.blocks:
            found += _texts(block[:-1])
    return [each for each in found if each]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return (
        [text for each in value for text in _texts(each)] if isinstance(value, list | tuple) else []
    )


def read_pdf(content: bytes) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_draft_is_there_as_soon_as_the_meeting_is_over(
    over: Meeting, area: Council, client_of: ClientOf
) -> None:
    shown = words(client_of(area.members[0]).get(f"/minutes/{over.id}").text)
    assert "Entwurf. Das Gremium hat dieses Protokoll noch nicht genehmigt." in shown
    assert "TOP 1: Bericht" in shown
    assert "Frau Haddad berichtet. Alle freuen sich." in shown
    assert "*Kein* Markdown." in shown
    assert "Aylin Kara" in shown


def test_the_count_follows_who_came_and_left(over: Meeting, held: Session) -> None:
    facts = record.of(held, over).facts
    table = document.for_members(record.of(held, over)).sections[1].blocks[0]
    assert [row[1:] for row in table.rows] == [
        ["6", "2", "8"],
        ["6", "3", "9"],
        ["5", "3", "8"],
    ]
    assert len(facts["people"]) == 9


def test_every_figure_is_that_of_the_database(
    over: Meeting, held: Session, area: Council, client_of: ClientOf
) -> None:
    shown = words(client_of(area.members[0]).get(f"/minutes/{over.id}").text)
    decisions = held.exec(select(Decision).order_by(Decision.n)).all()
    assert [each.page["outcome"] for each in decisions] == ["adopted", "rejected"]
    for decision in decisions:
        page = decision.page
        counts = [str(page[name]) for name in ("ballots", "yes", "no", "abstain")]
        assert words(page["wording"]["de"]) in shown
        assert f"Ergebnis {'Angenommen' if page['outcome'] == 'adopted' else 'Abgelehnt'}" in shown
        assert "Stimmen Abgegeben Ja Nein Enthaltung " + " ".join(counts) in shown
        rule = page["rule"]
        assert f"Das sind {rule['required']} von {rule['base_count']}." in shown
        assert f"Entscheidung {decision.number}" in shown
    assert "Es waren 5. 1 Ja-Stimme fehlte." in shown
    assert "9 von 9 da. Nötig: 6. Beschlussfähig." in shown


@pytest.mark.parametrize("spoken", ["de", "en"])
def test_page_and_pdf_say_the_same(
    over: Meeting, held: Session, area: Council, client_of: ClientOf, spoken: str
) -> None:
    browser, prefix = client_of(area.members[0]), {"de": "", "en": "/en"}[spoken]
    with catalogue.keeping(spoken):
        made = document.for_members(record.of(held, over))
    held.commit()
    page = words(browser.get(f"{prefix}/minutes/{over.id}").text)
    address = f"{prefix}/minutes/{over.id}.pdf"
    assert f'href="{address}"' in browser.get(f"/en/minutes/{over.id}?x=1").text
    reader, paper = read_pdf(browser.get(address).data)
    assert reader.trailer["/Root"]["/Lang"] == spoken
    squeezed = paper.replace(" ", "")
    assert len(texts(made)) > 60
    for text in texts(made):
        said = " ".join(text.split())
        assert said in page
        assert said.replace(" ", "") in squeezed


def test_the_pdf_is_tagged_and_its_headings_stand_in_order(
    over: Meeting, area: Council, client_of: ClientOf
) -> None:
    reader, _text = read_pdf(client_of(area.members[0]).get(f"/minutes/{over.id}.pdf").data)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert reader.metadata.title.startswith("Protokoll: Quartiersrat Anger, ")
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    kinds = [kind for kind, _parent in _tags(root["/StructTreeRoot"])]
    headings = [kind for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert headings[:3] == ["/H1", "/H1", "/H1"]
    assert all(int(b[2]) <= int(a[2]) + 1 for a, b in pairwise(headings))
    assert {"/Title", "/Table", "/TH", "/TD", "/Caption"} <= set(kinds)
    rows = [parent for kind, parent in _tags(root["/StructTreeRoot"]) if kind == "/TH"]
    assert set(rows) == {"/TR"}
    outline = [each.title for each in reader.outline if not isinstance(each, list)]
    assert outline[0] == "Sitzung"
    assert outline[2] == "TOP 1: Bericht"


def _tags(node: Any, parent: str = "") -> list[tuple[str, str]]:
    node = node.get_object()
    if not isinstance(node, dict):
        return []
    kind = str(node.get("/S", ""))
    found = [(kind, parent)] if kind else []
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if not isinstance(child, int):
            found += _tags(child, kind)
    return found


def test_what_people_typed_is_never_markup(
    over: Meeting, held: Session, area: Council, client_of: ClientOf
) -> None:
    typed = '#import "/etc/passwd": *\n= Titel\n$x^2$ <b>fett</b> [مرحبا أحمد] #panic("x") @a //b'
    item = held.exec(select(AgendaItem).where(AgendaItem.position == 1)).one()
    item.notes, item.title = typed, '#read("/etc/hostname") Ążß'
    held.add(item)
    held.commit()
    browser = client_of(area.members[0])
    reader, paper = read_pdf(browser.get(f"/minutes/{over.id}.pdf").data)
    for part in ('#import "/etc/passwd": *', "$x^2$", "<b>fett</b>", '#panic("x")', "@a //b"):
        assert part.replace(" ", "") in paper.replace(" ", ""), part
    assert "أحمد" in paper
    assert "Ążß" in paper
    assert "root:" not in paper
    outline = [each.title for each in reader.outline if not isinstance(each, list)]
    assert "Titel" not in outline
    page = browser.get(f"/minutes/{over.id}").text
    assert "&lt;b&gt;fett&lt;/b&gt;" in page


def test_a_closed_box_and_a_void_round_have_no_figures(
    running: Meeting, held: Session, area: Council, open_round: Callable[..., Round]
) -> None:
    void = open_round()
    void.state, void.void_reason = "void", "Strom weg"
    question = held.exec(select(Question).where(Question.round_id == void.id)).one()
    question.outcome = {"code": "adopted", "yes": 77, "no": 0, "abstain": 0, "ballots": 77}
    small = open_round()
    small.state = "closed"
    shut = held.exec(select(Question).where(Question.round_id == small.id)).one()
    shut.state = "confirmed"
    names = ("yes", "no", "abstain", "majority", "base", "base_count", "required", "missing")
    shut.outcome = dict.fromkeys(names) | {
        "code": "too_few_ballots", "ballots": 4, "minimum": 5, "reveals_all": False,
    }  # fmt: skip
    practice = open_round()
    practice.is_practice, practice.repeat_reason = True, "Übung macht Spaß"
    held.commit()
    said = " ".join(texts(document.for_members(record.of(held, running))))
    assert "Die Abstimmung ist ungültig. Grund: Strom weg" in said
    assert "77" not in said
    assert "Nicht ausgezählt: Es waren weniger als 5 Stimmen." in said
    assert "Übung" not in said
    assert said.count("Die Abstimmung war geheim.") == 2


def test_an_unconfirmed_result_is_not_told(running: Meeting, held: Session, area: Council) -> None:
    deciding.count(held, deciding.close(held, area, ["yes"] * 9))
    said = " ".join(texts(document.for_members(record.of(held, running))))
    assert "Das Ergebnis ist noch nicht bestätigt." in said
    assert "Angenommen" not in said


def test_who_may_read(
    running: Meeting, held: Session, area: Council, visitor: Browser, client_of: ClientOf
) -> None:
    jury = builder.build_jury(held, area)
    address = f"/minutes/{running.id}"
    moderator, member, juror = map(
        client_of, (area.moderators[0], area.members[0], jury.members[0])
    )
    assert moderator.get(address).status_code == 200
    assert member.get(address).status_code == 404
    running.state = "closed"
    held.add(running)
    held.commit()
    assert member.get(address).status_code == 200
    assert juror.get(address).status_code == 404
    assert juror.get(f"{address}.pdf").status_code == 404
    assert f"/minutes/{running.id}" not in juror.get("/minutes/").text
    assert f"/minutes/{running.id}" in member.get("/minutes/").text
    assert visitor.get(address).status_code == 401
    for name in ("protokoll", "protokoll.pdf"):
        assert visitor.get(f"/sitzung/{running.id}/{name}").status_code == 404


def test_nobody_reads_another_area(over: Meeting, held: Session, client_of: ClientOf) -> None:
    other = builder.build_council(held, "bogen")
    for person in (other.members[0], other.moderators[0]):
        assert client_of(person).get(f"/minutes/{over.id}").status_code == 404
