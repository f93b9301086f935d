"""After a power cut, two people enter what was voted with the emergency folder."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from app.models import Confirmation, Decision, Round
from app.round.preparing import questions_of
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

NUMBERS = {"yes": 7, "no": 1, "abstain": 1, "present": 9}


@pytest.fixture
def desks(held: Session, area: Council, client_of: Callable[..., Browser]) -> list[Browser]:
    """Two moderators on the day after; in the meeting nobody could make a key."""
    builder.set_rules(held, area, trust__meeting="evening")
    area.meeting.starts_at -= timedelta(days=1)
    held.commit()
    return [client_of(each) for each in area.moderators]


def test_from_the_agenda_to_the_decision(
    held: Session, area: Council, desks: list[Browser], visitor: Browser
) -> None:
    first, second = desks
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    item = builder.build_item(held, area, proposal_id=proposal.id)
    folder = first.get(f"/desk/meetings/{area.meeting.id}/emergency-folder.pdf")
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(folder.data)).pages)
    assert "Hochbeete im Hof" in printed
    assert first.post(f"/desk/agenda-items/{item.id}/round").status_code == 303
    round_ = held.exec(select(Round)).one()
    assert first.post(f"/paper/{round_.id}/way", data={"way": "paper"}).status_code == 303
    for act in ("announce", "open"):
        assert first.post(f"/desk/rounds/{round_.id}/{act}").status_code == 303
    question = questions_of(held, round_)[0]
    first.post(f"/paper/questions/{question.id}/count", data=NUMBERS)
    assert first.post(f"/desk/rounds/{round_.id}/close").status_code == 409
    second.post(f"/paper/questions/{question.id}/count", data=NUMBERS)
    assert first.post(f"/desk/rounds/{round_.id}/close").status_code == 303
    held.refresh(round_)
    held.commit()
    [question] = deciding.count(held, round_)
    held.commit()
    assert question.outcome is not None
    assert (question.outcome["code"], question.outcome["yes"]) == ("adopted", 7)
    first.post(f"/desk/questions/{question.id}/confirm")
    asked = held.exec(select(Confirmation.id)).one()
    assert second.post(f"/desk/confirmations/{asked}").status_code == 303
    summary = {"german": "Es gibt Hochbeete.", "english": "There will be raised beds."}
    first.post(f"/desk/questions/{question.id}/publish", data=summary)
    decision = held.exec(select(Decision)).one()
    page = visitor.get(f"/entscheidung/{decision.number}").text
    assert "Die Zahlen werden danach eingetragen" in page
