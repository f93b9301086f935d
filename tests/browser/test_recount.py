"""Anybody counts a closed round again in the own browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.models import Round
from app.round import counting, preparing
from tests.app import builder, deciding
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect

CHECKS = ["chain", "setup", "roll", "ballots", "sum", "opened", "bound", "result"]
START = "(address) => { try { new Worker(address) } catch (error) { return error.name } }"
ANSWERS = ["yes"] * 6 + ["no"] * 2 + ["abstain"]


@pytest.fixture
def counted(hall: Hall) -> Round:
    round_ = deciding.close(hall.held, hall.council, ANSWERS, questions=2)
    counting.count_round(round_.id)
    hall.held.expire_all()
    hall.held.commit()
    return round_


def recount(hall: Hall, round_: Round, page: Page) -> None:
    page.goto(f"{hall.url}/abstimmung/{round_.id}/pruefen")
    page.get_by_role("button", name="Jetzt nachzählen").click()


def test_the_whole_election_is_checked_and_counted_here(
    hall: Hall, counted: Round, open_phone: Callable[..., Page]
) -> None:
    page = open_phone()
    recount(hall, counted, page)
    expect(page.get_by_text("Nachgezählt: Alles stimmt.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Geprüft wurden 18 verschlossene Stimmen")).to_be_visible()
    ticks = page.locator(".ticks li")
    assert [tick.get_attribute("data-check") for tick in ticks.all()] == CHECKS
    counts = page.locator("[data-verdict] .counts")
    assert counts.locator("li").all_inner_texts() == ["Ja 6", "Nein 2", "Enthaltung 1"] * 2
    for question in preparing.questions_of(hall.held, counted):
        expect(page.locator("[data-verdict]").first).to_contain_text(question.wording["de"])
    inspect(page)
    assert page.context.cookies() == []


def test_own_answers_stand_there_in_the_words_of_their_voters(
    hall: Hall, open_phone: Callable[..., Page]
) -> None:
    values = {"majority__other": "more_than_half", "choice__rule": "most_votes", "tie__rule": "lot"}
    builder.set_rules(hall.held, hall.council, **values)
    prepared = builder.prepare_choice(hall.held, hall.council, "Linde", "Ahorn", "Eiche")
    chosen = ["option-1"] * 3 + ["option-3"] * 2 + ["blank"]
    round_ = deciding.close_prepared(hall.held, hall.council, prepared, chosen)
    counting.count_round(round_.id)
    hall.held.commit()
    page = open_phone()
    page.goto(f"{hall.url}/en/abstimmung/{round_.id}/pruefen")
    page.locator("[data-start]").click()
    expect(page.get_by_text("Counted again: everything is right.")).to_be_visible(timeout=30_000)
    *options, blank = page.locator(".counts li").all_inner_texts()
    assert options == ["Linde (en) 3", "Ahorn (en) 0", "Eiche (en) 2"]
    assert blank.endswith(" 1")
    (question,) = preparing.questions_of(hall.held, round_)
    expect(page.locator(".counts p")).to_have_text(question.wording["en"])


@pytest.mark.drill
def test_a_box_for_members_is_counted_by_them_alone(
    hall: Hall, open_phone: Callable[..., Page]
) -> None:
    builder.set_rules(hall.held, hall.council, archive__publish="members")
    round_ = deciding.close(hall.held, hall.council, ANSWERS)
    counting.count_round(round_.id)
    hall.held.commit()
    page = open_phone()
    recount(hall, round_, page)
    expect(page.get_by_text("Diese Urne bekommen Sie hier nicht.")).to_be_visible()
    hall.sign_in(page, hall.council.members[0])
    page.get_by_role("button", name="Jetzt nachzählen").click()
    expect(page.get_by_text("Nachgezählt: Alles stimmt.")).to_be_visible(timeout=30_000)


def test_no_other_worker_than_ours_is_started(
    hall: Hall, counted: Round, open_phone: Callable[..., Page]
) -> None:
    page = open_phone()
    page.route(
        re.compile(r"/recount_worker-.*\.js$"),
        lambda route: route.fulfill(body="postMessage({account: {verdict: 'right'}})"),
    )
    recount(hall, counted, page)
    expect(page.get_by_text("Die Urne ließ sich nicht laden.")).to_be_visible()
    for address in ("data:text/javascript,", "/static/built/other.js"):
        refused = page.evaluate(START, address)
        assert refused in {"TypeError", "SecurityError"}


def test_a_box_that_was_changed_is_named(
    hall: Hall, counted: Round, open_phone: Callable[..., Page]
) -> None:
    builder.break_board(hall.held, counted)
    page = open_phone()
    recount(hall, counted, page)
    expect(page.get_by_text("Diese Prüfung ist fehlgeschlagen:")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Die Datei ist beschädigt oder verändert.")).to_be_visible()
    assert page.locator("[data-verdict] code").inner_text() == "archive.hash"


def test_without_a_network_it_says_so_and_can_be_tried_again(
    hall: Hall, counted: Round, open_phone: Callable[..., Page]
) -> None:
    page = open_phone()
    page.route("**/*.bel", lambda route: route.abort())
    recount(hall, counted, page)
    expect(page.get_by_text("Die Urne ließ sich nicht laden.")).to_be_visible()
    page.unroute("**/*.bel")
    page.get_by_role("button", name="Jetzt nachzählen").click()
    expect(page.get_by_text("Nachgezählt: Alles stimmt.")).to_be_visible(timeout=30_000)
