"""A member declares an own interest on the phone, before the round opens."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app import recusal
from app.models import Recusal
from app.round import opening, preparing
from tests.app import builder

UNTIL_IT_WAITS = 0.5
CLOSED = "Nicht mehr möglich. Stimmen Sie nicht ab und sagen Sie es dem QM-Team."
RECUSED = "Hier stimmen Sie nicht mit ab. Grund: Sie sind befangen."


@pytest.fixture
def member(area):
    return area.members[0]


@pytest.fixture
def browser(client_of, member):
    return client_of(member)


@pytest.fixture
def round_(prepared_round):
    return prepared_round(questions=2)


@pytest.fixture
def asked(held, round_):
    return preparing.questions_of(held, round_)[0]


@pytest.fixture
def address(round_, asked):
    return f"/booth/{round_.id}/{asked.id}/recusal"


def stored(held):
    return held.exec(select(Recusal)).all()


def test_declared_on_the_phone(held, browser, member, round_, asked, address):
    page = browser.get(f"/booth/{round_.id}/questions").text
    assert page.count("Ich bin befangen") == 2
    assert address in page
    check = browser.get(address).text
    assert "Sind Sie befangen?" in check
    assert "Öffentlich steht nur, wie viele befangen waren." in check
    answer = browser.post(address, data={"reason": "Meine Schwester leitet den Verein."})
    assert (answer.status_code, answer.location) == (303, f"/booth/{round_.id}/questions")
    (found,) = stored(held)
    assert (found.question_id, found.member_id) == (asked.id, member.id)
    assert (found.declared_by, found.may_be_named) == ("member", False)
    assert found.reason == "Meine Schwester leitet den Verein."
    page = browser.get(f"/booth/{round_.id}/questions").text
    assert page.count(RECUSED) == 1
    assert page.count("Das stimmt nicht") == 1
    assert "1 befangen" in page
    assert RECUSED in browser.get("/booth/").text


def test_the_reason_is_for_the_team_alone(held, area, client_of, browser, address, round_):
    browser.post(address, data={"reason": "Meine Schwester leitet den Verein."})
    others = client_of(area.members[1]).get(f"/booth/{round_.id}/questions").text
    assert "Schwester" not in others
    desk = client_of(area.moderators[0]).get(f"/desk/rounds/{round_.id}").text
    assert "hat es selbst gesagt: <bdi>Meine Schwester leitet den Verein.</bdi>" in desk


def test_no_reason_is_needed_and_a_broken_one_is_kept(held, browser, address):
    answer = browser.post(address, data={"reason": "Weil\u200bs so ist"})
    assert answer.status_code == 422
    assert "s so ist" in answer.text
    assert stored(held) == []
    assert browser.post(address, data={"reason": ""}).status_code == 303
    assert browser.post(address, data={"reason": ""}).status_code == 409
    assert len(stored(held)) == 1


def test_withdrawn_before_the_opening(held, browser, address, round_):
    browser.post(address, data={})
    assert "Das stimmt nicht. Ich stimme mit ab" in browser.get(address).text
    assert browser.post(f"{address}/withdraw").status_code == 303
    assert stored(held) == []
    assert RECUSED not in browser.get(f"/booth/{round_.id}/questions").text
    assert browser.post(f"{address}/withdraw").status_code == 409


def test_what_the_team_entered_is_taken_back_by_the_team(
    held, area, browser, member, asked, address
):
    now = datetime.now(UTC)
    recusal.declare(held, asked, member.id, by="officer", reason="Vorstand im Verein", now=now)
    page = browser.get(address).text
    assert "Vorstand im Verein" in page
    assert "Das QM-Team hat Sie eingetragen." in page
    assert area.area.office_phone in page
    assert browser.post(f"{address}/withdraw").status_code == 409
    assert len(stored(held)) == 1


def test_an_open_round_says_what_to_do(held, browser, address, round_):
    builder.open_round(held, round_)
    page = browser.get(f"/booth/{round_.id}/questions").text
    assert CLOSED in page
    assert address not in page
    for answer in (
        browser.get(address),
        browser.post(address, data={}),
        browser.post(f"{address}/withdraw"),
    ):
        assert answer.status_code == 409
        assert CLOSED in answer.text
    assert stored(held) == []


def test_the_roll_leaves_the_recused_out(held, area, browser, member, address, round_, asked):
    browser.post(address, data={})
    builder.open_round(held, round_)
    assert asked.roll_facts["entitled"] == 8
    answer = browser.get(f"/booth/{round_.id}/state").json
    assert [each["reason"] for each in answer["questions"]] == ["recused", None]
    assert [each["may_vote"] for each in answer["questions"]] == [False, True]


def test_a_recusal_that_meets_the_opening_comes_too_late(held, client_of, member, address, round_):
    browser = client_of(member)
    browser.held = None
    held.refresh(round_, with_for_update=True)
    opening.open_round(held, round_, datetime.now(UTC))
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(browser.post, address, data={})
        time.sleep(UNTIL_IT_WAITS)
        assert not waiting.done()
        held.commit()
        assert waiting.result().status_code == 409
    assert stored(held) == []


def test_leaving_the_room_is_said_on_the_phone(held, area, browser, address, round_):
    sentence = "Bitte verlassen Sie den Raum"
    assert sentence not in browser.get(address).text
    builder.change_rules(held, area, {"recusal.rule": "leaves_room"})
    assert sentence in browser.get(address).text
    browser.post(address, data={})
    assert browser.get(f"/booth/{round_.id}/questions").text.count(sentence) == 1


@pytest.mark.parametrize(
    ("publish", "sentence", "has_box"),
    [
        ("count", "Öffentlich steht nur, wie viele befangen waren.", False),
        ("seat", "Öffentlich steht, dass Ihr Sitz befangen war.", False),
        ("name", "Ihr Name steht nur dort, wenn Sie es hier", True),
    ],
)
def test_what_will_be_public_is_said_before(
    held, area, browser, address, publish, sentence, has_box
):
    builder.change_rules(held, area, {"recusal.publish": publish})
    page = browser.get(address).text
    assert sentence in page
    assert ("Mein Name darf dabeistehen" in page) is has_box


def test_strangers_drafts_and_other_bodies_have_no_such_page(
    held, area, client_of, browser, address, round_, asked
):
    other = builder.build_council(held, "bruecke", with_keys=False)
    foreign = client_of(other.members[0])
    no_seat = builder.store(held, builder.new_member(area.area, "Otto Gast"))
    round_id = round_.id
    for person, path in [
        (foreign, address),
        (client_of(no_seat), address),
        (browser, f"/booth/{round_id}/nonsense/recusal"),
        (browser, f"/booth/nonsense/{asked.id}/recusal"),
    ]:
        assert person.get(path).status_code == 404
        assert person.post(path, data={}).status_code == 404
        assert person.post(f"{path}/withdraw").status_code == 404
    assert client_of(area.moderators[0]).get(address).status_code == 403
    assert stored(held) == []


def test_in_english(browser, address):
    page = browser.get(f"/en{address}").text
    assert "Do you have a conflict of interest?" in page
