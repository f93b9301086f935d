""" "Einwand ins Protokoll": by seat, with the name only where the person agreed."""

from sqlmodel import select

from app.models import NotedObjection
from app.round import preparing
from tests.app import deciding
from tests.app.public.reading import read

WORDS = "Ich habe mich gemeldet und kam nicht dran."


def test_a_member_has_it_noted_and_can_take_it_out_again(held, area, client_of):
    round_ = deciding.close(held, area, ["yes"] * 7)
    question = deciding.count(held, round_)[0]
    desk, where = client_of(area.moderators[0]), f"/desk/questions/{question.id}/note"
    assert "Einwand ins Protokoll" in read(desk, f"/desk/rounds/{round_.id}")
    seat = area.seats[1].id
    assert desk.post(where, data={"seat": seat, "words": WORDS}).status_code == 303
    noted = held.exec(select(NotedObjection)).one()
    assert (noted.member_id, noted.is_named) == (area.members[1].id, False)
    page = read(desk, where)
    assert WORDS in page
    assert "Sitz 2 (Bewohnerschaft)" in page
    assert f"Sitz 2 (Bewohnerschaft): {area.members[1].name}" not in page
    assert desk.post(f"/desk/notes/{noted.id}/remove").status_code == 303
    assert held.exec(select(NotedObjection)).all() == []


def test_a_seat_that_had_no_vote_is_refused(held, area, client_of):
    round_ = deciding.close(held, area, ["yes"] * 7, recused={1: [area.members[8]]})
    question = preparing.questions_of(held, round_)[0]
    answer = client_of(area.moderators[0]).post(
        f"/desk/questions/{question.id}/note", data={"seat": area.seats[8].id, "words": WORDS}
    )
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert held.exec(select(NotedObjection)).all() == []
