"""A council, its rounds and its visitors; the builders are in tests/app/builder/."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, g
from sqlmodel import Session

from app.models import Member, Officer, Round
from tests.app import builder, term_key
from tests.app.builder import Browser, Council
from voting.protocol.ceremony import Made


@pytest.fixture
def held(app: Flask) -> Iterator[Session]:
    """A session that can write, inside an application context; acts find it by `db.session`.

    Commit before anything else is to see what was written: another transaction, a job, a request
    (`Browser` commits by itself).
    """
    with app.app_context(), Session(app.extensions["engine"], expire_on_commit=False) as own:
        g.session = own
        yield own


@pytest.fixture
def area(held: Session) -> Council:
    """A council of six residents and three partners, all present and with voting keys."""
    return builder.build_council(held)


@pytest.fixture
def prepared_round(held: Session, area: Council) -> Callable[..., Round]:
    """`prepared_round(questions=2, recused={1: [member]})`: an announced round."""
    return lambda **chosen: builder.prepare_round(held, area, **chosen)


@pytest.fixture
def open_round(held: Session, prepared_round: Callable[..., Round]) -> Callable[..., Round]:
    """`open_round(closes_at=None, ...)`: an open round; the rest goes to `prepared_round`."""
    return lambda closes_at=None, **chosen: builder.open_round(
        held, prepared_round(**chosen), closes_at
    )


@pytest.fixture
def make_submission(held: Session, area: Council) -> Callable[..., dict[str, object]]:
    """`make_submission(member, round, choices)`: encrypted ballots as the booth sends them."""
    return lambda member, round_, choices: builder.make_submission(
        held, area.phones[member.id], member, round_, choices
    )


@pytest.fixture
def visitor(app: Flask, held: Session) -> Browser:
    """A browser of somebody who is not signed in."""
    return builder.browse(app, held)


@pytest.fixture
def client_of(app: Flask, held: Session) -> Callable[[Member | Officer], Browser]:
    """`client_of(person)`: a browser in which this person is signed in."""
    return lambda person: builder.browse(app, held, builder.sign_in(held, person))


@pytest.fixture
def moderator(area: Council, client_of: Callable[[Member | Officer], Browser]) -> Browser:
    return client_of(area.moderators[0])


@pytest.fixture
def second(area: Council, client_of: Callable[[Member | Officer], Browser]) -> Browser:
    """The browser of the other moderator."""
    return client_of(area.moderators[1])


@pytest.fixture(scope="session")
def made() -> Made:
    """The key of three who count, and what each of them holds of it."""
    return term_key.make()


@pytest.fixture
def three(area: Council) -> list[Member | Officer]:
    """Two members and a moderator; the numbers of members and officers are apart."""
    return [area.members[4], area.moderators[0], area.members[1]]
