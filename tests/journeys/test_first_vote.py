"""From printed cards to a published decision: six phones, two moderators, one recount."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlmodel import Session, select

from app import create_app
from app.account.entering import make_link
from app.models import Attendance, Ballot, CredentialPointer, Question
from tests.app import builder
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP
from tests.service.database import POSTGRESQL_IN_DRILLS, SQLITE

ROOT = Path(__file__).parents[2]
PHONES = 6
CAST = "**/booth/*/ballots"
WIPE = "() => new Promise(done => { indexedDB.deleteDatabase('kiezvotum').onsuccess = done; })"
TITLES = ("Hochbeete im Hof", "Fest am Anger")


class Hall:
    """The site, its council, and the six members who are there."""

    def __init__(self, site, held, council, open_phone):
        self.site, self.held, self.council, self.open_phone = site, held, council, open_phone
        self.members = council.members[:PHONES]

    def sign_in(self, officer) -> Page:
        token = make_link(self.held, officer, datetime.now(UTC))
        self.held.commit()
        page = self.open_phone(viewport=DESKTOP)
        page.goto(f"{self.site.url}/anmelden/{token}")
        inspect(page)
        page.get_by_role("button", name="Anmelden", exact=True).click()
        page.wait_for_url("**/desk/")
        return page

    def question(self, position: int) -> Question:
        self.held.rollback()
        return self.held.exec(select(Question).where(Question.position == position)).one()

    def ballots(self, position: int) -> int:
        question = self.question(position)
        found = self.held.exec(select(Ballot).where(Ballot.question_id == question.id)).all()
        self.held.rollback()
        return len(found)


@pytest.fixture
def hall(start_site, database_url, settings, open_phone):
    site = start_site(database_url)
    app = create_app(settings)
    engine = app.extensions["engine"]
    with app.app_context(), Session(engine, expire_on_commit=False) as held:
        council = builder.build_council(held, with_keys=False)
        for row in held.exec(select(Attendance)).all():
            held.delete(row)
        for title in TITLES:
            builder.build_proposal(held, council, title)
        held.commit()
        yield Hall(site, held, council, open_phone)
    engine.dispose()


@pytest.fixture(autouse=True)
def inspected_once(request, monkeypatch):
    """The pages are the same on both databases: axe-core looks at them on SQLite."""
    if "postgresql" in request.node.name:
        monkeypatch.setitem(globals(), "inspect", lambda page: page.wait_for_load_state())


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("database_url", [SQLITE, POSTGRESQL_IN_DRILLS], indirect=True)
def test_from_card_to_decision(hall, tmp_path):
    first, second = (hall.sign_in(officer) for officer in hall.council.moderators)
    cards = print_cards(first)
    round_url = prepare_round(hall, first)
    phones = [hall.open_phone() for _ in hall.members]
    for phone, member in zip(phones, hall.members, strict=True):
        take_card(phone, cards[member.name])
    open_the_round(first, round_url)
    vote_in_every_way(hall, phones, cards, first)
    wait_for_the_count(first, phones[0])
    decide(hall, first, second, round_url)
    read_and_recount(hall, tmp_path)


def print_cards(desk: Page) -> dict[str, str]:
    """Print a card for everybody; return the address each code holds, by name."""
    desk.goto(desk.url.replace("/desk/", "/roster/bodies/1/cards"))
    inspect(desk)
    desk.get_by_role("button", name="Karten drucken").click()
    expect(desk.get_by_role("heading", name="Die Karten sind fertig")).to_be_visible()
    assert desk.locator("[data-sheet] svg[role=img]").count() == 9
    address = desk.locator("template[data-card-template=de]").get_attribute("data-address")
    found = {}
    for member in builder.RESIDENTS + builder.PARTNERS:
        card = desk.locator("[data-sheet] article, [data-sheet] .card").filter(has_text=member)
        words = card.locator('[data-slot="words"]').inner_text()
        found[member] = f"{address}#{'-'.join(words.split())}"
    inspect(desk)
    return found


def prepare_round(hall: Hall, desk: Page) -> str:
    """Tick who is there, draft both questions, set a recusal, announce."""
    desk.goto(f"{hall.site.url}/desk/meetings/{hall.council.meeting.id}")
    for member in hall.members:
        desk.locator(f'button[name="present"][value="{member.id}"]').click()
        expect(desk.locator(f'button[name="left"][value="{member.id}"]')).to_be_visible()
    expect(desk.get_by_text("6 von 9 da. Nötig: 6. Beschlussfähig.")).to_be_visible()
    inspect(desk)
    desk.get_by_role("link", name="Abstimmung vorbereiten").click()
    for title in TITLES:
        desk.get_by_label(title).check()
    desk.get_by_role("button", name="Abstimmung vorbereiten").click()
    desk.wait_for_url("**/desk/rounds/*")
    recusal = desk.locator("section").filter(has=desk.get_by_role("heading", name=TITLES[0]))
    recusal.get_by_role("link", name="Befangenheit eintragen").click()
    desk.get_by_role("radio", name=hall.members[0].name).check()
    desk.get_by_label("Grund").fill("Sie wohnt in dem Haus.")
    desk.get_by_role("button", name="Befangenheit eintragen").click()
    expect(desk.get_by_text("vom QM-Team eingetragen: Sie wohnt in dem Haus.")).to_be_visible()
    inspect(desk)
    desk.get_by_role("button", name="Angesagt").click()
    expect(desk.get_by_text("6 Mitglieder auf der Liste haben noch keinen")).to_be_visible()
    inspect(desk)
    return desk.url


def take_card(phone: Page, address: str, line: str = "Dieses Handy hat jetzt") -> None:
    """Open the address of the card's code and say yes; the address forgets the secret."""
    phone.goto(address)
    expect(phone.get_by_role("heading", name="Sind Sie das?")).to_be_visible()
    assert "#" not in phone.url
    phone.get_by_role("button", name="Ja, das bin ich").click()
    phone.wait_for_url("**/booth/")
    expect(phone.get_by_text(f"{line}")).to_be_visible()


