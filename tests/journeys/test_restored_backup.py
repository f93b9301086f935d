"""An older database is put back under the site: it is only read until two people agree."""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import pytest
from flask import g
from sqlmodel import Session

from app.booth.casting import cast
from tests.app import builder
from tests.service.database import POSTGRESQL_IN_DRILLS, SQLITE

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
AGREE = re.compile(r'action="(/account/set-back/\d+)"')
PAGE, NEW_BODY = "/account/set-back", "/roster/bodies/new"
BODY = {"kind": "jury", "name": "Jury Süd", "level": "local"} | {
    "starts_on": "2026-01-01",
    "ends_on": "2028-12-31",
}
SET_BACK = "Hier lässt sich gerade nichts ändern"


class Officer:
    """Somebody of the team with a session, in a browser without script."""

    def __init__(self, url: str, cookie: str) -> None:
        self.url = url
        self.cookies = SimpleCookie({"kiezvotum": cookie})

    def get(self, path: str) -> str:
        return self._ask("GET", path)[1]

    def post(self, path: str, **sent: str) -> int:
        """Send what a form of the page for it would; the status."""
        token = TOKEN.search(self.get(PAGE) + self.get(NEW_BODY)).group(1)
        return self._ask("POST", path, urlencode(sent | {"csrf_token": token}))[0]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = HTTPConnection(urlsplit(self.url).netloc)
        cookies = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        headers = {"Cookie": cookies, "Origin": self.url}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for each in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(each)
        return answer.status, answer.read().decode()


@pytest.fixture
def council(app):
    with app.app_context(), Session(app.extensions["engine"], expire_on_commit=False) as held:
        g.session = held
        yield held, builder.build_council(held)


@pytest.mark.drill
@pytest.mark.parametrize("database_url", [SQLITE, POSTGRESQL_IN_DRILLS], indirect=True)
def test_an_older_database_is_only_read_until_two_people_agree(
    app, council, start_site, copy_database
):
    held, area = council
    first, second = (builder.sign_in(held, each) for each in area.moderators)
    round_ = builder.open_round(held, builder.prepare_round(held, area))
    held.close()
    app.extensions["engine"].dispose()
    backup = copy_database()
    member = area.members[0]
    sent = builder.make_submission(held, area.phones[member.id], member, round_, "yes")
    cast(member, round_.id, sent)
    held.commit()
    site = start_site(backup)
    assert "area anger is older than what was known of it" in site.output
    first, second = Officer(site.url, first), Officer(site.url, second)
    assert SET_BACK in first.get("/desk/")
    assert first.post(NEW_BODY, **BODY) == 409
    assert first.post(PAGE, reason="Die Platte war kaputt.") == 303
    agree = AGREE.search(second.get(PAGE)).group(1)
    assert first.post(agree) == 403
    assert second.post(agree) == 303
    assert SET_BACK not in first.get("/desk/")
    assert first.post(NEW_BODY, **BODY) == 303
    assert "Diese Abstimmung ist ungültig" in first.get(f"/desk/rounds/{round_.id}")
