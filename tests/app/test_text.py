"""Words, amounts, dates and sentences, in every language of the interface."""

from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from app import text
from app.models import Proposal, Question, RollEntry, Round
from voting.rules import outcome

WINTER = datetime(2026, 11, 10, 17, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
ROLL = {
    "entitled": 9,
    "seats": 10,
    "residents": 6,
    "partners": 3,
    "deputy_mode": "reserve_list",
    "for_absent": 2,
    "for_recused": 0,
    "for_vacant": 0,
    "absent": 1,
    "recused": 0,
    "vacant": 0,
    "quorum_need": 7,
}


@pytest.fixture(params=["de", "en_GB"])
def language(request, app):
    with app.test_request_context(), force_locale(request.param):
        yield request.param[:2]


@pytest.fixture
def german(app):
    with app.test_request_context(), force_locale("de"):
        yield


@pytest.mark.parametrize(
    ("cents", "de", "en"),
    [
        (0, "0 €", "€0"),
        (5, "0,05 €", "€0.05"),
        (150_000, "1.500 €", "€1,500"),
        (148_050, "1.480,50 €", "€1,480.50"),
        (123_456_789, "1.234.567,89 €", "€1,234,567.89"),
        (-25_000, "\u2212250 €", "\u2212€250"),
    ],
)
def test_amounts_have_cents_only_where_there_are_some(language, cents, de, en):
    assert text.amount(cents).replace("\u00a0", " ") == {"de": de, "en": en}[language]
    assert " " not in text.amount(cents)


def test_amounts_for_machines():
    assert [text.plain_number(cents) for cents in (148_050, 5, -5)] == ["1480.50", "0.05", "-0.05"]


def test_moments_are_berlin_time_in_summer_and_winter(language):
    expected = {
        "de": (
            "Dienstag, 10. November 2026, 18:00\u00a0Uhr",
            "Donnerstag, 2. Juli 2026",
            "02.07.2026",
        ),
        "en": ("Tuesday, 10 November 2026, 18:00", "Thursday, 2 July 2026", "02/07/2026"),
    }[language]
    found = text.moment(WINTER), text.day(SUMMER), text.short_day(SUMMER)
    assert found == expected


def test_stored_texts_and_days_without_a_time_read_alike(german):
    assert text.day("2026-11-10T17:00:00+00:00") == text.day(date(2026, 11, 10))
    assert text.iso("2026-11-10T17:00:00+00:00") == "2026-11-10T18:00:00+01:00"
    assert text.iso(date(2026, 11, 10)) == "2026-11-10"
    assert text.clock(SUMMER) == "00:30\u00a0Uhr"


def test_every_outcome_of_the_rules_has_a_word_and_every_decision_a_phrase(language):
    codes = outcome.Code.__args__
    assert all(text.word(code) for code in codes)
    assert all(text.outcome_phrase(code) for code in codes if code != "poll_only")


def test_every_stored_state_has_a_word(language):
    columns = (
        Round.__table__.c.state,
        Question.__table__.c.state,
        RollEntry.__table__.c.segment,
        Proposal.__table__.c.state,
    )
    for column in columns:
        for code in column.type.enums:
            assert text.word(code)
            assert text.tone(code) in {"good", "bad", "warm", "cool", "still"}


def test_the_majority_says_its_numbers(german):
    said = text.majority_sentence("two_thirds", "present", 12, 8, 9)
    assert said == "Zwei Drittel der Anwesenden müssen Ja sagen. Das sind 8 von 12. Es waren 9."
    announced = text.majority_sentence("unanimous", "yes_no", 5, 5)
    assert announced == "Es darf keine Nein-Stimme geben. Das sind 5 von 5."


def test_every_rule_and_base_has_its_own_sentence(language):
    rules = ("more_than_half", "two_thirds", "three_quarters", "unanimous")
    bases = ("all_seats", "filled_seats", "present", "cast", "yes_no")
    said = {text.majority_sentence(rule, base, 9, 6) for rule in rules for base in bases}
    assert len(said) == 20


def test_numbers_bend_the_words(german):
    assert text.missing_sentence(1) == "1 Ja-Stimme fehlte"
    assert text.missing_sentence(2) == "2 Ja-Stimmen fehlten"
    assert text.required_sentence(1) == "Nötig ist 1 Ja-Stimme."
    assert text.required_sentence(8) == "Nötig sind 8 Ja-Stimmen."


def test_the_quorum_is_met_at_its_number_and_not_below(german):
    assert text.quorum_sentence(12, 18, 12) == "12 von 18 da. Nötig: 12. Beschlussfähig."
    assert text.quorum_sentence(11, 18, 12) == "11 von 18 da. Nötig: 12. Nicht beschlussfähig."


def test_the_share_of_residents_is_a_whole_number(german):
    assert text.makeup_sentence(6, 3) == "Bewohnerschaft: 6, Partner: 3."
    assert text.share_sentence(6, 3) == "Anteil der Bewohnerschaft: 67\N{NO-BREAK SPACE}%."
    assert [text.percent(part, 8) for part in (0, 1, 5, 8)] == [
        f"{number}\N{NO-BREAK SPACE}%" for number in (0, 13, 63, 100)
    ]


def test_the_roll_is_explained_without_names(german):
    assert text.roll_sentence(ROLL) == (
        "Stimmberechtigt: 9 von 10 Sitzen (6 Bewohner, 3 Partner)."
        " 2 Nachrücker vertreten Abwesende. 1 Sitz abwesend, 0 befangen, 0 unbesetzt."
        " Beschlussfähig ab 7."
    )
    assert "vertr" not in text.roll_sentence(ROLL | {"for_absent": 0})


def test_stand_ins_are_told_by_the_seats_they_vote_for(german):
    said = text.roll_sentence(
        ROLL | {"deputy_mode": "pool", "for_absent": 1, "for_recused": 2, "for_vacant": 1}
    )
    assert "1 Person vertritt Abwesende." in said
    assert "2 Personen vertreten Befangene." in said
    assert "1 Person stimmt für einen unbesetzten Sitz." in said


def test_an_abstention_does_what_the_base_says(language):
    assert text.abstention_sentence("present") == text.abstention_sentence("cast")
    assert text.abstention_sentence("present") != text.abstention_sentence("yes_no")


def test_the_funding_question_is_ready_in_every_language(language):
    said = text.funding_question("A-2026-17", "Hofbegrünung", 148_000).replace("\u00a0", " ")
    assert (
        said
        == {
            "de": "Soll der Antrag A-2026-17 „Hofbegrünung“ 1.480 € bekommen?",
            "en": "Should application A-2026-17 “Hofbegrünung” get €1,480?",
        }[language]
    )


def test_a_percent_sign_in_a_title_stays(german):
    assert "100 % grün %s" in text.funding_question("A-1", "100 % grün %s", 1)


def test_the_number_of_an_application_stays_in_one_piece():
    assert text.around_numbers("Soll A-2026-17 Geld bekommen?") == [
        "Soll ",
        "A-2026-17",
        " Geld bekommen?",
    ]
    assert text.around_numbers("Entscheidung 2026-7 ansehen")[1] == "2026-7"


def test_the_check_mark_is_four_groups_of_four():
    assert text.check_mark("0123456789abcdef" * 4) == "0123 4567 89ab cdef"
