"""Documents of an item: what they are shows in their bytes; who may take them along."""

import io
import zipfile
from collections.abc import Callable
from hashlib import sha512

import pytest
from sqlmodel import Session, select

from app import agenda
from app.meeting.document_form import MOST_BYTES, kind_of
from app.models import AgendaDocument, AgendaItem, Meeting
from tests.app import builder
from tests.app.builder import Browser, Council

PDF = b"%PDF-1.7\n%test"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def packed(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


ODT = packed({"mimetype": OPEN_TEXT, "content.xml": "<x/>"})
DOCX = packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
DOCM = packed(
    {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", "word/vbaProject.bin": ""}
)


@pytest.fixture
def item(held: Session, planned: Meeting) -> AgendaItem:
    found = agenda.items_of(held, planned)[0]
    held.commit()
    return found


def upload(browser: Browser, item: AgendaItem, content: bytes, name: str) -> object:
    data = {"file": (io.BytesIO(content), name)}
    return browser.post(f"/desk/meetings/items/{item.id}/documents", data=data)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (ODT, OPEN_TEXT),
        (DOCX, WORD),
    ],
)
def test_the_kind_shows_in_the_bytes(content: bytes, media_type: str) -> None:
    found = kind_of(content)
    assert found is not None
    assert found.media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\0",
        b"GIF89a",
        DOCM,
        packed({"x.html": "<script>"}),
        packed({"mimetype": "application/vnd.oasis.opendocument.text-master"}),
        ODT[:40],
        b"PK\x03\x04kaputt",
    ],
)
def test_what_is_not_a_document_is_refused(content: bytes) -> None:
    assert kind_of(content) is None


def test_a_document_is_added_under_the_ending_of_its_content(
    held: Session, moderator: Browser, item: AgendaItem, planned: Meeting
) -> None:
    before = planned.sequence
    assert upload(moderator, item, PDF, "../Pläne/Lage plan.exe").status_code == 303
    kept = held.exec(select(AgendaDocument)).one()
    assert (kept.name, kept.media_type) == ("Lage plan.pdf", "application/pdf")
    assert (kept.content, kept.sha512) == (PDF, sha512(PDF).hexdigest())
    held.refresh(planned)
    assert planned.sequence == before + 1
    shown = moderator.get(f"/desk/meetings/items/{item.id}").text
    assert "Lage plan.pdf" in shown
    assert "1\u00a0kB" in shown


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<html>", "bild.png", "Diese Art von Datei geht nicht."),
        (PDF + b"0" * MOST_BYTES, "gross.pdf", "Höchstens 5 MB gehen."),
    ],
)
def test_a_file_that_cannot_be_is_refused(
    held: Session,
    moderator: Browser,
    item: AgendaItem,
    content: bytes,
    name: str,
    sentence: str,
) -> None:
    answer = upload(moderator, item, content, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert held.exec(select(AgendaDocument)).all() == []


def test_no_file_and_a_hidden_name(held: Session, moderator: Browser, item: AgendaItem) -> None:
    empty = moderator.post(f"/desk/meetings/items/{item.id}/documents", data={})
    assert "Bitte wählen Sie eine Datei." in empty.text
    upload(moderator, item, PDF, "plan\u202egnp.pdf")
    assert held.exec(select(AgendaDocument)).one().name == "unterlage.pdf"


def test_ten_documents_are_enough(held: Session, moderator: Browser, item: AgendaItem) -> None:
    for number in range(10):
        assert upload(moderator, item, PDF, f"{number}.pdf").status_code == 303
    assert upload(moderator, item, PDF, "elf.pdf").status_code == 409
    assert len(held.exec(select(AgendaDocument)).all()) == 10


def test_whoever_is_signed_in_takes_it_along_and_nobody_runs_it(
    held: Session,
    area: Council,
    moderator: Browser,
    client_of: Callable[..., Browser],
    item: AgendaItem,
) -> None:
    upload(moderator, item, PDF, "Plan für alle.pdf")
    kept = held.exec(select(AgendaDocument)).one()
    held.commit()
    address = f"/meetings/documents/{kept.id}"
    answer = client_of(area.members[0]).get(address)
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/pdf"
    other = builder.build_council(held, "bruch", with_keys=False)
    assert client_of(other.members[0]).get(address).status_code == 404


@pytest.mark.parametrize(
    ("visibility", "is_set", "status"),
    [
        ("public", True, 200),
        ("public", False, 404),
        ("registered_guests", True, 404),
        ("closed", True, 404),
    ],
)
def test_the_public_has_the_documents_of_public_meetings(
    held: Session,
    moderator: Browser,
    visitor: Browser,
    planned: Meeting,
    item: AgendaItem,
    visibility: str,
    is_set: bool,
    status: int,
) -> None:
    upload(moderator, item, PDF, "plan.pdf")
    kept = held.exec(select(AgendaDocument)).one()
    planned.visibility = visibility
    planned.agenda_set_at = planned.starts_at if is_set else None
    held.add(planned)
    held.commit()
    answer = visitor.get(f"/sitzung/{planned.id}/unterlagen/{kept.id}")
    assert answer.status_code == status
    assert ("plan.pdf" in visitor.get(f"/sitzung/{planned.id}").text) == (status == 200)
    assert visitor.get(f"/meetings/documents/{kept.id}").status_code == 401


def test_a_document_goes_after_a_page_that_asks(
    held: Session, moderator: Browser, item: AgendaItem
) -> None:
    upload(moderator, item, PDF, "plan.pdf")
    kept = held.exec(select(AgendaDocument)).one()
    page = f"/desk/meetings/documents/{kept.id}/remove"
    assert "plan.pdf" in moderator.get(page).text
    assert len(held.exec(select(AgendaDocument)).all()) == 1
    moderator.post(page)
    assert held.exec(select(AgendaDocument)).all() == []
