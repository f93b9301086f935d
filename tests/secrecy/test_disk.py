"""Who has the whole database and the whole disk of the server opens nothing that people keep."""

import base64
import re
import secrets
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from app import db
from app.board import read_archive
from app.config import Settings
from app.entropy import rand_scalar
from app.models import Board, Round
from app.round import closing, count_key, counting
from tests.app import builder, deciding, term_key
from tests.app.builder import Council
from tests.app.conftest import area, held  # noqa: F401 - fixtures
from voting.protocol import archive, trustee
from voting.protocol import group as groups
from voting.protocol.ballot import parse_ballot
from voting.protocol.board import Setup, parse_setup

GROUP = groups.by_name("Ed25519")
DECIMAL = re.compile(rb"\d{20,}")
HEXADECIMAL = re.compile(rb"(?i)[0-9a-f]{64}")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{43}")
CHOICES = ("yes", "yes", "no", "abstain")
ANSWERS = len(CHOICES)


class Disk:
    """What the server holds: every row of every table and every file of its folder."""

    def __init__(self, held: Session, settings: Settings) -> None:  # noqa: F811 - not the fixture
        self.numbers = {
            number % GROUP.q
            for content in (*rows(held), *files(settings.instance))
            for number in numbers_in(content)
        }

    def exponents(self, setup: Setup) -> dict[int, int]:
        """The keys of the round that stand on the disk, by the number of their holder."""
        keys = {owner.public_key: number for number, owner in setup.trustees.owners.items()}
        found = ((keys.get(GROUP.text(GROUP.power_g(each))), each) for each in self.numbers)
        return {number: exponent for number, exponent in found if number is not None}


def rows(held: Session) -> Iterator[bytes]:  # noqa: F811 - not the fixture
    for table in SQLModel.metadata.sorted_tables:
        for row in held.execute(text(f'SELECT * FROM "{table.name}"')):
            for value in row:
                yield value if isinstance(value, bytes) else str(value).encode()


def files(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file())


def numbers_in(content: bytes) -> Iterator[int]:
    """Every number in it, in each form in which a key could have been written."""
    yield from (int(found) for found in DECIMAL.findall(content))
    yield from (int(found, 16) for found in HEXADECIMAL.findall(content))
    for found in BASE64.findall(content):
        yield int.from_bytes(base64.b64decode(found + b"=", altchars=b"-_"), "big")


def opened(held: Session, known: dict[int, int]) -> int:  # noqa: F811 - not the fixture
    """How many ballots of the only box can be read with the exponents of these holders."""
    setup, ballots = box(held)
    needed = setup.trustees.coefficients(known) or dict.fromkeys(known, 1)
    exponent = sum(times * known[number] for number, times in needed.items()) % GROUP.q
    return sum(is_read(ballot, exponent) for ballot in ballots)


def is_read(ballot: Collection[tuple[bytes, bytes]], exponent: int) -> bool:
    """Whether every point that an exponent takes out of a ballot says yes or no to its answer."""
    return all(
        GROUP.mul(beta, GROUP.invert(GROUP.power(alpha, exponent))) in (GROUP.identity, GROUP.g)
        for alpha, beta in ballot
    )


def box(held: Session) -> tuple[Setup, list[Collection[tuple[bytes, bytes]]]]:  # noqa: F811
    board = held.exec(select(Board)).one()
    first, *others = archive.read_events(BytesIO(read_archive(held, board.question_id)))
    setup = parse_setup(*first.documents)
    ballots = [event for event in others if event.type == "Ballot"]
    return setup, [parse_ballot(setup.election, each.documents[0]).points[0] for each in ballots]


def close(held: Session, council: Council, round_: Round) -> None:  # noqa: F811 - not the fixture
    """Four vote in an open round; it is closed and added up, the sum waits for the keys."""
    answers = zip(council.members, CHOICES, strict=False)
    deciding.let_cast(held, council, round_, answers)
    closing.end(held, round_, db.clock(held), "end")
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()


@pytest.fixture
def evening_keys(held: Session, area: Council) -> dict[int, int]:  # noqa: F811 - fixtures
    """The keys of three phones, after a vote in a meeting at which they count."""
    builder.set_rules(held, area, trust__meeting="evening")
    keys = {number: secrets.randbelow(GROUP.q) for number in (1, 2, 3)}
    for member, exponent in zip(area.members, keys.values(), strict=False):
        document = trustee.make_single(GROUP, exponent, rand_scalar).decode()
        count_key.add(held, area.meeting, member, document, db.clock(held))
    held.commit()
    close(held, area, builder.open_round(held, builder.prepare_round(held, area)))
    return keys


@pytest.fixture
def term_keys(held: Session, area: Council) -> dict[int, int]:  # noqa: F811 - fixtures
    """The parts of a commission's three, after a vote over days."""
    builder.set_rules(held, area, trust__circular="commission")
    made = term_key.make()
    term_key.put_in_force(held, area, area.members[:3], made)
    close(held, area, builder.open_round(held, builder.prepare_over_days(held, area)))
    return made.exponents


def test_the_office_key_is_on_the_disk(
    held: Session,  # noqa: F811 - fixture
    area: Council,  # noqa: F811 - fixture
    settings: Settings,
) -> None:
    """The control: where the office counts, the search finds its key, and every ballot is read."""
    close(held, area, builder.open_round(held, builder.prepare_round(held, area)))
    found = Disk(held, settings).exponents(box(held)[0])
    assert list(found) == [1]
    assert opened(held, found) == ANSWERS


def test_all_but_one_key_of_the_evening_open_nothing(
    held: Session,  # noqa: F811 - fixture
    evening_keys: dict[int, int],
    settings: Settings,
) -> None:
    found = Disk(held, settings).exponents(box(held)[0])
    assert found == {}
    for missing in evening_keys:
        known = {number: key for number, key in evening_keys.items() if number != missing}
        assert opened(held, found | known) == 0
    assert opened(held, evening_keys) == ANSWERS


def test_one_part_of_the_commissions_key_opens_nothing(
    held: Session,  # noqa: F811 - fixture
    term_keys: dict[int, int],
    settings: Settings,
) -> None:
    found = Disk(held, settings).exponents(box(held)[0])
    assert found == {}
    for number, key in term_keys.items():
        assert opened(held, found | {number: key}) == 0
    assert opened(held, {number: term_keys[number] for number in (1, 3)}) == ANSWERS
