"""The agenda at the desk: items of four kinds, their order, their times, and when it is set."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app import agenda
from app.models import AgendaDocument, AgendaItem, Meeting, RulesOfProcedure
from app.text import clock, short_day
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.app.meeting import agendas


def titles(held: Session, meeting: Meeting) -> list[str]:
    held.expire_all()
    found = [each.title for each in agenda.items_of(held, meeting)]
    held.commit()
    return found


def items(held: Session, meeting: Meeting) -> list[AgendaItem]:
    return list(agenda.items_of(held, meeting))


def test_times_follow_from_the_lengths(held: Session, moderator: Browser, planned: Meeting) -> None:
    lines = agenda.lines_of(held, planned)
    assert [line.due_at for line in lines] == [
        planned.starts_at + timedelta(minutes=minutes) for minutes in (0, 10, 20)
    ]
    assert agenda.planned_end(held, planned) == planned.starts_at + timedelta(minutes=30)
    shown = moderator.get(f"/desk/meetings/{planned.id}/agenda").text
    assert clock(planned.starts_at + timedelta(minutes=20)) in shown
    lines[0].item.length_minutes = None
    held.flush()
    assert [line.due_at for line in agenda.lines_of(held, planned)] == [
        planned.starts_at,
        None,
        None,
    ]
    assert agenda.planned_end(held, planned) is None


@pytest.mark.parametrize(
    ("to", "expected"),
    [("up", "BAC"), ("down", "ACB"), ("3", "ACB"), ("1", "BAC"), ("9", "ACB"), ("-4", "BAC")],
)
def test_items_move_by_buttons_and_by_their_place(
    held: Session, moderator: Browser, planned: Meeting, to: str, expected: str
) -> None:
    letters = dict(zip(agendas.TITLES, "ABC", strict=True))
    middle = items(held, planned)[1]
    answer = moderator.post(f"/desk/meetings/items/{middle.id}/move", data={"to": to})
    assert answer.location == f"/desk/meetings/{planned.id}/agenda#item-{middle.id}"
    assert "".join(letters[each] for each in titles(held, planned)) == expected
    assert [each.position for each in items(held, planned)] == [1, 2, 3]


def test_a_place_that_is_none_is_refused(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    first = items(held, planned)[0]
    answer = moderator.post(f"/desk/meetings/items/{first.id}/move", data={"to": "oben"})
    assert answer.status_code == 400
    assert titles(held, planned) == list(agendas.TITLES)


def test_an_item_is_added_changed_and_taken_off(
    held: Session, moderator: Browser, planned: Meeting
) -> None:
    page = f"/desk/meetings/{planned.id}/agenda"
    typed = {"title": "Bericht", "text": "Aus dem *Büro*.", "length_minutes": "15"}
    assert moderator.post(f"{page}/information", data=typed).status_code == 303
    made = items(held, planned)[-1]
    assert (made.kind, made.title, made.length_minutes) == ("information", "Bericht", 15)
    moderator.post(f"/desk/meetings/items/{made.id}/edit", data=typed | {"title": "Neues"})
    assert titles(held, planned)[-1] == "Neues"
    asked = moderator.get(f"/desk/meetings/items/{made.id}/remove").text
    assert "Diesen Punkt streichen?" in asked
    assert titles(held, planned)[-1] == "Neues"
    moderator.post(f"/desk/meetings/items/{made.id}/remove")
    assert titles(held, planned) == list(agendas.TITLES)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"title": "A", "length_minutes": "viel"}, "Bitte schreiben Sie eine Zahl."),
        ({"title": "A", "length_minutes": "0"}, "Bitte eine Zahl von 1 bis 600."),
    ],
)
def test_an_item_that_cannot_be_is_refused(
    held: Session, moderator: Browser, planned: Meeting, typed: dict[str, str], sentence: str
) -> None:
    answer = moderator.post(f"/desk/meetings/{planned.id}/agenda/discussion", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(titles(held, planned)) == 3


def test_a_vote_is_about_a_proposal_new_rules_or_a_free_question(
    held: Session, area: Council, moderator: Browser, planned: Meeting
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    draft = RulesOfProcedure(
        **area.rules.model_dump(exclude={"id", "version", "state", "valid_from", "adopted_at"}),
        version=2,
        state="draft",
    )
    held.add(draft)
    held.commit()
    page = f"/desk/meetings/{planned.id}/agenda/vote"
    assert f"{proposal.number}: Hochbeete im Hof" in moderator.get(page).text
    for about in (f"proposal-{proposal.id}", f"rules-{draft.id}"):
        assert moderator.post(page, data={"about": about}).status_code == 303
    first, second = items(held, planned)[-2:]
    assert (first.proposal_id, first.title) == (
        proposal.id,
        f"Antrag {proposal.number}: Hochbeete im Hof",
    )
    assert (second.rules_id, second.proposal_id) == (draft.id, None)
    nameless = moderator.post(page, data={"about": "free"})
    assert nameless.status_code == 422
    moderator.post(page, data={"about": "free", "title": "Sommerfest im Juli?"})
    assert titles(held, planned)[-1] == "Sommerfest im Juli?"
    foreign = builder.build_council(held, "bruch", with_keys=False)
    other = builder.build_proposal(held, foreign, "Fremd")
    assert moderator.post(page, data={"about": f"proposal-{other.id}"}).status_code == 422


def test_the_last_minutes_are_approved_in_an_item_of_their_own(
    held: Session, area: Council, moderator: Browser, planned: Meeting
) -> None:
    page = f"/desk/meetings/{planned.id}/agenda/minutes"
    assert moderator.post(page, data={"approves": area.meeting.id}).status_code == 303
    made = items(held, planned)[-1]
    assert made.approves_meeting_id == area.meeting.id
    assert short_day(area.meeting.starts_at) in made.title
    first = f"/desk/meetings/{area.meeting.id}/agenda/minutes"
    assert "Das ist die erste Sitzung dieses Gremiums." in moderator.get(first).text
    assert moderator.post(first, data={"approves": planned.id}).status_code == 422


def test_an_empty_agenda_is_offered_the_usual_one(
    held: Session, area: Council, moderator: Browser
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    empty = builder.build_meeting(area.body, area.meeting.starts_at + timedelta(days=30))
    held.add(empty)
    held.commit()
    page = f"/desk/meetings/{empty.id}/agenda"
    assert "Übliche Tagesordnung übernehmen" in moderator.get(page).text
    assert moderator.post(f"{page}/usual").status_code == 303
    found = items(held, empty)
    assert [each.kind for each in found] == ["information", "minutes", "vote", "discussion"]
    assert found[1].approves_meeting_id == area.meeting.id
    assert found[2].proposal_id == proposal.id
    held.commit()
    assert moderator.post(f"{page}/usual").status_code == 409
    assert len(items(held, empty)) == 4


def test_the_agenda_is_seen_once_it_is_set(
    held: Session, area: Council, moderator: Browser, visitor: Browser, planned: Meeting
) -> None:
    public = f"/sitzung/{planned.id}"
    assert "Die Tagesordnung steht noch nicht fest." in visitor.get(public).text
    assert "Aussprache zum Sommerfest" not in visitor.get(public).text
    page = f"/desk/meetings/{planned.id}/agenda/set"
    assert f'href="{page}"' in moderator.get(f"/desk/meetings/{planned.id}/agenda").text
    asked = moderator.get(page).text
    assert "Dann sehen alle die Tagesordnung sofort" in asked
    assert "Keine. Die Einladung verschicken Sie danach." in asked
    assert "Die Tagesordnung steht noch nicht fest." in visitor.get(public).text
    moderator.post(page)
    assert "Aussprache zum Sommerfest" in visitor.get(public).text
    assert moderator.get(page).status_code == 409
    empty = builder.build_meeting(area.body, planned.starts_at)
    held.add(empty)
    held.commit()
    assert moderator.get(f"/desk/meetings/{empty.id}/agenda/set").status_code == 409
    assert moderator.post(f"/desk/meetings/{empty.id}/agenda/set").status_code == 409


def test_what_was_on_or_has_a_vote_stays_on_the_agenda(
    held: Session, area: Council, moderator: Browser, planned: Meeting
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    item = agendas.add(held, planned, "Hochbeete", kind="vote", proposal_id=proposal.id)
    agendas.start(held, planned)
    made = moderator.post(f"/desk/agenda-items/{item.id}/round")
    assert made.status_code == 303
    assert moderator.get(f"/desk/meetings/items/{item.id}/remove").status_code == 409
    assert moderator.post(f"/desk/meetings/items/{item.id}/remove").status_code == 409
    typed = {"about": "free", "title": "Etwas anderes"}
    answer = moderator.post(f"/desk/meetings/items/{item.id}/edit", data=typed)
    assert answer.status_code == 409
    held.refresh(item)
    assert item.proposal_id == proposal.id


def test_documents_go_with_their_item(held: Session, moderator: Browser, planned: Meeting) -> None:
    first = items(held, planned)[0]
    held.add(
        AgendaDocument(
            area_id=planned.area_id,
            agenda_item_id=first.id,
            name="plan.pdf",
            media_type="application/pdf",
            content=b"%PDF-1.7",
            sha512="",
            added_at=planned.starts_at,
        )
    )
    held.commit()
    assert "1 Unterlage" in moderator.get(f"/desk/meetings/items/{first.id}/remove").text
    moderator.post(f"/desk/meetings/items/{first.id}/remove")
    assert held.exec(select(AgendaDocument)).all() == []
