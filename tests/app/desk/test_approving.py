"""Minutes are approved by a vote from their agenda item; what comes of it follows by itself."""

import pytest
from sqlmodel import Session, select

from app.models import AgendaItem, Meeting, Minutes, Question, Round
from app.round import preparing
from tests.app import builder, deciding, ended
from tests.app.builder import Browser, Council

SUMMARY = {"german": "Das Protokoll stimmt.", "english": "The minutes are right."}


@pytest.fixture
def over(held: Session, area: Council) -> Meeting:
    """A meeting that is over; the area's meeting is now the next one, where all are present."""
    builder.set_rules(held, area, majority__other="more_than_half")
    ended.begin(held, area)
    past = ended.end(held, area)
    area.meeting = ended.meet_again(held, area)
    builder.set_present(held, area, area.members)
    return past


@pytest.fixture
def item(held: Session, over: Meeting) -> AgendaItem:
    found = held.exec(select(AgendaItem).where(AgendaItem.kind == "minutes")).one()
    held.commit()
    return found


def ask(held: Session, moderator: Browser, item: AgendaItem) -> Round:
    address = f"/desk/agenda-items/{item.id}/round"
    assert address in moderator.get(f"/desk/meetings/items/{item.id}").text
    answer = moderator.post(address)
    assert answer.status_code == 303
    assert moderator.post(f"{answer.location}/announce").status_code == 303
    return held.get_one(Round, answer.location.rpartition("/")[2])


def decide(held: Session, area: Council, round_: Round, choices: list[str]) -> Question:
    (question,) = deciding.count(held, deciding.close_prepared(held, area, round_, choices))
    deciding.confirm(held, area, round_, question)
    held.commit()
    return question


def test_the_question_is_ready_in_every_language(
    held: Session, over: Meeting, moderator: Browser, item: AgendaItem
) -> None:
    round_ = ask(held, moderator, item)
    (question,) = preparing.questions_of(held, round_)
    assert question.wording["de"].startswith("Soll das Protokoll der Sitzung vom ")
    assert set(question.wording) == set(question.title or {}) == {"de", "en"}
    assert (question.matter, round_.agenda_item_id) == ("other", item.id)


def test_a_vote_in_favour_approves_with_its_publication(
    held: Session, area: Council, over: Meeting, moderator: Browser, item: AgendaItem
) -> None:
    round_ = ask(held, moderator, item)
    question = decide(held, area, round_, ["yes"] * 7 + ["no"] * 2)
    page = f"/desk/rounds/{round_.id}"
    assert "Wenn Sie die Entscheidung veröffentlichen" in moderator.get(page).text
    assert held.get(Minutes, over.id) is None
    held.commit()
    answer = moderator.post(f"/desk/questions/{question.id}/publish", data=SUMMARY)
    assert answer.status_code == 303
    stored = held.get_one(Minutes, over.id)
    assert (stored.state, stored.approved_as) == ("approved", "vote")
    assert stored.agenda_item_id == item.id
    held.commit()
    shown = moderator.get(page).text
    assert "ist damit genehmigt." in shown
    assert f"/minutes/{over.id}" in shown
    assert moderator.post(f"/desk/agenda-items/{item.id}/round").location == page


def test_a_vote_against_leaves_them_open_and_says_what_to_do(
    held: Session, area: Council, over: Meeting, moderator: Browser, item: AgendaItem
) -> None:
    round_ = ask(held, moderator, item)
    question = decide(held, area, round_, ["yes"] * 3 + ["no"] * 6)
    moderator.post(f"/desk/questions/{question.id}/publish", data=SUMMARY)
    assert held.get(Minutes, over.id) is None
    held.commit()
    assert (
        "ist nicht genehmigt. Berichtigen Sie es."
        in moderator.get(f"/desk/rounds/{round_.id}").text
    )
    assert moderator.get(f"/minutes/{over.id}/approve").status_code == 409


def test_a_second_item_of_the_meeting_can_approve_what_was_corrected(
    held: Session, area: Council, over: Meeting, moderator: Browser, item: AgendaItem
) -> None:
    decide(held, area, ask(held, moderator, item), ["no"] * 9)
    again = ended.add_item(
        held, area.meeting, 2, "Noch einmal", kind="minutes", approves_meeting_id=over.id
    )
    question = decide(held, area, ask(held, moderator, again), ["yes"] * 9)
    moderator.post(f"/desk/questions/{question.id}/publish", data=SUMMARY)
    assert held.get_one(Minutes, over.id).state == "approved"


def test_what_is_not_settled_is_approved_by_hand_later(
    held: Session, area: Council, over: Meeting, moderator: Browser, item: AgendaItem
) -> None:
    open_ = held.exec(select(Question)).first()
    round_ = ask(held, moderator, item)
    question = decide(held, area, round_, ["yes"] * 9)
    before, open_.state = open_.state, "counted"
    held.commit()
    moderator.post(f"/desk/questions/{question.id}/publish", data=SUMMARY)
    assert held.get(Minutes, over.id) is None
    held.commit()
    assert "ist noch etwas offen." in moderator.get(f"/desk/rounds/{round_.id}").text
    open_.state = before
    held.commit()
    assert moderator.post(f"/minutes/{over.id}/approve").status_code == 303
    held.expire_all()
    assert held.get_one(Minutes, over.id).approved_as == "vote"


def test_minutes_that_are_fixed_or_to_come_are_not_voted_on(
    held: Session, over: Meeting, moderator: Browser, item: AgendaItem
) -> None:
    over.state = "running"
    held.commit()
    assert moderator.post(f"/desk/agenda-items/{item.id}/round").status_code == 409
    over.state = "closed"
    held.commit()
    moderator.post(f"/minutes/{over.id}/approve")
    refused = moderator.post(f"/desk/agenda-items/{item.id}/round")
    assert refused.status_code == 409
    assert "Es steht jetzt fest." in refused.text
