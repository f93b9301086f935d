"""Guessing every code of the entrance: two workers together compare no more than the budget."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from app import application, card_secret, way_back
from app.account import entering, inviting, kept_passphrase, proving, recognising, recovery
from app.doubt import reporting
from app.models import Throttle
from app.visitor import digest
from tests.app import builder
from tests.app.account import team
from tests.app.account.guessing import Stranger

NETWORKS = 40
TRIES = 60


@pytest.fixture
def secret(held, area):
    officer = team.add_officer(held, area)
    found = team.equip(held, officer)
    recovery.renew(held, officer)
    held.commit()
    return found


@pytest.fixture
def port(app, start_site, database_url, secret):
    return start_site(database_url, TRUSTED_PROXIES="1", SECRET_KEY=app.secret_key).port


def sign_in(browser, secret, steps):
    """The whole way of an officer; the status of its end."""
    browser.open("/account/sign-in")
    passed = {"mail": team.MAIL, "passphrase": team.PASSPHRASE}
    if browser.send("/account/sign-in", "203.0.113.1", **passed) != 303:
        return "passphrase refused"
    return browser.send("/account/sign-in/code", "203.0.113.1", code=team.code(secret, steps))


@pytest.mark.drill
def test_no_code_is_compared_more_often_than_the_budget(port, held, secret):
    """From forty networks at once, each request with a forged hop in front of the proxy's own."""
    owner = Stranger(port)
    assert sign_in(owner, secret, 0) == 303
    guess_passphrases(Stranger(port))
    guess_recovery_codes(Stranger(port))
    guess_cards(Stranger(port))
    held.rollback()
    on_account = select(Throttle.scope, Throttle.failures).where(Throttle.network == "")
    counted = {"passphrase": TRIES, "recovery": TRIES, "code": 0}
    assert dict(held.exec(on_account).all()) == counted, "refused tries are counted too"
    held.rollback()
    assert sign_in(owner, secret, 1) == 303, "a known device has a budget of its own"


@pytest.mark.drill
@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/einladung", inviting.MOST_UNKNOWN),
        ("/anmelden", entering.MOST_UNKNOWN_LINKS),
        ("/proposals/link", application.MOST_GUESSES),
        ("/meldung", reporting.MOST_GUESSES),
    ],
)
def test_no_link_is_found_by_trying(port, address, limit):
    """Of each kind a network may fail so often, whichever of the two workers answers."""
    told = Stranger(port).look([f"{address}/geraten{n:04}" for n in range(TRIES)], 2)
    assert told == {410: 2 * limit, 429: TRIES - 2 * limit}


@pytest.mark.drill
def test_who_copied_a_session_cannot_guess_the_code_before_an_act(app, port, secret):
    owner, thief = Stranger(port), Stranger(port)
    assert sign_in(owner, secret, 0) == 303
    thief.cookies["kiezvotum"] = cookie = owner.cookies["kiezvotum"]
    address = confirming_address(app, cookie)
    thief.open(address)
    codes = team.wrong_codes(secret, TRIES)
    bad = [{"confirm-asked": "1", "confirm-code": each} for each in codes]
    told = thief.guess(address, bad, NETWORKS)
    assert told == {422: proving.CODES.on_subject, 429: TRIES - told[422]}


@pytest.mark.drill
def test_who_found_a_card_cannot_guess_the_passphrase_beside_it(port, held, area):
    member = area.members[0]
    kept_passphrase.keep(held, member, team.stored_passphrase(), datetime.now(UTC))
    held.commit()
    finder = Stranger(port)
    finder.open("/karte")
    words = area.phones[member.id].card_text
    assert finder.send("/karte", "203.0.113.1", words=words) == 303
    finder.open("/karte/passphrase")
    bad = [{"passphrase": f"geraten geraten {n}"} for n in range(TRIES)]
    told = finder.guess("/karte/passphrase", bad, NETWORKS)
    assert told == {422: proving.PASSPHRASES.on_subject, 429: TRIES - told[422]}


