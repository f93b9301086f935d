"""The receipt: that the vote arrived, never how or when, and the box to look into."""

import json

import pytest

from app.booth.casting import cast
from app.models import Round
from tests.app import builder


@pytest.fixture
def voted(open_round, make_submission):
    """Cast for a member in a new round of two questions; give the round and the receipt."""

    def vote(member, choice="yes"):
        round_ = open_round(questions=2)
        receipt = json.loads(cast(member, round_.id, make_submission(member, round_, choice)))
        return round_, receipt

    return vote


def test_it_works_again_when_reopened(client_of, area, voted):
    round_, receipt = voted(area.members[0])
    browser = client_of(area.members[0])
    for _time in range(2):
        answer = browser.get(f"/beleg/{receipt['receipt']}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    page = answer.text
    assert "<h1>Ihre Stimme ist angekommen.</h1>" in page
    assert "Nur die letzte Stimme zählt." in page
    assert f'data-receipt="{receipt["receipt"]}"' in page
    assert f'data-round="{round_.id}"' in page
    for each in receipt["ballots"]:
        assert f'data-board="/booth/{round_.id}/{each["question"]}.bel"' in page
        assert f'data-question="{each["question"]}"' in page
        assert each["tracker"] in page
    for state in ("working", "yes", "unknown", "no", "replaced"):
        assert page.count(f'data-state="{state}"') == 1


def test_no_choice_and_no_time(client_of, area, held, voted):
    pages = set()
    for choice in ("yes", "no", "abstain"):
        round_, receipt = voted(area.members[0], choice)
        page = client_of(area.members[0]).get(f"/beleg/{receipt['receipt']}").text
        for each in receipt["ballots"]:
            page = page.replace(each["tracker"], "T").replace(each["question"], "Q")
        page = page.replace(receipt["receipt"], "R").replace(round_.id, "I")
        assert "<time" not in page
        assert "Uhr" not in page
        pages.add(page.partition("<main")[2].partition("Nächste Abstimmung")[0])
        held.get(Round, round_.id).state = "void"
    assert len(pages) == 1


def test_an_older_receipt_says_so(client_of, area, voted, make_submission):
    member = area.members[0]
    round_, older = voted(member)
    newer = json.loads(cast(member, round_.id, make_submission(member, round_, "no")))
    browser = client_of(member)
    page = browser.get(f"/beleg/{older['receipt']}").text
    assert "Älterer Beleg" in page
    assert "Die neuere Stimme zählt." in page
    assert "Älterer Beleg" not in browser.get(f"/beleg/{newer['receipt']}").text


def test_the_next_open_vote_is_offered(client_of, area, voted, open_round):
    _round, receipt = voted(area.members[0])
    browser = client_of(area.members[0])
    assert "Nächste Abstimmung" not in browser.get(f"/beleg/{receipt['receipt']}").text
    other = open_round()
    page = browser.get(f"/beleg/{receipt['receipt']}").text
    assert "Nächste Abstimmung" in page
    assert f'href="/booth/{other.id}/questions"' in page


def test_after_the_end_there_is_no_second_vote(client_of, area, held, voted):
    round_, receipt = voted(area.members[0])
    held.get(Round, round_.id).state = "closed"
    page = client_of(area.members[0]).get(f"/beleg/{receipt['receipt']}").text
    assert "Noch einmal abstimmen" not in page
    assert "/gebiet/anger/entscheidungen" in page


def test_receipts_of_another_area_and_nonsense_are_not_there(client_of, area, held, voted):
    _round, receipt = voted(area.members[0])
    stranger = builder.build_council(held, "bruecke").members[0]
    assert client_of(stranger).get(f"/beleg/{receipt['receipt']}").status_code == 404
    assert client_of(area.members[0]).get("/beleg/nonsense").status_code == 404
    assert client_of(area.moderators[0]).get(f"/beleg/{receipt['receipt']}").status_code == 403
