"""Who counts for a body is a second person there, with more to show than the card."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import visitor
from app.account import kept_passphrase, proving, recovery
from app.models import Confirmation, CountingCommission, Mail, Member, Trustee
from app.round import confirming
from tests.app import builder
from tests.app.account import team

NOW = datetime.now(UTC)
QUEUE = "/account/second-person"


@pytest.fixture
def member(held, area):
    """A real member who was named; the invented ones need nothing but their link."""
    member = area.members[0]
    member.is_demo, member.mail = False, "mia@example.org"
    team.appoint(held, area, member)
    return member


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
def secret(held, member):
    """The member has set up passphrase and app; this makes the codes."""
    return team.equip(held, member)


def is_confirmed(held, request_):
    held.rollback()
    return held.get_one(Confirmation, request_, populate_existing=True).confirmed_at is not None


def prove(browser, page, code, typed=team.PASSPHRASE):
    shown = {"confirm-asked": "1", "confirm-passphrase": typed, "confirm-code": code}
    return browser.post(page.location, data=shown)


def invite(held, area, member, client_of):
    """The link that an officer shows to the trustee."""
    trustee = held.exec(select(Trustee).where(Trustee.member_id == member.id)).one()
    page = client_of(area.moderators[0]).post(f"/commission/trustees/{trustee.id}/invitation")
    assert page.status_code == 200
    return re.search(r"/einladung/[\w-]+", page.text).group()


def accept(browser, link):
    return browser.post(f"/account/trustee/invitations/{link.rsplit('/', 1)[1]}")


def test_the_card_alone_is_not_enough(held, member, client_of, request_):
    browser = client_of(member)
    assert browser.get(QUEUE).location == "/account/trustee"
    answer = browser.post(f"/desk/confirmations/{request_}")
    assert (answer.status_code, answer.location) == (303, "/account/trustee")
    assert not is_confirmed(held, request_)


def test_who_has_only_the_card_cannot_set_it_up(held, member, client_of, request_):
    """A passphrase of their own is none: only an invitation makes it count."""
    browser = client_of(member)
    for address in ("/account/access", "/account/access/passphrase", "/account/access/codes"):
        assert browser.get(address).location == "/account/trustee"
    browser.post("/account/protection/passphrase", data={"passphrase": team.PASSPHRASE})
    assert browser.get("/account/access").location == "/account/trustee"
    assert browser.post(f"/desk/confirmations/{request_}").location == "/account/trustee"
    assert not is_confirmed(held, request_)


def test_card_and_link_together_set_it_up(held, area, member, app, client_of, request_):
    link, browser = invite(held, area, member, client_of), client_of(member)
    other = client_of(member)
    assert "Mit der Karte anmelden" in builder.browse(app, held).get(link).text
    assert accept(browser, link).location == "/account/access"
    browser.post("/account/access/passphrase", data={"passphrase": team.PASSPHRASE})
    page = browser.get("/account/access/app").text
    secret = re.search(r'app-key"[^>]*>([A-Z2-7 ]+)<', page).group(1).replace(" ", "")
    done = browser.post("/account/access/app", data={"code": team.code(secret)})
    assert done.location == "/account/access/codes"
    assert held.get_one(Member, member.id).has_access
    assert "recovery-codes" in browser.post("/account/access/codes").text
    assert other.get("/booth/").status_code == 401
    assert "Feueralarm" in browser.get(QUEUE).text
    assert accept(browser, link).status_code == 410


def test_the_link_is_of_nobody_else(held, area, member, client_of):
    link = invite(held, area, member, client_of)
    stranger = client_of(area.members[1])
    assert accept(stranger, link).status_code == 410
    assert stranger.get("/account/access").status_code == 403
    assert "keine Schlüsselperson" in stranger.get("/account/trustee").text
    assert stranger.get("/account/trustee/recovery").location == "/account/trustee"


def test_what_protects_the_card_is_shown_before_the_link_counts(held, area, member, client_of):
    kept_passphrase.keep(held, member, team.stored_passphrase(), NOW)
    link, browser = invite(held, area, member, client_of), client_of(member)
    asked = accept(browser, link)
    assert asked.status_code == 307
    assert prove(browser, asked, "", "etwas ganz anderes hier").status_code == 422
    assert browser.get("/account/access").location == "/account/trustee"
    done = prove(browser, asked, "")
    assert browser.post(done.location).location == "/account/access"
    assert browser.get("/account/access").status_code == 200


def test_an_invitation_is_good_for_an_hour_on_the_device(held, area, member, client_of):
    browser = client_of(member)
    accept(browser, invite(held, area, member, client_of))
    session = team.session_of(held, browser)
    session.invited_at -= visitor.INVITED_FOR
    held.commit()
    assert browser.get("/account/access").location == "/account/trustee"


def test_who_has_access_is_not_invited_again(held, area, member, secret, client_of):
    trustee = held.exec(select(Trustee).where(Trustee.member_id == member.id)).one()
    officer = client_of(area.moderators[0])
    for way in ("invitation", "mail"):
        assert officer.post(f"/commission/trustees/{trustee.id}/{way}").status_code == 404


def test_a_trustee_proves_it_and_confirms(held, client_of, member, secret, request_):
    browser = client_of(member)
    asked = browser.post(f"/desk/confirmations/{request_}")
    assert asked.status_code == 307
    page = browser.post(asked.location).text
    assert all(f'name="confirm-{each}"' in page for each in ("passphrase", "code"))
    code = team.code(secret)
    for wrong in [(code, "etwas ganz anderes hier"), ("000000", team.PASSPHRASE), (code, "")]:
        assert prove(browser, asked, *wrong).status_code == 422
    assert not is_confirmed(held, request_)
    done = prove(browser, asked, code)
    assert (done.status_code, done.location) == (307, f"/desk/confirmations/{request_}")
    assert browser.post(done.location).location == QUEUE
    assert is_confirmed(held, request_)


def test_a_code_proves_once(held, client_of, member, secret, request_):
    browser, code = client_of(member), team.code(secret)
    assert prove(browser, browser.post(f"/desk/confirmations/{request_}"), code).status_code == 307
    again = client_of(member)
    asked = again.post(f"/desk/confirmations/{request_}")
    assert prove(again, asked, code).status_code == 422


def test_the_proof_is_good_for_ten_minutes_and_tells_no_time_of_use(
    held, client_of, member, secret, request_
):
    browser = client_of(member)
    prove(browser, browser.post(f"/desk/confirmations/{request_}"), team.code(secret))
    session = team.session_of(held, browser)
    assert session.seen_at is None or session.seen_at.hour == session.seen_at.minute == 0
    session.confirmed_at -= timedelta(minutes=10)
    held.commit()
    assert browser.post(f"/desk/confirmations/{request_}").status_code == 307
    assert not is_confirmed(held, request_)


@pytest.mark.parametrize("state", ["gathering", "keyed", "in_force", "ended"])
def test_the_pages_of_the_key_want_it_from_the_appointment_on(held, area, member, client_of, state):
    commission = held.exec(select(CountingCommission)).one()
    commission.state = state
    browser = client_of(member)
    page, count = f"/commission/keys/{commission.id}", "/commission/count"
    for address in (page, count):
        assert browser.get(address).location == "/account/trustee"
    for refused in (browser.get(f"{page}/state"), browser.post(f"{page}/certificate", json={})):
        assert (refused.status_code, refused.json["error"]) == (403, "trustee_access_missing")
    code = team.code(team.equip(held, member))
    assert browser.post(f"{page}/certificate", json={}).json["error"] == "confirm_again"
    asked = browser.get(page)
    assert asked.location.startswith("/account/confirm")
    assert prove(browser, asked, code).location == page
    assert (browser.get(page).status_code, browser.get(count).status_code) == (200, 200)
    assert browser.get(f"{page}/state").status_code == 200


def test_an_officer_who_is_a_trustee_proves_it_too(held, area, app):
    officer = team.add_officer(held, area)
    team.equip(held, officer)
    commission = team.appoint(held, area, area.members[0])
    own = held.exec(select(Trustee)).one()
    own.member_id, own.officer_id = None, officer.id
    late = team.browse(app, held, officer, age_minutes=10)
    page = f"/commission/keys/{commission.id}"
    assert late.get(page).location.startswith("/account/confirm")
    assert late.post(f"{page}/certificate", json={}).json["error"] == "confirm_again"
    assert team.browse(app, held, officer).get(page).status_code == 200


def test_a_recovery_code_opens_the_way_once(held, member, secret, client_of):
    [code, *_] = recovery.renew(held, member)
    browser, other = client_of(member), client_of(member)
    form = {"passphrase": team.PASSPHRASE, "code": code}
    page = "/account/trustee/recovery"
    assert browser.post(page, data={**form, "passphrase": "falsch"}).status_code == 422
    assert browser.post(page, data=form).location == "/account/access"
    assert browser.get("/account/access").status_code == 200
    assert not held.get_one(Member, member.id).has_access
    assert other.get("/booth/").status_code == 401
    again = client_of(member)
    assert again.post(page, data=form).status_code == 422


@pytest.mark.parametrize("state", ["gathering", "keyed", "ended"])
def test_only_a_key_in_force_makes_a_second_person(
    held, member, secret, client_of, request_, state
):
    held.exec(select(CountingCommission)).one().state = state
    browser = client_of(member)
    assert browser.get(QUEUE).status_code == 403
    assert browser.post(f"/desk/confirmations/{request_}").status_code == 403


def test_for_another_body_a_trustee_is_none(held, area, member, secret, client_of, request_):
    other = builder.build_jury(held, area)
    commission = held.exec(select(CountingCommission)).one()
    commission.body_id, commission.term_id = other.body.id, other.term.id
    browser = client_of(member)
    done = prove(browser, browser.post(f"/desk/confirmations/{request_}"), team.code(secret))
    assert browser.post(done.location).status_code == 403
    assert not is_confirmed(held, request_)


def test_other_members_have_nothing_to_confirm(held, area, client_of, member, request_):
    browser = client_of(area.members[1])
    assert browser.get(QUEUE).status_code == 403
    assert browser.get("/account/confirm").status_code == 404


def test_the_named_are_told(held, area, client_of):
    """Whoever has an address learns of it, with the link that sets up the access."""
    first, second = area.members[:2]
    first.mail, first.is_demo = "mia@example.org", False
    second.is_demo = False
    officer = client_of(area.moderators[0])
    people = [f"m{first.id}", f"m{second.id}", f"o{area.moderators[0].id}"]
    form = dict(zip(("first", "second", "third"), people, strict=True))
    assert officer.post(f"/commission/bodies/{area.body.id}", data=form).status_code == 303
    [mail] = held.exec(select(Mail)).all()
    link = re.search(r"/einladung/[\w-]+", mail.body).group()
    assert mail.recipient == first.mail
    assert accept(client_of(first), link).location == "/account/access"
    page = officer.get(f"/commission/bodies/{area.body.id}").text
    assert page.count("Jetzt zusammen einrichten") == 2


def test_guessing_codes_is_slowed_down(held, client_of, member, secret, request_):
    browser = client_of(member)
    asked = browser.post(f"/desk/confirmations/{request_}")
    for _try in range(proving.CODES.on_subject_from_here):
        assert prove(browser, asked, "000000").status_code == 422
    assert prove(browser, asked, team.code(secret)).status_code == 429
    form = {"passphrase": team.PASSPHRASE, "code": "nichts davon"}
    for _try in range(proving.RECOVERIES.on_subject_from_here):
        assert browser.post("/account/trustee/recovery", data=form).status_code == 422
    assert browser.post("/account/trustee/recovery", data=form).status_code == 429
    assert not is_confirmed(held, request_)
