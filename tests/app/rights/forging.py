"""Requests that another page sends in somebody's name, to every door that changes something."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.policy import POLICY
from tests.app.rights.door import Door
from tests.app.rights.ground import Ground
from tests.app.rights.rows import difference, rows
from tests.app.rights.sending import sent
from tests.app.rights.visiting import BESIDE, Visitor

REFUSED = 400
NO_GET = {404, 405}
NO_TOKEN = {"X-CSRF-Token": ""}
# A door can be exempted from tokens; where a request came from is one check for all, so that and
# the rest is tried in a drill.
QUICK = ("no token",)


def ways(app: Flask) -> dict[str, tuple[bool, dict[str, str]]]:
    """What another page could try: whether the door's own form is sent, and with which headers."""
    signer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    return {
        "no token": (True, NO_TOKEN),
        "another's token": (True, {"X-CSRF-Token": str(signer.dumps("of-another"))}),
        "another origin": (True, {"Origin": "https://elsewhere.example"}),
        "another site": (True, {"Sec-Fetch-Site": "cross-site"}),
        "plain text": (False, {**NO_TOKEN, "Origin": "null"}),
    }


@dataclass
class Forger:
    """`faults` names each door that let such a request in, and how."""

    app: Flask
    home: Ground
    faults: list[str] = field(default_factory=list)

    def go(
        self, visitors: Collection[Visitor], doors: Collection[Door], chosen: Collection[str] = ()
    ) -> list[str]:
        """Forge every request for somebody who may make it, in all ways or the chosen ones."""
        before = rows(self.app)
        pages = {str(door.rule) for door in doors if door.is_safe}
        for door in doors:
            if not door.is_safe:
                self._forge(_somebody(visitors, door), door, chosen)
                self._get(visitors, door, pages)
        if changed := difference(before, rows(self.app)):
            self.faults.append(f"forged requests changed:\n{changed}")
        return self.faults

    def _forge(self, visitor: Visitor, door: Door, chosen: Collection[str]) -> None:
        for way, (is_own_form, headers) in ways(self.app).items():
            if chosen and way not in chosen:
                continue
            filled = sent(door.endpoint, self.home) if is_own_form else _plain()
            answer = self._send(visitor, door, door.method, headers=headers, **filled)
            if answer.status_code != REFUSED:
                self._fault(door, f"answered {answer.status_code} to {way}")

    def _get(self, visitors: Collection[Visitor], door: Door, pages: Collection[str]) -> None:
        """What has no page of its own is not there for a link with the form in its address."""
        if str(door.rule) in pages:
            return
        typed = sent(door.endpoint, self.home).get("data", {})
        answer = self._send(_somebody(visitors, door), door, "GET", query_string=typed)
        if answer.status_code not in NO_GET:
            self._fault(door, f"answered {answer.status_code} to a GET")

    def _send(self, visitor: Visitor, door: Door, method: str, **filled: Any) -> TestResponse:
        ids = self.home.ids_for(door.endpoint, visitor.role)
        path = door.path({name: ids.get(name, door.absent(name)) for name in door.names})
        return visitor.open(self.app, path, method, **filled)

    def _fault(self, door: Door, what: str) -> None:
        self.faults.append(f"{door.method} {door.rule} {what}")


def _plain() -> dict[str, Any]:
    """What a form of another page can send without asking the browser for leave."""
    return {"data": '{"a":"b"}', "content_type": "text/plain"}


def _somebody(visitors: Collection[Visitor], door: Door) -> Visitor:
    """Somebody whom the guard lets through to where the token is asked for."""
    roles = POLICY[door.action] if door.action else frozenset()
    able = [each for each in visitors if each.role in roles]
    return min(able, key=lambda each: each.role in BESIDE)
