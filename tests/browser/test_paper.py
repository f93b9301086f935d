"""In real browsers: papers entered on two screens beside a phone, and the tablet in the hall."""

import pytest
from playwright.sync_api import Page, expect

from app.round import papers
from app.round.preparing import questions_of
from tests.app import builder
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone

KEPT = """async () => {
  const open = indexedDB.open('kiezvotum');
  const base = await new Promise((found) => { open.onsuccess = () => found(open.result); });
  const stores = [...base.objectStoreNames];
  const counts = await Promise.all(stores.map((name) => new Promise((found) => {
    const asked = base.transaction(name).objectStore(name).count();
    asked.onsuccess = () => found(asked.result);
  })));
  base.close();
  return counts.reduce((sum, one) => sum + one, 0) + sessionStorage.length + localStorage.length;
}"""


@pytest.fixture
def screens(hall, open_phone: OpenPhone) -> list[Page]:
    """The screens of the only moderator in the hall and of a member who speaks for the body."""
    speaker = hall.council.members[8]
    builder.make_speaker(hall.held, hall.council, speaker)
    pages = [open_phone(viewport=DESKTOP) for _ in range(2)]
    for page, person in zip(pages, (hall.council.moderators[0], speaker), strict=True):
        hall.sign_in(page, person)
    return pages


def enter(page: Page, number: int, answer: str) -> None:
    page.get_by_label("Papiernummer").select_option(str(number))
    page.get_by_text(answer, exact=True).click()
    page.get_by_role("button", name="Eintragen").click()


@pytest.mark.drill
def test_three_papers_are_entered_on_two_screens(hall, screens: list[Page]) -> None:
    round_ = builder.prepare_round(hall.held, hall.council)
    first, second = screens
    first.goto(f"{hall.url}/desk/rounds/{round_.id}")
    first.get_by_role("link", name="auf Papier oder am Telefon").click()
    names = [member.name for member in hall.council.members[:3]]
    group = first.get_by_role("group", name="Wer stimmt auf Papier ab?")
    for name in names:
        group.get_by_label(name).check()
    first.get_by_role("button", name="Speichern").click()
    expect(first.get_by_text("könnten erkennen, wie Sie stimmen")).to_be_visible()
    inspect(first)
    first.get_by_role("link", name="Papiernummern anlegen").click()
    first.get_by_role("button", name="Papiernummern anlegen").click()
    code = first.locator("[data-slot=code]")
    expect(code).to_be_visible()
    inspect(first)
    address = f"{hall.url}/paper/{round_.id}/enter"
    second.goto(f"{hall.url}/account/second-person")
    second.get_by_role("link", name="Papiere eintragen").click()
    second.get_by_label("Code").fill("falsch")
    second.get_by_role("button", name="Weiter").click()
    expect(second.get_by_text("Dieser Code stimmt nicht.")).to_be_visible()
    inspect(second)
    second.get_by_label("Code").fill(code.inner_text())
    second.get_by_role("button", name="Weiter").click()
    expect(second.get_by_text("Beide Bildschirme sind bereit")).to_be_visible()
    builder.open_round(hall.held, round_)
    first.goto(address)
    enter(first, 2, "Ja")
    expect(first.get_by_text("wartet auf die zweite Person")).to_be_visible()
    inspect(first)
    assert hall.ballots(round_) == 0
    enter(second, 2, "Nein")
    expect(second.get_by_text("Die Eintragungen sind verschieden")).to_be_visible()
    assert hall.ballots(round_) == 0
    for page in screens:
        page.goto(address)
        enter(page, 2, "Ja")
        expect(page.get_by_role("status")).to_be_visible()
    expect(second.get_by_text("Die Stimme ist in der Urne")).to_be_visible()
    assert hall.ballots(round_) == 1
    inspect(second)


def test_the_tablet_is_empty_after_a_vote(hall, open_phone: OpenPhone) -> None:
    tablet = open_phone()
    hall.sign_in(tablet, hall.council.moderators[0])
    tablet.goto(f"{hall.url}/tablet/")
    inspect(tablet)
    tablet.get_by_role("button", name="Als Tablet bereitstellen").click()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Hier können Sie abstimmen")
    inspect(tablet)
    assert tablet.goto(f"{hall.url}/desk/").status == 401
    round_ = hall.open_round()
    hall.enter(tablet, hall.council.members[0])
    inspect(tablet)
    vote(hall, tablet, round_)
    assert hall.ballots(round_) == 1
    assert tablet.evaluate(KEPT) > 0
    tablet.get_by_role("button", name="Fertig").click()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Hier können Sie abstimmen")
    assert tablet.evaluate(KEPT) == 0
    assert tablet.goto(f"{hall.url}/booth/").status == 401
    hall.enter(tablet, hall.council.members[1])
    vote(hall, tablet, round_)
    assert hall.ballots(round_) == 2


def vote(hall, page: Page, round_) -> None:
    hall.go_to_booth(page, round_)
    page.get_by_text("Ja", exact=True).click()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Jetzt geheim abstimmen").click()
    page.wait_for_url("**/beleg/*")


