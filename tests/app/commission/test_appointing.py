"""Naming the three, and dissolving the commission again."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app import counting_commission
from app.models import CountingCommission, Member, Officer
from tests.app.builder import Browser, Council

Client = Callable[[Member | Officer], Browser]


@pytest.fixture
def desk(area: Council, client_of: Client) -> Browser:
    return client_of(area.moderators[0])


def named(desk: Browser, area: Council, *marks: str):
    names = ("first", "second", "third")
    return desk.post(
        f"/commission/bodies/{area.body.id}", data=dict(zip(names, marks, strict=True))
    )


def marks_of(area: Council) -> list[str]:
    return [f"m{each.id}" for each in area.members[:3]]


def test_three_are_named_from_the_desk(held: Session, area: Council, desk: Browser):
    for page in ("/desk/", f"/roster/bodies/{area.body.id}"):
        assert f'href="/commission/bodies/{area.body.id}"' in desk.get(page).text
    officer = f"o{area.moderators[1].id}"
    answer = named(desk, area, *marks_of(area)[:2], officer)
    assert answer.status_code == 303
    [commission] = held.exec(select(CountingCommission)).all()
    trustees = counting_commission.trustees_of(held, commission)
    people = [counting_commission.person_of(held, each) for each in trustees]
    assert people == [*area.members[:2], area.moderators[1]]
    page = desk.get(f"/commission/bodies/{area.body.id}").text
    assert "Schlüssel entsteht" in page
    assert f"<bdi>{area.members[0].name}</bdi> legt den Schlüssel-Teil noch an" in page


def test_no_second_commission_beside_the_first(area: Council, desk: Browser):
    named(desk, area, *marks_of(area))
    assert named(desk, area, *marks_of(area)).status_code == 409


def test_the_form_wants_three_different_people_and_no_two_of_the_office(
    held: Session, area: Council, desk: Browser
):
    first, second, third = marks_of(area)
    officers = [f"o{each.id}" for each in area.moderators]
    for marks in (
        ("", second, third),
        (first, first, third),
        (first, second, first),
        (first, *officers),
        (first, second, "m999"),
    ):
        answer = named(desk, area, *marks)
        assert answer.status_code == 422
        assert "Es fehlt noch etwas" in answer.text
    assert held.exec(select(CountingCommission)).all() == []


def test_a_commission_is_dissolved_after_a_page_that_asks(
    held: Session, area: Council, desk: Browser
):
    named(desk, area, *marks_of(area))
    [commission] = held.exec(select(CountingCommission)).all()
    address = f"/commission/keys/{commission.id}/end"
    assert "Zählkommission auflösen?" in desk.get(address).text
    assert counting_commission.of_term(held, area.term.id) is not None
    held.commit()
    assert desk.post(address).status_code == 303
    held.expire_all()
    assert counting_commission.of_term(held, area.term.id) is None
    assert desk.post(address).status_code == 409


def test_members_name_nobody(area: Council, client_of: Client):
    browser = client_of(area.members[0])
    assert browser.get(f"/commission/bodies/{area.body.id}").status_code == 403
