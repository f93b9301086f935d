"""The box while it is open: for members on its roll, byte by byte what is published later."""

import json

from app.board import read_archive
from app.booth.casting import cast
from app.models import Member
from app.round.preparing import questions_of
from tests.app import builder


def archive(browser, round_, question):
    return browser.get(f"/booth/{round_.id}/{question.id}.bel")


def test_members_on_the_roll_read_it(client_of, area, held, open_round, make_submission):
    member, round_ = area.members[0], open_round()
    (question,) = questions_of(held, round_)
    browser = client_of(member)
    before = archive(browser, round_, question)
    assert before.status_code == 200
    assert before.headers["Content-Type"] == "application/x-tar"
    assert before.headers["Cache-Control"] == "no-store"
    assert "Last-Modified" not in before.headers
    receipt = json.loads(cast(member, round_.id, make_submission(member, round_, "yes")))
    after = archive(browser, round_, question)
    assert after.data.startswith(before.data)
    assert after.data == read_archive(held, question.id)
    assert receipt["ballots"][0]["head"].encode() in after.data


def test_nobody_else_does(client_of, visitor, area, held, open_round):
    round_ = open_round(questions=2, recused={1: [area.members[0]]})
    first, second = questions_of(held, round_)
    recused = client_of(area.members[0])
    assert archive(recused, round_, first).status_code == 404
    assert archive(recused, round_, second).status_code == 200
    guest = Member(area_id=area.area.id, name="Gast ohne Sitz")
    held.add(guest)
    held.commit()
    stranger = builder.build_council(held, "bruecke").members[0]
    for person in (guest, stranger):
        assert archive(client_of(person), round_, second).status_code == 404
    assert archive(client_of(area.moderators[0]), round_, second).status_code == 403
    assert archive(visitor, round_, second).status_code == 401
    assert visitor.get(f"/abstimmung/{round_.id}/{second.id}.bel").status_code == 404


def test_a_question_of_another_round_is_not_there(client_of, area, held, open_round):
    first, second = open_round(), open_round()
    (question,) = questions_of(held, second)
    assert archive(client_of(area.members[0]), first, question).status_code == 404
