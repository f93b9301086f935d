"""After a power cut on Friday, two people enter on Monday what was voted with the folder."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session, col, select

from app import attendance, text
from app.models import (
    Confirmation,
    Decision,
    LogEntry,
    Minutes,
    Question,
    RollEntry,
    Round,
)
from app.proceedings import document, record
from app.round.preparing import questions_of
from tests.app import builder, deciding
from tests.app.builder import Browser, Council
from tests.app.minutes.test_reading import texts

LATER = timedelta(days=3)
PAPER = {"way": "paper"}


@pytest.fixture
def desks(held: Session, area: Council, client_of: Callable[..., Browser]) -> list[Browser]:
    """Two moderators three days after a meeting at six in which nobody could note anything."""
    builder.set_rules(held, area, trust__meeting="evening", deputy__mode="none")
    builder.set_present(held, area, [])
    friday = (datetime.now(text.BERLIN) - LATER).replace(hour=18, minute=0, second=0, microsecond=0)
    area.meeting.starts_at = friday.astimezone(UTC)
    held.commit()
    return [client_of(each) for each in area.moderators]


def stays(area: Council, **others: tuple[str, str]) -> dict[str, str]:
    """The list on paper: all came at six and stayed; `others` maps `_4` to when somebody did."""
    typed = {"ended": "20:00"}
    for number, member in enumerate(area.members):
        came, went = others.get(f"_{number}", ("18:00", ""))
        typed |= {f"arrived_member_{member.id}": came, f"left_member_{member.id}": went}
    return typed


def enter_stays(area: Council, desk: Browser, **others: tuple[str, str]) -> None:
    answer = desk.post(f"/desk/meetings/{area.meeting.id}/stays", data=stays(area, **others))
    assert answer.status_code == 303, answer.text


def draft(held: Session, area: Council, desk: Browser, title: str) -> Round:
    """Make the round of an agenda item about a proposal, days after the meeting."""
    proposal = builder.build_proposal(held, area, title)
    item = builder.build_item(held, area, title=title, proposal_id=proposal.id)
    made = desk.post(f"/desk/agenda-items/{item.id}/round")
    assert made.status_code == 303
    found = select(Round).where(Round.agenda_item_id == item.id)
    return held.exec(found).one()


def open_as_held(held: Session, desk: Browser, round_: Round, clock: str) -> Question:
    """Say that it was voted on with papers at this time, announce and open."""
    said = desk.post(f"/paper/{round_.id}/afterwards", data=PAPER | {"clock": clock})
    assert said.status_code == 303, said.text
    for act in ("announce", "open"):
        assert desk.post(f"/desk/rounds/{round_.id}/{act}").status_code == 303
    return questions_of(held, round_)[0]


def count(
    held: Session, desks: list[Browser], round_: Round, yes: int, no: int, present: int
) -> Question:
    """Two people enter equal numbers; the round is closed and counted."""
    question = questions_of(held, round_)[0]
    numbers = {"yes": yes, "no": no, "abstain": 0, "invalid": 0, "present": present}
    why = {"reason": "Der Strom war ausgefallen."}
    for desk in desks:
        desk.post(f"/paper/questions/{question.id}/count", data=numbers | why)
    assert desks[0].post(f"/desk/rounds/{round_.id}/close").status_code == 303
    held.refresh(round_)
    held.commit()
    [question] = deciding.count(held, round_)
    held.commit()
    return question


def on_roll(held: Session, question: Question) -> set[int]:
    held.commit()
    found = select(RollEntry.member_id).where(RollEntry.question_id == question.id)
    return set(held.exec(found))


def test_who_was_there_at_that_time_votes(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    """Of nine one came at 18:40, one left at 19:00: two questions, two rolls."""
    first, late, early = desks[0], area.members[7], area.members[8]
    enter_stays(area, first, _7=("18:40", ""), _8=("18:00", "19:00"))
    before = draft(held, area, first, "Hochbeete im Hof")
    after = draft(held, area, first, "Bänke am Weg")
    everybody = {each.id for each in area.members}
    at_half_past = open_as_held(held, first, before, "18:30")
    at_quarter_past = open_as_held(held, first, after, "19:15")
    assert on_roll(held, at_half_past) == everybody - {late.id}
    assert on_roll(held, at_quarter_past) == everybody - {early.id}
    assert (at_half_past.roll_facts or {})["present"] == 8
    assert count(held, desks, before, 6, 2, 8).outcome["code"] == "adopted"
    assert count(held, desks, after, 5, 3, 8).outcome["code"] == "rejected"
    of_opening = select(LogEntry.leaf).where(LogEntry.type == "hand_vote_opened")
    opened = held.exec(of_opening.order_by(col(LogEntry.seq))).all()
    said = attendance.on_its_day(area.meeting, time(18, 30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert f'"voted_at":"{said}"' in opened[0]


def test_too_few_at_that_time_are_no_quorum(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    gone = {f"_{number}": ("18:00", "19:00") for number in range(4)}
    enter_stays(area, desks[0], **gone)
    round_ = draft(held, area, desks[0], "Hochbeete im Hof")
    data = PAPER | {"clock": "19:10"}
    assert desks[0].post(f"/paper/{round_.id}/afterwards", data=data).status_code == 303
    desks[0].post(f"/desk/rounds/{round_.id}/announce")
    assert desks[0].post(f"/desk/rounds/{round_.id}/open").status_code == 409
    assert "Nicht beschlussfähig" in desks[0].get(f"/desk/rounds/{round_.id}").text


def test_from_the_folder_to_the_decision_and_the_minutes(
    held: Session, area: Council, desks: list[Browser], visitor: Browser
) -> None:
    first, second = desks
    folder = first.get(f"/desk/meetings/{area.meeting.id}/emergency-folder.pdf")
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(folder.data)).pages)
    assert "Später tragen zwei Personen" in " ".join(printed.split())
    enter_stays(area, first, _8=("18:20", "19:30"))
    round_ = draft(held, area, first, "Hochbeete im Hof")
    open_as_held(held, first, round_, "19:05")
    question = count(held, desks, round_, 7, 2, 9)
    first.post(f"/desk/questions/{question.id}/confirm")
    asked = held.exec(select(Confirmation.id)).one()
    assert second.post(f"/desk/confirmations/{asked}").status_code == 303
    summary = {"german": "Es gibt Hochbeete.", "english": "There will be raised beds."}
    first.post(f"/desk/questions/{question.id}/publish", data=summary)
    decision = held.exec(select(Decision)).one()
    page = visitor.get(f"/entscheidung/{decision.number}").text
    assert "Die Zahlen werden danach eingetragen" in page
    assert f"Abgestimmt wurde am {text.moment(round_.voted_at)}." in page
    close = f"/desk/meetings/{area.meeting.id}/close"
    assert "Ende im Protokoll" in first.get(close).text
    assert first.post(close).status_code == 303
    held.refresh(area.meeting)
    assert text.clock(area.meeting.closed_at) == "20:00\u00a0Uhr"
    said = " | ".join(texts(document.for_members(record.of(held, area.meeting))))
    assert "Abstimmung um 19:05\u00a0Uhr" in said
    assert f"Eingetragen wurde sie am {text.moment(round_.opened_at)}." in said
    assert "Zeiten wurden nachgetragen, zuletzt am" in said
    assert f"{area.members[8].name} | Partner | 9 | 18:20\u00a0Uhr bis 19:30\u00a0Uhr" in said


def test_a_meeting_that_was_closed_in_the_evening_can_still_be_completed(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    area.meeting.state = "closed"
    area.meeting.closed_at = area.meeting.starts_at + timedelta(hours=1)
    held.commit()
    enter_stays(area, desks[0], _0=("18:10", "18:50"))
    round_ = draft(held, area, desks[0], "Hochbeete im Hof")
    assert "Sagen, wann abgestimmt wurde" in desks[0].get(f"/desk/rounds/{round_.id}").text
    assert len(on_roll(held, open_as_held(held, desks[0], round_, "18:55"))) == 8


def test_the_minute_in_which_the_meeting_began_is_its_beginning(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    area.meeting.starts_at += timedelta(seconds=40)
    round_ = draft(held, area, desks[0], "Hochbeete im Hof")
    said = desks[0].post(f"/paper/{round_.id}/afterwards", data=PAPER | {"clock": "18:00"})
    assert said.status_code == 303, said.text
    held.refresh(round_)
    assert round_.voted_at == area.meeting.starts_at


@pytest.mark.parametrize("clock", ["17:59", "19:01", "", "25:00"])
def test_a_time_outside_of_the_meeting_is_refused(
    held: Session, area: Council, desks: list[Browser], clock: str
) -> None:
    area.meeting.state = "closed"
    area.meeting.closed_at = area.meeting.starts_at + timedelta(hours=1)
    round_ = draft(held, area, desks[0], "Hochbeete im Hof")
    answer = desks[0].post(f"/paper/{round_.id}/afterwards", data=PAPER | {"clock": clock})
    assert answer.status_code == 422
    held.refresh(round_)
    assert round_.voted_at is None


def test_a_round_of_a_meeting_that_is_over_waits_for_its_time(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    round_ = draft(held, area, desks[0], "Hochbeete im Hof")
    assert desks[0].post(f"/desk/rounds/{round_.id}/announce").status_code == 303
    refused = desks[0].post(f"/desk/rounds/{round_.id}/open")
    assert refused.status_code == 409
    assert "Sagen Sie zuerst, um wie viel Uhr abgestimmt wurde." in refused.text
    open_vote = {"way": "open", "clock": "19:00"}
    assert desks[0].post(f"/paper/{round_.id}/afterwards", data=open_vote).status_code == 422


def test_nothing_is_entered_once_the_minutes_are_approved(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    enter_stays(area, desks[0])
    round_ = draft(held, area, desks[0], "Hochbeete im Hof")
    desks[0].post(f"/paper/{round_.id}/afterwards", data=PAPER | {"clock": "19:00"})
    desks[0].post(f"/desk/rounds/{round_.id}/announce")
    row = {"meeting_id": area.meeting.id, "area_id": area.area.id, "state": "approved"}
    held.add(Minutes(**row, approved_at=datetime.now(UTC), content={}))
    held.commit()
    assert desks[0].post(f"/desk/rounds/{round_.id}/open").status_code == 409
    assert desks[0].get(f"/paper/{round_.id}/afterwards").status_code == 409
    late = desks[0].post(f"/desk/meetings/{area.meeting.id}/stays", data=stays(area))
    assert late.status_code == 409


def test_own_answers_cannot_be_entered_by_hand(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    builder.set_rules(
        held, area, choice__rule="most_votes", tie__rule="lot", majority__other="more_than_half"
    )
    round_ = builder.prepare_choice(held, area, "Rosenplatz", "Birkenplatz")
    answer = desks[0].post(f"/paper/{round_.id}/afterwards", data=PAPER | {"clock": "19:00"})
    assert answer.status_code == 409
    assert "Eigene Antworten gehen nur geheim." in answer.text


def test_where_votes_are_open_hands_are_entered(
    held: Session, area: Council, desks: list[Browser]
) -> None:
    builder.set_rules(held, area, ballot__secrecy="open")
    enter_stays(area, desks[0])
    round_ = draft(held, area, desks[0], "Hochbeete im Hof")
    page = desks[0].get(f"/paper/{round_.id}/afterwards").text
    assert "Offen, mit Handzeichen" in page
    assert "Geheim, auf Papier" not in page
    desks[0].post(f"/paper/{round_.id}/afterwards", data={"way": "open", "clock": "19:00"})
    for act in ("announce", "open"):
        assert desks[0].post(f"/desk/rounds/{round_.id}/{act}").status_code == 303
    assert count(held, desks, round_, 7, 2, 9).outcome["code"] == "adopted"
