"""The checker as a file: opened from the disk, without a network, it judges a real box."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.models import Board
from app.round import counting, preparing
from tests.app import deciding
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect

FETCH = "(url) => fetch(url).then(() => 'sent', (error) => error.name)"
ANSWERS = ["yes"] * 4 + ["no"] * 2


@pytest.fixture
def checker(hall: Hall, open_phone: Callable[..., Page], tmp_path: Path) -> Path:
    """The file as a reader saves it; its hash is the one that the log gives."""
    page = open_phone()
    page.goto(f"{hall.url}/gebiet/{hall.council.area.slug}/programme")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Prüfprogramm herunterladen (.html)").click()
    path = tmp_path / "pruefen.html"
    saved.value.save_as(path)
    manifest = json.loads(Path("app/static/built/manifest.json").read_text())
    assert sha256(path.read_bytes()).hexdigest() == manifest["checker.html"]["sha256"]
    return path


@pytest.fixture
def files(hall: Hall, open_phone: Callable[..., Page], tmp_path: Path) -> tuple[Path, Path]:
    """Box and proof of a question, as the page of its round gives them."""
    round_ = deciding.close(hall.held, hall.council, ANSWERS)
    counting.count_round(round_.id)
    hall.held.expire_all()
    (question,) = preparing.questions_of(hall.held, round_)
    assert hall.held.get_one(Board, question.id).strong
    hall.held.commit()
    page = open_phone()
    page.goto(f"{hall.url}/abstimmung/{round_.id}/pruefen")
    paths = []
    for name in ("Urne herunterladen (.bel)", "Zählbeweis herunterladen (.json)"):
        with page.expect_download() as saved:
            page.get_by_role("link", name=name).click()
        paths.append(tmp_path / saved.value.suggested_filename)
        saved.value.save_as(paths[-1])
    return paths[0], paths[1]


def check(page: Page, box: Path, strong: Path | None) -> None:
    page.locator("#box").set_input_files(box)
    page.locator("#strong").set_input_files([strong] if strong else [])
    page.locator("button.main").click()


def test_it_judges_a_real_box_and_a_changed_one_and_reaches_no_network(
    hall: Hall,
    checker: Path,
    files: tuple[Path, Path],
    open_phone: Callable[..., Page],
    tmp_path: Path,
) -> None:
    box, strong = files
    page = open_phone()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(checker.as_uri())
    assert page.evaluate(FETCH, hall.url) == "TypeError"
    turn = page.get_by_role("button", name="Deutsch")
    if turn.is_visible():
        turn.click()
    page.locator("button.main").click()
    expect(page.get_by_text("Bitte wählen Sie zuerst eine Urne.")).to_be_visible()
    expect(page.locator("#box")).to_be_focused()
    check(page, box, strong)
    expect(page.get_by_text("Nachgezählt: Alles stimmt.")).to_be_visible(timeout=30_000)
    expect(page.locator(".ticks li")).to_have_count(8)
    assert page.locator(".counts li").all_inner_texts() == ["Ja 4", "Nein 2", "Enthaltung 0"]
    inspect(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("Counted again: everything is right.")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"

    check(page, box, None)
    expect(page.get_by_text("The proof of the count is missing")).to_be_visible(timeout=30_000)
    content = bytearray(box.read_bytes())
    content[len(content) // 2] ^= 1
    changed = tmp_path / "changed.bel"
    changed.write_bytes(content)
    check(page, changed, strong)
    expect(page.locator(".verdict.wrong code")).to_have_text("archive.hash", timeout=30_000)
    assert asked == [checker.as_uri()]
