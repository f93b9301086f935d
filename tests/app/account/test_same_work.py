"""Known and unknown accounts, cards and links get the same answer after the same work."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import request
from sqlalchemy import event
from sqlmodel import select

from app import db
from app.account import passphrase
from app.models import Officer
from tests.app import builder
from tests.app.account import lookalike, team
from tests.app.account.timing import tells_apart
from tests.service.database import only_sqlite

FEW = 12
SOME = 500
MANY = 2000
# What a hash takes beside nothing would hide the rest.
TINY = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODYS = TINY.hash("nobody has this passphrase")
CHANGING = re.compile(r'name="csrf(_token)?"[^>]*>|data-options="[^"]*"')
every_try = pytest.mark.parametrize("make", lookalike.ALL, ids=lambda make: make.__name__)
by_mail = pytest.mark.parametrize("make", lookalike.BY_MAIL, ids=lambda make: make.__name__)


@pytest.fixture
def pair(app, held, area, make, monkeypatch):
    """Two tries; each begins to be counted anew, so that none is refused for being many."""
    made = make(app, held, area)
    monkeypatch.setattr("app.throttle.WINDOW", timedelta(0))
    return made


@pytest.fixture
def tiny_hashes(monkeypatch):
    monkeypatch.setattr(passphrase, "hasher", TINY)
    monkeypatch.setattr(passphrase, "NOBODYS", NOBODYS)


def told(tried):
    """An answer without what is new in each and without what was typed."""
    answer = tried.send()
    return answer.status_code, CHANGING.sub("", answer.text).replace(tried.shown, "@")


@every_try
def test_the_answer_has_the_same_bytes(pair):
    known, unknown = map(told, pair)
    assert known == unknown
    assert known[0] in (410, 422)


@pytest.fixture
def statements(app):
    """What the database is asked, without who it is about."""
    asked = []
    engine = app.extensions["engine"]

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@only_sqlite
@every_try
def test_the_database_is_asked_the_same(pair, statements):
    asked = []
    for each in pair:
        each.send()
        statements.clear()
        each.send()
        asked.append(list(statements))
    assert asked[0] == asked[1]
    assert asked[0]


@pytest.fixture
def compared(monkeypatch):
    """The verifiers that a passphrase was compared with."""
    found = []
    original = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher,
        "verify",
        lambda self, *shown: found.append(shown[0]) or original(self, *shown),
    )
    return found


@only_sqlite
@by_mail
def test_one_passphrase_is_compared(pair, compared):
    for each in pair:
        compared.clear()
        each.send()
        assert len(compared) == 1


@only_sqlite
@pytest.mark.parametrize("make", [lookalike.sign_in])
def test_the_time_of_a_hash_tells_nothing(pair):
    assert not tells_apart(pair, FEW)


@only_sqlite
@pytest.mark.parametrize("make", [lookalike.sign_in])
def test_a_hash_that_is_left_out_tells(pair, monkeypatch):
    """The control."""
    monkeypatch.setattr(passphrase, "matches", naively)
    assert tells_apart(pair, FEW)


def naively(verifier, typed):
    """Who is not there is not compared."""
    try:
        return verifier is not None and passphrase.hasher.verify(verifier, typed)
    except passphrase.VerificationError:
        return False


@only_sqlite
@pytest.mark.drill
@pytest.mark.usefixtures("tiny_hashes")
@every_try
def test_the_time_tells_nothing(pair):
    assert not tells_apart(pair, MANY)


@only_sqlite
@pytest.mark.drill
@pytest.mark.usefixtures("tiny_hashes")
@every_try
def test_one_question_more_tells(app, pair, monkeypatch):
    """The control of each: the database is asked once more where there is something."""
    pair[0].browser.environ_base["test.known"] = True
    before = [ask_once_more, *app.before_request_funcs[None]]
    monkeypatch.setitem(app.before_request_funcs, None, before)
    assert tells_apart(pair, SOME)


def ask_once_more():
    if "test.known" in request.environ:
        db.session().exec(select(Officer).where(Officer.id == 0)).first()


def test_an_invitation_does_not_tell_who_has_an_access_elsewhere(app, held, area):
    """An address that another area's team uses is invited like one that nobody has."""
    elsewhere = builder.build_council(held, "wiese", with_keys=False)
    team.add_officer(held, elsewhere)
    administrator = team.add_officer(held, area, "administrator", "ruth@team.example")
    team.equip(held, administrator)
    browser = team.browse(app, held, administrator)
    answers = []
    for mail in (team.MAIL, lookalike.UNKNOWN):
        typed = {"name": "Nele Vogt", "mail": mail, "role": "moderator"}
        answer = browser.post("/account/officers/new", data=typed)
        answers.append((answer.status_code, answer.location))
    assert answers == [(303, "/account/officers")] * 2
