"""Opinions of Bezirk and Senate: stated by them alone, read by members and officers."""

import pytest
from sqlmodel import select

from app.models import Opinion
from tests.app import builder
from tests.app.account import team

WORDS = "Der Bezirk begrüßt den Antrag."


@pytest.fixture
def proposal(held, area):
    found = builder.build_proposal(held, area, "Bänke am Anger")
    held.commit()
    return found


@pytest.fixture
def coordinator(held, area):
    return builder.add_coordinator(held, [area], mail="kim@bezirk.example")


@pytest.fixture
def browser(app, held, coordinator):
    return team.browse(app, held, coordinator)


def state(browser, proposal, words=WORDS):
    return browser.post(f"/proposals/{proposal.id}/opinions", data={"words": words})


def test_everybody_of_the_area_reads_it_with_its_side(client_of, held, area, browser, proposal):
    assert "Noch gibt es keine Stellungnahme" in browser.get(f"/proposals/{proposal.id}").text
    answer = state(browser, proposal)
    assert answer.status_code == 303
    assert "#opinion-" in answer.location
    for person in (area.members[0], area.moderators[0]):
        page = client_of(person).get(f"/proposals/{proposal.id}").text
        assert WORDS in page
        assert "Bezirk</span>" in page
        assert "Kim Amt" in page
        assert "Stellungnahme abgeben" not in page


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001, "a\0b"])
def test_wrong_words_are_kept_and_not_stored(held, browser, proposal, words):
    assert state(browser, proposal, words).status_code == 422
    held.rollback()
    assert held.exec(select(Opinion)).all() == []


def test_only_coordinators_state_one(client_of, visitor, held, area, proposal):
    assert state(visitor, proposal).status_code == 401
    for person in (area.members[0], area.moderators[0]):
        assert state(client_of(person), proposal).status_code == 403
    held.rollback()
    assert held.exec(select(Opinion)).all() == []


def test_proposals_of_other_areas_are_not_there(held, browser, proposal):
    other = builder.build_council(held, "wiese", with_keys=False)
    theirs = builder.build_proposal(held, other, "Bänke anderswo")
    held.commit()
    assert state(browser, theirs).status_code == 404


def test_it_needs_a_fresh_sign_in(app, held, coordinator, proposal):
    old = team.browse(app, held, coordinator, age_minutes=11)
    assert "/account/confirm" in state(old, proposal).location
    held.rollback()
    assert held.exec(select(Opinion)).all() == []
