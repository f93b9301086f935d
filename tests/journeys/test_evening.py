"""A whole evening: two desks, a screen in the hall, a tablet, and twelve members with phones."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlmodel import Session, select

from app import create_app
from app.config import Settings
from app.models import AgendaItem, Attendance
from tests.app import builder
from tests.journeys.evening import SOON_MS, WIPE, Evening
from tests.service.browser import OpenPhone
from tests.service.site import running

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.drill]
TITLES = ("Hochbeete im Hof", "Fest am Anger", "Neue Bänke", "Kiezkino")
MORE = ("Ola Berg", "Sina Wolf", "Timo Falk")


@pytest.fixture
def evening(database_url: str, tmp_path: Path, open_phone: OpenPhone) -> Iterator[Evening]:
    """Twelve members, four votes on the agenda, nobody there yet; two people count."""
    folder = tmp_path / "instance"
    settings = Settings.from_environment({"DATABASE_URL": database_url, "INSTANCE": str(folder)})
    with ExitStack() as sites:
        site = sites.enter_context(running(database_url, folder))
        app = create_app(settings)
        engine = app.extensions["engine"]
        with app.app_context(), Session(engine, expire_on_commit=False) as held:
            council = builder.build_council(held)
            builder.add_members(held, council, MORE)
            builder.set_rules(
                held, council, trust__meeting="evening", no_quorum__effect="poll_only"
            )
            council.meeting.starts_at = datetime.now(UTC) - timedelta(minutes=5)
            for row in held.exec(select(Attendance)).all():
                held.delete(row)
            for position, title in enumerate(TITLES, start=1):
                proposal = builder.build_proposal(held, council, title)
                item = AgendaItem(
                    area_id=council.area.id, meeting_id=council.meeting.id, position=position,
                    kind="vote", title=title, proposal_id=proposal.id,
                )  # fmt: skip
                held.add(item)
            held.commit()
            made = Evening(site, held, council, open_phone)
            made.restart = partial(made.crash, sites, database_url, folder)
            yield made
        engine.dispose()


def test_an_evening_from_the_first_arrival_to_the_minutes(evening: Evening) -> None:
    first, second = evening.desk(0), evening.desk(1)
    screen = evening.hall_screen(first)
    first.goto(evening.meeting)
    first.get_by_role("button", name="Sitzung beginnen").click()
    for member in evening.members[:11]:
        evening.phones[member.id] = evening.enter(member)
        arrive(evening, evening.phones[member.id])
    make_keys(evening)
    lost_by_one(evening, first, screen)
    a_tie_and_a_crash(evening, first)
    three_on_paper(evening, first, second)
    without_a_quorum(evening, first, screen)
    minutes(evening, first)


def arrive(evening: Evening, phone: Page) -> None:
    """Check in by the address in the code on the hall screen."""
    phone.goto(evening.arriving_address)
    phone.get_by_role("button", name="Ich bin da").click()


def make_keys(evening: Evening) -> None:
    for member in evening.members[:2]:
        page = evening.phones[member.id]
        page.goto(f"{evening.url}/booth/")
        page.get_by_role("link", name="Heute mitzählen").click()
        page.get_by_role("button", name="Abendschlüssel anlegen").click()
        expect(page.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()


def lost_by_one(evening: Evening, desk: Page, screen: Page) -> None:
    """Somebody comes late, somebody lost the storage; twelve vote and one yes is missing."""
    address = evening.announce(desk, TITLES[0])
    expect(desk.get_by_text("Nötig sind 8 Ja-Stimmen.").first).to_be_visible()
    late = evening.members[11]
    evening.phones[late.id] = evening.enter(late)
    arrive(evening, evening.phones[late.id])
    expect(screen.get_by_text("12", exact=True).first).to_be_visible(timeout=SOON_MS)
    forgetful = evening.members[5]
    evening.phones[forgetful.id].evaluate(WIPE)
    evening.enter(forgetful, evening.phones[forgetful.id])
    evening.open(desk, address)
    for at, member in enumerate(evening.members):
        evening.vote(member, address, "Ja" if at < 7 else "Nein")
    last = time.monotonic()
    evening.close(desk, address)
    evening.count(*evening.members[:2])
    desk.goto(address)
    desk.get_by_role("button", name="Im Saal zeigen").click()
    expect(screen.get_by_text("Abgelehnt").first).to_be_visible(timeout=SOON_MS)
    assert time.monotonic() - last < 30
    outcome = evening.outcome(address)
    assert (outcome["yes"], outcome["missing"]) == (7, 1)


def a_tie_and_a_crash(evening: Evening, desk: Page) -> None:
    """One is recused, eleven vote; after five ballots the server is killed and started again."""
    address = evening.announce(desk, TITLES[1])
    desk.get_by_role("link", name="Befangenheit eintragen").first.click()
    desk.get_by_label(evening.members[3].name).check()
    desk.get_by_label("Grund").fill("Wohnt dort")
    desk.get_by_role("button", name="Befangenheit eintragen").click()
    evening.open(desk, address)
    voters = [each for each in evening.members if each.id != evening.members[3].id]
    for member in voters[:5]:
        evening.vote(member, address, "Ja")
    evening.restart()
    assert evening.ballots(address) == 5
    for at, member in enumerate(voters[5:]):
        evening.vote(member, address, "Nein" if at < 5 else "Enthaltung")
    evening.close(desk, address)
    evening.count(*evening.members[:2])
    outcome = evening.outcome(address)
    assert (outcome["yes"], outcome["no"]) == (5, 5)
    assert outcome["code"] == "rejected"


def three_on_paper(evening: Evening, desk: Page, second: Page) -> None:
    """Three papers and nine phones in one box and one count."""
    address = evening.announce(desk, TITLES[2])
    on_paper = evening.members[9:]
    desk.get_by_role("link", name="auf Papier oder am Telefon").click()
    group = desk.get_by_role("group", name="Wer stimmt auf Papier ab?")
    for member in on_paper:
        group.get_by_label(member.name).check()
    desk.get_by_role("button", name="Speichern").click()
    expect(desk.get_by_text("könnten erkennen, wie Sie stimmen")).to_be_visible()
    desk.get_by_role("link", name="Papiernummern anlegen").click()
    desk.get_by_role("button", name="Papiernummern anlegen").click()
    code = desk.locator("[data-slot=code]")
    expect(code).to_be_visible()
    entering = f"{evening.url}/paper/{address.rsplit('/', 1)[-1]}/enter"
    second.goto(entering)
    second.get_by_label("Code").fill(code.inner_text())
    second.get_by_role("button", name="Weiter").click()
    expect(second.get_by_text("Beide Bildschirme sind bereit")).to_be_visible()
    evening.open(desk, address)
    for member in evening.members[:9]:
        evening.vote(member, address, "Ja")
    for number in (1, 2, 3):
        for page in (desk, second):
            page.goto(entering)
            page.get_by_label("Papiernummer").select_option(str(number))
            page.get_by_text("Ja" if number < 3 else "Nein", exact=True).click()
            page.get_by_role("button", name="Eintragen").click()
            expect(page.get_by_role("status")).to_be_visible()
    assert evening.ballots(address) == 12
    evening.close(desk, address)
    evening.count(*evening.members[:2])
    outcome = evening.outcome(address)
    assert (outcome["yes"], outcome["no"]) == (11, 1)
    assert outcome["code"] == "adopted"


def without_a_quorum(evening: Evening, desk: Page, screen: Page) -> None:
    """Five leave: seven of twelve are no quorum, so they are asked for an opinion only."""
    address = evening.announce(desk, TITLES[3])
    desk.goto(evening.meeting)
    for member in evening.members[7:]:
        desk.locator(f"#note-{member.id}[name=left]").click()
        desk.wait_for_load_state()
    expect(desk.get_by_text("7 von 12 da. Nötig: 8. Nicht beschlussfähig.")).to_be_visible()
    arrive(evening, evening.phones[evening.members[7].id])
    expect(desk.get_by_text("8 von 12 da. Nötig: 8. Beschlussfähig.")).to_be_visible(
        timeout=SOON_MS
    )
    desk.locator(f"#note-{evening.members[7].id}[name=left]").click()
    desk.goto(address)
    desk.get_by_role("button", name="Meinungsbild").first.click()
    poll = desk.url
    desk.get_by_role("link", name="Prüfen und öffnen").click()
    desk.get_by_role("button", name="Meinungsbild öffnen").click()
    for member in evening.members[:7]:
        evening.vote(member, poll, "Ja")
    evening.close(desk, poll)
    evening.count(*evening.members[:2])
    outcome = evening.outcome(poll)
    assert outcome["code"] == "poll_only"


def minutes(evening: Evening, desk: Page) -> None:
    """The meeting is closed; its minutes are there as a tagged PDF."""
    desk.goto(evening.meeting)
    desk.get_by_role("link", name="Sitzung schließen").click()
    desk.get_by_role("button", name="Sitzung schließen").click()
    over = evening.phones[evening.members[0].id]
    over.goto(f"{evening.url}/commission/meetings/{evening.council.meeting.id}")
    expect(over.get_by_role("heading", name="Die Sitzung ist vorbei.")).to_be_visible()
    answer = desk.request.get(f"{evening.url}/minutes/{evening.council.meeting.id}.pdf")
    assert answer.status == 200
    pdf = PdfReader(BytesIO(answer.body()))
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    text = " ".join(page.extract_text() for page in pdf.pages)
    for title in TITLES:
        assert title in text
