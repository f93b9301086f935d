"""The public page of an opinion poll: numbers, no outcome, and nowhere else a trace of it."""

import pytest

from app.round import polling
from tests.app import builder, deciding
from tests.app.public.reading import in_order, read

NOTICE = "Das ist ein Meinungsbild. Es ist keine Entscheidung."


@pytest.fixture
def poll(held, area, prepared_round):
    round_ = prepared_round()
    builder.set_present(held, area, area.members[:5])
    made = polling.hold_poll(held, round_, builder.LONG_AGO)
    held.commit()
    return made


@pytest.fixture
def answered(held, area, poll):
    def answer(*choices):
        deciding.count(held, deciding.close_prepared(held, area, poll, choices))
        return poll

    return answer


def test_it_shows_counts_without_a_word_for_an_outcome(answered, visitor):
    poll = answered("yes", "yes", "yes", "no", "abstain")
    text = read(visitor, f"/abstimmung/{poll.id}/meinungsbild")
    in_order(
        text,
        "Meinungsbild",
        NOTICE,
        "Soll der Antrag A-2026-1 „Hochbeete im Hof“ 1.200 € bekommen?",
        "Ja 3 Nein 1 Enthaltung 1",
        "5 Personen durften mitmachen.",
    )
    for word in ("angenommen", "abgelehnt", "Nötig", "Beschlussfähig", "Empfehlung"):
        assert word.lower() not in text.lower()


def test_it_is_no_decision_anywhere(answered, area, visitor):
    poll = answered(*["yes"] * 5)
    for address in (
        "/",
        f"/gebiet/{area.area.slug}",
        f"/gebiet/{area.area.slug}/entscheidungen",
    ):
        assert "Hochbeete im Hof" not in visitor.get(address).text
    check = read(visitor, f"/abstimmung/{poll.id}/pruefen")
    assert NOTICE in check
    assert "Beschlussfähig ab" not in check


def test_fewer_answers_than_the_minimum_show_no_count(answered, visitor):
    poll = answered("yes", "no", "no", "no")
    text = read(visitor, f"/abstimmung/{poll.id}/meinungsbild")
    assert "Nicht ausgezählt: Es waren weniger als 5 Stimmen." in text
    assert "Ja 1" not in text


def test_before_its_end_it_shows_nothing(held, area, poll, visitor):
    for state in ("hat noch nicht begonnen", "läuft gerade"):
        text = read(visitor, f"/abstimmung/{poll.id}/meinungsbild")
        assert f"Das Meinungsbild {state}. Die Zahlen stehen nach dem Ende hier." in text
        if poll.state == "announced":
            builder.open_round(held, poll)
    page = read(visitor, f"/gebiet/{area.area.slug}")
    assert "Meinungsbild" in page
    assert "stimmt gerade ab" not in page


def test_a_vote_has_no_such_page(open_round, visitor):
    assert visitor.get(f"/abstimmung/{open_round().id}/meinungsbild").status_code == 404
    assert visitor.get("/abstimmung/nonsense/meinungsbild").status_code == 404


def test_in_english(answered, visitor):
    poll = answered(*["yes"] * 5)
    text = read(visitor, f"/en/abstimmung/{poll.id}/meinungsbild")
    assert "This is an opinion poll. It is not a decision." in text


def test_members_see_that_it_is_a_poll(area, client_of, held, poll):
    browser = client_of(area.members[0])
    for state in ("announced", "open"):
        assert poll.state == state
        assert NOTICE in browser.get("/booth/").text
        page = browser.get(f"/booth/{poll.id}/questions").text
        assert NOTICE in page
        assert "Nötig sind" not in page
        if state == "announced":
            builder.open_round(held, poll)
    told = browser.get(f"/booth/{poll.id}/state").json
    assert told["questions"][0]["is_poll"] is True
    assert told["questions"][0]["explanation"] == {"de": "", "en": ""}
