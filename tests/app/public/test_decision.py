"""The decision page: everything a resident asks, in its order, in one query."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from app import subject
from app.round import announcing, preparing
from tests.app import builder, deciding
from tests.app.public.reading import in_order, read

ADOPTED = ["yes"] * 6 + ["no"] * 2 + ["abstain"]
REJECTED = ["yes"] * 5 + ["no"] * 3 + ["abstain"]


def test_shows_an_adopted_decision_in_the_order_readers_ask(held, area, visitor, decide):
    [decision] = decide(*ADOPTED)
    later = datetime.now(UTC) + timedelta(days=30)
    held.add(builder.build_meeting(area.body, later))
    held.commit()
    in_order(
        read(visitor, f"/entscheidung/{decision.number}"),
        "Hochbeete im Hof: angenommen",
        "Empfehlung 1.200 € empfohlen",
        "Stand: Empfohlen · Nächste Sitzung:",
        "Ja 6 Nein 2 Enthaltung 1",
        "Stimmberechtigt 9 Anwesend 9 Befangen 0",
        "Quartiersrat Anger",
        "Zwei Drittel der Anwesenden müssen Ja sagen. Das sind 6 von 9. Es waren 6.",
        "Zusammenfassung des QM-Teams Es gibt Hochbeete.",
        "Soll der Antrag A-2026-1 „Hochbeete im Hof“ 1.200 € bekommen?",
        "Endgültig entscheidet die Steuerungsrunde.",
        "Wir bauen Hochbeete im Hof. Damit sich die Nachbarschaft trifft.",
        "Der Betreiber könnte einzelne Stimmen öffnen.",
    )


def test_says_how_many_yes_were_missing_and_that_no_reason_was_decided(visitor, decide):
    [decision] = decide(*REJECTED)
    text = read(visitor, f"/entscheidung/{decision.number}")
    in_order(
        text,
        "abgelehnt",
        "1.200 € beantragt",
        "Das sind 6 von 9. Es waren 5. 1 Ja-Stimme fehlte.",
        "Die Abstimmung war geheim. Eine Begründung hat das Gremium nicht beschlossen.",
    )
    assert "empfohlen" not in text.split("Stand:")[0]


def test_shows_no_count_where_the_box_stayed_closed(visitor, decide):
    [decision] = decide("yes", "yes", "no", "abstain")
    text = read(visitor, f"/entscheidung/{decision.number}")
    in_order(
        text,
        "nicht ausgezählt",
        "Nicht ausgezählt: Es waren weniger als 5 Stimmen. So bleibt geheim, wer wie gestimmt hat.",
    )
    for absent in ("Es waren 2", "Es waren 1", " Nein ", "Enthaltung", "nötig"):
        assert absent not in text


def test_counts_the_recused_and_says_when_every_vote_is_revealed(area, visitor, decide):
    [decision] = decide(*["yes"] * 8, recused={1: [area.members[8]]})
    text = read(visitor, f"/entscheidung/{decision.number}")
    in_order(text, "Stimmberechtigt 8 Anwesend 9 Befangen 1", "Alle haben gleich gestimmt.")


def test_reads_in_english(visitor, decide):
    [decision] = decide(*ADOPTED)
    text = read(visitor, f"/en/entscheidung/{decision.number}")
    in_order(
        text,
        "Hochbeete im Hof: adopted",
        "€1,200",
        "There were 6.",
        "There will be raised beds.",
        "Should application A-2026-1",
    )


def test_takes_one_query_and_sets_no_cookie(app, client, decide):
    [decision] = decide(*ADOPTED)
    statements = []
    event.listen(
        app.extensions["engine"],
        "before_cursor_execute",
        lambda *told: statements.append(told[2]),
    )
    answer = client.get(f"/entscheidung/{decision.number}")
    read_statements = [each for each in statements if each.lstrip().startswith("SELECT")]
    assert answer.status_code == 200
    assert len(read_statements) == 1
    assert len(statements) <= 8
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_answers_304_until_something_changes(held, area, visitor, decide):
    [decision] = decide(*ADOPTED)
    area.meeting.starts_at = datetime.now(UTC) - timedelta(days=1)
    held.commit()
    address = f"/entscheidung/{decision.number}"
    tag = visitor.get(address).headers["ETag"]
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    held.add(builder.build_meeting(area.body, datetime.now(UTC) + timedelta(days=9)))
    held.commit()
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("number", ["2026-99", "2026-0", "1999-1", "x-1", "2026-1x"])
def test_unknown_numbers_are_not_found(visitor, number):
    assert visitor.get(f"/entscheidung/{number}").status_code == 404


def test_titles_are_text_and_what_people_typed_is_tamed(held, visitor, decide):
    [decision] = decide(*ADOPTED)
    evil = '<img src=x onerror=alert(1)>"'
    decision.page = decision.page | {"title": evil, "what": evil, "applicant": evil}
    held.add(decision)
    held.commit()
    html = visitor.get(f"/entscheidung/{decision.number}").text
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") >= 3


def test_the_vote_of_a_jury_is_the_decision(held, area, visitor, decide):
    jury = builder.build_jury(held, area)
    [decision] = decide("yes", "yes", "yes", "yes", "no", council=jury)
    text = read(visitor, f"/entscheidung/{decision.number}")
    in_order(text, "angenommen", "Entscheidung 1.200 € bewilligt", "Stand: Bewilligt")
    assert "empfiehlt" not in text
    assert "Steuerungsrunde" not in text
    in_order(read(visitor, f"/gremium/{jury.body.id}"), "Hochbeete im Hof", "Entscheidung")
    in_order(read(visitor, f"/gremium/{area.body.id}"), "Noch ist nichts entschieden.")


def test_a_question_in_own_words_has_its_title_in_each_language(held, area, visitor):
    now = datetime.now(UTC)
    asked = subject.of_free(
        {"de": "Name des Platzes", "en": "Name of the square"},
        {"de": "Soll der Platz Rosenplatz heißen?", "en": "Shall it be called Rosenplatz?"},
    )
    builder.set_rules(held, area, majority__other="more_than_half")
    round_ = preparing.draft(held, area.body, area.meeting, [asked], now)
    announcing.announce(held, round_, now)
    held.commit()
    made = deciding.finish(held, area, round_, ["yes"] * 6)
    path = f"/entscheidung/{made.number}"
    assert "Name des Platzes" in visitor.get(path).text
    english = visitor.get(f"/en{path}").text
    assert "Name of the square" in english
    assert "Name des Platzes" not in english
    listed = visitor.get(f"/en/gebiet/{area.area.slug}/entscheidungen").text
    assert "Name of the square" in listed
