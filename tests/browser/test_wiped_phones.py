"""Twelve phones lose all that they stored between two rounds, and all twelve vote in both."""

import pytest

from tests.app import builder

MORE = ("Olga Thal", "Ben Rück", "Cem Aydoğan")


def vote(hall, page, round_):
    hall.go_to_booth(page, round_)
    page.get_by_text("Ja", exact=True).click()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Jetzt geheim abstimmen").click()
    page.wait_for_url("**/beleg/*")


def wipe(hall, page):
    """Everything of the site is gone: cookies, key, receipts."""
    page.goto("about:blank")
    page.context.clear_cookies()
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", {"origin": hall.url, "storageTypes": "all"})


@pytest.mark.drill
def test_twelve_of_twelve_still_vote(hall, open_phone):
    builder.add_members(hall.held, hall.council, MORE)
    members = hall.council.members
    assert len(members) == 12
    before = hall.open_round()
    phones = [(member, open_phone()) for member in members]
    for member, page in phones:
        hall.enter(page, member)
        vote(hall, page, before)
        wipe(hall, page)
        assert page.goto(f"{hall.url}/booth/").status == 401
    assert hall.ballots(before) == 12
    after = hall.open_round()
    for member, page in phones:
        hall.enter(page, member)
        vote(hall, page, after)
    assert hall.ballots(after) == 12
