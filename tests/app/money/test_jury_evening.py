"""The table on the screen in the hall, and where its votes stand in agenda and minutes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from app import hall_key
from app.models import AgendaItem, Pot, Proposal, Round, Sharing
from app.proceedings import record
from app.round.preparing import questions_of
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.app.money.evening import NINE, apply, build_pot
from tests.app.money.test_table import address, fields, words


@pytest.fixture
def jury(held: Session, area: Council) -> Council:
    """A jury whose meeting runs and whose hall has a screen."""
    found = builder.build_jury(held, area)
    hall_key.renew(found.meeting)
    found.meeting.state = "running"
    found.meeting.began_at = datetime.now(UTC) - timedelta(minutes=10)
    held.add(found.meeting)
    held.commit()
    build_pot(held, found)
    return found


@pytest.fixture
def nine(held: Session, jury: Council) -> list[Proposal]:
    return apply(held, jury)


@pytest.fixture
def items(held: Session, jury: Council, nine: list[Proposal]) -> list[AgendaItem]:
    """The usual agenda: an item for each application."""
    return [builder.build_item(held, jury, title=each.title, proposal_id=each.id) for each in nine]


@pytest.fixture
def desk(jury: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(jury.moderators[0])


@pytest.fixture
def screen(app: Flask, held: Session, jury: Council) -> Callable[..., str]:
    beamer = builder.browse(app, held)
    path = f"/sitzung/{jury.meeting.id}/saal?key={jury.meeting.hall_key}"
    return lambda query="": beamer.get(path + query).text


def begin(held: Session, item: AgendaItem) -> None:
    item.began_at = datetime.now(UTC)
    held.add(item)
    held.commit()


def test_the_desk_shows_the_table_beside_any_agenda(
    held: Session, desk: Browser, items: list[AgendaItem], jury: Council, screen: Callable[..., str]
) -> None:
    begin(held, items[0])
    assert '<main class="item">' in screen()
    sent = fields(desk.get(address(jury)).text)
    first = f"p{items[0].proposal_id}"
    assert desk.post(address(jury, "/show"), data=sent | {f"{first}-cents": "x"}).status_code == 422
    assert '<main class="item">' in screen()
    shown = desk.post(address(jury, "/show"), data=sent | {f"{first}-cents": "600"})
    assert shown.status_code == 303
    table = screen()
    assert '<main class="table">' in table
    assert all(title in table for title, _asked, _granted in NINE)
    assert "442,74 € zu viel" in words(table)
    assert "Hausgemeinschaft" not in table
    assert "im Saal gezeigt" in desk.get(address(jury)).text
    sent = fields(desk.get(address(jury)).text) | {f"{first}-cents": "157,26"}
    desk.post(address(jury), data=sent)
    assert "Noch 0 €" in words(screen())
    begin(held, items[1])
    assert '<main class="item">' in screen()
    desk.post(address(jury, "/show"))
    assert '<main class="table">' in screen()
    desk.post(address(jury, "/take-away"))
    assert '<main class="item">' in screen()


def test_the_table_is_said_in_both_languages_with_its_conditions(
    desk: Browser, jury: Council, nine: list[Proposal], screen: Callable[..., str]
) -> None:
    sent = fields(desk.get(address(jury)).text)
    sent |= {f"p{nine[0].id}-cents": "600", f"p{nine[0].id}-conditions": "report"}
    desk.post(address(jury, "/show"), data=sent)
    table = words(screen("&second=en"))
    assert "442,74 € zu viel €442.74 too much" in table
    assert "Im Topf: 6.733,26 €. Summe: 7.176 €. In the pot: €6,733.26. Sum: €7,176." in table
    assert "Summe dann Sum then Auflagen Conditions" in table
    assert "Hofkonzert 900 € 600 € 1 Sprachcafé 1.000 € 1.000 € –" in table
    assert "Conditions" not in screen()


def test_more_than_fit_stand_in_two_columns(
    held: Session, desk: Browser, jury: Council, nine: list[Proposal], screen: Callable[..., str]
) -> None:
    builder.build_proposal(held, jury, "Laternenfest", 100_00)
    held.commit()
    sent = fields(desk.get(address(jury)).text) | {f"p{nine[0].id}-conditions": "report"}
    desk.post(address(jury, "/show"), data=sent)
    assert "Summe dann" in words(screen())
    table = words(screen("&second=en"))
    assert "Summe dann" not in table
    assert "Hofkonzert 900 € *" in table
    assert "* mit Auflagen" in table


def test_a_vote_takes_the_table_out_of_the_hall(
    desk: Browser, jury: Council, items: list[AgendaItem], screen: Callable[..., str]
) -> None:
    sent = fields(desk.get(address(jury)).text)
    desk.post(address(jury, "/show"), data=sent)
    assert desk.post(address(jury, "/vote"), data=sent).status_code == 303
    assert '<main class="break">' in screen()


def test_without_a_screen_the_desk_says_how_to_get_one(
    held: Session, desk: Browser, jury: Council, nine: list[Proposal]
) -> None:
    jury.meeting.hall_key = ""
    held.add(jury.meeting)
    held.commit()
    page = desk.get(address(jury)).text
    assert f"/desk/meetings/{jury.meeting.id}/hall" in page
    assert "Im Saal zeigen" not in page


def test_each_question_of_the_table_belongs_to_its_item(
    held: Session, desk: Browser, jury: Council, nine: list[Proposal]
) -> None:
    first, second = (
        builder.build_item(held, jury, title=each.title, proposal_id=each.id) for each in nine[:2]
    )
    sent = fields(desk.get(address(jury)).text)
    sent |= {f"p{each.id}-is_left_out": "y" for each in nine[3:]}
    desk.post(address(jury, "/vote"), data=sent)
    round_ = held.exec(select(Round)).one()
    assert round_.agenda_item_id is None
    assert round_.id in desk.get(f"/desk/meetings/items/{first.id}").text
    answer = desk.post(f"/desk/agenda-items/{second.id}/round")
    assert (answer.status_code, answer.location) == (303, f"/desk/rounds/{round_.id}")
    desk.post(f"/desk/rounds/{round_.id}/announce")
    builder.open_round(held, round_)
    _share(held, round_)
    facts = record.of(held, jury.meeting).facts
    told = [*(item["rounds"][0] for item in facts["items"]), facts["rounds"][0]]
    asked = [[question["id"] for question in each["questions"]] for each in told]
    assert asked == [[each.id] for each in questions_of(held, round_)]
    assert [each["pot"] is not None for each in told] == [False, False, True]


def _share(held: Session, round_: Round) -> None:
    """As if somebody had confirmed a result of this round."""
    money = dict.fromkeys(("available_cents", "adopted_cents", "short_cents", "left_cents"), 0)
    lists = {name: [] for name in ("funded", "unfunded", "needs_lot", "drawn")}
    own = held.exec(select(Pot.id)).one()
    now = datetime.now(UTC)
    held.add(
        Sharing(
            round_id=round_.id,
            area_id=round_.area_id,
            pot_id=own,
            shared_at=now,
            **money,
            **lists,  # type: ignore[arg-type]
        )
    )
    held.commit()


def test_a_vote_of_an_item_about_all_of_them_is_its_own(
    held: Session, desk: Browser, jury: Council, nine: list[Proposal]
) -> None:
    item = builder.build_item(held, jury, title="Anträge der Jury")
    begin(held, item)
    desk.post(address(jury, "/vote"), data=fields(desk.get(address(jury)).text))
    round_ = held.exec(select(Round)).one()
    assert round_.agenda_item_id == item.id
