"""What happens at an entrance stands on the account's page, and what weighs comes by mail."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import jobs
from app.account import kept_passphrase, recovery
from app.models import Mail, SecurityEvent
from tests.app import builder
from tests.app.account import team

NOW = datetime.now(UTC)
NEW_DEVICE = "Anmeldung auf einem neuen Gerät"
IPHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"}


@pytest.fixture
def officer(held, area):
    return team.add_officer(held, area)


@pytest.fixture
def secret(held, officer):
    return team.equip(held, officer)


def kinds(held):
    held.rollback()
    return list(held.exec(select(SecurityEvent.kind).order_by(SecurityEvent.id)))


def mails(held):
    return {each.subject: each for each in held.exec(select(Mail))}


def sign_in(browser, secret, steps=0):
    team.show_passphrase(browser)
    return team.show_code(browser, team.code(secret, steps))


def test_a_new_device_is_told_and_a_known_one_is_not(visitor, held, secret):
    assert sign_in(visitor, secret, -1).status_code == 303
    assert kinds(held) == ["new_device"]
    [mail] = held.exec(select(Mail)).all()
    assert (mail.recipient, mail.subject) == (team.MAIL, f"Ihr Zugang: {NEW_DEVICE}")
    assert "/account/" in mail.body
    visitor.post("/account/sign-out")
    assert sign_in(visitor, secret).status_code == 303
    assert kinds(held) == ["new_device"], "this browser is known"
    assert NEW_DEVICE in visitor.get("/account/").text


def test_the_device_is_named_and_no_address(app, held, officer, secret):
    browser = builder.browse(app, held)
    browser.environ_base["HTTP_USER_AGENT"] = IPHONE["User-Agent"]
    sign_in(browser, secret)
    held.rollback()
    event = held.exec(select(SecurityEvent)).one()
    assert (event.device, event.officer_id) == ("iphone", officer.id)
    assert "127.0.0.1" not in str(event.model_dump())
    assert "iPhone" in held.exec(select(Mail)).one().body


def test_a_wrong_code_after_the_right_passphrase_is_noted_although_refused(visitor, held, secret):
    team.show_passphrase(visitor)
    assert team.show_code(visitor, "000000").status_code == 422
    assert kinds(held) == ["code_refused"]
    assert mails(held) == {}


def test_a_wrong_passphrase_is_not_noted(visitor, held, secret):
    team.show_passphrase(visitor, typed="etwas ganz anderes")
    assert kinds(held) == []


def test_a_used_recovery_code_is_told(visitor, held, officer, secret):
    [code, *_others] = recovery.renew(held, officer)
    held.commit()
    sent = {"mail": team.MAIL, "passphrase": team.PASSPHRASE, "code": code}
    assert visitor.post("/account/recovery", data=sent).status_code == 303
    assert kinds(held) == ["recovery_used"]
    assert list(mails(held)) == ["Ihr Zugang: Ein Notfall-Code wurde benutzt"]


def test_a_changed_passphrase_is_told_and_a_first_one_only_noted(app, held, officer):
    typed = {"passphrase": "grüne Birne schläft im Keller"}
    browser = team.browse(app, held, officer)
    assert browser.post("/account/access/passphrase", data=typed).status_code == 303
    assert (kinds(held), mails(held)) == (["passphrase_set"], {})
    officer.has_access = True
    held.add(officer)
    held.commit()
    browser = team.browse(app, held, officer)
    assert browser.post("/account/access/passphrase", data=typed).status_code == 303
    assert kinds(held) == ["passphrase_set"] * 2
    assert list(mails(held)) == ["Ihr Zugang: Neue Passphrase"]


def test_new_recovery_codes_are_noted(app, held, officer, secret):
    team.browse(app, held, officer).post("/account/access/codes")
    assert kinds(held) == ["recovery_codes_made"]


@pytest.mark.parametrize("spoken", ["de", "en"])
def test_a_member_is_told_in_the_own_language(app, held, area, spoken):
    member = area.members[0]
    member.mail, member.language = "aylin@anger.example", spoken
    held.add(member)
    kept_passphrase.keep(held, member, team.stored_passphrase(), NOW)
    browser = team.browse(app, held, member)
    assert browser.post("/account/protection/passphrase/remove").status_code == 303
    assert browser.post("/account/protection/copy/delete").status_code == 303
    assert kinds(held) == ["passphrase_removed", "copy_deleted"]
    for mail in held.exec(select(Mail)):
        assert mail.recipient == member.mail
        assert ("/en/account/" in mail.body) == (spoken == "en")
    page = browser.get("/account/").text
    assert "Passphrase entfernt" in page
    assert "Kopie des Wahlschlüssels gelöscht" in page


def test_members_without_mail_read_it_in_the_account(client_of, held, area):
    browser = client_of(area.members[0])
    browser.post("/account/protection/copy/delete")
    assert mails(held) == {}
    assert "Kopie des Wahlschlüssels gelöscht" in browser.get("/account/").text


def test_nobody_reads_events_of_others(app, client_of, held, area, officer, secret):
    held.add(
        SecurityEvent(
            area_id=area.area.id,
            officer_id=officer.id,
            kind="code_refused",
            device="mac",
            at=NOW,
        )
    )
    held.commit()
    assert "falscher Code" in team.browse(app, held, officer).get("/account/").text
    for other in (area.members[0], area.moderators[0]):
        assert "falscher Code" not in client_of(other).get("/account/").text


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_events_go_after_thirty_days(app, held, area, days, left):
    held.add(
        SecurityEvent(
            area_id=area.area.id,
            member_id=area.members[0].id,
            kind="new_device",
            device="mac",
            at=NOW - timedelta(days=days),
        )
    )
    held.commit()
    jobs.retain(NOW)
    assert len(kinds(held)) == left
