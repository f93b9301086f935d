"""A round from an agenda item with one press, and questions in own words."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.models import AgendaItem, Question, Round
from app.round import preparing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

TYPED = {
    "title_de": "Neues Sofa",
    "wording_de": "Soll das Nachbarschaftscafé ein neues Sofa bekommen?",
}
IN_ENGLISH = {"title_en": "New sofa", "wording_en": "Should the café get a new sofa?"}


@pytest.fixture
def item(held: Session, area: Council) -> AgendaItem:
    builder.set_rules(held, area, majority__other="more_than_half")
    return builder.build_item(held, area, title="Sofa")


def drafted(held: Session) -> Round:
    held.rollback()
    return held.exec(select(Round)).one()


def test_one_press_asks_about_the_proposal_of_the_item(
    held: Session, area: Council, moderator: Browser
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    item = builder.build_item(held, area, proposal_id=proposal.id)
    answer = moderator.post(f"/desk/agenda-items/{item.id}/round")
    made = drafted(held)
    assert answer.location == f"/desk/rounds/{made.id}"
    assert (made.agenda_item_id, made.meeting_id) == (item.id, area.meeting.id)
    assert preparing.questions_of(held, made)[0].proposal_id == proposal.id


def test_one_press_asks_about_the_new_rules_of_the_item(
    held: Session, area: Council, moderator: Browser
) -> None:
    rules = builder.build_rules_draft(held, area, {"quorum.rule": "half"})
    item = builder.build_item(held, area, rules_id=rules.id)
    moderator.post(f"/desk/agenda-items/{item.id}/round")
    assert preparing.questions_of(held, drafted(held))[0].rules_id == rules.id


def test_a_second_press_leads_to_the_same_round(
    held: Session, area: Council, moderator: Browser, client_of: Callable[..., Browser]
) -> None:
    item = builder.build_item(
        held, area, proposal_id=builder.build_proposal(held, area, "Hochbeete").id
    )
    address = f"/desk/agenda-items/{item.id}/round"
    first, second = moderator.post(address), client_of(area.moderators[1]).post(address)
    assert first.location == second.location == f"/desk/rounds/{drafted(held).id}"


def test_after_a_poll_the_item_can_be_voted_on_when_enough_have_come(
    held: Session, area: Council, moderator: Browser
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete")
    item = builder.build_item(held, area, proposal_id=proposal.id)
    first = moderator.post(f"/desk/agenda-items/{item.id}/round").location
    moderator.post(f"{first}/announce")
    builder.set_present(held, area, area.members[:5])
    poll = moderator.post(f"{first}/poll").location
    builder.set_present(held, area, area.members)
    again = moderator.post(f"/desk/agenda-items/{item.id}/round").location
    assert len({first, poll, again}) == 3


def test_nothing_is_voted_on_where_something_is_only_told(
    held: Session, area: Council, moderator: Browser
) -> None:
    item = builder.build_item(held, area, kind="information")
    answer = moderator.post(f"/desk/agenda-items/{item.id}/round")
    assert answer.status_code == 409
    assert held.exec(select(Round)).all() == []


def test_an_item_without_a_subject_asks_for_the_question_first(
    held: Session, moderator: Browser, item: AgendaItem
) -> None:
    answer = moderator.post(f"/desk/agenda-items/{item.id}/round")
    assert answer.location == f"/desk/agenda-items/{item.id}/question"
    shown = moderator.get(answer.location).text
    assert 'value="Sofa"' in shown
    assert "Titel (Englisch)" in shown


def test_german_is_needed_at_once_and_what_was_typed_stays(
    held: Session, moderator: Browser, item: AgendaItem
) -> None:
    answer = moderator.post(f"/desk/agenda-items/{item.id}/question", data=IN_ENGLISH)
    assert answer.status_code == 422
    assert 'value="New sofa"' in answer.text
    assert held.exec(select(Round)).all() == []


def test_it_is_announced_only_in_all_languages_of_the_body(
    held: Session, moderator: Browser, item: AgendaItem
) -> None:
    moderator.post(f"/desk/agenda-items/{item.id}/question", data=TYPED)
    made = drafted(held)
    (question,) = preparing.questions_of(held, made)
    assert (question.matter, question.title) == ("other", {"de": "Neues Sofa"})
    page = moderator.get(f"/desk/rounds/{made.id}").text
    assert "Das Gremium bietet auch an: Englisch." in page
    assert f"/desk/rounds/{made.id}/announce" not in page
    refused = moderator.post(f"/desk/rounds/{made.id}/announce")
    assert refused.status_code == 409
    assert "Englisch" in refused.text
    answer = moderator.post(f"/desk/questions/{question.id}/wording", data=TYPED | IN_ENGLISH)
    assert answer.status_code == 303
    assert moderator.post(f"/desk/rounds/{made.id}/announce").status_code == 303
    held.expire_all()
    (question,) = preparing.questions_of(held, drafted(held))
    assert question.wording == {"de": TYPED["wording_de"], "en": IN_ENGLISH["wording_en"]}
    assert set(question.options) == {"de", "en"}
    assert "Neues Sofa" in moderator.get(f"/desk/rounds/{made.id}").text
    assert "New sofa" in moderator.get(f"/en/desk/rounds/{made.id}").text


def test_a_body_with_german_alone_needs_no_translation(
    held: Session, area: Council, moderator: Browser, item: AgendaItem
) -> None:
    builder.set_rules(held, area, languages=["de"])
    assert "title_en" not in moderator.get(f"/desk/agenda-items/{item.id}/question").text
    moderator.post(f"/desk/agenda-items/{item.id}/question", data=TYPED)
    made = drafted(held)
    assert moderator.post(f"/desk/rounds/{made.id}/announce").status_code == 303


def test_announced_words_stand(held: Session, moderator: Browser, item: AgendaItem) -> None:
    moderator.post(f"/desk/agenda-items/{item.id}/question", data=TYPED | IN_ENGLISH)
    made = drafted(held)
    (question,) = preparing.questions_of(held, made)
    moderator.post(f"/desk/rounds/{made.id}/announce")
    changed = TYPED | IN_ENGLISH | {"wording_de": "Soll alles anders werden?"}
    address = f"/desk/questions/{question.id}/wording"
    assert moderator.get(address).status_code == 409
    assert moderator.post(address, data=changed).status_code == 409
    held.expire_all()
    assert held.get_one(Question, question.id).wording["de"] == TYPED["wording_de"]


def test_the_question_of_a_proposal_is_not_typed(
    held: Session, area: Council, moderator: Browser
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete")
    made = preparing.prepare(
        held, body=area.body, meeting=area.meeting, proposals=[proposal], now=datetime.now(UTC)
    )
    held.commit()
    (question,) = preparing.questions_of(held, made)
    assert moderator.get(f"/desk/questions/{question.id}/wording").status_code == 409


def test_a_decision_on_own_words_is_public_in_every_language(
    held: Session, area: Council, moderator: Browser, visitor: Browser, item: AgendaItem
) -> None:
    builder.set_rules(held, area, languages=["de"])
    moderator.post(f"/desk/agenda-items/{item.id}/question", data=TYPED)
    made = drafted(held)
    held.rollback()
    moderator.post(f"/desk/rounds/{made.id}/announce")
    decision = deciding.finish(held, area, held.get_one(Round, made.id), ["yes"] * 7)
    for prefix in ("", "/en"):
        shown = visitor.get(f"{prefix}/entscheidung/{decision.number}")
        assert shown.status_code == 200
        assert "Neues Sofa" in shown.text
        assert TYPED["wording_de"] in shown.text
        assert visitor.get(f"{prefix}/abstimmung/{made.id}/pruefen").status_code == 200
        assert moderator.get(f"{prefix}/desk/rounds/{made.id}").status_code == 200
