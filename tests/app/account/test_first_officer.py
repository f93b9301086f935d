"""`flask setup` on an empty production database, once."""

import re

import pytest
from sqlmodel import select

from app.models import Area, Installation, Officer
from tests.app import builder

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
