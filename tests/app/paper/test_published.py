"""A vote that people counted is published like any other, and says how it was held."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.models import LogEntry
from app.round import by_hand, publishing, roll_call
from app.round.preparing import questions_of
from tests.app import builder, deciding

NUMBERS = {"yes": 7, "no": 1, "abstain": 1, "invalid": 0, "present": 9}
WHY = "Wir zählen selbst."
SAID = {
    "open": "Alle heben die Hand",
    "roll_call": "Alle werden mit Namen aufgerufen",
    "paper": "Die Zahlen werden danach eingetragen",
}


@pytest.fixture
def published(held, area, client_of, prepared_round):
    """Hold a vote in one way, from the pages of the desk to the decision."""

    def hold(way):
        first, second = (client_of(each) for each in area.moderators)
        if way != "paper":
            builder.set_rules(held, area, ballot__secrecy="open")
        round_ = prepared_round()
        if way == "paper":
            by_hand.choose_way(held, round_, way)
        round_.secrecy = "secret" if way == "paper" else way
        assert first.post(f"/desk/rounds/{round_.id}/open").status_code == 303
        question = questions_of(held, round_)[0]
        if way == "roll_call":
            answers = ["yes"] * 7 + ["no", "abstain"]
            said = {
                str(each.id): answer for each, answer in zip(area.members, answers, strict=True)
            }
            address = f"/paper/questions/{question.id}/answers"
            first.post(address, data=said | {"reason": WHY})
            seen = roll_call.mark({int(key): answer for key, answer in said.items()})
            second.post(f"{address}/confirm", data={"seen": seen})
        else:
            for desk in (first, second):
                desk.post(f"/paper/questions/{question.id}/count", data=NUMBERS | {"reason": WHY})
        assert first.post(f"/desk/rounds/{round_.id}/close").status_code == 303
        held.refresh(round_)
        held.commit()
        question = deciding.count(held, round_)[0]
        deciding.confirm(held, area, round_, question)
        made = publishing.publish(held, question, deciding.SUMMARY, datetime.now(UTC))
        held.commit()
        return round_, made

    return hold


@pytest.mark.parametrize("way", ["open", "roll_call", "paper"])
def test_every_page_says_how_it_was_held(held, area, published, client_of, visitor, way):
    round_, decision = published(way)
    page = visitor.get(f"/entscheidung/{decision.year}-{decision.n}").text
    assert SAID[way] in page
    assert "Der Betreiber könnte" not in page
    assert "Die Urne ist öffentlich" not in page
    assert SAID[way] in visitor.get(f"/abstimmung/{round_.id}/pruefen").text
    desk = client_of(area.moderators[0]).get(f"/desk/rounds/{round_.id}")
    assert desk.status_code == 200
    found = select(LogEntry).where(LogEntry.area_id == area.area.id, LogEntry.type == "decision")
    public = json.loads(held.exec(found).one().leaf)["public"]
    assert public["way"] == way
    assert public["tally"] == {"yes": 7, "no": 1, "abstain": 1, "invalid": 0}


def test_a_secret_vote_says_nothing_of_it(held, area, visitor):
    """The control: what is not counted by people has none of these sentences."""
    decision = deciding.decide(held, area, ["yes"] * 9)[0]
    page = visitor.get(f"/entscheidung/{decision.year}-{decision.n}").text
    assert "Die Urne ist öffentlich" in page
    assert not any(sentence in page for sentence in SAID.values())


def test_papers_are_named_as_a_share_where_that_tells_nobody(held, area, visitor):
    decision = deciding.decide(held, area, ["yes"] * 9)[0]
    assert decision.page["on_paper"] is None
    held.commit()
    decision.page = decision.page | {"on_paper": 5, "ballots": 12}
    held.commit()
    page = visitor.get(f"/entscheidung/{decision.year}-{decision.n}").text
    assert "5 von 12 auf Papier." in page
