"""`flask setup` on an empty production database, once."""

import re

import pytest
from sqlmodel import select

from app.models import Area, Installation, LogEntry, Officer, Passphrase, SecondFactor
from tests.app import builder
from tests.app.account import team
from tests.app.logged import told

CHOSEN = ("--area", "moabit-ost", "--name", "Mara Feldt", "--mail", "mara@team.example")


@pytest.fixture
def run(app, held):
    """The command as operators call it."""

    def call(*options, typed=None):
        held.commit()
        done = app.test_cli_runner().invoke(args=["setup", *options], input=typed)
        held.expire_all()
        return done

    return call


def test_it_makes_one_administrator_whose_link_works(run, held, visitor):
    done = run(*CHOSEN)
    assert done.exit_code == 0
    link = re.search(r"http://localhost:\d+(/einladung/[\w-]+)", done.stdout)[1]
    officer = held.exec(select(Officer)).one()
    area = held.get_one(Area, officer.area_id)
    assert (officer.name, officer.role, area.name) == ("Mara Feldt", "administrator", "Moabit-Ost")
    assert len(held.exec(select(Area)).all()) == 32
    assert not held.get_one(Installation, 1).is_demo
    assert visitor.post(link).location == "/account/access"


def test_what_is_not_given_is_asked(run, held):
    done = run(typed="Moabit-Ost\nMara Feldt\nmara@team.example\n")
    assert done.exit_code == 0
    assert held.exec(select(Officer)).one().mail == "mara@team.example"


@pytest.mark.parametrize(
    "wrong",
    [("--area", "Atlantis"), ("--mail", "mara"), ("--name", "\u200b")],
)
def test_a_wrong_word_stores_nothing(run, held, wrong):
    done = run(*CHOSEN, *wrong)
    assert done.exit_code == 2
    assert done.output
    assert held.exec(select(Officer)).all() == []
    assert held.exec(select(Area)).all() == []


def test_it_refuses_where_there_is_an_officer(run, held, area):
    before = len(held.exec(select(Officer)).all())
    done = run(*CHOSEN)
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(held.exec(select(Officer)).all()) == before


def test_it_refuses_the_demo(run, held):
    held.add(Installation(is_demo=True, created_at=builder.LONG_AGO))
    held.commit()
    assert run(*CHOSEN).exit_code == 2
    assert held.exec(select(Officer)).all() == []


WAY_BACK = ("--way-back", "Handy und Codes sind verbrannt")


@pytest.fixture
def lone(held, area):
    """The only administrator of the area, with an access that nobody can use any more."""
    found = team.add_officer(held, area, "administrator")
    team.equip(held, found)
    return found


def chosen(area, **changed):
    wanted = {"area": area.area.slug, "name": "Nele Vogt", "mail": team.MAIL} | changed
    return [part for name, value in wanted.items() for part in (f"--{name}", value)]


def test_the_refusal_names_the_way_back(run, held, area, lone):
    assert "--way-back" in run(*chosen(area)).stderr


def test_a_lone_administrator_comes_back_and_the_log_says_so(app, run, held, area, lone):
    there = team.browse(app, held, lone)
    done = run(*chosen(area), *WAY_BACK)
    assert done.exit_code == 0, done.stderr
    link = re.search(r"http://localhost:\d+(/einladung/[\w-]+)", done.stdout)[1]
    assert there.get("/roster/").status_code == 401
    for table in (Passphrase, SecondFactor):
        assert held.exec(select(table).where(table.officer_id == lone.id)).all() == []
    entry = held.exec(select(LogEntry)).one()
    assert entry.type == "access_restored"
    assert told(held, entry) == {"reason": WAY_BACK[1]}
    browser = builder.browse(app, held)
    assert browser.post(link).location == "/account/access"
    assert browser.get("/roster/").location == "/account/access"
    held.expire_all()
    assert held.get(Officer, lone.id).login == team.MAIL
    assert len(held.exec(select(Officer).where(Officer.role == "administrator")).all()) == 1


def test_where_nobody_is_left_a_new_administrator_comes(run, held, area):
    assert run(*chosen(area), *WAY_BACK).exit_code == 0
    [new] = held.exec(select(Officer).where(Officer.role == "administrator")).all()
    assert (new.area_id, new.mail) == (area.area.id, team.MAIL)


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_without_a_reason_nothing_happens(run, held, area, lone, reason):
    assert run(*chosen(area), "--way-back", reason).exit_code == 2
    assert held.exec(select(LogEntry)).all() == []
    assert held.get(Officer, lone.id).has_access


def test_a_moderator_with_this_address_is_left_alone(run, held, area):
    moderator = team.add_officer(held, area)
    team.equip(held, moderator)
    assert run(*chosen(area), *WAY_BACK).exit_code == 0
    assert held.get(Officer, moderator.id).has_access
