"""A ballot on its way through bad Wi-Fi: it arrives once, or the phone keeps it and says so."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.booth import (
    BALLOTS,
    answer,
    booth_path,
    cast,
    close_now,
    fill_in,
    heading,
    stored,
)
from tests.browser.inspection import inspect

NOT_CAST = "Noch nicht abgegeben. Ihre Stimme liegt nur auf diesem Handy."
LOST = "Die Abstimmung ist zu. Ihre Stimme ist nicht angekommen."


def test_second_tap_does_nothing(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.evaluate("for (let tap = 0; tap < 3; tap += 1) document.getElementById('cast').click()")
    page.wait_for_url("**/beleg/*")
    assert len(posts) == 1
    assert hall.ballots(round_) == 1


def test_lost_answer_gives_the_same_receipt(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    bodies, receipts = [], []

    def lose_first(route):
        bodies.append(route.request.post_data)
        response = route.fetch()
        receipts.append(response.json())
        if len(bodies) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=response)

    page.route(BALLOTS, lose_first)
    cast(page)
    expect(heading(page)).to_have_text(NOT_CAST)
    expect(page.get_by_role("status").filter(has_text="Wir fragen nach.")).to_be_visible()
    inspect(page)
    page.wait_for_url("**/beleg/*")
    assert bodies[0] == bodies[1]
    assert receipts[0] == receipts[1]
    assert hall.ballots(round_) == 1
    assert page.url.endswith(receipts[0]["receipt"])


def test_server_without_room_is_asked_again_after_its_time(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    answers = [{"status": 503, "headers": {"Retry-After": "1"}, "body": '{"error": "busy"}'}]

    def busy_once(route):
        if answers:
            route.fulfill(**answers.pop())
        else:
            route.continue_()

    page.route(BALLOTS, busy_once)
    cast(page)
    expect(heading(page)).to_have_text(NOT_CAST)
    page.wait_for_url("**/beleg/*")


def test_page_closed_and_opened_again_still_has_the_ballot(hall, page):
    end = datetime.now(UTC) + timedelta(hours=2)
    round_ = hall.open_round(end)
    fill_in(hall, page, round_, "Ja")
    page.route(BALLOTS, lambda route: route.abort())
    cast(page)
    expect(heading(page)).to_have_text(NOT_CAST)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{hall.url}/booth/")
    banner = page.locator("[data-pending-banner]")
    expect(banner).to_contain_text(NOT_CAST)
    expect(banner.locator("[data-slot=closes]")).not_to_be_empty()
    inspect(page)
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    banner.get_by_role("link").click()
    expect(heading(page)).to_have_text(NOT_CAST)
    assert posts == []
    page.get_by_role("button", name="Noch einmal senden").click()
    page.wait_for_url("**/beleg/*")
    assert hall.ballots(round_) == 1
    page.goto(f"{hall.url}/booth/")
    expect(banner).to_be_hidden()


def test_discarded_ballot_is_gone_and_a_new_one_can_be_made(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    page.route(BALLOTS, lambda route: route.abort())
    cast(page)
    page.get_by_role("button", name="Verwerfen").click()
    expect(heading(page)).to_have_text("Verworfen. Auf diesem Handy liegt keine Stimme mehr.")
    assert stored(page)["outbox"] == {}
    inspect(page)
    page.unroute(BALLOTS)
    page.get_by_role("button", name="Neu abstimmen").click()
    assert page.locator("input:checked").count() == 0
    answer(page, "Nein")
    cast(page)
    page.wait_for_url("**/beleg/*")
    assert hall.ballots(round_) == 1


def test_round_over_before_the_ballot_arrives(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    close_now(hall, round_)
    cast(page)
    expect(heading(page)).to_have_text(LOST)
    inspect(page)
    assert stored(page)["outbox"][round_.id]["over"] is True
    page.reload()
    expect(heading(page)).to_have_text(LOST)
    page.goto(f"{hall.url}/booth/")
    expect(page.locator("[data-pending-banner]")).to_be_hidden()
    assert hall.ballots(round_) == 0


@pytest.mark.drill
def test_answer_lost_at_the_very_end_still_gives_the_receipt(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")

    def arrive_unheard(route):
        route.fetch()
        route.abort()

    page.route(BALLOTS, arrive_unheard)
    cast(page)
    expect(heading(page)).to_have_text(NOT_CAST)
    page.goto(f"{hall.url}/booth/")
    page.unroute(BALLOTS)
    close_now(hall, round_)
    page.goto(f"{hall.url}{booth_path(page)}#{round_.id}/de")
    page.wait_for_url("**/beleg/*")
    assert hall.ballots(round_) == 1


def test_signed_out_keeps_the_ballot_until_the_card_is_scanned(hall, page, voter):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    page.context.clear_cookies()
    cast(page)
    expect(heading(page)).to_have_text("Bitte Karte noch einmal scannen.")
    assert round_.id in stored(page)["outbox"]
    hall.enter(page, voter)
    page.locator("[data-pending-banner]").get_by_role("link").click()
    page.get_by_role("button", name="Noch einmal senden").click()
    page.wait_for_url("**/beleg/*")


def test_receipt_for_another_ballot_is_not_believed(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")

    def swap(route):
        response = route.fetch()
        receipt = response.json()
        receipt["ballots"][0]["tracker"] = "A" * 43
        route.fulfill(response=response, json=receipt)

    page.route(BALLOTS, swap)
    cast(page)
    expect(heading(page)).to_have_text("Der Beleg passt nicht zu Ihrer Stimme.")
    assert round_.id in stored(page)["outbox"]


def test_refused_ballot_says_so_and_is_not_kept(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    page.route(BALLOTS, lambda route: route.fulfill(status=400, json={"error": "proof_broken"}))
    cast(page)
    expect(heading(page)).to_have_text("Ihre Stimme wurde nicht angenommen.")
    assert stored(page)["outbox"] == {}


def test_page_open_for_hours_gets_a_new_token(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    refusals = [{"status": 400, "json": {"error": "form_too_old"}}]

    def refuse_once(route):
        if refusals:
            route.fulfill(**refusals.pop())
        else:
            route.continue_()

    page.route(BALLOTS, refuse_once)
    cast(page)
    page.wait_for_url("**/beleg/*")
    assert refusals == []
