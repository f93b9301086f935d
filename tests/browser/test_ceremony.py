"""Three phones make the key of a counting commission; one drops out and comes back."""

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app import counting_commission
from app.commission import appointing
from app.models import CountingCommission, Member, Trustee
from tests.app import builder, deciding
from tests.browser.booth import answer, cast
from tests.browser.commission import ANSWERS, end, open_over_days, outcomes
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.browser.scanner import scan
from voting.protocol import canon, pedersen
from voting.protocol import ceremony as protocol

OpenPhone = Callable[..., Page]
PASSPHRASE = "grüne Birne im Keller"
DIGITS = re.compile(r"[0-9a-f]{4}( [0-9a-f]{4}){3}")


@pytest.fixture
def commission(hall: Hall, request: pytest.FixtureRequest) -> CountingCommission:
    """Three members of the council are named; their key will be in the group of the rules."""
    held, council = hall.held, hall.council
    builder.change_rules(held, council, {"ballot.group": getattr(request, "param", "ed25519")})
    people = council.members[:3]
    made = appointing.appoint(held, council.body, council.term, people, council.meeting.starts_at)
    held.commit()
    return made


def open_key(hall: Hall, phone: Page, member: Member) -> Page:
    """From the member's list to the page of the key."""
    hall.sign_in(phone, member)
    phone.goto(f"{hall.url}/booth/")
    phone.get_by_role("link", name="Schlüssel der Zählkommission").click()
    return phone


def make_part(phone: Page, keep: Path) -> Path:
    """Passphrase, safety copy as a file, and the first act."""
    phone.get_by_label("Passphrase für Ihren Teil").fill(PASSPHRASE)
    phone.get_by_label("Noch einmal dieselbe").fill(PASSPHRASE)
    phone.get_by_role("button", name="Meinen Schlüssel-Teil anlegen").click()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Als Datei sichern").click()
    download.value.save_as(keep)
    return keep


def press(phone: Page, name: str) -> None:
    phone.get_by_role("button", name=name).click()


def digits(phone: Page) -> str:
    place = phone.locator("[data-state]:not([hidden]) [data-slot=digits]")
    expect(place).to_have_text(DIGITS)
    return place.inner_text()


def rehearse(phone: Page, copy: Path, passphrase: str = PASSPHRASE) -> None:
    form = phone.locator("form[data-rehearse]")
    expect(form).to_be_visible()
    form.get_by_label("Ihre Datei").set_input_files(copy)
    form.get_by_label("Ihre Passphrase").fill(passphrase)
    press(phone, "Probe-Auszählung machen")


@pytest.mark.drill
@pytest.mark.parametrize("commission", ["ed25519", "belenios_2048"], indirect=True)
def test_three_phones_make_a_key_that_counts_a_vote_over_days(
    hall: Hall, commission: CountingCommission, open_phone: OpenPhone, tmp_path: Path
) -> None:
    """One drops out meanwhile; later two of the three open what a phone and others cast."""
    phones = [open_key(hall, open_phone(), each) for each in hall.council.members[:3]]
    copies = make_key(phones, tmp_path)
    assert state(hall, commission) == "in_force"
    require_secret(hall, commission, copies)
    builder.set_rules(
        hall.held, hall.council, circular__allowed="yes", trust__circular="commission"
    )
    round_ = open_over_days(hall, ["Hochbeet"])
    assert round_.group == commission.group
    first, *others = hall.council.members
    voter = open_phone()
    hall.enter(voter, first)
    hall.go_to_booth(voter, round_)
    answer(voter, "Ja")
    cast(voter)
    voter.wait_for_url("**/beleg/*")
    deciding.let_cast(hall.held, hall.council, round_, zip(others, ANSWERS[1:], strict=True))
    end(hall, round_)
    thanks = ("Danke. Ihr Teil ist da.", "Danke. Die Summe ist offen.")
    for phone, words in zip(phones[1:], thanks, strict=True):
        phone.goto(f"{hall.url}/commission/count")
        phone.get_by_label("Ihre Passphrase").fill(PASSPHRASE)
        steps = follow_progress(phone, "Auszählung freigeben", words)
        assert len(steps) > 1, steps
    assert outcomes(hall, round_) == [("counted", 6)]
    voter.goto(f"{hall.url}/abstimmung/{round_.id}/pruefen")
    press(voter, "Jetzt nachzählen")
    expect(voter.get_by_text("Nachgezählt: Alles stimmt.")).to_be_visible()
    counts = voter.locator("[data-verdict] .counts li").all_inner_texts()
    assert counts == ["Ja 6", "Nein 2", "Enthaltung 1"]
    inspect(voter)


