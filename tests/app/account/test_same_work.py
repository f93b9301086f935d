"""Known and unknown accounts get the same answer after the same work."""

import random
import re
import time
from bisect import bisect_right

import pytest

from app.account import passphrase
from tests.app import builder
from tests.app.account import team
from tests.service.database import only_sqlite

TIMES = 40
MANY = 500
UNKNOWN = "niemand@team.example"


def critical(times):
    """Above this two samples differ with a certainty of 99.9 percent (Kolmogorov and Smirnov)."""
    return 1.95 * (2 / times) ** 0.5


@pytest.fixture
def secret(held, area):
    return team.equip(held, team.add_officer(held, area))


def forms(mail):
    wrong = {"mail": mail, "passphrase": "falsch und noch mal falsch"}
    code = "babab-babab-babab-babab-babab-babab-babab-babab"
    return {"/account/sign-in": wrong, "/account/recovery": {**wrong, "code": code}}


@pytest.mark.parametrize("path", forms(""))
def test_the_answer_has_the_same_bytes(app, held, secret, path):
    pages = [
        builder.browse(app, held).post(path, data=forms(mail)[path]).text.replace(mail, "@")
        for mail in (team.MAIL, UNKNOWN)
    ]
    changing = re.compile(r'name="csrf_token"[^>]*>|data-options="[^"]*"')
    assert changing.sub("", pages[0]) == changing.sub("", pages[1])


@pytest.mark.parametrize("path", forms(""))
@pytest.mark.parametrize("mail", [team.MAIL, UNKNOWN])
def test_one_passphrase_is_compared(visitor, secret, monkeypatch, path, mail):
    compared = []
    original = passphrase.PasswordHasher.verify
    monkeypatch.setattr(
        passphrase.PasswordHasher,
        "verify",
        lambda self, *shown: compared.append(shown[0]) or original(self, *shown),
    )
    visitor.post(path, data=forms(mail)[path])
    assert len(compared) == 1


@only_sqlite
@pytest.mark.parametrize("times", [TIMES, pytest.param(MANY, marks=pytest.mark.drill)])
@pytest.mark.parametrize("path", forms(""))
def test_the_work_tells_nothing(app, held, secret, path, times, monkeypatch):
    monkeypatch.setattr("app.throttle._count", lambda _scope, _rows: None)
    assert distance(*measure(app, held, path, times)) < critical(times)


def test_an_invitation_does_not_tell_who_has_an_access_elsewhere(app, held, area):
    """An address that another area's team uses is invited like one that nobody has."""
    elsewhere = builder.build_council(held, "wiese", with_keys=False)
    team.add_officer(held, elsewhere)
    administrator = team.add_officer(held, area, "administrator", "ruth@team.example")
    team.equip(held, administrator)
    browser = team.browse(app, held, administrator)
    told = []
    for mail in (team.MAIL, UNKNOWN):
        typed = {"name": "Nele Vogt", "mail": mail, "role": "moderator"}
        answer = browser.post("/account/officers/new", data=typed)
        told.append((answer.status_code, answer.location))
    assert told == [(303, "/account/officers")] * 2


@only_sqlite
def test_the_control_tells(app, held, secret, monkeypatch):
    monkeypatch.setattr("app.throttle._count", lambda _scope, _rows: None)
    monkeypatch.setattr(passphrase, "matches", naively)
    assert distance(*measure(app, held, "/account/sign-in", TIMES)) > critical(TIMES)


def naively(verifier, typed):
    """Who is not there is not compared."""
    try:
        return verifier is not None and passphrase.hasher.verify(verifier, typed)
    except passphrase.VerificationError:
        return False


def measure(app, held, path, times):
    """Processor time of answers to known and to unknown accounts, in random order."""
    browser = builder.browse(app, held)
    order = [mail for mail in (team.MAIL, UNKNOWN) for _time in range(times)]
    random.Random(20261122).shuffle(order)
    found = {team.MAIL: [], UNKNOWN: []}
    for mail in order:
        began = time.process_time()
        browser.post(path, data=forms(mail)[path])
        found[mail].append(time.process_time() - began)
    return found.values()


def distance(one, other):
    """The largest difference of the two distributions."""
    one, other = sorted(one), sorted(other)
    return max(
        abs(bisect_right(one, each) / len(one) - bisect_right(other, each) / len(other))
        for each in (*one, *other)
    )
