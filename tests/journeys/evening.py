"""What people do at the evening of a council, each act on a screen of their own."""

import os
import re
import signal
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from app import card_secret, hall_key
from app.demo.phone import Phone
from app.models import Ballot, Meeting, Member, Question
from tests.app import builder
from tests.app.builder import Council
from tests.browser.conftest import GO_ON
from tests.browser.storage import WIPE
from tests.service.browser import DESKTOP, OpenPhone
from tests.service.process import descendants
from tests.service.site import Site, running

TABLET = {"width": 820, "height": 1180}
BEAMER = {"width": 1024, "height": 768}
SOON_MS = 30_000
TITLES = (
    *("Hochbeete im Hof", "Fest am Anger", "Neue Bänke", "Kiezkino"),
    *("Fahrrad-Werkstatt", "Lesefest"),
)


@dataclass
class Evening:
    """A council at its meeting, and the screens of everybody there."""

    site: Site
    held: Session
    council: Council
    open_phone: OpenPhone
    phones: dict[int, Page] = field(default_factory=dict)
    restart: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return self.site.url

    @property
    def members(self) -> list[Member]:
        return self.council.members

    @property
    def meeting(self) -> str:
        return f"{self.url}/desk/meetings/{self.council.meeting.id}"

    @property
    def arriving_address(self) -> str:
        """What the code on the hall screen says."""
        number = self.council.meeting.id
        stored = self.held.exec(select(Meeting.hall_key).where(Meeting.id == number)).one()
        self.held.commit()
        return f"{self.url}/sitzung/{number}/da?key={hall_key.for_arriving(stored)}"

    def desk(self, at: int) -> Page:
        """The laptop of one of the two moderators, signed in; nothing is printed on paper."""
        page = self.open_phone(viewport=DESKTOP)
        page.add_init_script("window.print = () => {};")
        self.sign_in(page, at)
        return page

    def begin(self, desk: Page, members: Sequence[Member]) -> None:
        """Begin the meeting: these members scan their cards and check in, two of them count."""
        desk.goto(self.meeting)
        desk.get_by_role("button", name="Sitzung beginnen").click()
        for member in members:
            self.phones[member.id] = self.enter(member)
            self.arrive(member)
        for member in members[:2]:
            self.make_key(member)

    def arrive(self, member: Member) -> None:
        """Check in by the address in the code on the hall screen."""
        phone = self.phones[member.id]
        phone.goto(self.arriving_address)
        phone.get_by_role("button", name="Ich bin da").click()

    def make_key(self, member: Member) -> None:
        """Make the evening key on the member's phone."""
        page = self.phones[member.id]
        page.goto(f"{self.url}/booth/")
        page.get_by_role("link", name="Heute mitzählen").click()
        page.get_by_role("button", name="Abendschlüssel anlegen").click()
        expect(page.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()

    def tablet(self) -> Page:
        """The tablet in the hall, made ready by a moderator."""
        page = self.open_phone(viewport=TABLET)
        self.sign_in(page, 0)
        page.goto(f"{self.url}/tablet/")
        page.get_by_role("button", name="Als Tablet bereitstellen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Hier können Sie abstimmen")
        return page

    def reprint(self, desk: Page, second: Page, member: Member) -> None:
        """Print a new card for somebody whom two people see; the old one is dead at once."""
        desk.goto(f"{self.url}/roster/bodies/{self.council.body.id}/cards/lost")
        desk.get_by_label("Wessen Karte?").fill(member.name)
        desk.keyboard.press("Enter")
        desk.locator(".tiles a").click()
        desk.get_by_role("button", name="Neu drucken: zweite Person fragen").click()
        second.goto(f"{self.url}/account/second-person")
        second.get_by_role("button", name="Ich sehe die Person: bestätigen").click()
        expect(desk.get_by_role("heading", name="Die Karte ist fertig")).to_be_visible(
            timeout=SOON_MS
        )
        secret = card_secret.parse(desk.locator("[data-slot=words]").inner_text())
        self.council.phones[member.id] = Phone(self.council.term.id, secret, "")

    def sign_in(self, page: Page, at: int) -> None:
        value = builder.sign_in(self.held, self.council.moderators[at])
        page.context.add_cookies([{"name": "kiezvotum", "value": value, "url": self.url}])

    def enter(self, member: Member, page: Page | None = None) -> Page:
        """Scan the card on a phone and say yes."""
        page = page or self.open_phone()
        page.goto(f"{self.url}/karte#{self.council.phones[member.id].card_text}")
        page.locator("[data-yes]").click()
        page.wait_for_function(GO_ON, arg="/booth/", timeout=SOON_MS)
        return page

    def hall_screen(self, desk: Page) -> Page:
        """The screen in the hall, by the link that the desk shows."""
        desk.goto(self.meeting)
        desk.get_by_role("link", name="Bild für den Saal").click()
        desk.get_by_role("button", name="Link machen").click()
        desk.get_by_label("English").check()
        with desk.context.expect_page() as opened:
            desk.get_by_role("button", name="In neuem Fenster öffnen").click()
        page = self.open_phone(viewport=BEAMER)
        page.goto(opened.value.url)
        opened.value.close()
        return page

    def announce(self, desk: Page, title: str) -> str:
        """From the agenda item to an announced round; its address."""
        desk.goto(self.meeting)
        desk.get_by_role("link", name=title).first.click()
        desk.get_by_role("button", name="Darüber abstimmen").click()
        desk.get_by_role("button", name="Angesagt").click()
        expect(desk.get_by_role("link", name="Prüfen und öffnen")).to_be_visible()
        return desk.url

    def open(self, desk: Page, address: str) -> None:
        self.stay_at(desk, address)
        desk.get_by_role("link", name="Prüfen und öffnen").click()
        desk.get_by_role("button", name="Abstimmung öffnen").click()
        expect(desk.locator("#turnout")).to_be_visible(timeout=SOON_MS)

    def stay_at(self, desk: Page, address: str) -> None:
        """Fetch the round's page only where it is not shown: it renews itself."""
        if _id(desk.url) != _id(address):
            desk.goto(address)

    def vote(self, member: Member, address: str, answer: str, page: Page | None = None) -> None:
        """From the round's page to the receipt, on the member's own phone or on another."""
        page = page or self.phones[member.id]
        page.goto(f"{self.url}/booth/{_id(address)}/questions")
        page.locator('a[href*="#"][href*="/booth/"].kern-btn').click()
        page.get_by_text(answer, exact=True).click()
        page.get_by_role("button", name="Weiter").click()
        page.get_by_role("button", name=re.compile("Jetzt geheim")).click()
        page.wait_for_url("**/beleg/*", timeout=SOON_MS)

    def close(self, desk: Page, address: str) -> None:
        """Close in the normal way, once everybody has cast."""
        self.stay_at(desk, address)
        desk.get_by_role("button", name="Abstimmung schließen").click()

    def call_and_close(self, desk: Page, address: str) -> None:
        """Somebody cannot cast: call for the last time, and close when that has run out."""
        self.call(desk, address)
        self.wait_for_close(desk)

    def call(self, desk: Page, address: str) -> None:
        self.stay_at(desk, address)
        desk.get_by_role("button", name="Letzter Aufruf: 20 Sekunden").click()

    def wait_for_close(self, desk: Page) -> None:
        closed = desk.get_by_role("heading", name="Die Stimmen werden ausgezählt")
        expect(closed).to_be_visible(timeout=2 * SOON_MS)

    def count(self, *holders: Member) -> None:
        """One tap each on the phones that hold the evening keys: each page leads there."""
        for member in holders:
            page = self.phones[member.id]
            if "/commission/" not in page.url:
                page.get_by_role("link", name="Zum Auszählen").click(timeout=SOON_MS)
            page.get_by_role("button", name="Auszählen").click(timeout=SOON_MS)
        for member in holders:
            thanks = self.phones[member.id].get_by_role("heading", name="Alle Schlüssel sind da")
            expect(thanks).to_be_visible(timeout=SOON_MS)

    def wait_to_count(self, *holders: Member) -> None:
        """From the receipt to the page of those who count, before it is needed."""
        for member in holders:
            page = self.phones[member.id]
            page.get_by_role("link", name="Sie zählen heute mit").click()
            expect(page.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()

    def look_into_the_box(self, member: Member) -> None:
        """The receipt is opened anew, and the vote is found in the box."""
        page = self.phones[member.id]
        page.reload()
        page.get_by_role("button", name="Ist meine Stimme dabei?").click()
        expect(page.get_by_text("Ja. Ihre Stimme ist in der Urne.")).to_be_visible(timeout=SOON_MS)

    def lose(self, member: Member) -> None:
        """The phone forgets everything, sign-in and key; the card brings both back."""
        page = self.phones[member.id]
        page.evaluate(WIPE)
        page.context.clear_cookies()
        answer = page.goto(f"{self.url}/booth/")
        assert answer is not None
        assert answer.status == 401
        self.enter(member, page)

    def show(self, desk: Page, screen: Page, address: str, word: str) -> None:
        """The result goes to the screen in the hall."""
        self.stay_at(desk, address)
        desk.get_by_role("button", name="Im Saal zeigen").click()
        expect(screen.get_by_text(word).first).to_be_visible(timeout=SOON_MS)

    def votes_on(self, screen: Page) -> list[str]:
        """Yes, no and abstentions, as the hall reads them."""
        expect(screen.locator(".bars .number")).to_have_count(3, timeout=SOON_MS)
        return [each.strip() for each in screen.locator(".bars .number").all_text_contents()]

    def confirm(self, desk: Page, second: Page, address: str) -> None:
        """One desk asks, the second person looks at the result and confirms it."""
        self.stay_at(desk, address)
        desk.get_by_role("button", name="Ergebnis bestätigen").click()
        second.goto(f"{self.url}/desk/")
        second.get_by_role("button", name="Zustimmen: Ergebnis bestätigen").click()
        expect(second.get_by_text("Bestätigt. Danke")).to_be_visible()

    def outcome(self, address: str) -> dict[str, Any]:
        """What the one question of a round came to."""
        found = self.held.exec(
            select(Question.outcome).where(Question.round_id == _id(address))
        ).one()
        self.held.commit()
        assert found is not None
        return found

    def ballots(self, address: str) -> int:
        """How many ballots stand on the board of a round."""
        stored = select(Ballot).join(Question, col(Question.id) == Ballot.question_id)
        found = len(self.held.exec(stored.where(Question.round_id == _id(address))).all())
        self.held.commit()
        return found

    def crash(self, sites: ExitStack, database_url: str, folder: Path) -> None:
        """The server dies without a word and is started again on the same address."""
        for pid in (*descendants(self.site.process.pid), self.site.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.site.process.wait(20)
        self.site = sites.enter_context(running(database_url, folder, port=self.site.port))


def _id(address: str) -> str:
    return address.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