def make_key(phones: list[Page], folder: Path) -> list[Path]:
    """All the acts of the three, with a phone that is loaded anew and a wrong copy."""
    copies = []
    for at, phone in enumerate(phones):
        inspect(phone)
        copies.append(make_part(phone, folder / f"{at}.txt"))
        inspect(phone)
        press(phone, "Ich habe die Sicherung. Weiter")
    assert len({digits(phone) for phone in phones}) == 1
    inspect(phones[0])
    for phone in phones:
        press(phone, "Ja, gleich")
    press(phones[1], "Teile austauschen")
    press(phones[0], "Teile austauschen")
    expect(phones[2].get_by_role("button", name="Teile austauschen")).to_be_visible()
    phones[2].reload()
    press(phones[2], "Teile austauschen")
    expect(phones[2].get_by_role("heading", name="Ihren Teil öffnen")).to_be_visible()
    inspect(phones[2])
    unlock = phones[2].locator("form[data-unlock]")
    unlock.get_by_label("Ihre Passphrase").fill(PASSPHRASE)
    press(phones[2], "Öffnen und weiter")
    for phone in phones:
        press(phone, "Teile prüfen")
    assert len({digits(phone) for phone in phones}) == 1
    for phone in phones:
        press(phone, "Ja, gleich")
    rehearse(phones[0], copies[1])
    expect(phones[0].get_by_role("alert")).to_have_text(re.compile("Das passt nicht zusammen"))
    inspect(phones[0])
    for phone, copy in zip(phones, copies, strict=True):
        rehearse(phone, copy)
    for phone in phones:
        expect(phone.get_by_role("heading", name="Der Schlüssel gilt.")).to_be_visible()
    inspect(phones[0])
    return copies


def require_secret(hall: Hall, commission: CountingCommission, copies: list[Path]) -> None:
    """Neither database nor safety copies hold a seed or a part of the key in the open."""
    seeds = [opened(copy) for copy in copies]
    require_theirs(hall, commission, seeds)
    rows = [each.model_dump(mode="json") for each in trustees(hall, commission)]
    kept = json.dumps(rows) + "".join(copy.read_text(encoding="utf-8") for copy in copies)
    for secret in (*seeds, *exponents_of(hall, commission, seeds)):
        assert str(secret) not in kept


def follow_progress(phone: Page, button: str, done: str) -> set[float]:
    """Press it and wait for the heading; return where the bar stood meanwhile."""
    press(phone, button)
    steps, heading = set(), phone.get_by_role("heading", name=done)
    while not heading.is_visible():
        expect(phone.get_by_role("alert")).to_be_hidden()
        steps.add(round(phone.locator("progress").evaluate("(bar) => bar.value"), 2))
        time.sleep(0.1)
    return steps


@pytest.mark.drill
def test_digits_that_differ_begin_again(
    hall: Hall, commission: CountingCommission, open_phone: OpenPhone, tmp_path: Path
) -> None:
    phones = [open_key(hall, open_phone(), member) for member in hall.council.members[:3]]
    for at, phone in enumerate(phones):
        make_part(phone, tmp_path / f"{at}.txt")
        press(phone, "Ich habe die Sicherung. Weiter")
    first = digits(phones[0])
    press(phones[1], "Nein, anders")
    for at, phone in enumerate(phones):
        expect(phone.get_by_text("Die Zeichen der drei Teile waren nicht gleich.")).to_be_visible()
        make_part(phone, tmp_path / f"again-{at}.txt")
        press(phone, "Ich habe die Sicherung. Weiter")
    assert digits(phones[2]) != first


