"""What waits for a second person is one step from where every officer begins."""

import pytest

from tests.app.account import team


@pytest.mark.parametrize(
    ("role", "start"), [("moderator", "/desk/"), ("administrator", "/roster/")]
)
def test_it_is_linked_from_the_first_page(app, held, area, role, start):
    officer = team.add_officer(held, area, role)
    team.equip(held, officer)
    browser = team.browse(app, held, officer)
    assert 'href="/account/second-person"' in browser.get(start).text
    assert browser.get("/account/second-person").status_code == 200