def test_the_tablet_empties_itself_after_a_minute(hall, open_phone: OpenPhone) -> None:
    tablet = open_phone()
    hall.sign_in(tablet, hall.council.moderators[0])
    tablet.goto(f"{hall.url}/tablet/")
    tablet.get_by_role("button", name="Als Tablet bereitstellen").click()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Hier können Sie abstimmen")
    round_ = hall.open_round()
    tablet.clock.install()
    hall.enter(tablet, hall.council.members[0])
    tablet.clock.run_for(45_000)
    stay = tablet.get_by_role("button", name="Weiter")
    expect(stay).to_be_visible()
    expect(tablet.get_by_role("alert")).to_contain_text("Ist noch jemand da?")
    stay.click()
    expect(stay).to_be_hidden()
    hall.go_to_booth(tablet, round_)
    expect(tablet.get_by_text("Ja", exact=True)).to_be_visible()
    tablet.clock.run_for(45_000)
    expect(stay.last).to_be_visible()
    tablet.clock.run_for(20_000)
    tablet.wait_for_url("**/tablet/")
    assert tablet.evaluate(KEPT) == 0
    assert tablet.goto(f"{hall.url}/booth/").status == 401


def test_an_ended_tablet_is_a_browser_like_others(hall, open_phone: OpenPhone) -> None:
    tablet, desk = open_phone(), open_phone(viewport=DESKTOP)
    for page in (tablet, desk):
        hall.sign_in(page, hall.council.moderators[0])
        page.goto(f"{hall.url}/tablet/")
    tablet.get_by_role("button", name="Als Tablet bereitstellen").click()
    desk.reload()
    desk.get_by_role("button", name="Beenden").click()
    expect(desk.get_by_text("Gerade ist kein Gerät ein Tablet.")).to_be_visible()
    inspect(desk)
    tablet.reload()
    expect(tablet.get_by_text("Dieses Gerät ist kein Tablet.")).to_be_visible()


@pytest.mark.drill
def test_hands_are_counted_by_two(hall, screens: list[Page]) -> None:
    round_, question = hold_without_box(hall, "open")
    for page, numbers in zip(screens, ((7, 2), (7, 2)), strict=True):
        page.goto(f"{hall.url}/paper/questions/{question}/count")
        expect(page.get_by_text("Offen abgestimmt").first).to_be_visible()
        inspect(page)
        for label, number in zip(("Ja", "Nein"), numbers, strict=True):
            page.get_by_label(label, exact=True).fill(str(number))
        page.get_by_label("Enthaltung").fill("0")
        page.get_by_label("Anwesend mit Sitz").fill("9")
        page.get_by_role("button", name="Zahlen eintragen").click()
    expect(screens[1].get_by_text("Zwei Personen haben gleich gezählt")).to_be_visible()
    inspect(screens[1])
    close(hall, screens[0], round_)


@pytest.mark.drill
def test_names_are_called_and_read_over(hall, screens: list[Page]) -> None:
    round_, question = hold_without_box(hall, "roll_call")
    first, second = screens
    address = f"{hall.url}/paper/questions/{question}/answers"
    first.goto(address)
    inspect(first)
    for member in hall.council.members[:8]:
        first.get_by_role("group", name=member.name).get_by_label("Ja").check()
    first.get_by_role("button", name="Antworten speichern").click()
    expect(first.get_by_text("Es fehlt noch 1 Antwort.")).to_be_visible()
    gone = first.get_by_role("group", name=hall.council.members[8].name)
    gone.get_by_label("Nicht da oder ohne Antwort").check()
    first.get_by_role("button", name="Antworten speichern").click()
    expect(first.get_by_text("Jetzt bestätigt eine zweite Person")).to_be_visible()
    second.goto(address)
    expect(second.get_by_role("heading", name="Haben Sie dasselbe gehört?")).to_be_visible()
    inspect(second)
    second.get_by_role("button", name="Ja, dasselbe gehört").click()
    expect(second.get_by_text("Die Abstimmung kann geschlossen werden.")).to_be_visible()
    close(hall, first, round_)


def hold_without_box(hall, way: str) -> tuple[str, str]:
    """Open a round that people count; its number and that of its question."""
    builder.set_rules(hall.held, hall.council, ballot__secrecy="open")
    round_ = builder.prepare_round(hall.held, hall.council)
    round_.secrecy = way
    builder.open_round(hall.held, round_)
    question = questions_of(hall.held, round_)[0].id
    hall.held.commit()
    return round_.id, question


def close(hall, desk: Page, round_: str) -> None:
    desk.goto(f"{hall.url}/desk/rounds/{round_}")
    expect(desk.get_by_text("Offen abgestimmt").first).to_be_visible()
    inspect(desk)
    desk.get_by_role("button", name="Abstimmung schließen").click()
    expect(desk.get_by_role("button", name="Abstimmung schließen")).to_be_hidden()


@pytest.mark.drill
def test_the_sheets_to_print_and_the_ways_to_choose(hall, screens: list[Page]) -> None:
    round_ = builder.prepare_round(hall.held, hall.council)
    papers.mark(hall.held, round_, {hall.council.members[0].id: "paper"})
    hall.held.commit()
    desk = screens[0]
    desk.goto(f"{hall.url}/paper/{round_.id}/sheets")
    expect(desk.get_by_text("Papiernummer 1")).to_be_visible()
    inspect(desk)
    desk.goto(f"{hall.url}/paper/{round_.id}/way")
    inspect(desk)
    desk.get_by_label("Geheim, nur auf Papier").check()
    desk.get_by_role("button", name="Speichern").click()
    expect(desk.get_by_text("Auf Papier, nachgetragen")).to_be_visible()
    inspect(desk)