@pytest.fixture
def trustee(held, area):
    """A member who counts, whose session somebody copied, and the secret of the app."""
    member = area.members[0]
    member.is_demo = False
    team.appoint(held, area, member)
    return member, team.equip(held, member)


@pytest.mark.drill
@pytest.mark.parametrize("is_passphrase_known", [True, False])
def test_who_copied_a_trustees_session_guesses_neither_passphrase_nor_code(
    app, port, held, trustee, is_passphrase_known
):
    """Both are judged together, so that codes end it even where the passphrase is known."""
    thief = Stranger(port)
    thief.cookies["kiezvotum"] = cookie = builder.sign_in(held, trustee[0])
    address = confirming_address(app, cookie)
    thief.open(address)
    typed = team.PASSPHRASE if is_passphrase_known else "geraten geraten"
    shown = {"confirm-asked": "1", "confirm-passphrase": typed}
    bad = [{**shown, "confirm-code": each} for each in team.wrong_codes(trustee[1], TRIES)]
    told = thief.guess(address, bad, NETWORKS)
    assert told == {422: proving.CODES.on_subject, 429: TRIES - told[422]}


@pytest.mark.drill
def test_who_copied_a_trustees_session_cannot_guess_a_recovery_code(port, held, trustee):
    recovery.renew(held, trustee[0])
    thief = Stranger(port)
    thief.cookies["kiezvotum"] = builder.sign_in(held, trustee[0])
    thief.open("/account/trustee/recovery")
    known = {"passphrase": team.PASSPHRASE}
    bad = [{**known, "code": card_secret.spell(bytes([n] * 16))} for n in range(TRIES)]
    told = thief.guess("/account/trustee/recovery", bad, NETWORKS)
    assert told == {422: proving.RECOVERIES.on_subject, 429: TRIES - told[422]}


def confirming_address(app, cookie):
    """Where this session is asked who it is before an act."""
    with app.app_context():
        place = way_back._signer().dumps([digest(cookie), "/desk/", False])
    return f"/account/confirm?{urlencode({'to': place})}"


def guess_passphrases(stranger):
    stranger.open("/account/sign-in")
    bad = [{"mail": team.MAIL, "passphrase": f"geraten geraten {n}"} for n in range(TRIES)]
    told = stranger.guess("/account/sign-in", bad, NETWORKS)
    assert told == {422: proving.PASSPHRASES.on_subject, 429: TRIES - told[422]}


def guess_recovery_codes(stranger):
    stranger.open("/account/recovery")
    known = {"mail": team.MAIL, "passphrase": team.PASSPHRASE}
    bad = [{**known, "code": card_secret.spell(bytes([n] * 16))} for n in range(TRIES)]
    told = stranger.guess("/account/recovery", bad, NETWORKS)
    assert told == {422: proving.RECOVERIES.on_subject, 429: TRIES - told[422]}


def guess_cards(stranger):
    """Nobody can guess 128 bits; what fails is counted by network."""
    stranger.open("/karte")
    bad = [{"words": card_secret.spell(bytes([n] * 16))} for n in range(TRIES)]
    told = stranger.guess("/karte", bad, 2)
    assert told == {422: 2 * recognising.MOST_FAILURES, 429: TRIES - told[422]}


def test_whoever_has_the_passphrase_cannot_guess_the_code(port, secret):
    stranger = Stranger(port)
    stranger.open("/account/sign-in")
    passed = {"mail": team.MAIL, "passphrase": team.PASSPHRASE}
    assert stranger.send("/account/sign-in", "10.9.9.9", **passed) == 303
    stranger.open("/account/sign-in/code")
    bad = [{"code": each} for each in team.wrong_codes(secret, TRIES)]
    told = stranger.guess("/account/sign-in/code", bad, NETWORKS)
    assert told == {422: proving.CODES.on_subject, 429: TRIES - told[422]}
    refused = stranger.send("/account/sign-in/code", "10.0.1.7", code=team.code(secret))
    assert refused == 429, "the right code is not looked at either"
