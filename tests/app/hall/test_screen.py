"""The screen in the hall says what happens now, and nothing that it must not say."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event
from sqlmodel import Session, select

from app import attendance, subject
from app.models import AgendaItem, Meeting, Question, Round
from app.round import closing, preparing, showing
from app.round.preparing import questions_of
from tests.app import builder, deciding
from tests.app.builder import Browser, Council


def test_without_the_secret_there_is_no_screen(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    path = screen.partition("?")[0]
    assert beamer.get(screen).status_code == 200
    for query in ("", "?key=", f"?key={area.meeting.hall_key}x", "?key=ä"):
        assert beamer.get(path + query).status_code == 404
    assert beamer.get(screen.replace(f"/{area.meeting.id}/", "/99999/")).status_code == 404
    other = builder.build_council(held, "bruch", with_keys=False)
    foreign = f"/sitzung/{other.meeting.id}/saal?key="
    assert beamer.get(foreign).status_code == 404


def test_the_screen_needs_no_cookie(screen: str, beamer: Browser) -> None:
    assert "Set-Cookie" not in beamer.get(screen).headers


def test_before_anything_happens_it_shows_the_way_in(screen: str, beamer: Browser) -> None:
    shown = beamer.get(screen).text
    assert '<main class="waiting">' in shown
    assert "Gemeindesaal, Anger 1" in shown
    assert "9 von 9 da. Nötig: 6. Beschlussfähig." in shown
    assert "data:image/svg+xml" in shown


def test_an_announced_round_shows_question_and_required_yes(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    builder.prepare_round(held, area)
    shown = beamer.get(screen).text
    assert '<main class="item">' in shown
    assert "„Hochbeete im Hof“ 1.200" in shown
    assert '<p class="second" lang="en">' in shown
    assert "Nötig sind 6 Ja-Stimmen." in shown
    assert "Prüfzeichen" in shown
    assert "second" not in beamer.get(screen.replace("&second=en", "")).text


def test_everything_large_is_said_twice_and_once_without_a_second_language(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    asked = subject.of_free(
        {"de": "Sommerfest", "en": "Summer party"},
        {"de": "Was soll es zu essen geben?", "en": "What should there be to eat?"},
        subject.Choice({"de": ["Kuchen", "Suppe"], "en": ["Cake", "Soup"]}),
    )
    builder.set_rules(held, area, choice__rule="most_votes", tie__rule="lot")
    builder.set_rules(held, area, majority__other="more_than_half")
    preparing.draft(held, area.body, area.meeting, [asked], datetime.now(UTC), state="announced")
    round_ = held.exec(select(Round)).one()
    round_.announced_at = datetime.now(UTC)
    held.commit()
    shown = beamer.get(screen).text
    for german, english in (
        ("Kuchen", "Cake"),
        ("Man kreuzt 1 Antwort an. Ausgewählt wird 1 Antwort.", "1 answer is ticked."),
        ("Anwesend", "Present"),
    ):
        assert f'{german} <span class="also" lang="en">{english}' in shown
    assert '<p class="second" lang="en">What should there be to eat?</p>' in shown
    alone = beamer.get(screen.replace("&second=en", "")).text
    assert "Kuchen" in alone
    assert "also" not in alone
    assert "Cake" not in alone


def test_several_questions_and_what_they_need_are_said_twice(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    builder.prepare_round(held, area, questions=2)
    shown = beamer.get(screen).text
    assert '2 Fragen <span class="also" lang="en">2 questions</span>' in shown
    assert 'Nötig sind 6 Ja-Stimmen. <span class="also" lang="en">6 yes votes' in shown


def test_how_many_of_each_group_are_there_follows_every_arrival(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    assert numbers(beamer.get(screen).text) == ["6", "3", "67\N{NO-BREAK SPACE}%"]
    meeting = held.get_one(Meeting, area.meeting.id)
    for member in area.members[:3]:
        attendance.leave(held, meeting, member.id, datetime.now(UTC))
    assert numbers(beamer.get(screen).text) == ["3", "3", "50\N{NO-BREAK SPACE}%"]


def test_the_second_language_is_that_of_most_members(
    held: Session, area: Council, client_of: Callable[..., Browser], screen: str
) -> None:
    desk = client_of(area.moderators[0])
    address = f"/desk/meetings/{area.meeting.id}/hall"
    english = 'value="en" checked'
    assert english in desk.get(address).text
    builder.set_rules(held, area, languages=["de"])
    shown = desk.get(address).text
    assert english not in shown
    assert 'value="" checked' in shown
    area.members[4].language = "en"
    held.add(area.members[4])
    held.commit()
    assert english in desk.get(address).text
    assert f'action="/sitzung/{area.meeting.id}/saal"' in desk.get(f"/en{address}").text


def test_the_required_yes_follows_every_arrival(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    builder.prepare_round(held, area)
    before = beamer.get(screen)
    now = datetime.now(UTC)
    attendance.leave(held, held.get_one(Meeting, area.meeting.id), area.members[0].id, now)
    attendance.leave(held, held.get_one(Meeting, area.meeting.id), area.members[1].id, now)
    after = beamer.get(screen)
    assert "Nötig sind 5 Ja-Stimmen." in after.text
    assert after.headers["ETag"] != before.headers["ETag"]
    for member in area.members[2:4]:
        attendance.leave(held, held.get_one(Meeting, area.meeting.id), member.id, now)
    shown = beamer.get(screen).text
    assert "5 von 9 da. Nötig: 6. Nicht beschlussfähig." in shown
    assert "Nötig sind" not in shown


def test_what_has_not_changed_costs_nothing_and_later_one_query(
    app: Flask, held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    tag = beamer.get(screen).headers["ETag"]
    asked: list[str] = []
    held.commit()
    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    for _time in range(2):
        answer = beamer.get(screen, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")
    assert asked == []
    app.extensions["still"].clear()
    assert beamer.get(screen, headers={"If-None-Match": tag}).status_code == 304
    assert len([each for each in asked if not each.startswith("PRAGMA")]) == 1


def test_a_moment_ago_does_not_open_what_is_shut(
    held: Session, area: Council, screen: str, beamer: Browser, client_of: Callable[..., Browser]
) -> None:
    """What is answered in front of everything is the very address with the very mark."""
    tag = beamer.get(screen).headers["ETag"]
    for path in (screen.replace("key=", "key=x"), screen.partition("?")[0]):
        assert beamer.get(path, headers={"If-None-Match": tag}).status_code == 404
    other = beamer.get(f"/en{screen}", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_an_open_round_shows_how_many_have_voted_and_nothing_of_how(
    held: Session, area: Council, screen: str, beamer: Browser, open_round: Callable[..., Round]
) -> None:
    round_ = open_round()
    shown = beamer.get(screen).text
    assert '<main class="open">' in shown
    assert numbers(shown) == ["9", "9", "0"]
    deciding.let_cast(held, area, round_, [(area.members[0], "yes"), (area.members[1], "no")])
    shown = beamer.get(screen).text
    assert numbers(shown) == ["9", "9", "2"]
    for person in (*area.members[:6], *area.moderators):
        assert person.name not in shown


def numbers(shown: str) -> list[str]:
    """The large figures."""
    return [part.partition("</dd>")[0].strip() for part in shown.split("<dd>")[1:]]


def test_a_last_call_is_counted_down(
    held: Session, area: Council, screen: str, beamer: Browser, open_round: Callable[..., Round]
) -> None:
    round_ = open_round()
    beamer.get(screen)
    closing.start_last_call(held, held.get_one(Round, round_.id), datetime.now(UTC))
    shown = beamer.get(screen).text
    assert "Letzter Aufruf" in shown
    assert "data-ends=" in shown


def test_a_result_is_shown_when_the_desk_says_so(
    held: Session,
    area: Council,
    screen: str,
    beamer: Browser,
    open_round: Callable[..., Round],
    client_of: Callable[..., Browser],
) -> None:
    round_ = open_round()
    desk = client_of(area.moderators[0])
    assert desk.post(f"/desk/rounds/{round_.id}/show").status_code == 409
    vote_and_close(held, area, round_, ["yes"] * 6 + ["no"] * 3)
    shown = beamer.get(screen).text
    assert '<main class="closed">' in shown
    assert "Jetzt wird ausgezählt." in shown
    assert round_.state == "closed"
    held.commit()
    deciding.count(held, round_)
    shown = beamer.get(screen).text
    assert '<main class="closed">' in shown
    assert "Angenommen" not in shown
    assert "Im Saal zeigen" in desk.get(f"/desk/rounds/{round_.id}").text
    assert desk.post(f"/desk/rounds/{round_.id}/show").status_code == 303
    shown = beamer.get(screen).text
    assert '<main class="result">' in shown
    assert "Angenommen" in shown
    assert "Noch nicht bestätigt" in shown
    question = held.get_one(Question, questions_of(held, round_)[0].id)
    question.state = "confirmed"
    shown = beamer.get(screen).text
    assert "Noch nicht bestätigt" not in shown
    assert desk.post(f"/desk/rounds/{round_.id}/take-away").status_code == 303
    assert '<main class="waiting">' in beamer.get(screen).text


def test_a_lost_two_thirds_says_what_was_missing(
    held: Session, area: Council, screen: str, beamer: Browser, open_round: Callable[..., Round]
) -> None:
    round_ = open_round(questions=2)
    vote_and_close(held, area, round_, ["yes"] * 5 + ["no"] * 4)
    deciding.count(held, round_)
    showing.show(held, held.get_one(Round, round_.id), datetime.now(UTC))
    shown = beamer.get(screen).text
    assert shown.count('Abgelehnt <span class="also" lang="en">Rejected</span>') == 2
    assert "Fest am Anger" in shown


def vote_and_close(held: Session, council: Council, round_: Round, choices: list[str]) -> None:
    deciding.let_cast(held, council, round_, zip(council.members, choices, strict=False))
    closing.close(held, held.get_one(Round, round_.id), datetime.now(UTC))
    held.commit()


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_after_the_meeting_nothing_else_is_shown(
    held: Session, area: Council, screen: str, beamer: Browser, state: str
) -> None:
    builder.prepare_round(held, area)
    held.get_one(Meeting, area.meeting.id).state = state
    assert '<main class="over">' in beamer.get(screen).text


def test_items_come_and_go(held: Session, area: Council, screen: str, beamer: Browser) -> None:
    meeting, now = held.get_one(Meeting, area.meeting.id), datetime.now(UTC)
    meeting.began_at = meeting.starts_at = now - timedelta(minutes=9)
    assert '<main class="break">' in beamer.get(screen).text
    here = {"area_id": area.area.id, "meeting_id": meeting.id, "kind": "information"}
    first = AgendaItem(position=1, title="Berichte", began_at=now - timedelta(minutes=8), **here)
    held.add_all([first, AgendaItem(position=2, title="Sommerfest", **here)])
    shown = beamer.get(screen).text
    assert '<main class="item">' in shown
    assert "Berichte" in shown
    first.ended_at = now
    held.add(first)
    shown = beamer.get(screen).text
    assert '<main class="break">' in shown
    assert "Sommerfest" in shown


def test_a_round_announced_before_the_meeting_waits_for_its_item(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    round_ = builder.prepare_round(held, area)
    meeting = held.get_one(Meeting, area.meeting.id)
    meeting.starts_at = datetime.now(UTC) + timedelta(minutes=5)
    assert '<main class="waiting">' in beamer.get(screen).text
    item = AgendaItem(
        area_id=area.area.id,
        meeting_id=meeting.id,
        position=1,
        kind="vote",
        title="Hochbeete",
        began_at=datetime.now(UTC),
    )
    held.add(item)
    held.flush()
    held.get_one(Round, round_.id).agenda_item_id = item.id
    assert "Nötig sind 6 Ja-Stimmen." in beamer.get(screen).text


def test_a_new_link_ends_the_old_one(
    held: Session, area: Council, screen: str, beamer: Browser, client_of: Callable[..., Browser]
) -> None:
    desk = client_of(area.moderators[0])
    address = f"/desk/meetings/{area.meeting.id}/hall"
    shown = desk.get(address).text
    assert area.meeting.hall_key in shown
    assert "Willkommen, Ort, Zeit und der QR-Code" in shown
    assert desk.post(address).status_code == 303
    assert beamer.get(screen).status_code == 404
