"""All results of a round are confirmed on one page, each with an entry of its own."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.models import Confirmation, Question, Round
from app.round import preparing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council


@pytest.fixture
def counted(held: Session, area: Council) -> Round:
    """Two questions that everybody said yes to."""
    round_ = deciding.close(held, area, ["yes"] * 6, questions=2)
    deciding.count(held, round_)
    return round_


def states(held: Session, round_: Round) -> list[str]:
    held.expire_all()
    return [each.state for each in preparing.questions_of(held, round_)]


def requests(held: Session) -> list[Confirmation]:
    return list(held.exec(select(Confirmation).order_by(Confirmation.id)).all())


def ask(browser: Browser, round_: Round) -> list[str]:
    answer = browser.post(f"/desk/rounds/{round_.id}/results/ask")
    assert answer.status_code == 303
    return [f"/desk/rounds/{round_.id}/results", answer.location]


def test_one_asks_and_another_confirms_them_all(
    held: Session, moderator: Browser, second: Browser, counted: Round
) -> None:
    address = f"/desk/rounds/{counted.id}/results"
    assert "Alle 2 Ergebnisse bestätigen" in moderator.get(f"/desk/rounds/{counted.id}").text
    ask(moderator, counted)
    assert moderator.post(f"{address}/ask").status_code == 409
    shown = second.get(address).text
    assert shown.count('data-label="Ja">6</td>') == 2
    assert shown.count("Angenommen") == 2
    assert "Wartet auf die zweite Person" in moderator.get(address).text
    assert second.get("/desk/").text.count(f'href="{address}"') == 1
    ids = [each.id for each in requests(held)]
    assert len(ids) == 2
    answer = second.post(address, data={"request": ids})
    assert (answer.status_code, answer.location) == (303, f"/desk/rounds/{counted.id}")
    assert states(held, counted) == ["confirmed"] * 2
    assert {(each.question_id, each.confirmed_by) for each in requests(held)} == {
        (each.id, requests(held)[0].confirmed_by)
        for each in held.exec(select(Question).where(Question.round_id == counted.id))
    }
    assert "wartet kein Ergebnis" in second.get(address).text


def test_who_asked_cannot_confirm(held: Session, moderator: Browser, counted: Round) -> None:
    address, _ = ask(moderator, counted)
    answer = moderator.post(address, data={"request": [each.id for each in requests(held)]})
    assert answer.status_code == 403
    assert states(held, counted) == ["counted"] * 2


def test_what_the_page_did_not_show_is_not_confirmed(
    held: Session, moderator: Browser, second: Browser, counted: Round
) -> None:
    address, _ = ask(moderator, counted)
    first, *_others = requests(held)
    assert second.post(address, data={"request": [first.id]}).status_code == 303
    assert states(held, counted) == ["confirmed", "counted"]
    assert second.post(address, data={}).status_code == 409
    again = [each.id for each in requests(held)]
    assert second.post(address, data={"request": again}).status_code == 409
    assert states(held, counted) == ["confirmed", "counted"]


def test_a_speaker_sees_what_is_asked_and_no_more(
    held: Session,
    area: Council,
    client_of: Callable[..., Browser],
    moderator: Browser,
    counted: Round,
) -> None:
    builder.make_speaker(held, area, area.members[0])
    held.commit()
    speaker = client_of(area.members[0])
    address = f"/desk/rounds/{counted.id}/results"
    assert "wartet kein Ergebnis" in speaker.get(address).text
    ask(moderator, counted)
    assert "Alle 2 Ergebnisse bestätigen" in speaker.get(address).text
    answer = speaker.post(address, data={"request": [each.id for each in requests(held)]})
    assert answer.location == "/account/second-person"
    assert states(held, counted) == ["confirmed"] * 2
