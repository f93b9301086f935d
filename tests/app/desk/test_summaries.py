"""Several decisions get their summaries on one page and are published together."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.models import Decision, Question
from tests.app import deciding
from tests.app.builder import Browser, Council


@pytest.fixture
def desk(area: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(area.moderators[0])


@pytest.fixture
def questions(held: Session, area: Council) -> list[Question]:
    found = list(deciding.confirmed(held, area, [], questions=3))
    held.commit()
    return found


def texts(*questions: Question) -> dict[str, str]:
    found = {}
    for each in questions:
        found |= {f"q{each.id}-german": f"Ja zu {each.position}.", f"q{each.id}-english": "Yes."}
    return found


def test_what_is_summarised_is_published_in_its_order(
    held: Session, desk: Browser, questions: list[Question]
) -> None:
    first, second, third = questions
    round_page = f"/desk/rounds/{first.round_id}"
    address = f"{round_page}/publish"
    assert "Alle 3 zusammenfassen und veröffentlichen" in desk.get(round_page).text
    assert "Hochbeete im Hof" in desk.get(address).text
    assert desk.post(address, data=texts(first, third)).status_code == 303
    decisions = held.exec(select(Decision).order_by(Decision.n)).all()
    assert [each.question_id for each in decisions] == [first.id, third.id]
    assert [each.summary["de"] for each in decisions] == ["Ja zu 1.", "Ja zu 3."]
    assert "2 Entscheidungen sind veröffentlicht." in desk.get(round_page).text
    assert desk.post(address, data=texts(second)).status_code == 303
    assert desk.get(address).status_code == 409


def test_a_half_summary_publishes_nothing_and_is_kept(
    held: Session, desk: Browser, questions: list[Question]
) -> None:
    address = f"/desk/rounds/{questions[0].round_id}/publish"
    typed = texts(*questions) | {f"q{questions[1].id}-english": ""}
    answer = desk.post(address, data=typed)
    assert answer.status_code == 422
    assert f'href="#q{questions[1].id}-english"' in answer.text
    assert "Ja zu 3." in answer.text
    empty = desk.post(address, data={})
    assert (empty.status_code, "mindestens eine Zusammenfassung" in empty.text) == (422, True)
    assert held.exec(select(Decision)).all() == []
