"""Trustees on their way to a count: what breaks meanwhile, what is lost, who else was faster."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import commission
from tests.browser.commission import PASSPHRASE, Three, close, outcomes, release, start
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect

OpenPhone = Callable[..., Page]
BOXES = re.compile(r"\.bel$")
PARTS = re.compile(r"/parts$")
WORKER = re.compile(r"/count_worker-")
WAITS, OPEN = [("listed", None)], [("counted", 6)]


@pytest.fixture
def three(hall: Hall) -> Three:
    return commission.put_in_force(hall)


def says(phone: Page, *sentences: str) -> None:
    """The alert says all of this."""
    alert = phone.get_by_role("alert")
    for sentence in sentences:
        expect(alert.get_by_text(sentence)).to_be_visible()


def is_told(phone: Page, heading: str) -> None:
    expect(phone.get_by_role("heading", name=heading)).to_be_visible()


@pytest.mark.drill
def test_the_third_comes_while_two_others_finish(
    hall: Hall, three: Three, open_phone: OpenPhone
) -> None:
    """One has the page open, the same person is checking on another device; both are told."""
    round_ = close(hall, ["Hochbeet"])
    names = [each.name for each in three.people]
    hall.held.commit()
    reading, checking = open_phone(), open_phone()
    for phone in (reading, checking):
        start(hall, phone, three.people[0])
    held_back: list[Route] = []

    def hold(route: Route) -> None:
        held_back.append(route)

    checking.route(BOXES, hold)
    release(checking, three.copies[0])
    for at in (1, 2):
        phone = open_phone()
        start(hall, phone, three.people[at])
        release(phone, three.copies[at])
        is_told(phone, "Danke. Ihr Teil ist da." if at == 1 else "Danke. Die Summe ist offen.")
        if at == 1:
            missing = phone.locator("[data-state=thanks] [data-slot=missing]")
            expect(missing).to_have_text(f"{names[0]}, {names[2]}")
    is_told(reading, "Ihr Schlüssel wird nicht mehr gebraucht.")
    inspect(reading)
    held_back[0].continue_()
    is_told(checking, "Ihr Schlüssel wird nicht mehr gebraucht.")
    assert outcomes(hall, round_) == OPEN


@pytest.mark.drill
def test_a_page_that_is_loaded_anew_in_the_middle_goes_on(
    hall: Hall, three: Three, open_phone: OpenPhone
) -> None:
    round_ = close(hall, ["Hochbeet"])
    phone = open_phone()
    start(hall, phone, three.people[0])
    phone.route(BOXES, lambda _route: None)
    release(phone, three.copies[0])
    expect(phone.get_by_text("Ihr Gerät prüft die Urne. Bitte warten.")).to_be_visible()
    phone.unroute(BOXES)
    phone.reload()
    is_told(phone, "Ihr Schlüssel wird gebraucht")
    assert outcomes(hall, round_) == WAITS
    release(phone, three.copies[0])
    is_told(phone, "Danke. Ihr Teil ist da.")


@pytest.mark.drill
def test_the_network_goes_and_comes_back(hall: Hall, three: Three, open_phone: OpenPhone) -> None:
    round_ = close(hall, ["Hochbeet"])
    phone = open_phone()
    start(hall, phone, three.people[0])
    phone.context.set_offline(True)
    release(phone, three.copies[0])
    says(phone, "Es gibt gerade kein Netz.", "Ob Ihr Teil schon angekommen ist, wissen wir nicht.")
    inspect(phone)
    phone.context.set_offline(False)
    phone.get_by_role("link", name="Noch einmal").click()
    is_told(phone, "Ihr Schlüssel wird gebraucht")
    assert outcomes(hall, round_) == WAITS
    release(phone, three.copies[0])
    is_told(phone, "Danke. Ihr Teil ist da.")


@pytest.mark.drill
def test_a_part_whose_answer_was_lost_has_come(
    hall: Hall, three: Three, open_phone: OpenPhone
) -> None:
    close(hall, ["Hochbeet"])
    phone = open_phone()
    start(hall, phone, three.people[0])

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.route(PARTS, lose_the_answer)
    release(phone, three.copies[0])
    is_told(phone, "Danke. Ihr Teil ist da.")


@pytest.mark.drill
@pytest.mark.parametrize(
    ("where", "status", "sentence"),
    [
        (BOXES, 401, "Sie sind auf diesem Gerät nicht mehr angemeldet"),
        (BOXES, 503, "Der Server ist gerade überlastet"),
        (PARTS, 409, "Inzwischen ist hier etwas anderes auszuzählen."),
        (WORKER, 200, "Ihr Gerät hat ein anderes Prüfprogramm bekommen"),
    ],
)
def test_what_the_server_does_is_not_blamed_on_the_box(
    hall: Hall,
    three: Three,
    open_phone: OpenPhone,
    where: re.Pattern[str],
    status: int,
    sentence: str,
) -> None:
    round_ = close(hall, ["Hochbeet"])
    phone = open_phone()
    start(hall, phone, three.people[0])
    phone.route(where, lambda route: route.fulfill(status=status, body="{}"))
    release(phone, three.copies[0])
    says(phone, sentence, "Ihr Gerät hat nichts geöffnet.")
    expect(phone.get_by_text("Die Prüfung der Urne hat etwas gefunden")).to_be_hidden()
    inspect(phone)
    assert outcomes(hall, round_) == WAITS


@pytest.mark.drill
def test_of_two_rounds_the_page_says_which_it_has_opened(
    hall: Hall, three: Three, open_phone: OpenPhone
) -> None:
    first, second = close(hall, ["Hochbeet"]), close(hall, ["Bank"])
    broken = re.compile(rf"/rounds/{second.id}/.*\.bel$")
    hall.held.commit()
    phone = open_phone()
    start(hall, phone, three.people[0])
    phone.route(broken, lambda route: route.fulfill(body=b"no archive"))
    release(phone, three.copies[0])
    says(phone, "Einen Teil der Abstimmungen hat Ihr Gerät schon freigegeben.")
    expect(phone.get_by_text("Ihr Gerät hat nichts geöffnet.")).to_be_hidden()
    phone.unroute(broken)
    phone.get_by_role("link", name="Noch einmal").click()
    expect(phone.locator("[data-list] li")).to_have_text(["Bank (9)"])
    release(phone, three.copies[0])
    is_told(phone, "Danke. Ihr Teil ist da.")
    assert [outcomes(hall, each) for each in (first, second)] == [WAITS, WAITS]


@pytest.mark.drill
def test_the_sheet_opens_the_count_on_a_new_device(
    hall: Hall, three: Three, open_phone: OpenPhone
) -> None:
    """The code on the sheet leads to the key's page, and from there to the count with the copy."""
    round_ = close(hall, ["Hochbeet"])
    scanned = f"{hall.url}/commission/keys/{three.commission.id}#{three.copies[0]}"
    hall.held.commit()
    new = open_phone()
    hall.sign_in(new, three.people[0])
    new.goto(scanned)
    new.get_by_role("link", name="Zur Auszählung").click()
    expect(new).to_have_url(f"{hall.url}/commission/count")
    expect(new.get_by_text("Auf diesem Gerät liegt Ihr Teil nicht.")).to_be_visible()
    expect(new.get_by_label("Oder die Zeichen von Ihrem Blatt")).to_have_value(three.copies[0])
    new.get_by_label("Ihre Passphrase").fill(PASSPHRASE)
    new.get_by_role("button", name="Auszählung freigeben").click()
    is_told(new, "Danke. Ihr Teil ist da.")
    assert outcomes(hall, round_) == WAITS


@pytest.mark.drill
def test_a_lost_part_is_reported_from_the_count(
    hall: Hall, three: Three, open_phone: OpenPhone
) -> None:
    round_ = close(hall, ["Hochbeet"])
    phone, other = open_phone(), open_phone()
    start(hall, phone, three.people[0])
    phone.get_by_role("link", name="Mein Teil ist weg").click()
    is_told(phone, "Es zählen dann die zwei anderen aus.")
    inspect(phone)
    phone.get_by_role("button", name="Mein Teil ist weg").click()
    is_told(phone, "Sie haben Ihren Teil als verloren gemeldet.")
    inspect(phone)
    start(hall, other, three.people[1])
    expect(other.get_by_text("Darum werden die zwei anderen beide gebraucht.")).to_be_visible()
    other.get_by_role("link", name="Mein Teil ist weg").click()
    is_told(other, "Es ist der zweite verlorene Teil.")
    expect(other.get_by_text("Hochbeet")).to_be_visible()
    inspect(other)
    other.get_by_role("button", name="Mein Teil ist weg").click()
    is_told(other, "Diese Zählkommission ist aufgelöst.")
    hall.held.refresh(round_)
    assert round_.state == "void"
