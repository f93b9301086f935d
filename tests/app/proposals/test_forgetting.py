"""An applicant asks for it: the name leaves the proposal and the page of the decision."""

import pytest
from sqlmodel import select

from app.models import Decision, Proposal
from tests.app import builder, deciding

NAME = "Xanthippe Quastenflosser"


@pytest.fixture
def decided(held, area):
    """A published decision about a proposal of this applicant."""
    decision = deciding.decide(held, area, ["yes"] * 6)[0]
    proposal = held.exec(select(Proposal)).first()
    proposal.applicant = NAME
    decision.page = decision.page | {"applicant": NAME}
    held.add(proposal)
    held.add(decision)
    held.commit()
    return proposal, decision


def test_the_name_goes_from_proposal_and_decision(client_of, visitor, held, area, decided):
    proposal, decision = decided
    public = f"/entscheidung/{decision.number}"
    assert NAME in visitor.get(public).text
    moderator = client_of(area.moderators[0])
    address = f"/proposals/{proposal.id}/applicant/forget"
    assert NAME in moderator.get(address).text
    assert NAME in moderator.get(f"/proposals/{proposal.id}").text, "asking changes nothing"
    assert moderator.post(address).status_code == 303
    assert "Name gelöscht am" in moderator.get(f"/proposals/{proposal.id}").text
    shown = visitor.get(public)
    assert shown.status_code == 200
    assert proposal.number in shown.text
    for text in (moderator.get(f"/proposals/{proposal.id}").text, shown.text):
        assert NAME not in text
    held.rollback()
    held.expire_all()
    assert NAME not in str(held.exec(select(Decision)).one().page)
    assert moderator.post(address).status_code == 409


def test_only_moderators_of_the_area_do_it(client_of, visitor, held, area, decided):
    address = f"/proposals/{decided[0].id}/applicant/forget"
    elsewhere = builder.build_council(held, "wiese", with_keys=False)
    for browser, expected in (
        (visitor, 401),
        (client_of(area.members[0]), 403),
        (client_of(elsewhere.moderators[0]), 404),
    ):
        assert browser.post(address).status_code == expected
    held.rollback()
    assert held.get(Proposal, decided[0].id).applicant == NAME
