"""An opinion poll straight from an agenda item: it looks like one and is never a decision."""

import pytest
from sqlmodel import Session, col, select

from app.models import AgendaItem, Decision, LogEntry, Proposal, Round
from app.round import preparing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council
from voting.log.entry import Entry, read

TYPED = {
    "title_de": "Kuchen",
    "wording_de": "Möchten Sie beim Sommerfest Kuchen?",
    "title_en": "Cake",
    "wording_en": "Would you like cake at the summer party?",
    "kind": "yes_no",
}


@pytest.fixture
def item(held: Session, area: Council) -> AgendaItem:
    builder.set_rules(held, area, majority__other="more_than_half")
    return builder.build_item(held, area, kind="discussion", title="Sommerfest")


def logged(held: Session) -> list[Entry]:
    """All entries of the log, in their order."""
    rows = held.exec(select(LogEntry).order_by(col(LogEntry.seq)))
    return [read(row.leaf.encode()) for row in rows]


def ask(held: Session, moderator: Browser, item: AgendaItem, **typed: str) -> Round:
    answer = moderator.post(f"/desk/agenda-items/{item.id}/poll", data=TYPED | typed)
    assert answer.status_code == 303
    held.rollback()
    return held.get_one(Round, answer.location.rpartition("/")[2])


def test_any_item_leads_to_a_poll(held: Session, moderator: Browser, item: AgendaItem) -> None:
    address = f"/desk/agenda-items/{item.id}/poll"
    assert f'href="{address}"' in moderator.get(f"/desk/meetings/items/{item.id}").text
    form = moderator.get(address).text
    assert "Das ist ein Meinungsbild. Es ist keine Entscheidung." in form
    assert 'value="Sommerfest"' in form
    assert moderator.post(address, data={"title_de": "Kuchen"}).status_code == 422
    assert held.exec(select(Round)).all() == []


def test_it_is_drafted_announced_and_called_a_poll(
    held: Session, moderator: Browser, item: AgendaItem
) -> None:
    made = ask(held, moderator, item)
    assert (made.is_poll, made.agenda_item_id, made.state) == (True, item.id, "draft")
    held.commit()
    page = f"/desk/rounds/{made.id}"
    shown = moderator.get(page).text
    assert "Meinungsbild ansagen" in shown
    assert "Das ist ein Meinungsbild." in shown
    assert "Nötig sind" not in shown
    assert moderator.post(f"{page}/announce").status_code == 303
    (entry,) = logged(held)
    assert entry.type == "poll_announced"
    (asked,) = entry.public["questions"]
    assert "of" not in asked
    assert asked["quorum"]["have"] == 9


def test_it_is_counted_and_decides_nothing(
    held: Session, area: Council, moderator: Browser, visitor: Browser, item: AgendaItem
) -> None:
    made = ask(held, moderator, item)
    moderator.post(f"/desk/rounds/{made.id}/announce")
    held.expire_all()
    votes = ["yes"] * 6 + ["no"] * 3
    (question,) = deciding.count(held, deciding.close_prepared(held, area, made, votes))
    assert (question.state, (question.outcome or {})["code"]) == ("counted", "poll_only")
    assert held.exec(select(Decision)).all() == []
    held.commit()
    shown = moderator.get(f"/desk/rounds/{made.id}").text
    assert "Das Meinungsbild ist fertig." in shown
    assert "Ergebnis bestätigen" not in shown
    public = visitor.get(f"/abstimmung/{made.id}/meinungsbild").text
    assert "Möchten Sie beim Sommerfest Kuchen?" in public
    assert "Eine Entscheidung stand nicht an." in public
    assert "Es waren zu wenige da" not in public


def test_it_is_held_by_hand_where_the_body_votes_openly(
    held: Session, area: Council, moderator: Browser, item: AgendaItem
) -> None:
    builder.set_rules(held, area, ballot__secrecy="open")
    made = ask(held, moderator, item)
    moderator.post(f"/desk/rounds/{made.id}/announce")
    assert moderator.post(f"/desk/rounds/{made.id}/open", data={}).status_code == 303
    entries = logged(held)
    assert [each.type for each in entries] == ["poll_announced", "hand_vote_opened"]
    assert {each.public["way"] for each in entries} == {"open"}


def test_it_needs_no_quorum_whatever_the_rules_say_of_polls(
    held: Session, area: Council, moderator: Browser, item: AgendaItem
) -> None:
    builder.set_rules(held, area, no_quorum__effect="postpone")
    builder.set_present(held, area, area.members[:5])
    made = ask(held, moderator, item)
    moderator.post(f"/desk/rounds/{made.id}/announce")
    opened = moderator.post(f"/desk/rounds/{made.id}/open", data={})
    assert opened.status_code == 303
    held.expire_all()
    assert held.get_one(Round, made.id).state == "open"


def test_before_a_vote_on_a_proposal_its_words_are_ready_and_it_stays_free(
    held: Session, area: Council, moderator: Browser
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    item = builder.build_item(held, area, proposal_id=proposal.id)
    form = moderator.get(f"/desk/agenda-items/{item.id}/poll").text
    assert "Soll der Antrag A-2026-1" in form
    assert "Hochbeete im Hof" in form
    ask(held, moderator, item)
    assert held.get_one(Proposal, proposal.id).state == "admitted"
    held.commit()
    page = moderator.get(f"/desk/meetings/items/{item.id}").text
    assert f"/desk/agenda-items/{item.id}/round" in page
    voted = moderator.post(f"/desk/agenda-items/{item.id}/round").location
    asked = preparing.questions_of(held, held.get_one(Round, voted.rpartition("/")[2]))
    assert [each.proposal_id for each in asked] == [proposal.id]


def test_a_meeting_that_is_over_asks_nothing(
    held: Session, area: Council, moderator: Browser, item: AgendaItem
) -> None:
    area.meeting.state = "closed"
    held.add(area.meeting)
    held.commit()
    assert moderator.post(f"/desk/agenda-items/{item.id}/poll", data=TYPED).status_code == 409
    assert "Meinungsbild einholen" not in moderator.get(f"/desk/meetings/items/{item.id}").text
