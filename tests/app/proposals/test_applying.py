"""Applicants see their proposal by a link of their own and correct it until it is announced."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from app import erasure
from app.models import Area, CostItem, Mail, Proposal
from app.round import announcing, preparing

LINK = re.compile(r"/proposals/link/[\w-]+")
FORM = {
    "title": "Hochbeete im Hof",
    "what": "Wir bauen **acht** Beete.",
    "why": "Damit man sich trifft.",
    "cost_items-0-purpose": "Holz",
    "cost_items-0-cost": "900",
}
WHO = {"applicant": "Hausgemeinschaft", "applicant_mail": "haus@anger.example"}


def filled(area, **changes):
    return FORM | {"action_goal": str(area.goal.id)} | changes


def only_proposal(held):
    held.rollback()
    held.expire_all()
    found = held.exec(select(Proposal)).one()
    held.commit()
    return found


def links(held):
    held.rollback()
    return [LINK.search(each)[0] for each in held.exec(select(Mail.body).order_by(Mail.id))]


@pytest.fixture
def link(held, area, client_of):
    """What the applicant found in the mail."""
    client_of(area.moderators[0]).post("/proposals/new", data=filled(area, **WHO))
    return links(held)[0]


def announce(held, area):
    now = datetime.now(UTC)
    proposal = only_proposal(held)
    round_ = preparing.prepare(
        held, body=area.body, meeting=area.meeting, proposals=[proposal], now=now
    )
    announcing.announce(held, round_, now)
    held.commit()


def test_the_link_shows_and_corrects_one_proposal(held, area, link, visitor):
    assert "Wir bauen **acht** Beete." in visitor.get(link).text
    answer = visitor.post(link, data=filled(area, title="Zehn Beete"))
    assert (answer.status_code, answer.location) == (303, link)
    found = only_proposal(held)
    assert (found.title, found.requested_cents) == ("Zehn Beete", 90_000)
    assert (found.applicant, found.applicant_mail) == tuple(WHO.values())
    assert [each.label for each in held.exec(select(CostItem))] == ["Holz"]


def test_name_body_and_address_cannot_be_changed_by_it(held, area, link, visitor):
    typed = {"applicant": "Ich", "applicant_mail": "ich@x.example", "body": "2"}
    assert visitor.post(link, data=filled(area, **typed)).status_code == 303
    found = only_proposal(held)
    assert (found.applicant, found.applicant_mail) == tuple(WHO.values())
    assert found.body_id != 2


def test_what_is_wrong_is_named_and_what_was_typed_is_kept(held, area, link, visitor):
    answer = visitor.post(link, data=filled(area, title="", why="Ein neuer Grund"))
    assert answer.status_code == 422
    assert "Ein neuer Grund" in answer.text
    assert only_proposal(held).why == FORM["why"]


def test_once_announced_it_can_only_be_read(held, area, link, visitor):
    announce(held, area)
    page = visitor.get(link).text
    assert "Der Wortlaut steht jetzt fest" in page
    assert "<form" not in page
    assert visitor.post(link, data=filled(area, title="Zu spät")).status_code == 409
    assert only_proposal(held).title == FORM["title"]


def test_a_guessed_link_is_counted_and_leads_nowhere(held, link, visitor):
    guesses = [visitor.get(f"/proposals/link/geraten-{number}").status_code for number in range(22)]
    assert guesses[0] == 410
    assert guesses[-1] == 429


def test_the_link_is_stored_as_a_digest(held, link):
    assert link.rsplit("/", 1)[1] not in only_proposal(held).applicant_link


def test_another_address_gets_another_link_and_the_old_one_ends(
    held, area, link, client_of, visitor
):
    desk, address = client_of(area.moderators[0]), f"/proposals/{only_proposal(held).id}/edit"
    assert desk.post(address, data=filled(area, **WHO)).status_code == 303
    assert visitor.get(link).status_code == 200, "nothing changed for the applicant"
    desk.post(address, data=filled(area, **WHO | {"applicant_mail": "neu@anger.example"}))
    assert visitor.get(link).status_code == 410
    assert visitor.get(links(held)[-1]).status_code == 200


def test_who_is_forgotten_has_no_link(held, link, visitor):
    erasure.forget_applicant(held, only_proposal(held), datetime.now(UTC).date())
    held.commit()
    assert visitor.get(link).status_code == 410


@pytest.mark.parametrize(
    ("column", "value", "status"),
    [("set_back_at", datetime.now(UTC), 409), ("closes_on", date(2020, 1, 1), 403)],
)
def test_an_archive_and_an_old_database_are_only_read(
    held, area, link, visitor, column, value, status
):
    found = held.get_one(Area, area.area.id)
    setattr(found, column, value)
    held.add(found)
    held.commit()
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, data=filled(area, title="Neu")).status_code == status
    assert only_proposal(held).title == FORM["title"]


def test_without_an_address_there_is_no_link(held, area, client_of):
    client_of(area.moderators[0]).post(
        "/proposals/new", data=filled(area, applicant="Hausgemeinschaft")
    )
    assert only_proposal(held).applicant_link is None
    assert links(held) == []


def test_the_applicant_has_the_own_name_deleted(held, link, visitor):
    assert f"{link}/forget" in visitor.get(link).text
    assert "Hausgemeinschaft" in visitor.get(f"{link}/forget").text
    assert visitor.post(f"{link}/forget").location == "/proposals/forgotten"
    assert "Ihr Name ist gelöscht" in visitor.get("/proposals/forgotten").text
    proposal = only_proposal(held)
    assert (proposal.applicant, proposal.applicant_mail) == ("", None)
    assert held.exec(select(Mail)).all() == []
    for method in (visitor.get, visitor.post):
        assert method(f"{link}/forget").status_code == 410