def test_one_phone_makes_its_part_and_keeps_a_copy(
    hall: Hall, commission: CountingCommission, open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = open_key(hall, open_phone(), hall.council.members[0])
    press(phone, "Meinen Schlüssel-Teil anlegen")
    expect(phone.get_by_text("Die Passphrase braucht mindestens 12 Zeichen.")).to_be_visible()
    copy = make_part(phone, tmp_path / "copy.txt").read_text(encoding="utf-8")
    require_sheet(phone, copy.splitlines()[1])
    press(phone, "Ich habe die Sicherung. Weiter")
    expect(phone.get_by_role("heading", name="Warten Sie auf die anderen")).to_be_visible()
    own = trustees(hall, commission)[0]
    assert own.certificate.startswith('{"message":')
    assert copy.splitlines()[1].startswith("kv1")


def require_sheet(phone: Page, copy: str) -> None:
    """What is printed is one page with the code that leads back here, and the copy in letters."""
    phone.evaluate("() => { window.print = () => { window.printed = true; }; }")
    press(phone, "Blatt drucken")
    assert phone.evaluate("() => window.printed")
    sheet = phone.locator("[data-state=save]")
    assert scan(sheet) == f"{phone.url}#{copy}"
    phone.emulate_media(media="print")
    expect(sheet.locator("[data-qr]")).to_be_visible()
    for hidden in (sheet.get_by_role("button"), phone.locator("#people"), phone.locator("nav")):
        expect(hidden.first).to_be_hidden()
    [page] = PdfReader(BytesIO(phone.pdf(format="A4"))).pages
    assert copy in "".join(page.extract_text().split())
    phone.emulate_media(media="screen")


def opened(copy: Path) -> str:
    """The seed in a safety copy, opened by another program with the passphrase."""
    line = copy.read_text(encoding="utf-8").splitlines()[1].removeprefix("kv1")
    sealed = base64.urlsafe_b64decode(line)
    salt, nonce, data = sealed[:16], sealed[16:28], sealed[28:]
    hard = {"n": 2**16, "r": 8, "p": 1, "maxmem": 2**27, "dklen": 32}
    key = hashlib.scrypt(PASSPHRASE.encode(), salt=salt, **hard)
    return AESGCM(key).decrypt(nonce, data, b"kv-trustee-seed").decode()


def exponents_of(hall: Hall, commission: CountingCommission, seeds: list[str]) -> list[int]:
    """The parts of the key, which nobody but somebody with all seeds can reckon at once."""
    setting = counting_commission.setting_of(commission)
    signed = pedersen.signed_shape(setting.group)
    certs = [canon.read(each.certificate.encode(), signed) for each in trustees(hall, commission)]
    rows = [protocol.polynomial(setting, protocol.name_of(certs), seed) for seed in seeds]
    group = setting.group
    return [sum(protocol.share(group, row, at) for row in rows) % group.q for at in (1, 2, 3)]


def require_theirs(hall: Hall, commission: CountingCommission, seeds: list[str]) -> None:
    """The control: with the seeds of all three the whole key is known."""
    group = counting_commission.setting_of(commission).group
    keys = [group.text(group.power_g(x)) for x in exponents_of(hall, commission, seeds)]
    own = [json.loads(each.verification_key)["public_key"] for each in trustees(hall, commission)]
    assert keys == own


def state(hall: Hall, commission: CountingCommission) -> str:
    hall.held.expire_all()
    found = hall.held.get_one(CountingCommission, commission.id).state
    hall.held.commit()
    return found


def trustees(hall: Hall, commission: CountingCommission) -> list[Trustee]:
    hall.held.expire_all()
    found = list(counting_commission.trustees_of(hall.held, commission))
    hall.held.commit()
    return found
