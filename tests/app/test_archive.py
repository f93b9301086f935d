"""After its last day an area can only be read; what is open is still closed and counted."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select
from werkzeug.routing import Rule

from app import jobs
from app.body import day_of
from app.models import Member, Officer, Question, Round
from app.policy import IN_ARCHIVES
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.migrations import rows


def close(held: Session, area: Council, days_ago: int = 1) -> None:
    area.area.status = "closing"
    area.area.closes_on = day_of(datetime.now(UTC)) - timedelta(days=days_ago)
    held.add(area.area)
    held.commit()


def writing(app: Flask) -> Iterator[tuple[str, str]]:
    """The name and an address of every endpoint that takes POST and changes an area."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "POST" in rule.methods and view.action not in IN_ARCHIVES:
            yield rule.endpoint, address_of(rule)


def address_of(rule: Rule) -> str:
    """The address with 1 in every gap: the guard answers before anything is looked up."""
    return re.sub(r"<[^>]+>", "1", rule.rule)


def people(held: Session, area: Council) -> tuple[Member | Officer, ...]:
    """One of each role that can change something."""
    administrator = Officer(area_id=area.area.id, name="Ruth", role="administrator", is_demo=True)
    held.add(administrator)
    held.commit()
    coordinator = builder.add_coordinator(held, [area], "kim@amt.example")
    coordinator.is_demo = True
    held.commit()
    return area.members[0], area.moderators[0], administrator, coordinator


def test_no_endpoint_changes_an_archive(
    app: Flask, held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    close(held, area)
    clients = [client_of(person) for person in people(held, area)]
    before = rows.dump(app.extensions["engine"])
    endpoints = dict(writing(app))
    assert len(endpoints) > 25
    for endpoint, address in endpoints.items():
        answers = [client.post(address) for client in clients]
        assert {answer.status_code for answer in answers} == {403}, endpoint
        said = "".join(answer.text for answer in answers)
        assert "Archiv" in said or "archived" in said, endpoint
    assert rows.dump(app.extensions["engine"]) == before


def test_the_same_requests_are_not_refused_before(
    app: Flask, held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    """The control: on the last day itself nothing says that this is an archive."""
    close(held, area, days_ago=0)
    clients = [client_of(person) for person in people(held, area)]
    for endpoint, address in writing(app):
        for client in clients:
            answer = client.post(address)
            assert "Dieses Gebiet ist ein Archiv" not in answer.text, endpoint
            assert "archived" not in answer.text, endpoint


@pytest.mark.parametrize("address", ["/roster/", "/roster/area", "/roster/setup", "/desk/"])
def test_everything_stays_readable_and_says_so(
    held: Session, area: Council, client_of: Callable[..., Browser], address: str
) -> None:
    close(held, area)
    shown = client_of(area.moderators[0]).get(address)
    assert shown.status_code == 200
    assert "Dieses Gebiet ist ein Archiv." in shown.text


def test_people_still_sign_out(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    close(held, area)
    member = client_of(area.members[0])
    assert member.post("/account/sign-out").status_code == 303
    assert member.get("/account/").status_code == 401


def test_public_pages_stay_with_a_notice(held: Session, area: Council, visitor: Browser) -> None:
    assert "Archiv" not in visitor.get("/gebiet/anger").text
    close(held, area)
    shown = visitor.get("/gebiet/anger")
    assert shown.status_code == 200
    assert "Dieses Gebiet ist ein Archiv." in shown.text


def test_what_is_open_is_closed_and_counted(
    held: Session, area: Council, open_round: Callable[..., Round]
) -> None:
    now = datetime.now(UTC)
    round_ = open_round(closes_at=now + timedelta(seconds=1))
    close(held, area)
    jobs.close_rounds(now + timedelta(seconds=2))
    jobs.count_rounds(now + timedelta(seconds=3))
    held.expire_all()
    assert held.get_one(Round, round_.id).state == "closed"
    question = held.exec(select(Question).where(Question.round_id == round_.id)).one()
    assert question.state == "too_few_ballots"
