"""A server that cheats: it shows a box with another past, or sends another booth."""

import base64
import json
import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.board import read_archive
from app.models import Board, BoardEvent, Question, Round
from app.round import closing, counting
from app.text import BERLIN
from tests.app import deciding
from tests.browser.booth import stored
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.browser.storage import DELETED_BY_NOW, HOLDS_NO_RECEIPT
from voting.protocol import archive

OTHER_BOX = "Achtung. Das ist eine andere Urne."
NOT_THE_SAME = "Achtung. Eine Urne ist nicht mehr dieselbe."


def fork(hall: Hall, round_: Round) -> None:
    """Let the ballots stand in the opposite order: the chain holds and none of them is missing."""
    held = hall.held
    found = select(Board).join(Question).where(Question.round_id == round_.id)
    board = held.exec(found).one()
    stream = BytesIO(read_archive(held, board.question_id))
    first, *ballots = archive.read_events(stream)
    parent = first.hash
    for height, ballot in enumerate(reversed(ballots), 1):
        made = archive.ballot(parent, height, board.timestamp, ballot.documents[0])
        event = held.get_one(BoardEvent, (board.question_id, height))
        event.content, event.head = made.data, made.head
        parent = made.head
    board.head = parent
    held.commit()


def vote(hall: Hall, page: Page, round_: Round) -> None:
    hall.go_to_booth(page, round_)
    page.get_by_text("Ja", exact=True).click()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Jetzt geheim abstimmen").click()
    page.wait_for_url("**/beleg/*")


@pytest.fixture
def forked(hall: Hall, open_phone) -> tuple[Page, Round]:
    """A phone that has voted and looked, four more votes, and then another past."""
    page = open_phone()
    first, *others = hall.council.members
    hall.enter(page, first)
    round_ = hall.open_round()
    vote(hall, page, round_)
    page.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(page.get_by_text("Ja. Ihre Stimme ist in der Urne.")).to_be_visible()
    deciding.let_cast(hall.held, hall.council, round_, [(each, "no") for each in others[:4]])
    hall.held.commit()
    fork(hall, round_)
    return page, round_


def evidence(page: Page) -> dict:
    with page.expect_download() as saved:
        page.get_by_role("link", name="Beweis als Datei speichern").click()
    path = saved.value.path()
    return json.loads(Path(path).read_text())


def test_receipt_and_recount_say_so_and_give_the_evidence(
    hall: Hall, forked: tuple[Page, Round]
) -> None:
    page, round_ = forked
    receipt = page.url
    page.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(page.get_by_text(OTHER_BOX)).to_be_visible()
    inspect(page)
    [box] = evidence(page)["boxes"]
    given = base64.b64decode(box["given"])
    heads = [event.hash for event in archive.read_events(BytesIO(given))]
    assert len(box["seen"]) == 1
    assert not set(box["seen"]) & set(heads)
    page.goto(f"{hall.url}/booth/")
    expect(page.get_by_text(NOT_THE_SAME)).to_be_visible()

    closing.end(hall.held, round_, datetime.now(UTC), "end")
    hall.held.commit()
    counting.count_round(round_.id)
    page.goto(receipt)
    expect(page.get_by_text(OTHER_BOX)).to_be_visible()
    page.goto(f"{hall.url}/abstimmung/{round_.id}/pruefen")
    expect(page.get_by_text(OTHER_BOX)).to_be_visible()
    page.get_by_role("button", name="Jetzt nachzählen").click()
    expect(page.get_by_text(OTHER_BOX)).to_be_visible(timeout=30_000)
    inspect(page)
    assert evidence(page)["boxes"][0]["seen"] == box["seen"]


