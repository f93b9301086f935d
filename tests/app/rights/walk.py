"""A way through all doors with everybody: what opens, what is refused, what is not there."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from markupsafe import escape
from werkzeug.test import TestResponse

from app import way_back
from app.policy import POLICY
from app.visitor import Role, digest
from tests.app.rights.door import SECRETS, Door
from tests.app.rights.ground import Ground
from tests.app.rights.rows import difference, look_ups, rows
from tests.app.rights.sending import nonsense, sent, would_be_done
from tests.app.rights.visiting import BESIDE, Visitor

DONE = {200, 201, 303}
SHUT = {401, 403, 404, 405}
OVER = {410, 429}
# What a form is sent instead of its numbers or texts; in the quick walk the first two.
NONSENSE: tuple[tuple[int | None, str | None], ...] = (
    (10**30, None),
    (None, "a\0b"),
    (10**12, None),
)
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')


@dataclass
class Walk:
    """`restore` brings the database back to how it was; without it nothing lawful is done.

    With `is_quick` one wrong id of each kind stands for the others, and to whom the table closes a
    door only the row that is there is named. `faults` says in words which door was not as it must
    be, and for whom.
    """

    app: Flask
    home: Ground
    abroad: Ground
    restore: Callable[[], None] | None = None
    is_quick: bool = False
    faults: list[str] = field(default_factory=list)

    def go(self, visitors: Collection[Visitor], doors: Collection[Door]) -> list[str]:
        """Try every door with everybody; the faults that were found."""
        for visitor in visitors:
            before = rows(self.app)
            for door in filter(visitor.tries, doors):
                if visitor.ground is not self.abroad or not door.is_public:
                    self._try(visitor, door)
            changed = difference(before, rows(self.app), noted=visitor.ground is self.home)
            self._require_unchanged(changed, visitor.name)
        for visitor in visitors if self.restore else ():
            self._act(visitor, doors)
        self._send_nonsense(visitors, doors)
        return self.faults

    def _try(self, visitor: Visitor, door: Door) -> None:
        """Everything that must not change anything."""
        if door.action is None:
            self._fault(visitor, door, "has no mark")
        elif unknown := set(door.names) - set(self._ids(visitor, door)):
            self._fault(visitor, door, f"no id is known for {', '.join(sorted(unknown))}")
        elif visitor.role not in POLICY[door.action]:
            self._try_forbidden(visitor, door)
        elif door.is_public or visitor.ground is self.home:
            self._try_allowed(visitor, door)
        else:
            self._try_elsewhere(visitor, door)

    def _try_forbidden(self, visitor: Visitor, door: Door) -> None:
        """The role decides before anything is looked up: a row that is there looks like none."""
        ids = self._ids(visitor, door)
        there = self._open(visitor, door, ids, self.home)
        self._require(visitor, door, there, _shut(visitor, door))
        if self.is_quick or not door.rows:
            return
        if visitor.ground is self.home or visitor.cookie is None:
            absent = self._open(visitor, door, self._absent(door, ids), self.home)
            self._require_same(visitor, door, there, absent)

    def _try_allowed(self, visitor: Visitor, door: Door) -> None:
        if door.is_safe:
            before = look_ups(self.app) if door.is_about_person else 0
            answer = self._open(visitor, door, self._ids(visitor, door), self.home)
            self._require(visitor, door, answer, self._answers(visitor, door))
            if door.is_about_person and not answer.is_json and look_ups(self.app) == before:
                self._fault(visitor, door, "does not note who looked at whom")
            if not door.is_public:
                self._require_silence(visitor, door, answer, self.abroad)
        if not door.is_public or visitor.cookie is None:
            for name in door.names:
                self._try_wrong(visitor, door, name)

    def _try_elsewhere(self, visitor: Visitor, door: Door) -> None:
        """Of another area nothing is found; pages without an id are about the own one."""
        if door.rows:
            ids = self._ids(visitor, door)
            there, absent = (
                self._open(visitor, door, each, self.home)
                for each in (ids, self._absent(door, ids))
            )
            self._require(visitor, door, there, {404})
            self._require_same(visitor, door, there, absent)
        elif door.is_safe:
            answer = self._open(visitor, door, self._ids(visitor, door), self.home)
            self._require(visitor, door, answer, DONE)
            self._require_silence(visitor, door, answer, self.home)

    def _try_wrong(self, visitor: Visitor, door: Door, name: str) -> None:
        """One id is made up, another area's or another person's; the others are right."""
        right, expected = self._ids(visitor, door), OVER if name in SECRETS else {404}
        absent = self._open(visitor, door, {**right, name: door.absent(name)}, self.home)
        self._require(visitor, door, absent, expected, name)
        guesses, impossible = door.guesses(name), door.impossible(name)
        if self.is_quick:
            guesses, impossible = guesses[:1], impossible[:1]
        for wrong in {*self._foreign(visitor, door, name), *guesses} - {right[name]}:
            answer = self._open(visitor, door, {**right, name: wrong}, self.home)
            self._require(visitor, door, answer, expected, f"{name} {wrong!r}")
            if name not in SECRETS:
                self._require_same(visitor, door, answer, absent)
        for wrong in impossible:
            answer = self._open(visitor, door, {**right, name: wrong}, self.home)
            self._require(visitor, door, answer, {404, *expected}, f"{name} {wrong!r}")

    def _foreign(self, visitor: Visitor, door: Door, name: str) -> set[Any]:
        """The same id of the other area and of colleagues; what everybody may read is for all."""
        if door.is_public and len(door.rows) < 2:
            return set()
        others = {self.abroad.ids_for(door.endpoint, visitor.role).get(name)}
        others |= {own.get(name) for own in self.home.own.values()}
        return others - {None, self._ids(visitor, door)[name]}

    def _act(self, visitor: Visitor, doors: Iterable[Door]) -> None:
        """What is lawful is done, and undone; ids of the other area in a form do nothing there."""
        for door in filter(visitor.tries, doors):
            if door.is_safe or not self._is_allowed(visitor, door):
                continue
            if self._finds(visitor, door) and (
                visitor.ground is self.home or visitor.cookie is None
            ):
                self._do(visitor, door)
                self._undo()
            if visitor.ground and (visitor.ground is self.home or not door.rows):
                self._do_abroad(visitor, door)
                self._undo()

    def _send_nonsense(self, visitors: Iterable[Visitor], doors: Iterable[Door]) -> None:
        """Each form once with numbers and signs that no database can hold: refused in words."""
        for door in doors:
            able = [each for each in visitors if self._is_at_home(each, door)]
            if door.is_safe or not able:
                continue
            for number, text in NONSENSE[:2] if self.is_quick else NONSENSE:
                answer = self._send(
                    able[0], door, nonsense(sent(door.endpoint, self.home), number, text)
                )
                if answer.status_code >= 500:
                    self._fault(able[0], door, f"breaks with {number or text!r}")
                self._undo()

    def _is_allowed(self, visitor: Visitor, door: Door) -> bool:
        return door.action is not None and visitor.role in POLICY[door.action]

    def _is_at_home(self, visitor: Visitor, door: Door) -> bool:
        is_here = visitor.ground is self.home or door.is_public
        return is_here and self._is_allowed(visitor, door)

    def _undo(self) -> None:
        if self.restore:
            self.restore()

    def _finds(self, visitor: Visitor, door: Door) -> bool:
        """Whether there is something for the visitor; the trustee's jury has no rounds."""
        return visitor.role is not Role.TRUSTEE

    def _answers(self, visitor: Visitor, door: Door) -> set[int]:
        return DONE if self._finds(visitor, door) else DONE | {404}

    def _do(self, visitor: Visitor, door: Door) -> None:
        answer = self._open(visitor, door, self._ids(visitor, door), self.home)
        if visitor.role in BESIDE and answer.status_code == 403:
            return  # For which body, the act asks.
        if answer.status_code not in DONE and would_be_done(door.endpoint):
            self._fault(visitor, door, f"answered {answer.status_code}: {_said(answer)}")
        elif answer.status_code in SHUT or answer.status_code >= 500:
            self._fault(visitor, door, f"answered {answer.status_code} to a lawful try")

    def _do_abroad(self, visitor: Visitor, door: Door) -> None:
        other = self.abroad if visitor.ground is self.home else self.home
        here, there = (sent(door.endpoint, ground) for ground in (self.home, self.abroad))
        if here == there or door.endpoint == "account.follow_link":
            return
        area_id = other.council.area.id
        before = rows(self.app, area_id)
        answer = self._open(visitor, door, self._ids(visitor, door), other)
        if answer.status_code >= 500:
            self._fault(visitor, door, f"answered {answer.status_code} to another area's ids")
        changed = difference(before, rows(self.app, area_id))
        self._require_unchanged(changed, f"{visitor.name} {door.endpoint}")

    def _open(
        self, visitor: Visitor, door: Door, ids: Mapping[str, Any], typed: Ground
    ) -> TestResponse:
        typed.acting = str(visitor.role)
        filled = {} if door.is_safe else sent(door.endpoint, typed)
        return self._send(visitor, door, filled, ids)

    def _send(
        self,
        visitor: Visitor,
        door: Door,
        filled: dict[str, Any],
        ids: Mapping[str, Any] | None = None,
    ) -> TestResponse:
        if (
            door.endpoint == "account.confirm"
            and visitor.cookie
            and self._is_allowed(visitor, door)
        ):
            filled["query_string"] = {"to": self._way_back(visitor.cookie)}
        path = door.path(ids or self._ids(visitor, door))
        return visitor.open(self.app, path, door.method, **filled)

    def _way_back(self, cookie: str) -> str:
        with self.app.app_context():
            return str(way_back._signer().dumps([digest(cookie), "/desk/", False]))

    def _ids(self, visitor: Visitor, door: Door) -> dict[str, Any]:
        return self.home.ids_for(door.endpoint, visitor.role)

    def _absent(self, door: Door, ids: Mapping[str, Any]) -> dict[str, Any]:
        return {**ids, **{name: door.absent(name) for name in door.names}}

    def _require(
        self, visitor: Visitor, door: Door, answer: TestResponse, expected: set[int], note: str = ""
    ) -> None:
        if answer.status_code not in expected:
            self._fault(visitor, door, f"answered {answer.status_code} {note}".rstrip())

    def _require_same(
        self, visitor: Visitor, door: Door, there: TestResponse, absent: TestResponse
    ) -> None:
        if _bare(there) != _bare(absent):
            self._fault(visitor, door, f"{there.request.path} does not look like an absent one")

    def _require_silence(
        self, visitor: Visitor, door: Door, answer: TestResponse, other: Ground
    ) -> None:
        if other.name.encode() in answer.data:
            self._fault(visitor, door, f"shows what belongs to {other.name}")

    def _require_unchanged(self, changed: str, who: str) -> None:
        if changed:
            self.faults.append(f"{who} changed:\n{changed}")

    def _fault(self, visitor: Visitor, door: Door, what: str) -> None:
        self.faults.append(f"{visitor.name}: {door.method} {door.rule} {what}")


def _shut(visitor: Visitor, door: Door) -> set[int]:
    """What somebody is told whom the table refuses; a door of a link says that it is over."""
    if door.action and Role.APPLICANT in POLICY[door.action]:
        return OVER
    return {401 if visitor.role is Role.RESIDENT else 403}


def _bare(answer: TestResponse) -> tuple[int, list[tuple[str, str]], str]:
    """An answer without its token and its own address, to which its links lead."""
    own = str(escape(answer.request.path))
    headers = [each for each in answer.headers if each[0] not in {"Content-Length", "Set-Cookie"}]
    return answer.status_code, headers, TOKEN.sub("", answer.text.replace(own, ""))


def _said(answer: TestResponse) -> str:
    """The sentence of a page that refused."""
    found = re.findall(r'role="status">(.*?)</p>|class="[^"]*error[^"]*"[^>]*>(.*?)<', answer.text)
    return " ".join(" ".join(each) for each in found) or answer.text[:80]
