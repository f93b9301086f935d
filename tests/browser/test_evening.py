"""Three phones hold the count key of an evening: one tap each opens the sum."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from app import attendance, db
from app.models import Board, Member, Question, Round
from app.round import closing, counting, preparing, releasing
from tests.app import builder, deciding
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.browser.storage import COUNT_KEYS, REMEMBER, WIPE, holds_keys
from tests.service.browser import DESKTOP

ANSWERS = ["yes"] * 6 + ["no"] * 2 + ["abstain"]


@pytest.fixture
def holders(hall: Hall) -> list[Member]:
    builder.set_rules(hall.held, hall.council, trust__meeting="evening")
    return hall.council.members[:3]


def make_key(hall: Hall, page: Page, member: Member) -> Page:
    """From the member's list to the key, with one tap."""
    hall.sign_in(page, member)
    page.goto(f"{hall.url}/booth/")
    page.get_by_role("link", name="Heute mitzählen").click()
    inspect(page)
    page.get_by_role("button", name="Abendschlüssel anlegen").click()
    expect(page.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()
    return page


def close(hall: Hall, **chosen: int) -> Round:
    """A round that everybody cast in, closed and added up by the worker."""
    round_ = builder.open_round(hall.held, builder.prepare_round(hall.held, hall.council, **chosen))
    hold(hall, round_)
    return round_


def hold(hall: Hall, round_: Round) -> None:
    """Everybody casts in an open round; it is closed and added up."""
    answers = zip(hall.council.members, ANSWERS, strict=True)
    deciding.let_cast(hall.held, hall.council, round_, answers)
    with db.acting():
        closing.end(hall.held, round_, datetime.now(UTC), "end")
    hall.held.commit()
    counting.count_round(round_.id)


def outcomes(hall: Hall, round_: Round) -> list[str]:
    hall.held.expire_all()
    found = [each.state for each in preparing.questions_of(hall.held, round_)]
    hall.held.commit()
    return found


def give_key(phone: Page) -> None:
    """One tap, when the sum waits."""
    phone.get_by_role("button", name="Auszählen").click(timeout=20_000)
    expect(phone.locator("[data-state=working]")).to_be_hidden(timeout=20_000)


def sums_on(phone: Page) -> list[str]:
    """What the phone says that it has opened."""
    return phone.locator("[data-state]:visible [data-sums] code").all_text_contents()


@pytest.mark.drill
def test_one_tap_each_opens_the_sum_of_every_question(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    phones = [make_key(hall, open_phone(), member) for member in holders]
    phones[2].goto(f"{hall.url}/booth/")
    round_ = close(hall, questions=2)
    call = phones[2].get_by_role("alert").filter(has_text="Ihr Schlüssel wird gebraucht")
    expect(call).to_be_visible()
    call.get_by_role("link", name="Zum Auszählen").click()
    for at, phone in enumerate(phones):
        expect(phone.locator("[data-list] li")).to_have_count(2)
        inspect(phone)
        assert outcomes(hall, round_) == ["listed", "listed"], at
        give_key(phone)
        if at < 2:
            expect(phone.get_by_text(f"{at + 1} von 3 Schlüsseln sind da.")).to_be_visible()
            missing = phone.locator("[data-state=thanks] [data-slot=missing]")
            expect(missing).to_have_text(", ".join(each.name for each in holders[at + 1 :]))
            inspect(phone)
    assert outcomes(hall, round_) == ["counted", "counted"]
    published = [hash_of(hall, each) for each in preparing.questions_of(hall.held, round_)]
    hall.held.commit()
    for phone in phones:
        expect(phone.get_by_role("heading", name="Danke. Alle Schlüssel sind da.")).to_be_visible()
        assert sums_on(phone) == published


@pytest.mark.drill
def test_a_phone_drops_out_comes_back_and_another_counts_in_its_place(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    """One comes back in time; of one the storage is gone: the vote is repeated with a fourth."""
    first, second, third = (make_key(hall, open_phone(), member) for member in holders)
    lost, instead = (hall.council.members[at].name for at in (2, 3))
    round_ = close(hall)
    give_key(first)
    address = second.url
    second.goto("about:blank")
    third.evaluate(WIPE)
    third.reload()
    expect(third.get_by_text("Auf diesem Handy ist Ihr Abendschlüssel nicht mehr.")).to_be_visible()
    desk, other = (sign_in_at_desk(hall, open_phone, at) for at in (0, 1))
    desk.goto(f"{hall.url}/desk/rounds/{round_.id}")
    expect(desk.get_by_text("1 von 3 Schlüsseln sind da.")).to_be_visible()
    second.goto(address)
    give_key(second)
    expect(desk.get_by_text("2 von 3 Schlüsseln sind da.")).to_be_visible(timeout=20_000)
    expect(desk.get_by_text(lost)).to_be_visible()
    inspect(desk)
    assert outcomes(hall, round_) == ["listed"]
    again = repeat(hall, desk, other, lost)
    fourth = make_key(hall, open_phone(), hall.council.members[3])
    expect(desk.get_by_role("listitem").filter(has_text=instead)).to_be_visible()
    open_at(desk, again)
    repeated = hall.held.get_one(Round, again.rsplit("/", 1)[-1])
    hold(hall, repeated)
    assert outcomes(hall, repeated) == ["listed"]
    for phone in (first, second, fourth):
        give_key(phone)
    assert outcomes(hall, repeated) == ["counted"]
    assert outcomes(hall, round_) == ["listed"]
    third.reload()
    expect(third.get_by_role("button", name="Auszählen")).to_be_hidden()


def sign_in_at_desk(hall: Hall, open_phone: Callable[..., Page], at: int) -> Page:
    desk = open_phone(viewport=DESKTOP)
    hall.sign_in(desk, hall.council.moderators[at])
    return desk


def repeat(hall: Hall, desk: Page, other: Page, lost: str) -> str:
    """Void what waits, with a second person, and prepare it anew without the lost key."""
    desk.get_by_role("link", name="Abstimmung abbrechen").click()
    desk.get_by_label("Grund").fill("Ein Abendschlüssel fehlt")
    desk.get_by_role("button").last.click()
    expect(desk.get_by_text("Bestätigen kann jede andere Person")).to_be_visible()
    other.goto(f"{hall.url}/desk/")
    other.get_by_role("button", name="Zustimmen").click()
    desk.get_by_role("link", name="Abstimmung wiederholen").click()
    desk.get_by_label("Grund").fill("Ein Abendschlüssel fehlt")
    desk.get_by_role("button", name="Neue Abstimmung anlegen").click()
    desk.get_by_role("button", name="Angesagt").click()
    holder = desk.get_by_role("listitem").filter(has_text=lost)
    holder.get_by_role("button", name="Zählt nicht mehr mit").click()
    expect(desk.get_by_text("Dieser Abendschlüssel zählt ab jetzt nicht mehr mit.")).to_be_visible()
    return desk.url.split("?", 1)[0]


def open_at(desk: Page, address: str) -> None:
    desk.goto(address)
    desk.get_by_role("link", name="Prüfen und öffnen").click()
    desk.get_by_role("button", name="Abstimmung öffnen").click()
    expect(desk.locator("#turnout")).to_be_visible()


@pytest.mark.drill
def test_the_page_says_why_it_does_not_open(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    phone, *_others = (make_key(hall, open_phone(), member) for member in holders)
    round_ = close(hall)
    (question,) = preparing.questions_of(hall.held, round_)
    head, hash_ = hall.held.get_one(Board, question.id).head, hash_of(hall, question)
    hall.held.commit()
    zeros = "0" * 64
    fault = phone.get_by_role("alert")
    for sentence, opened in (
        ("eine andere Summe geöffnet", {"hash": zeros, "head": head}),
        ("setzt nicht fort", {"hash": hash_, "head": zeros}),
    ):
        phone.evaluate(REMEMBER, [question.id, opened])
        give_key(phone)
        expect(fault.get_by_text(sentence)).to_be_visible()
        inspect(phone)
        phone.get_by_role("link", name="Noch einmal").click()
    phone.evaluate(REMEMBER, [question.id, None])
    for pattern, answer, sentence in (
        ("**/count_worker*", {"body": "// another script"}, "ein anderes Prüfprogramm"),
        ("**/*.bel", {"status": 503}, "Der Server ist gerade überlastet."),
        ("**/*.bel", {"status": 404}, "abgebrochen oder schon ausgezählt"),
        ("**/*.bel", {"body": "no box"}, "Die Prüfung der Urne hat etwas gefunden"),
        ("**/*.bel", None, "Es gibt gerade kein Netz."),
    ):
        phone.route(pattern, partial(answer_with, answer))
        give_key(phone)
        expect(fault.get_by_text(sentence)).to_be_visible()
        phone.unroute(pattern)
        phone.get_by_role("link", name="Noch einmal").click()
    assert outcomes(hall, round_) == ["listed"]


def answer_with(answer: dict[str, Any] | None, route: Route) -> None:
    """What stands between phone and server; nothing for no network."""
    if answer is None:
        route.abort()
    else:
        route.fulfill(**answer)


def hash_of(hall: Hall, question: Question) -> str:
    """The hash of a published sum."""
    return releasing.tallied(hall.held, question).total.hash


@pytest.mark.drill
def test_without_an_answer_the_page_is_not_blank(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    phone = make_key(hall, open_phone(), holders[0])
    phone.route("**/state", lambda route: route.abort())
    phone.reload()
    expect(phone.get_by_text("Wir erreichen den Server gerade nicht.")).to_be_visible()
    inspect(phone)
    phone.unroute("**/state")
    expect(phone.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()
    phone.context.clear_cookies()
    ended = phone.get_by_role("heading", name="Sie sind auf diesem Gerät nicht mehr angemeldet.")
    expect(ended).to_be_visible()
    inspect(phone)
    hall.sign_in(phone, holders[0])
    expect(phone.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()


def test_after_the_meeting_the_key_has_left_the_phone(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    """On whatever page it is; the key of another meeting stays."""
    phones = [make_key(hall, open_phone(), member) for member in holders[:2]]
    later = builder.build_meeting(hall.council.body, datetime.now(UTC))
    hall.held.add(later)
    hall.held.flush()
    attendance.arrive(hall.held, later, holders[0].id, datetime.now(UTC))
    hall.held.commit()
    phones[0].goto(f"{hall.url}/commission/meetings/{later.id}")
    phones[0].get_by_role("button", name="Abendschlüssel anlegen").click()
    expect(phones[0].get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()
    assert [phone.evaluate(COUNT_KEYS) for phone in phones] == [2, 1]
    phones[0].goto(f"{hall.url}/meetings/")
    hall.council.meeting.state = "closed"
    hall.held.add(hall.council.meeting)
    hall.held.commit()
    expect(phones[1].get_by_role("heading", name="Die Sitzung ist vorbei.")).to_be_visible(
        timeout=10_000
    )
    phones[0].wait_for_function(holds_keys(1), timeout=10_000)
    assert phones[1].evaluate(COUNT_KEYS) == 0
