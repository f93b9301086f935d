"""Two of the three trustees open the sums of a round over days, each on an own device."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import func, select

from app.models import Ballot, Question
from app.round import preparing
from tests.app import builder
from tests.browser import commission
from tests.browser.commission import Three, close, outcomes, release, start
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect

BOUND_SECONDS = 30
BALLOTS = 40
SLOWER = 6
CORES = 2


@pytest.fixture
def three(hall: Hall) -> Three:
    return commission.put_in_force(hall)


@pytest.mark.drill
def test_any_two_open_every_sum_of_the_round(
    hall: Hall, three: Three, open_phone: Callable[..., Page]
) -> None:
    round_ = close(hall, ["Hochbeet", "Bank"])
    first, second, third = (open_phone() for _ in range(3))
    start(hall, first, three.people[2])
    expect(first.locator("[data-list] li")).to_have_text(["Hochbeet (9)", "Bank (9)"])
    inspect(first)
    release(first, three.copies[2], "rote Birne im Keller")
    expect(first.get_by_role("alert")).to_have_text(re.compile("Das passt nicht zusammen"))
    inspect(first)
    release(first, three.copies[0])
    expect(first.get_by_role("alert")).to_have_text(re.compile("Das passt nicht zusammen"))
    assert outcomes(hall, round_) == [("listed", None)] * 2
    release(first, three.copies[2])
    expect(first.get_by_role("heading", name="Danke. Ihr Teil ist da.")).to_be_visible()
    expect(first.get_by_text("1 von 2 Teilen ist da.")).to_be_visible()
    inspect(first)
    assert outcomes(hall, round_) == [("listed", None)] * 2
    start(hall, second, three.people[1])
    release(second, three.copies[1])
    expect(second.get_by_role("heading", name="Danke. Die Summe ist offen.")).to_be_visible()
    inspect(second)
    assert outcomes(hall, round_) == [("counted", 6)] * 2
    hall.sign_in(third, three.people[0])
    third.goto(f"{hall.url}/commission/count")
    expect(third.get_by_role("heading", name="Gerade ist nichts auszuzählen.")).to_be_visible()
    inspect(third)


@pytest.mark.drill
def test_a_second_and_different_sum_of_the_same_election_is_refused(
    hall: Hall, three: Three, open_phone: Callable[..., Page]
) -> None:
    round_ = close(hall, ["Hochbeet"])
    question = preparing.questions_of(hall.held, round_)[0]
    phone = open_phone()
    start(hall, phone, three.people[0])
    phone.evaluate(REMEMBER, {"election": question.id, "hash": "0" * 64, "head": "0" * 64})
    release(phone, three.copies[0])
    expect(phone.get_by_text("Ihr Gerät hat nichts geöffnet.")).to_be_visible()
    expect(phone.get_by_text("Zu dieser Urne haben Sie schon eine andere Summe")).to_be_visible()
    inspect(phone)
    assert outcomes(hall, round_) == [("listed", None)]


@pytest.mark.drill
def test_a_box_in_which_one_bit_is_another_is_not_opened(
    hall: Hall, three: Three, open_phone: Callable[..., Page]
) -> None:
    round_ = close(hall, ["Hochbeet"])
    phone = open_phone()
    start(hall, phone, three.people[0])
    phone.route("**/*.bel", lambda route: route.fulfill(body=shortened(route.fetch().body())))
    release(phone, three.copies[0])
    expect(phone.get_by_text("Die Prüfung der Urne hat etwas gefunden")).to_be_visible()
    assert outcomes(hall, round_) == [("listed", None)]


REMEMBER = """({election, hash, head}) => new Promise((resolve) => {
  const opening = indexedDB.open('kiezvotum');
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('opened', 'readwrite');
    transaction.objectStore('opened').put({hash, head}, election);
    transaction.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def shortened(archive: bytes) -> bytes:
    """One bit of a ballot is another one."""
    at = len(archive) // 2
    return archive[:at] + bytes([archive[at] ^ 1]) + archive[at + 1 :]


@pytest.mark.drill
@pytest.mark.parametrize("group", ["ed25519", "belenios_2048"])
def test_twelve_questions_of_forty_ballots_are_opened_in_time_on_a_slow_phone(
    hall: Hall, browser: Browser, open_phone: Callable[..., Page], group: str
) -> None:
    """Members vote again and again until 40 ballots stand on each of the 12 boards.

    Chromium's own throttling leaves workers alone, so the time that page and workers compute is
    counted and multiplied; a phone has at least two cores for the workers.
    """
    builder.change_rules(hall.held, hall.council, {"ballot.group": group})
    three = commission.put_in_force(hall)
    round_ = close(hall, [f"Antrag {number}" for number in range(1, 13)], BALLOTS)
    assert all(ballots(hall, each) == BALLOTS for each in preparing.questions_of(hall.held, round_))
    phone = open_phone()
    start(hall, phone, three.people[0])
    phone.locator("progress").evaluate(WATCH)
    before = computed(browser)
    release(phone, three.copies[0])
    done = phone.get_by_role("heading", name="Danke. Ihr Teil ist da.")
    expect(done).to_be_visible(timeout=300_000)
    page, workers = (now - then for now, then in zip(computed(browser), before, strict=True))
    seconds = SLOWER * (page + workers / CORES)
    print(f"12 questions in {group}, {SLOWER}x slower: {seconds:.1f} s")
    assert seconds < BOUND_SECONDS
    assert phone.evaluate("steps.size") > 5


WATCH = """(bar) => {
  window.steps = new Set();
  new MutationObserver(() => steps.add(bar.value)).observe(bar, {attributes: true});
}"""


def computed(browser: Browser) -> tuple[float, float]:
    """The seconds for which pages have used a core, and those of all threads beside them."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    homes = [Path("/proc", str(each["id"])) for each in found if each["type"] == "renderer"]
    all_threads = sum(used(home / "stat") for home in homes)
    pages = sum(used(home / "task" / home.name / "stat") for home in homes)
    return pages, all_threads - pages


def used(stat: Path) -> float:
    """User and system time, behind the name in brackets (proc_pid_stat(5))."""
    fields = stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ballots(hall: Hall, question: Question) -> int:
    sent = select(func.count()).where(Ballot.question_id == question.id)
    found = hall.held.exec(sent).one()
    hall.held.commit()
    return found
