"""The page before the ballot: what is decided, what it needs, what is promised."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import delete

from app.account import enrolling, kept_passphrase
from app.booth.casting import cast
from app.models import Round, VotingKey
from app.round import opening
from tests.app import builder
from tests.app.round.test_evening import make_key

CARD = "Wer Ihre Karte gedruckt hat oder besitzt"
OFFICE = "Der Betreiber könnte einzelne Stimmen öffnen."


def page_of(browser, round_, prefix=""):
    return browser.get(f"{prefix}/booth/{round_.id}/questions")


def test_everything_about_the_question_is_there(client_of, area, open_round):
    round_ = open_round(recused={1: [area.members[8]]})
    page = page_of(client_of(area.members[0]), round_).text
    for words in (
        "A-2026-1</bdi> „Hochbeete im Hof“ 1.200",
        "<strong>Hochbeete</strong> im Hof.",
        "Damit sich die Nachbarschaft trifft.",
        "Holz",
        "400",
        "Nötig sind 6 Ja-Stimmen.",
        "Zwei Drittel der Anwesenden müssen Ja sagen. Das sind 6 von 8.",
        "Stimmberechtigt: 8 von 9 Sitzen (6 Bewohner, 2 Partner).",
        "0 Sitze abwesend, 1 befangen, 0 unbesetzt.",
        "Eine Enthaltung hilft nicht zum Ja. Sie wirkt wie ein Nein.",
        "Andere Mitglieder und das QM-Team sehen nicht, wie Sie stimmen.",
        OFFICE,
        "Wir können nicht verhindern, dass jemand hinter Ihnen steht",
        "Wer Ihre Karte gedruckt hat oder besitzt, könnte in Ihrem Namen abstimmen.",
        "Zum Stimmzettel",
    ):
        assert words in page


@pytest.mark.parametrize("protect", ["passphrase", "copy"])
def test_who_added_protection_is_not_warned_of_the_card(client_of, held, area, open_round, protect):
    round_ = open_round()
    one, other = area.members[:2]
    if protect == "copy":
        enrolling.delete_copies(held, one)
    else:
        kept_passphrase.keep(held, one, "Sieben Raben fliegen leise", datetime.now(UTC))
    held.commit()
    assert CARD not in page_of(client_of(one), round_).text
    assert CARD in page_of(client_of(other), round_).text


def test_before_there_is_a_key_the_card_alone_makes_one(client_of, held, area, open_round):
    round_ = open_round()
    one = area.members[0]
    held.exec(delete(VotingKey).where(VotingKey.member_id == one.id))
    enrolling.delete_copies(held, one)
    held.commit()
    assert CARD in page_of(client_of(one), round_).text


def test_the_page_names_who_counts_tonight(client_of, held, area, prepared_round):
    builder.set_rules(held, area, trust__meeting="evening")
    for at in range(2):
        make_key(held, area, at)
    round_ = prepared_round()
    opening.open_round(held, round_, datetime.now(UTC))
    held.commit()
    text = page_of(client_of(area.members[5]), round_).text
    names = text.partition("Heute zählen:")[2].partition("</li>")[0]
    assert [each.name in names for each in area.members[:3]] == [True, True, False]


@pytest.mark.parametrize(("prefix", "language"), [("", "de"), ("/en", "en")])
def test_the_button_leads_to_the_one_booth(client_of, area, open_round, prefix, language):
    round_ = open_round()
    browser = client_of(area.members[0])
    page = page_of(browser, round_, prefix).text
    address = page.partition(f"#{round_.id}/{language}")[0].rpartition('href="')[2]
    assert browser.get(address).status_code == 200
    assert address.startswith("/booth/")


def test_the_end_by_the_servers_clock(client_of, area, open_round):
    closes_at = datetime.now(UTC) + timedelta(minutes=12, seconds=-10)
    page = page_of(client_of(area.members[0]), open_round(closes_at=closes_at)).text
    assert "noch 12 Minuten" in page


def test_who_cannot_vote_gets_the_reason_and_no_button(client_of, area, open_round):
    round_ = open_round(recused={1: [area.members[0]]})
    page = page_of(client_of(area.members[0]), round_).text
    assert "Grund: Sie sind befangen." in page
    assert "Zum Stimmzettel" not in page


def test_before_the_opening_there_is_no_ballot(client_of, area, prepared_round):
    page = page_of(client_of(area.members[0]), prepared_round()).text
    assert "Die Abstimmung ist noch nicht offen." in page
    assert "Nötig sind 6 Ja-Stimmen." in page
    assert "Zum Stimmzettel" not in page


def test_after_the_end_there_is_no_ballot(client_of, area, held, open_round):
    round_ = open_round()
    held.get(Round, round_.id).closes_at = datetime.now(UTC) - timedelta(seconds=1)
    page = page_of(client_of(area.members[0]), round_).text
    assert "Die Abstimmung ist zu." in page
    assert "/gebiet/anger/entscheidungen" in page
    assert "Zum Stimmzettel" not in page


def test_a_void_round_says_why(client_of, area, held, open_round):
    round_ = held.get(Round, open_round().id)
    round_.state, round_.void_reason = "void", "Falsche Liste"
    page = page_of(client_of(area.members[0]), round_).text
    assert "Diese Abstimmung ist ungültig" in page
    assert "Falsche Liste" in page


def test_who_has_voted_may_vote_again(client_of, area, open_round, make_submission):
    member, round_ = area.members[0], open_round()
    browser = client_of(member)
    cast(member, round_.id, make_submission(member, round_, "no"))
    page = page_of(browser, round_).text
    assert "Ihre Stimme ist angekommen." in page
    assert "Nur die letzte Stimme zählt." in page
    assert "Noch einmal abstimmen" in page


def test_objects_of_another_area_drafts_and_nonsense_are_not_there(
    client_of, area, held, open_round, prepared_round
):
    round_ = open_round()
    stranger = client_of(builder.build_council(held, "bruecke").members[0])
    draft = held.get(Round, prepared_round(questions=2).id)
    draft.state = "draft"
    answers = [
        page_of(stranger, round_),
        page_of(client_of(area.members[0]), draft),
        client_of(area.members[0]).get("/booth/nonsense/questions"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {
        answer.text.replace(" Bruecke", " Anger").replace(">Bruecke", ">Anger")
        for answer in answers
    }
    assert all("Diese Seite gibt es nicht" in body for body in bodies)