def press(button: Locator) -> None:
    """Tap what leads to another page and wait for it: leaving earlier would take it back."""
    with button.page.expect_navigation():
        button.click()


def open_the_round(desk: Page, round_url: str) -> None:
    desk.goto(round_url)
    desk.reload()  # the address may differ from the one shown by its fragment alone
    expect(desk.get_by_text("noch keinen Schlüssel")).to_have_count(0)
    expect(desk.get_by_text("Nötig sind 4 Ja-Stimmen.").first).to_be_visible()
    desk.get_by_role("link", name="Prüfen und öffnen").click()
    inspect(desk)
    desk.get_by_role("button", name="Abstimmung öffnen").click()
    expect(desk.get_by_text("0 von 6 haben abgestimmt")).to_be_visible()
    inspect(desk)


def vote_in_every_way(hall: Hall, phones: list[Page], cards: dict[str, str], desk: Page) -> None:
    recused, twice, abstains, wiped, cut_off, plain = phones
    vote(recused, ["Ja"], see=inspect)
    vote(twice, ["Nein", "Nein"])
    vote(twice, ["Ja", "Ja"], again=True)
    vote(abstains, ["Enthaltung", "Ja"])
    wipe(hall, wiped, cards[hall.members[3].name])
    vote(wiped, ["Ja", "Nein"])
    vote_through_a_cut(hall, cut_off)
    expect(desk.get_by_text("5 von 6 haben abgestimmt")).to_be_visible()
    fill_in(plain, ["Ja", "Ja"])  # a busy machine may need the 20 seconds for the answers alone
    last_call(desk)
    hand_in(plain)
    check_the_receipt(plain)


def vote(phone: Page, answers: list[str], *, again: bool = False, see=None) -> None:
    """Fill in the ballot, check it, cast it, and have the machine check the receipt."""
    fill_in(phone, answers, again=again, see=see)
    hand_in(phone)
    check_the_receipt(phone)
    if see:
        see(phone)


def hand_in(phone: Page) -> None:
    phone.get_by_role("button", name="Jetzt geheim abstimmen").click()
    phone.wait_for_url("**/beleg/*")
    expect(phone.get_by_role("heading", name="Ihre Stimme ist angekommen.")).to_be_visible()


def check_the_receipt(phone: Page) -> None:
    phone.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(phone.get_by_text("Ja. Ihre Stimme ist in der Urne.")).to_be_visible()


def fill_in(phone: Page, answers: list[str], *, again: bool = False, see=None) -> None:
    see = see or (lambda page: None)
    if again:
        phone.get_by_role("link", name="Noch einmal abstimmen").click()
    else:
        phone.goto(re.sub(r"(//[^/]+).*", r"\1/booth/", phone.url))
        see(phone)
        phone.get_by_role("link", name="Lesen und abstimmen").click()
    phone.wait_for_url("**/questions")
    expect(phone.get_by_text("Der Betreiber könnte einzelne Stimmen öffnen.")).to_be_visible()
    see(phone)
    way = "Noch einmal abstimmen" if again else "Zum Stimmzettel"
    phone.get_by_role("link", name=way).click()
    for answer in answers:
        phone.get_by_role("radio", name=answer).check()
        see(phone)
        phone.get_by_role("button", name="Weiter").click()
    expect(phone.get_by_text("Ihre Stimme ist noch nicht abgegeben.")).to_be_visible()
    see(phone)


def wipe(hall: Hall, phone: Page, card: str) -> None:
    """Empty the phone's storage; it asks for the card and has its key back."""
    phone.evaluate(WIPE)
    phone.goto(f"{hall.site.url}/booth/")
    phone.get_by_role("link", name="Lesen und abstimmen").click()
    phone.get_by_role("link", name="Zum Stimmzettel").click()
    expect(phone.get_by_text("Bitte Karte noch einmal scannen").first).to_be_visible()
    phone.context.clear_cookies()
    take_card(phone, card, "Ihr Wahlschlüssel ist wieder da.")


