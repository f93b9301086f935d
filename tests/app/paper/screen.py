"""A screen on which papers are entered, as its script works: it knows the secret of the numbers."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlmodel import Session, col, select

from app.entropy import rand_scalar
from app.models import Board, LogEntry, Member, Officer, Question, Round
from app.models.round import YES_NO
from app.paper.numbers import name_in_proofs
from app.round.preparing import questions_of
from tests.app import logged
from tests.app.builder import Browser
from voting.protocol import canon, credential
from voting.protocol.ballot import make_ballot
from voting.protocol.group import by_name

GROUP = by_name("Ed25519")
POOL = 6


class Screen:
    """One person's browser; `code` is the secret, `term_of` the round whose numbers it makes."""

    def __init__(self, browser: Browser, round_: Round, person: Officer | Member) -> None:
        self.browser = browser
        self.round_id = self.term_of = round_.id
        self.person = name_in_proofs(person)
        self.code = credential.make_code(rand_scalar)

    def _exponent(self, number: int) -> int:
        return credential.derive_exponent(GROUP, f"{self.term_of}-paper-{number}", self.code)

    def _proof(self) -> dict[str, str]:
        term = f"{self.round_id}-paper-1"
        made = credential.make_enrolment(GROUP, term, self.person, self._exponent(1), rand_scalar)
        return {name: str(getattr(made, name)) for name in ("challenge", "response")}

    def point(self, number: int) -> str:
        return GROUP.text(GROUP.power_g_secret(self._exponent(number)))

    def make(self, points: list[str] | None = None, reason: str = "Ohne Handy") -> Any:
        made = [self.point(number) for number in range(1, POOL + 1)]
        sent = made if points is None else points
        content = {"points": sent, "proof": self._proof(), "reason": reason}
        return self.browser.post(f"/paper/{self.round_id}/numbers", json=content)

    def join(self) -> Any:
        return self.browser.post(f"/paper/{self.round_id}/join", json={"proof": self._proof()})

    def fill_in(self, board: Board, number: int, answer: str, rand: Any = None) -> dict[str, Any]:
        """What the screen sends: the same bytes on every screen that knows the secret."""
        values = [int(each == answer) for each in YES_NO]
        context = f"{self.code}|{board.election}|{number}|{values}"
        drawn = rand or _draw_from(context)
        ballot = make_ballot(board.election.encode(), self._exponent(number), [values], drawn)
        return {"question": board.question_id, "number": number, "ballot": ballot.decode()}

    def enter(
        self, board: Board, number: int, answer: str, *, rand: Any = None, **other: Any
    ) -> Any:
        content = self.fill_in(board, number, answer, rand)
        if "sent_number" in other:
            content["number"] = other["sent_number"]
        return self.browser.post(f"/paper/{self.round_id}/enter", json=content)

    @staticmethod
    def enter_together(screens: Iterable["Screen"], board: Board, number: int, answer: str) -> Any:
        """Send the same entry from several screens at the same moment."""
        made = [(each, each.fill_in(board, number, answer)) for each in screens]
        for screen, _content in made:
            screen.browser.held = None
        with ThreadPoolExecutor(len(made)) as pool:
            sent = [
                pool.submit(screen.browser.post, f"/paper/{screen.round_id}/enter", json=content)
                for screen, content in made
            ]
            return [each.result() for each in sent]


def _draw_from(secret: str) -> Any:
    index = 0

    def draw(order: int) -> int:
        nonlocal index
        index += 1
        halves = (canon.hexadecimal(f"{secret}|{index}|{half}".encode()) for half in (0, 1))
        return int("".join(halves), 16) % order

    return draw


def question_of(held: Session, round_: Round) -> Question:
    return questions_of(held, round_)[0]


def enter(
    held: Session, screen: Screen, round_: Round, number: int, answer: str, **other: Any
) -> Any:
    """Enter a paper of the first question on one screen."""
    board = held.get_one(Board, question_of(held, round_).id)
    held.commit()
    return screen.enter(board, number, answer, **other)


def told(held: Session) -> list[dict[str, Any]]:
    """What the log says that two persons entered."""
    found = select(LogEntry).where(LogEntry.type == "entered_by_two").order_by(col(LogEntry.seq))
    return [logged.told(held, each) for each in held.exec(found)]
