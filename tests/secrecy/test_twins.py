"""Two databases that differ in the choices alone look alike; the office key opens every ballot."""

import json
import re
import shutil
from io import BytesIO

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from app import create_app, db, office_key
from app.board import read_archive
from app.booth.casting import cast
from app.models import Board, BoardEvent, Member, Round
from tests.app import builder
from tests.app.conftest import area, held, open_round, prepared_round  # noqa: F401 - fixtures
from voting.protocol import archive
from voting.protocol.ballot import parse_ballot
from voting.protocol.election import parse_election

RANDOM = re.compile(r"\d{65,80}|[0-9a-f]{64}|[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])")
PAGES = ("/", "/gebiet/anger", "/gebiet/anger/entscheidungen", "/abstimmung/{round}/pruefen")
MEMBER_PAGES = (
    *("/booth/", "/booth/{round}/questions", "/account/", "/proposals/"),
    *("/booth/heads", "/booth/{round}/chains"),
)
HALL = f"/sitzung/1/saal?key={'hall' * 5}&second=en"
DESK_PAGES = (
    *("/desk/", "/desk/rounds/{round}", "/desk/rounds/{round}/pulse", "/roster/bodies/{body}"),
    *(HALL, "/booth/pulse/anger", "/desk/meetings/1"),
)


@pytest.fixture
def twins(settings, app, held, area, open_round, tmp_path, copy_database):  # noqa: F811 - fixtures
    """The same open round twice: everybody says yes in one database, no in the other."""
    round_ = open_round(questions=2, recused={2: [area.members[0]]})
    area.meeting.hall_key = "hall" * 5
    held.add(area.meeting)
    cookies = [builder.sign_in(held, each) for each in (area.members[1], area.moderators[0])]
    held.commit()
    held.close()
    app.extensions["engine"].dispose()
    found = []
    for choice in ("yes", "no"):
        instance = tmp_path / choice
        shutil.copytree(settings.instance, instance, ignore=shutil.ignore_patterns("output"))
        environ = {"DATABASE_URL": copy_database(), "INSTANCE": str(instance)}
        twin = create_app(settings.from_environment(environ))
        vote(twin, area, round_.id, choice)
        found.append(twin)
    yield found, round_.id, cookies
    for twin in found:
        twin.extensions["engine"].dispose()


def vote(app, council, round_id, choice):
    with app.app_context(), Session(app.extensions["engine"]) as own:
        round_ = own.get_one(Round, round_id)
        for member in council.members:
            phone = council.phones[member.id]
            submission = builder.make_submission(own, phone, member, round_, choice)
            own.commit()
            with db.acting() as acting:
                cast(acting.get_one(Member, member.id), round_id, submission)


def dump(app):
    """Every row of every table as text, random and encrypted parts masked."""
    lines = []
    with app.app_context(), Session(app.extensions["engine"]) as own:
        for table in SQLModel.metadata.sorted_tables:
            for row in own.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
                shown = {name: readable(name, value) for name, value in row.items()}
                lines.append(f"{table.name} {RANDOM.sub('#', json.dumps(shown, default=str))}")
    return sorted(lines)


def readable(name, value):
    """The archive's bytes as the documents in them: lengths of random numbers vary by a digit."""
    if name != "content":
        return value
    return re.findall(r"\{.*?\}(?=\0|$)", value.decode("latin-1"))


def test_dumps_of_opposite_choices_are_equal(twins):
    (yes, no), _, _ = twins
    assert dump(yes) == dump(no)
    assert any(line.startswith("ballot ") for line in dump(yes))


def test_pages_of_opposite_choices_are_equal_while_the_round_is_open(twins):
    (yes, no), round_id, (member, officer) = twins
    for pages, cookie in ((PAGES, None), (MEMBER_PAGES, member), (DESK_PAGES, officer)):
        for page in pages:
            for prefix in ("", "/en"):
                path = prefix + page.format(round=round_id, body=1)
                shown = [fetch(each, path, cookie) for each in (yes, no)]
                assert shown[0] == shown[1], path
                assert cookie is None or shown[0][0] == 200, path


def fetch(app, path, cookie):
    client = app.test_client()
    if cookie:
        client.set_cookie("kiezvotum", cookie)
    answer = client.get(path)
    body = re.sub(r'(csrf[^>]*?(?:value|content)=")[^"]*', r"\1", answer.text)
    # The name of a member on phones depends on the key of the server.
    body = re.sub(r'("member":")[0-9a-f]{24}', r"\1", body)
    return answer.status_code, len(answer.headers.get("ETag", "")), RANDOM.sub("#", body)


def test_a_leaking_page_would_be_noticed(twins):
    """The control: a page that printed the running count differs between the twins."""
    (yes, no), round_id, _ = twins
    assert running_count(yes, round_id) != running_count(no, round_id)


def running_count(app, round_id):
    """What nobody can do without the office key: open every single ballot."""
    with app.app_context(), Session(app.extensions["engine"]) as own:
        boards = own.exec(select(Board).order_by(Board.question_id)).all()
        return [opened(read_archive(own, board.question_id)) for board in boards]


def opened(content):
    exponent = office_key.load("Ed25519")
    setup, *events = archive.read_events(BytesIO(content))
    election = parse_election(setup.documents[0])
    group = election.group
    found = []
    for event in events:
        ballot = parse_ballot(election, event.documents[0])
        values = [
            group.mul(beta, group.invert(group.power(alpha, exponent)))
            for alpha, beta in ballot.points[0]
        ]
        found.append([value == group.g for value in values])
    return found


def test_the_office_key_opens_all_and_is_not_in_the_database(twins, settings):
    (yes, no), round_id, _ = twins
    for app, expected in ((yes, [True, False, False]), (no, [False, True, False])):
        for ballots in running_count(app, round_id):
            assert ballots
            assert all(each == expected for each in ballots)
        with app.app_context():
            exponent = str(office_key.load("Ed25519"))
        assert exponent not in "".join(unmasked(app))


def unmasked(app):
    """All that somebody with a copy of the database has."""
    with app.app_context(), Session(app.extensions["engine"]) as own:
        for table in SQLModel.metadata.sorted_tables:
            for row in own.execute(text(f'SELECT * FROM "{table.name}"')):
                yield str(row)
        yield from (str(row.content) for row in own.exec(select(BoardEvent)))