def vote_through_a_cut(hall: Hall, phone: Page) -> None:
    """The server gets the ballot and its answer is lost: the same bytes bring the same receipt."""
    sent: list[str] = []
    told: list[str] = []

    def lose_first_answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        answer = route.fetch()
        told.append(answer.text())
        if len(sent) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    phone.route(CAST, lose_first_answer)
    fill_in(phone, ["Nein", "Ja"])
    before = [hall.ballots(position) for position in (1, 2)]
    hand_in(phone)
    assert len(sent) >= 2
    assert len(set(sent)) == 1
    assert len(set(told)) == 1
    assert [hall.ballots(position) for position in (1, 2)] == [n + 1 for n in before]


def last_call(desk: Page) -> None:
    desk.get_by_role("button", name="Letzter Aufruf: 20 Sekunden").click()
    expect(desk.get_by_text("Danach schließt die Abstimmung von selbst.")).to_be_visible()
    inspect(desk)


def wait_for_the_count(desk: Page, phone: Page) -> None:
    """The round closes and is counted without a tap; a vote comes too late."""
    outcome = desk.get_by_role("button", name="Ergebnis bestätigen").first
    expect(outcome).to_be_visible(timeout=45_000)
    phone.goto(re.sub(r"(//[^/]+).*", r"\1/booth/", phone.url))
    expect(phone.get_by_role("link", name="Lesen und abstimmen")).to_have_count(0)
    inspect(phone)


def decide(hall: Hall, first: Page, second: Page, round_url: str) -> None:
    """The second moderator confirms both results; then both are published at once."""
    first.goto(round_url)
    inspect(first)
    press(first.get_by_role("link", name="Alle 2 Ergebnisse bestätigen"))
    inspect(first)
    press(first.get_by_role("button", name="Zweite Person fragen"))
    second.goto(f"{hall.site.url}/desk/")
    inspect(second)
    press(second.get_by_role("link", name="Alle Ergebnisse ansehen"))
    press(second.get_by_role("button", name="Alle 2 Ergebnisse bestätigen"))
    first.goto(round_url)
    press(first.get_by_role("link", name="Alle 2 zusammenfassen und veröffentlichen"))
    fields = first.locator("main textarea")
    for index in range(fields.count()):
        fields.nth(index).fill("Im Hof entstehen Hochbeete.")
    inspect(first)
    press(first.get_by_role("button", name="Veröffentlichen"))
    first.goto(round_url)
    inspect(first)


def read_and_recount(hall: Hall, folder: Path) -> None:
    """A resident without an account, and without JavaScript, reads and recounts."""
    resident = hall.open_phone(java_script_enabled=False)
    resident.goto(f"{hall.site.url}/gebiet/anger/entscheidungen")
    expected = {TITLES[0]: ("abgelehnt", (3, 1, 1)), TITLES[1]: ("angenommen", (5, 1, 0))}
    for position, (title, (word, votes)) in enumerate(expected.items(), start=1):
        resident.get_by_role("link", name=title).click()
        expect(resident.get_by_role("heading", level=1)).to_contain_text(word)
        shown = resident.locator(".tally-figures dd").all_inner_texts()
        assert tuple(int(each) for each in shown) == votes
        require_recount(hall, resident, folder, position, votes)
        resident.goto(f"{hall.site.url}/gebiet/anger/entscheidungen")
    assert resident.context.cookies() == []
    for path in ("/", "/gebiet/anger", "/gebiet/anger/entscheidungen"):
        reader = hall.open_phone()
        reader.goto(hall.site.url + path)
        inspect(reader)
    pointers = hall.held.exec(select(CredentialPointer)).all()
    assert len(pointers) == 11


def require_recount(
    hall: Hall, resident: Page, folder: Path, position: int, votes: tuple[int, ...]
) -> None:
    """Download archive and proof from the page and verify them with our command."""
    reader = hall.open_phone()
    reader.goto(resident.url)
    inspect(reader)
    reader.goto(
        f"{hall.site.url}{resident.locator('a[href*=pruefen]').first.get_attribute('href')}"
    )
    inspect(reader)
    question = hall.question(position)
    base = f"{hall.site.url}/abstimmung/{question.round_id}/{question.id}"
    archive, strong = folder / f"{question.id}.bel", folder / f"{question.id}.strong.json"
    archive.write_bytes(reader.request.get(f"{base}.bel").body())
    strong.write_bytes(reader.request.get(f"{base}.strong.json").body())
    command = [sys.executable, "-m", "voting", "verify", str(archive), "--strong", str(strong)]
    done = subprocess.run(
        [*command, "--json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    verdict = json.loads(done.stdout)
    assert (verdict["stage"], verdict["result"]) == ("done", [list(votes)])
