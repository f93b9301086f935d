"""Papers of a secret round: each is one ordinary ballot, cast when two people entered the same."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlmodel import select

from app.board import read_archive
from app.entropy import rand_scalar
from app.models import (
    Ballot,
    Board,
    Confirmation,
    Paper,
    PaperEnterer,
    PaperNumber,
    RollEntry,
    VotingKey,
)
from app.models.confirmation import LIFETIME
from app.round import closing, counting, papers
from app.round.preparing import questions_of
from tests.app import builder
from tests.app.paper.screen import Screen, enter, question_of, told
from voting.protocol.verify import Accepted, verify


@pytest.fixture
def on_paper(held, area, prepared_round, client_of):
    """Three members on paper, two screens with the secret, the round open."""

    def opened(count=3, **chosen):
        round_ = prepared_round(**chosen)
        papers.mark(held, round_, {each.id: "paper" for each in area.members[:count]})
        held.commit()
        first, second = (Screen(client_of(each), round_, each) for each in area.moderators)
        assert first.make().status_code == 201
        second.code = first.code
        assert second.join().status_code == 200
        builder.open_round(held, round_)
        return round_, first, second

    return opened


def on_board(held, round_):
    found = select(Ballot).where(Ballot.question_id == question_of(held, round_).id)
    return len(held.exec(found).all())


def test_equal_entries_are_one_ballot(held, on_paper):
    round_, first, second = on_paper()
    assert enter(held, first, round_, 1, "yes").json == {"entered": "waiting"}
    assert on_board(held, round_) == 0
    assert enter(held, second, round_, 1, "yes").json == {"entered": "cast"}
    assert on_board(held, round_) == 1


def test_paper_and_phones_are_one_count(held, area, on_paper, make_submission, client_of):
    round_, first, second = on_paper()
    for number, answer in enumerate(("yes", "no", "yes"), start=1):
        enter(held, first, round_, number, answer)
        assert enter(held, second, round_, number, answer).json == {"entered": "cast"}
    for member in area.members[3:]:
        sent = make_submission(member, round_, "yes")
        assert client_of(member).post(f"/booth/{round_.id}/ballots", json=sent).status_code == 200
    closing.close(held, round_, datetime.now(UTC))
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    question = question_of(held, round_)
    assert [question.outcome[name] for name in ("yes", "no", "ballots")] == [8, 1, 9]
    board = held.get(Board, question.id)
    archive = BytesIO(read_archive(held, question.id))
    assert isinstance(verify(archive, board.strong.encode()), Accepted)
    page = client_of(area.members[8]).get(f"/abstimmung/{round_.id}/pruefen").text
    assert "Die zwei, die Papiere eintragen" in page


def test_a_paper_voters_own_key_is_not_on_the_roll(
    held, area, on_paper, make_submission, client_of
):
    round_, _first, _second = on_paper()
    rows = held.exec(select(RollEntry)).all()
    marked = {each.id for each in area.members[:3]}
    assert {row.member_id for row in rows if row.credential is None} == marked
    member = area.members[0]
    board = held.get(Board, question_of(held, round_).id)
    ballot = area.phones[member.id].fill_in({board.election: "yes"})
    held.commit()
    answer = client_of(member).post(f"/booth/{round_.id}/ballots", json=ballot)
    assert (answer.status_code, answer.json["error"]) == (403, "not_entitled")
    state = client_of(member).get(f"/booth/{round_.id}/state").json
    assert state["questions"][0]["reason"] == "on_paper"
    assert on_board(held, round_) == 0


def test_a_second_use_is_refused(held, on_paper):
    round_, first, second = on_paper()
    enter(held, first, round_, 1, "yes")
    enter(held, second, round_, 1, "yes")
    for answer in ("yes", "no"):
        again = enter(held, first, round_, 1, answer)
        assert (again.status_code, again.json["error"]) == (409, "paper_used")
    assert on_board(held, round_) == 1


def test_unequal_entries_are_not_cast_and_both_forgotten(held, on_paper):
    round_, first, second = on_paper()
    enter(held, first, round_, 1, "yes")
    assert enter(held, second, round_, 1, "no").json == {"entered": "unequal"}
    assert on_board(held, round_) == 0
    assert enter(held, second, round_, 1, "no").json == {"entered": "waiting"}
    assert enter(held, first, round_, 1, "no").json == {"entered": "cast"}
    assert on_board(held, round_) == 1


def test_one_person_on_both_screens_is_refused(held, area, on_paper, client_of, prepared_round):
    round_, first, _second = on_paper()
    enter(held, first, round_, 1, "yes")
    again = enter(held, first, round_, 1, "yes")
    assert (again.status_code, again.json["error"]) == (409, "paper_waits")
    assert on_board(held, round_) == 0
    other = builder.prepare_round(held, area)
    alone = Screen(client_of(area.moderators[0]), other, area.moderators[0])
    alone.make()
    assert alone.join().json["error"] == "second_person_needed"


def test_a_number_that_is_not_on_the_roll_is_refused(held, on_paper):
    round_, first, _second = on_paper()
    for number in (0, 4, -1, 10**30, "1", True, None):
        answer = enter(held, first, round_, 1, "yes", sent_number=number)
        assert answer.status_code in (400, 409), number
    assert held.exec(select(Paper).where(Paper.place.is_not(None))).all() == []


def test_a_number_of_another_round_is_refused(held, area, on_paper, client_of):
    round_, first, _second = on_paper()
    stranger = Screen(client_of(area.moderators[0]), round_, area.moderators[0])
    stranger.code, stranger.term_of = first.code, "hT3yWbN8kQ2LmR"
    answer = enter(held, stranger, round_, 1, "yes")
    assert (answer.status_code, answer.json["error"]) == (403, "not_entitled")


def test_another_screen_without_the_secret_is_refused(held, area, on_paper, client_of):
    round_, _first, _second = on_paper()
    stranger = Screen(client_of(area.moderators[1]), round_, area.moderators[1])
    assert stranger.join().json["error"] == "key_proof_broken"


def test_papers_that_are_out_keep_the_round_from_closing(held, area, on_paper, client_of):
    round_, first, second = on_paper()
    desk = client_of(area.moderators[0])
    assert desk.post(f"/desk/rounds/{round_.id}/last-call").status_code == 409
    for number in (1, 2):
        enter(held, first, round_, number, "yes")
        enter(held, second, round_, number, "yes")
    question = question_of(held, round_)
    address = f"/paper/questions/{question.id}/returns/{area.members[0].id}"
    assert "keine Stimme mehr" in desk.get(address).text
    assert desk.post(address, data={"reason": ""}).status_code == 422
    assert desk.post(address, data={"reason": "Muss gehen"}).status_code == 303
    assert desk.post(address, data={"reason": "Muss gehen"}).status_code == 409
    assert papers.standing(held, question.id) == papers.Papers(3, 2, 0)
    assert desk.post(f"/desk/rounds/{round_.id}/last-call").status_code == 409
    asked = held.exec(select(Confirmation.id)).one()
    held.commit()
    assert desk.post(f"/desk/confirmations/{asked}").status_code == 403
    second_desk = client_of(area.moderators[1])
    assert second_desk.post(f"/desk/confirmations/{asked}").status_code == 303
    assert papers.standing(held, question.id) == papers.Papers(3, 2, 1)
    assert told(held)[-1] == {
        "round": round_.id,
        "question": question.id,
        "what": "paper_return",
        "reason": "Muss gehen",
    }
    assert enter(held, first, round_, 3, "yes").json["error"] == "paper_used"
    assert desk.post(f"/desk/rounds/{round_.id}/last-call").status_code == 303


def test_new_numbers_before_the_opening_need_the_second_person_again(
    held, area, prepared_round, client_of
):
    round_ = prepared_round()
    papers.mark(held, round_, {area.members[0].id: "paper"})
    first, second = (Screen(client_of(each), round_, each) for each in area.moderators)
    first.make()
    second.code = first.code
    second.join()
    again = Screen(client_of(area.moderators[0]), round_, area.moderators[0])
    assert again.make().status_code == 201
    assert len(papers.enterers_of(held, round_.id)) == 1
    held.commit()
    desk = client_of(area.moderators[0])
    assert desk.post(f"/desk/rounds/{round_.id}/open").status_code == 409
    assert second.join().json["error"] == "key_proof_broken"


def test_numbers_are_new_points_and_made_before_the_opening(
    held, area, prepared_round, client_of, on_paper
):
    opened, first, _second = on_paper()
    assert first.make().json["error"] == "papers_fixed"
    fresh = Screen(client_of(area.moderators[0]), prepared_round(), area.moderators[0])
    keys = [each.point for each in held.exec(select(VotingKey)).all()]
    numbers = [each.point for each in held.exec(select(PaperNumber)).all()]
    for points in ([], ["x"], [fresh.point(1)] * 2, [fresh.point(1), keys[0]], numbers[:1]):
        answer = fresh.make(points)
        assert answer.status_code == 400, points
    assert len(papers.enterers_of(held, opened.id)) == 2
    assert len(held.exec(select(PaperEnterer)).all()) == 2


def test_without_numbers_the_round_does_not_open(held, area, prepared_round, client_of):
    round_ = prepared_round()
    papers.mark(held, round_, {area.members[0].id: "paper"})
    held.commit()
    desk = client_of(area.moderators[0])
    assert desk.post(f"/desk/rounds/{round_.id}/open").status_code == 409


def test_a_recused_paper_voter_has_no_paper_for_that_question(held, area, on_paper):
    round_, _first, _second = on_paper(questions=2, recused={2: [area.members[0]]})
    counts = [papers.standing(held, each.id).all for each in questions_of(held, round_)]
    assert counts == [3, 2]


def test_the_share_of_papers_is_shown_only_if_it_tells_nobody():
    shown = {
        (count, cast): papers.shown_share(count, cast) for count in range(13) for cast in (9, 12)
    }
    assert {pair for pair, share in shown.items() if share} == {(5, 12), (6, 12), (7, 12)}


def test_two_screens_at_once_give_one_ballot(held, on_paper):
    round_, first, second = on_paper()
    board = held.get(Board, question_of(held, round_).id)
    held.commit()
    answers = Screen.enter_together([first, second], board, 1, "yes")
    assert sorted(each.json["entered"] for each in answers) == ["cast", "waiting"]
    assert on_board(held, round_) == 1


def test_random_scalars_are_never_the_servers(held, on_paper):
    """The control: a ballot that another screen drew anew is not the same one."""
    round_, first, second = on_paper()
    enter(held, first, round_, 1, "yes")
    assert enter(held, second, round_, 1, "yes", rand=rand_scalar).json == {"entered": "unequal"}


def test_a_first_entry_that_waited_too_long_is_forgotten(held, on_paper):
    round_, first, second = on_paper()
    enter(held, first, round_, 1, "yes")
    paper = held.get(Paper, (question_of(held, round_).id, 1))
    paper.entered_at -= LIFETIME
    held.commit()
    assert enter(held, second, round_, 1, "yes").json == {"entered": "waiting"}
    assert on_board(held, round_) == 0
    assert enter(held, first, round_, 1, "yes").json == {"entered": "cast"}
