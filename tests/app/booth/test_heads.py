"""Phones compare unasked: one small answer says whether a box has moved, its chain where to."""

from datetime import UTC, datetime

from sqlmodel import select

from app import alias
from app.models import Board, BoardEvent
from app.round import closing
from app.round.preparing import questions_of
from tests.app import builder, deciding
from voting.protocol import canon


def told(browser, mark=None):
    return browser.get("/booth/heads", headers={"If-None-Match": mark} if mark else {})


def test_the_heads_of_the_own_boxes_and_until_when(client_of, area, held, open_round):
    member, round_ = area.members[0], open_round(questions=2, recused={1: [area.members[0]]})
    _not_mine, question = questions_of(held, round_)
    found = told(client_of(member)).get_json()
    [(name, its)] = found["rounds"].items()
    assert (found["member"], name, its["is_void"]) == (alias.of(member), round_.id, False)
    assert its["heads"] == {question.id: held.get_one(Board, question.id).head}
    until = datetime.fromisoformat(its["until"])
    assert (until.date(), until.hour) == (round_.box_ends_on, 0)
    assert until.utcoffset() is not None


def test_nothing_is_sent_twice_until_a_box_moves(client_of, area, held, open_round):
    round_, browser = open_round(), client_of(area.members[0])
    mark = told(browser).headers["ETag"]
    again = told(browser, mark)
    assert (again.status_code, again.data) == (304, b"")
    deciding.let_cast(held, area, round_, [(area.members[1], "no")])
    assert told(browser, mark).status_code == 200


def test_the_chain_leads_to_every_head(client_of, area, held, open_round):
    round_ = open_round()
    (question,) = questions_of(held, round_)
    deciding.let_cast(held, area, round_, [(each, "yes") for each in area.members[:2]])
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    chain = client_of(area.members[0]).get(f"/booth/{round_.id}/chains").get_json()[question.id]
    assert [kind for kind, *_ in chain] == ["Setup", "Ballot", "Ballot", "EndBallots"]
    events = select(BoardEvent.head).where(BoardEvent.question_id == question.id)
    assert heads_of(chain) == held.exec(events.order_by(BoardEvent.height)).all()


def heads_of(chain):
    """As phones compute them."""
    heads = []
    for height, (kind, *payload) in enumerate(chain):
        event = {"parent": heads[-1]} if heads else {}
        event |= {"height": height, "type": kind} | ({"payload": payload[0]} if payload else {})
        heads.append(canon.hexadecimal(canon.write(event)))
    return heads


def test_others_are_told_of_no_box(client_of, visitor, area, held, open_round):
    round_ = open_round(recused={1: [area.members[0]]})
    (question,) = questions_of(held, round_)
    recused = client_of(area.members[0])
    assert told(recused).get_json()["rounds"] == {}
    assert recused.get(f"/booth/{round_.id}/chains").get_json() == {}
    stranger = client_of(builder.build_council(held, "bruecke").members[0])
    assert told(stranger).get_json()["rounds"] == {}
    assert stranger.get(f"/booth/{round_.id}/chains").status_code == 404
    for path in ("/booth/heads", f"/booth/{round_.id}/chains"):
        assert visitor.get(path).status_code == 401
        assert client_of(area.moderators[0]).get(path).status_code == 403
    assert visitor.get(f"/abstimmung/{round_.id}/{question.id}.chain.json").status_code == 404