@pytest.mark.drill
def test_the_list_of_votes_says_so_unasked_and_the_report_carries_both_heads(
    hall: Hall, forked: tuple[Page, Round]
) -> None:
    page, round_ = forked
    page.goto(f"{hall.url}/booth/")
    expect(page.get_by_text(NOT_THE_SAME)).to_be_visible()
    inspect(page)
    [box] = evidence(page)["boxes"]
    given = list(archive.read_events(BytesIO(base64.b64decode(box["given"]))))
    page.locator("[data-other-box] a[data-report]").click()
    expect(page.get_by_label("Was ist passiert?")).to_have_value(
        f"Mein Handy kennt die Urne mit dem Stand {box['seen'][0]}."
        f" Jetzt bekommt es eine andere mit dem Stand {given[-1].hash}."
    )
    expect(page.get_by_label("Kontrollnummer")).to_have_value(box["tracker"])
    page.goto(f"{hall.url}/booth/")
    expect(page.get_by_text(NOT_THE_SAME)).to_be_visible()
    round_.box_ends_on = datetime.now(BERLIN).date()
    hall.held.add(round_)
    hall.held.commit()
    page.evaluate(DELETED_BY_NOW, round_.id)
    page.goto(f"{hall.url}/booth/")
    page.wait_for_function(HOLDS_NO_RECEIPT)
    expect(page.get_by_text(NOT_THE_SAME)).to_be_hidden()


@pytest.mark.drill
def test_a_box_that_is_not_named_any_more_is_missed(hall: Hall, open_phone) -> None:
    page = open_phone()
    hall.enter(page, hall.council.members[0])
    vote(hall, page, hall.open_round())
    page.goto(f"{hall.url}/booth/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => sessionStorage.getItem('heads')")

    def leave_out(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"rounds": {}})

    page.route("**/booth/heads", leave_out)
    page.evaluate("() => sessionStorage.clear()")
    page.goto(f"{hall.url}/booth/")
    expect(page.get_by_text(NOT_THE_SAME)).to_be_visible()


@pytest.mark.drill
def test_a_second_vote_does_not_make_the_phone_forget(
    hall: Hall, forked: tuple[Page, Round]
) -> None:
    """Nobody has to ask the phone."""
    page, round_ = forked
    vote(hall, page, round_)
    expect(page.get_by_text(NOT_THE_SAME)).to_be_visible()
    assert len(evidence(page)["boxes"][0]["seen"]) == 2


@pytest.mark.drill
def test_a_phone_that_never_voted_knows_the_box_it_was_told_of(hall: Hall, open_phone) -> None:
    page = open_phone()
    looker, *voters = hall.council.members
    hall.enter(page, looker)
    round_ = hall.open_round()
    for voted in (0, 2, 4):
        choices = [(each, "no") for each in voters[:voted]]
        deciding.let_cast(hall.held, hall.council, round_, choices)
        hall.held.commit()
        page.goto(f"{hall.url}/booth/")
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text(NOT_THE_SAME)).to_be_hidden()
    [seen] = stored(page)["receipts"][round_.id]["heads"].values()
    fork(hall, round_)
    page.goto(f"{hall.url}/booth/")
    expect(page.get_by_text(NOT_THE_SAME)).to_be_visible()
    inspect(page)
    written = evidence(page)
    assert set(written) == {"kind", "at", "round", "boxes"}
    [box] = written["boxes"]
    given = list(archive.read_events(BytesIO(base64.b64decode(box["given"]))))
    assert (set(box), box["seen"]) == ({"question", "seen", "given"}, [seen])
    page.locator("[data-other-box] a[data-report]").click()
    expect(page.get_by_label("Was ist passiert?")).to_have_value(
        f"Mein Handy kennt die Urne mit dem Stand {seen}."
        f" Jetzt bekommt es eine andere mit dem Stand {given[-1].hash}."
    )
    expect(page.get_by_label("Kontrollnummer")).to_have_value("")
    page.goto(f"{hall.url}/account/")
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url(f"{hall.url}/")
    assert page.evaluate(HOLDS_NO_RECEIPT)


def test_a_booth_with_one_more_byte_does_not_run(hall: Hall, open_phone) -> None:
    page = open_phone()
    hall.enter(page, hall.council.members[0])
    round_ = hall.open_round()

    def change(route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.body() + b" ")

    page.route(re.compile(r"/static/built/booth-.*\.js$"), change)
    with page.expect_console_message(lambda message: "integrity" in message.text):
        hall.go_to_booth(page, round_)
    assert page.locator("main input").count() == 0
    assert hall.ballots(round_) == 0
