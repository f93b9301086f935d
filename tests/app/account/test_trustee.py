"""Who counts for a body is a second person there, with more to show than the card."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.account import kept_passphrase
from app.models import Confirmation, CountingCommission, Trustee, UserSession
from app.round import confirming
from tests.app import builder
from tests.app.account import team

NOW = datetime.now(UTC)
QUEUE = "/account/second-person"


def appoint(held, council, member, state="in_force"):
    """Let this member hold the first part of the body's key."""
    commission = CountingCommission(
        area_id=council.area.id,
        body_id=council.body.id,
        term_id=council.term.id,
        group="Ed25519",
        state=state,
        made_at=NOW,
    )
    held.add(commission)
    held.flush()
    held.add(
        Trustee(
            area_id=council.area.id, commission_id=commission.id, position=1, member_id=member.id
        )
    )
    held.commit()
    return commission


def protect(held, member):
    kept_passphrase.keep(held, member, team.stored_passphrase(), NOW)
    held.commit()


@pytest.fixture
def request_(held, area, open_round):
    """A round that somebody of the team wants to end early."""
    round_ = open_round()
    asked = confirming.request(
        held,
        act="close_early",
        round_=round_,
        reason="Feueralarm",
        officer=area.moderators[0],
        now=datetime.now(UTC),
    )
    held.commit()
    return asked.id


@pytest.fixture
def trustee(held, area):
    appoint(held, area, area.members[0])
    protect(held, area.members[0])
    return area.members[0]


def is_confirmed(held, request_):
    held.rollback()
    return held.get_one(Confirmation, request_, populate_existing=True).confirmed_at is not None


def prove(browser, page, typed=team.PASSPHRASE):
    return browser.post(page.location, data={"confirm-asked": "1", "confirm-passphrase": typed})


def test_the_card_alone_is_not_enough(held, area, client_of, request_):
    appoint(held, area, area.members[0])
    browser = client_of(area.members[0])
    assert browser.get(QUEUE).location == "/account/protection"
    answer = browser.post(f"/desk/confirmations/{request_}")
    assert (answer.status_code, answer.location) == (303, "/account/protection")
    assert not is_confirmed(held, request_)


def test_a_trustee_proves_it_and_confirms(held, client_of, trustee, request_):
    browser = client_of(trustee)
    assert "Feueralarm" in browser.get(QUEUE).text
    asked = browser.post(f"/desk/confirmations/{request_}")
    assert asked.status_code == 307
    assert 'name="confirm-passphrase"' in browser.post(asked.location).text
    wrong = prove(browser, asked, "etwas ganz anderes hier")
    assert (wrong.status_code, "Das stimmt nicht" in wrong.text) == (422, True)
    assert not is_confirmed(held, request_)
    done = prove(browser, asked)
    assert (done.status_code, done.location) == (307, f"/desk/confirmations/{request_}")
    assert browser.post(done.location).location == QUEUE
    assert is_confirmed(held, request_)


def test_the_proof_is_good_for_ten_minutes_and_tells_no_time_of_use(
    held, client_of, trustee, request_
):
    browser = client_of(trustee)
    prove(browser, browser.post(f"/desk/confirmations/{request_}"))
    held.rollback()
    session = held.exec(select(UserSession).where(UserSession.member_id == trustee.id)).one()
    assert session.seen_at is None or session.seen_at.hour == session.seen_at.minute == 0
    session.confirmed_at -= timedelta(minutes=10)
    held.add(session)
    held.commit()
    assert browser.post(f"/desk/confirmations/{request_}").status_code == 307
    assert not is_confirmed(held, request_)


@pytest.mark.parametrize("state", ["gathering", "keyed", "ended"])
def test_only_a_key_in_force_makes_a_second_person(held, area, client_of, request_, state):
    appoint(held, area, area.members[0], state)
    protect(held, area.members[0])
    browser = client_of(area.members[0])
    assert browser.get(QUEUE).status_code == 403
    assert browser.post(f"/desk/confirmations/{request_}").status_code == 403


def test_for_another_body_a_trustee_is_none(held, area, client_of, request_):
    other = builder.build_jury(held, area)
    commission = appoint(held, area, area.members[0])
    commission.body_id, commission.term_id = other.body.id, other.term.id
    held.add(commission)
    protect(held, area.members[0])
    browser = client_of(area.members[0])
    asked = browser.post(f"/desk/confirmations/{request_}")
    done = prove(browser, asked)
    assert browser.post(done.location).status_code == 403
    assert not is_confirmed(held, request_)


def test_other_members_have_nothing_to_confirm(held, area, client_of, trustee, request_):
    browser = client_of(area.members[1])
    assert browser.get(QUEUE).status_code == 403
    assert browser.get("/account/confirm").status_code == 403
