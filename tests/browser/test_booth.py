"""The booth on a phone: every screen, and what it leaves behind."""

import json
import re
from datetime import UTC, datetime
from itertools import pairwise

from playwright.sync_api import expect
from sqlmodel import select

from app.models import Receipt
from app.round import closing
from tests.browser.booth import answer, booth_path, cast, close_now, fill_in, heading, stored
from tests.browser.inspection import inspect

LOST = "Die Abstimmung ist zu. Ihre Stimme ist nicht angekommen."
STATE = re.compile(r"/booth/\w+/state$")


def test_whole_way_by_keyboard(hall, page, voter):
    round_ = hall.open_round(questions=2)
    hall.go_to_booth(page, round_)
    for _ in range(2):
        expect(heading(page)).to_be_focused()
        assert page.locator("input:checked").count() == 0
        for key in ("Tab", "Space", "Tab", "Enter"):
            page.keyboard.press(key)
    expect(page.get_by_role("definition").filter(has_text=re.compile("^Ja$"))).to_have_count(2)
    expect(heading(page)).to_be_focused()
    while page.evaluate("document.activeElement.id") != "cast":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beleg/*")
    expect(heading(page)).to_have_text("Ihre Stimme ist angekommen.")
    page.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(page.get_by_text("Ja. Ihre Stimme ist in der Urne.")).to_be_visible()
    assert hall.ballots(round_) == 2


def test_screens_stand_inspection_in_both_languages(hall, page, voter):
    round_ = hall.open_round(questions=2, recused={2: [voter]})
    for language, words in (("de", ["Ja"]), ("en", ["Yes"])):
        hall.go_to_booth(page, round_, language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("fieldset")).to_be_visible()
        inspect(page)
        page.locator(".actions button").click()
        inspect(page)
        answer(page, *words, button=re.compile("Weiter|Continue"))
        inspect(page)
        for row in page.locator(".choice, #cast").all():
            assert row.bounding_box()["height"] >= 56


def test_answer_rows_are_large_and_apart(hall, page):
    hall.go_to_booth(page, hall.open_round())
    expect(page.locator("fieldset")).to_be_visible()
    boxes = [row.bounding_box() for row in page.locator(".choice").all()]
    assert len(boxes) == 3
    assert all(box["height"] >= 56 for box in boxes)
    gaps = [low["y"] - high["y"] - high["height"] for high, low in pairwise(boxes)]
    assert all(gap >= 8 for gap in gaps)


def test_going_on_without_an_answer_names_what_is_missing(hall, page):
    hall.go_to_booth(page, hall.open_round())
    page.get_by_role("button", name="Weiter").click()
    assert page.title().startswith("Fehler: ")
    assert page.evaluate("document.activeElement.hasAttribute('data-summary')")
    address = page.url
    page.get_by_role("link", name="Bitte wählen Sie eine Antwort.").click()
    assert page.evaluate("document.activeElement.id") == "answer-0"
    assert page.url == address


def test_back_keeps_answers_and_leaves_none_in_the_history(hall, page):
    round_ = hall.open_round(questions=3)
    fill_in(hall, page, round_, "Ja", "Nein", "Enthaltung")
    address = page.url
    for word in ("Enthaltung", "Nein"):
        page.go_back()
        expect(page.get_by_role("radio", name=word, exact=True)).to_be_checked()
        assert page.url == address
        assert set(page.evaluate("history.state")) == {"screen"}
    page.go_forward()
    page.get_by_role("link", name="Zurück").click()
    expect(page.get_by_text("Frage 2 von 3")).to_be_visible()
    assert stored(page)["local"] == {}
    page.reload()
    expect(page.get_by_text("Frage 1 von 3")).to_be_visible()
    assert page.locator("input:checked").count() == 0


def test_changing_one_answer_goes_back_to_the_check(hall, page):
    fill_in(hall, page, hall.open_round(questions=2), "Ja", "Ja")
    page.get_by_role("button", name=re.compile("^Ändern.*Fest am Anger")).click()
    expect(page.get_by_text("Frage 2 von 2")).to_be_visible()
    answer(page, "Nein")
    expect(page.get_by_role("definition").nth(0)).to_have_text("Ja")
    expect(page.get_by_role("definition").nth(2)).to_have_text("Nein")


def test_switching_the_language_keeps_round_screen_and_answer(hall, page):
    hall.go_to_booth(page, hall.open_round(questions=2))
    answer(page, "Nein")
    page.get_by_role("radio", name="Enthaltung", exact=True).check()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    expect(page.get_by_role("radio", name="Abstain", exact=True)).to_be_checked()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/en")
    assert requests == []


def test_check_screen_says_what_is_not_promised(hall, page, voter):
    round_ = hall.open_round(questions=2, recused={2: [voter]})
    hall.go_to_booth(page, round_)
    expect(page.get_by_text("Frage 1 von 1")).to_be_visible()
    answer(page, "Ja")
    for sentence in (
        "Ihre Stimme ist noch nicht abgegeben.",
        "Der Betreiber könnte einzelne Stimmen öffnen.",
        "Wir können nicht verhindern, dass jemand zusieht.",
        "Wenn alle gleich stimmen, zeigt das Ergebnis jede Stimme.",
        "Sie können bis zum Ende noch einmal abstimmen. Nur die letzte Stimme zählt.",
        "Hier stimmen Sie nicht mit ab. Grund: Sie sind befangen.",
    ):
        expect(page.get_by_text(sentence, exact=True)).to_be_visible()


def test_nothing_of_choice_or_code_is_left_on_the_phone(hall, page, voter):
    round_ = hall.open_round(questions=2)
    code = hall.council.phones[voter.id].code
    exponent = str(hall.council.phones[voter.id].exponent)
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    fill_in(hall, page, round_, "Nein", "Enthaltung")
    cast(page)
    page.wait_for_url("**/beleg/*")
    kept = stored(page)
    text = json.dumps(kept, ensure_ascii=False) + page.context.storage_state().__repr__()
    for secret in (code, code.replace("-", ""), exponent, hall.council.phones[voter.id].card_text):
        assert secret not in text
        assert not any(secret in body for body in sent)
    stores = {"keys", "outbox", "receipts", "count_keys", "opened", "seeds"}
    assert set(kept) == {"local", "session", "caches", *stores}
    assert kept["outbox"] == kept["count_keys"] == kept["opened"] == kept["seeds"] == {}
    assert kept["caches"] == []
    receipt = kept["receipts"][round_.id]
    assert set(receipt) - {"before"} == {"receipt", "trackers", "heads", "member", "until"}
    [key] = kept["keys"].values()
    assert key["wrapper"] == "key, extractable false"
    for word in ("abstain", "Enthaltung", "Nein", '"no"'):
        assert word not in text


def test_leaving_forgets_the_answers(hall, page):
    hall.go_to_booth(page, hall.open_round())
    page.get_by_role("radio", name="Ja", exact=True).check()
    page.goto(f"{hall.url}/")
    page.go_back()
    expect(page.get_by_text("Frage 1 von 1")).to_be_visible()
    assert page.locator("input:checked").count() == 0


def test_no_script_from_text(hall, page):
    hall.go_to_booth(page, hall.open_round())
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<i>x</i>'; } catch (e) { return e.name; } }"
    )
    assert refused == "TypeError"


def test_emptied_phone_asks_for_the_card_and_votes_after_it(hall, page, voter):
    round_ = hall.open_round()
    page.evaluate("indexedDB.deleteDatabase('kiezvotum')")
    hall.go_to_booth(page, round_)
    expect(heading(page)).to_have_text(
        "Auf diesem Handy ist kein Wahlschlüssel. Bitte Karte noch einmal scannen."
    )
    inspect(page)
    hall.enter(page, voter)
    fill_in(hall, page, round_, "Ja")
    cast(page)
    page.wait_for_url("**/beleg/*")


def test_key_of_another_member_is_no_key(hall, page, voter):
    round_ = hall.open_round()
    hall.enter(page, hall.council.members[1])
    page.context.clear_cookies()
    hall.enter(page, voter)
    page.evaluate(
        """async () => {
          const open = indexedDB.open('kiezvotum');
          await new Promise((resolve) => { open.onsuccess = resolve; });
          const keys = open.result.transaction('keys', 'readwrite').objectStore('keys');
          const names = keys.getAllKeys();
          await new Promise((resolve) => { names.onsuccess = resolve; });
          const get = keys.get(names.result[0]);
          await new Promise((resolve) => { get.onsuccess = resolve; });
          const put = keys.put({ ...get.result, member: 'somebody' }, names.result[0]);
          await new Promise((resolve) => { put.onsuccess = resolve; });
        }"""
    )
    hall.go_to_booth(page, round_)
    expect(heading(page)).to_contain_text("Auf diesem Handy ist kein Wahlschlüssel.")


def test_signed_out_before_the_first_question(hall, open_phone):
    round_ = hall.open_round()
    phone = open_phone()
    phone.goto(f"{hall.url}/")
    hall.enter(phone, hall.council.members[3])
    path = booth_path(phone)
    phone.context.clear_cookies()
    phone.goto(f"{hall.url}{path}#{round_.id}/en")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Please scan your card again.")
    inspect(phone)
    phone.goto(f"{hall.url}{path}#nonsense")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Diese Abstimmung gibt es nicht.")


def test_no_connection_at_the_start(hall, page):
    round_ = hall.open_round()
    page.route(STATE, lambda route: route.abort())
    hall.go_to_booth(page, round_)
    expect(heading(page)).to_have_text("Keine Verbindung. Es ist noch nichts abgegeben.")
    inspect(page)
    page.unroute(STATE)
    page.get_by_role("button", name="Noch einmal versuchen").click()
    expect(page.get_by_text("Frage 1 von 1")).to_be_visible()


def change_state(page, change):
    """Serve a state that a dishonest server could serve."""

    def serve(route):
        response = route.fetch()
        state = response.json()
        change(state)
        route.fulfill(response=response, json=state)

    page.route(STATE, serve)


CHANGES = {
    "wording": lambda q: q["wording"].update(de=q["wording"]["de"].replace("1.200", "1.201")),
    "wording not shown": lambda q: q["wording"].update(en="Should it?"),
    "options": lambda q: q["options"]["de"].reverse(),
    "order": lambda q: q["order"].reverse(),
    "digest": lambda q: q.update(digest="0" * 64),
    "election": lambda q: q.update(election=q["election"].replace("1.200", "1.201")),
}


def test_question_that_was_not_announced_is_not_asked(hall, page):
    round_ = hall.open_round(questions=2)
    for change in CHANGES.values():
        change_state(page, lambda state, change=change: change(state["questions"][1]))
        hall.go_to_booth(page, round_)
        expect(heading(page)).to_have_text(
            "Diese Frage ist nicht die angekündigte. Bitte nicht abstimmen."
        )
        assert page.locator("input").count() == 0
        report = page.get_by_role("link", name="Etwas stimmt nicht")
        expect(report).to_have_attribute("href", f"/abstimmung/{round_.id}/melden")
        page.unroute(STATE)
    hall.go_to_booth(page, round_)
    expect(page.get_by_text("Frage 1 von 2")).to_be_visible()


def test_voting_again_replaces_and_the_old_receipt_knows(hall, page):
    round_ = hall.open_round()
    addresses = []
    for word in ("Ja", "Nein"):
        page.goto(f"{hall.url}/booth/")
        fill_in(hall, page, round_, word)
        cast(page)
        page.wait_for_url("**/beleg/*")
        addresses.append(page.url)
    assert addresses[0] != addresses[1]
    page.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(page.get_by_text("Ja. Ihre Stimme ist in der Urne.")).to_be_visible()
    page.goto(addresses[0])
    page.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(page.get_by_text("Das geht gerade nicht.")).to_be_visible()
    hall.held.commit()
    receipts = select(Receipt).where(Receipt.round_id == round_.id)
    assert len(hall.held.exec(receipts).all()) == 2


def test_last_call_is_said_and_counted_down(hall, page):
    round_ = hall.open_round()
    page.clock.install()
    hall.go_to_booth(page, round_)
    expect(page.get_by_role("radio", name="Ja")).to_be_visible()  # from here on it asks again
    hall.held.commit()
    hall.held.refresh(round_)
    closing.start_last_call(hall.held, round_, datetime.now(UTC))
    hall.held.commit()
    with page.expect_response(STATE):
        page.clock.run_for(11_000)
    line = page.get_by_text("Letzter Aufruf. Die Abstimmung geht gleich zu.")
    for _second in range(5):  # the answer is read while the page's own clock stands still
        page.wait_for_timeout(200)
        if line.is_visible():
            break
        page.clock.run_for(1_000)
    expect(line).to_be_visible()
    expect(page.locator("[data-last-call]")).to_contain_text(re.compile(r"Noch \d+ Sekunden"))
    inspect(page)
    close_now(hall, round_)
    with page.expect_response(STATE):
        page.clock.run_for(11_000)
    expect(heading(page)).to_have_text(LOST)
    expect(page.locator("[data-last-call]")).to_be_hidden()


def test_missing_ballot_says_no(hall, page):
    round_ = hall.open_round()
    fill_in(hall, page, round_, "Ja")
    cast(page)
    page.wait_for_url("**/beleg/*")

    def cut(route):
        response = route.fetch()
        body = response.body()
        # The last event and its ballot are taken off the end.
        start = body.rindex(b".data.json") - 64
        route.fulfill(response=response, body=body[:start])

    page.route(re.compile(r"\.bel$"), cut)
    page.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(page.get_by_text("Nein. Ihre Stimme fehlt.")).to_be_visible()
    page.unroute(re.compile(r"\.bel$"))
    page.route(re.compile(r"\.bel$"), lambda route: route.abort())
    page.get_by_role("button", name="Ist meine Stimme dabei?").click()
    expect(page.get_by_text("Das geht gerade nicht.")).to_be_visible()
