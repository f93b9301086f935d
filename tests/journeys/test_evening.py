"""A whole evening: two desks, a screen in the hall, a tablet, and twelve members with phones."""

import time
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app.models import Member
from tests.browser.storage import WIPE, holds_keys
from tests.journeys.evening import SOON_MS, TITLES, Evening

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.drill]


def test_an_evening_from_the_first_arrival_to_the_minutes(evening: Evening) -> None:
    first, second = evening.desk(0), evening.desk(1)
    screen = evening.hall_screen(first)
    evening.begin(first, evening.members[:11])
    lost_by_one(evening, first, second, screen)
    a_tie_and_a_crash(evening, first, second, screen)
    three_on_paper(evening, first, second, screen)
    without_a_quorum(evening, first, screen)
    minutes(evening, first)


def lost_by_one(evening: Evening, desk: Page, second: Page, screen: Page) -> None:
    """One comes late, one lost the storage, one votes at the tablet; one yes is missing."""
    address = evening.announce(desk, TITLES[0])
    expect(desk.get_by_text("Nötig sind 8 Ja-Stimmen.").first).to_be_visible()
    late = evening.members[11]
    evening.phones[late.id] = evening.enter(late)
    evening.arrive(late)
    expect(screen.get_by_text("12", exact=True).first).to_be_visible(timeout=SOON_MS)
    forgetful = evening.members[5]
    evening.phones[forgetful.id].evaluate(WIPE)
    evening.enter(forgetful, evening.phones[forgetful.id])
    evening.open(desk, address)
    for at, member in enumerate(evening.members[:11]):
        evening.vote(member, address, "Ja" if at < 7 else "Nein")
    at_the_tablet(evening, evening.members[11], address)
    last = time.monotonic()
    evening.close(desk, address)
    evening.count(*evening.members[:2])
    evening.show(desk, screen, address, "Abgelehnt")
    assert time.monotonic() - last < 30
    outcome = evening.outcome(address)
    assert (outcome["yes"], outcome["missing"]) == (7, 1)
    assert evening.votes_on(screen) == ["7", "5", "0"]
    evening.confirm(desk, second, address)


def at_the_tablet(evening: Evening, member: Member, address: str) -> None:
    """The card opens the tablet in the hall; nothing of the member stays on it."""
    tablet = evening.tablet()
    evening.enter(member, tablet)
    evening.vote(member, address, "Nein", tablet)
    tablet.get_by_role("button", name="Fertig").click()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Hier können Sie abstimmen")
    answer = tablet.goto(f"{evening.url}/booth/")
    assert answer is not None
    assert answer.status == 401


def a_tie_and_a_crash(evening: Evening, desk: Page, second: Page, screen: Page) -> None:
    """One is recused, one loses the card, one phone forgets all; the server is killed in between.

    What was answered with a receipt before is in the box afterwards.
    """
    address = evening.announce(desk, TITLES[1])
    desk.get_by_role("link", name="Befangenheit eintragen").first.click()
    desk.get_by_label(evening.members[3].name).check()
    desk.get_by_label("Grund").fill("Wohnt dort")
    desk.get_by_role("button", name="Befangenheit eintragen").click()
    evening.open(desk, address)
    without_card = evening.members[8]
    voters = [each for each in evening.members if each not in (evening.members[3], without_card)]
    for member in voters[:5]:
        evening.vote(member, address, "Ja")
    evening.restart()
    assert evening.ballots(address) == 5
    evening.look_into_the_box(voters[0])
    evening.lose(voters[6])
    for member in voters[5:]:
        evening.vote(member, address, "Nein")
    card_in_the_middle(evening, desk, second, address)
    evening.call_and_close(desk, address)
    evening.count(*evening.members[:2])
    outcome = evening.outcome(address)
    assert (outcome["yes"], outcome["no"]) == (5, 5)
    assert outcome["code"] == "rejected"
    evening.show(desk, screen, address, "Abgelehnt")
    assert evening.votes_on(screen) == ["5", "5", "0"]
    evening.confirm(desk, second, address)


def card_in_the_middle(evening: Evening, desk: Page, second: Page, address: str) -> None:
    """Two people print a new card; its key counts from the next vote on."""
    member = evening.members[8]
    evening.reprint(desk, second, member)
    phone = evening.phones[member.id] = evening.enter(member)
    phone.goto(f"{evening.url}/booth/{address.rsplit('/', 1)[-1]}/questions")
    expect(phone.get_by_text("Ihr Schlüssel kam nach dem Öffnen.").first).to_be_visible()
    assert evening.ballots(address) == 10


def three_on_paper(evening: Evening, desk: Page, second: Page, screen: Page) -> None:
    """Three papers and nine phones in one box and one count; the new card votes with them."""
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
    evening.show(desk, screen, address, "Angenommen")
    assert evening.votes_on(screen) == ["11", "1", "0"]
    evening.confirm(desk, second, address)


def without_a_quorum(evening: Evening, desk: Page, screen: Page) -> None:
    """Five leave: seven of twelve are no quorum, so they are asked for an opinion only."""
    address = evening.announce(desk, TITLES[3])
    desk.goto(evening.meeting)
    for member in evening.members[7:]:
        desk.locator(f"#note-{member.id}[name=left]").click()
        desk.wait_for_load_state()
    lost = "7 von 12 da. Nötig: 8. Nicht beschlussfähig."
    expect(desk.get_by_text(lost)).to_be_visible()
    expect(screen.get_by_text(lost)).to_be_visible(timeout=SOON_MS)
    evening.arrive(evening.members[7])
    expect(desk.get_by_text("8 von 12 da. Nötig: 8. Beschlussfähig.")).to_be_visible(
        timeout=SOON_MS
    )
    expect(screen.get_by_text(lost)).to_be_hidden(timeout=SOON_MS)
    desk.locator(f"#note-{evening.members[7].id}[name=left]").click()
    expect(screen.get_by_text(lost)).to_be_visible(timeout=SOON_MS)
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
    evening.show(desk, screen, poll, "Meinungsbild")
    assert evening.votes_on(screen) == ["7", "0", "0"]


def minutes(evening: Evening, desk: Page) -> None:
    """The meeting is closed: keys are gone from every phone, and the PDF has the figures."""
    desk.goto(evening.meeting)
    desk.get_by_role("link", name="Sitzung schließen").click()
    desk.get_by_role("button", name="Sitzung schließen").click()
    over = evening.phones[evening.members[0].id]
    expect(over.get_by_role("heading", name="Die Sitzung ist vorbei.")).to_be_visible()
    for phone in evening.phones.values():
        phone.wait_for_function(holds_keys(0), timeout=SOON_MS)
    answer = desk.request.get(f"{evening.url}/minutes/{evening.council.meeting.id}.pdf")
    assert answer.status == 200
    pdf = PdfReader(BytesIO(answer.body()))
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for title in TITLES:
        assert title in text
    for figures in ("12 7 5 0", "10 5 5 0", "12 11 1 0", "7 7 0 0"):
        assert f"Stimmen Abgegeben Ja Nein Enthaltung {figures}" in text
    assert "Es waren 7. 1 Ja-Stimme fehlte." in text
    assert "Befangen 1 Sitz." in text
    assert "Es war ein Meinungsbild. Es entscheidet nichts." in text
