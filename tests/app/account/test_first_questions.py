"""After the first receipt: name, e-mail, recovery code; each may be left out."""

import pytest

from tests.app.builder import make_submission

LINK = "/account/first/name"


def read_receipt(browser, held, area, member, round_):
    ballots = make_submission(held, area.phones[member.id], member, round_, "yes")
    told = browser.post(f"/booth/{round_.id}/ballots", json=ballots)
    return browser.get(f"/beleg/{told.json['receipt']}").text


def test_the_receipt_leads_there_until_it_was_asked(client_of, held, area, member, open_round):
    browser = client_of(member)
    round_ = open_round()
    assert LINK in read_receipt(browser, held, area, member, round_)
    assert browser.post(LINK, data={"name": "Aylin"}).location == "/account/first/mail"
    answer = browser.post("/account/first/mail", data={"mail": "aylin@anger.example"})
    assert (answer.status_code, answer.location) == (303, "/account/code")
    assert (member.name, member.mail) == ("Aylin", "aylin@anger.example")
    page = read_receipt(browser, held, area, member, round_)
    assert LINK not in page
    assert "/account/code" in page


def test_every_question_may_be_left_out(client_of, held, member):
    browser = client_of(member)
    assert 'href="/account/first/mail"' in browser.get(LINK).text
    answer = browser.post("/account/first/mail", data={"mail": "kein", "without": "1"})
    assert (answer.status_code, answer.location) == (303, "/account/code")
    assert (member.name, member.mail, member.was_asked) == ("Aylin Kara", None, True)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (LINK, {"name": ""}),
        (LINK, {"name": "\u200b"}),
        ("/account/first/mail", {"mail": ""}),
        ("/account/first/mail", {"mail": "kein at"}),
    ],
)
def test_what_is_no_answer_changes_nothing(client_of, member, path, sent):
    assert client_of(member).post(path, data=sent).status_code == 422
    assert (member.name, member.mail, member.was_asked) == ("Aylin Kara", None, False)


def test_officers_are_not_asked(client_of, area):
    assert client_of(area.moderators[0]).get(LINK).status_code == 403
