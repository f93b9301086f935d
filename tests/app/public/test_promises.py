"""The page that says what is promised for a round, as everybody reads it."""

import pytest

from tests.app import builder, deciding
from tests.app.public.reading import in_order, read


def test_it_says_what_holds_and_what_does_not(held, area, visitor, open_round):
    builder.change_rules(held, area, {"objection.days": 14, "archive.keep_months": 6})
    in_order(
        read(visitor, f"/abstimmung/{open_round().id}/versprechen"),
        "Was niemand versprechen kann",
        "Wir können nicht verhindern, dass jemand hinter Ihnen steht",
        "Wenn alle gleich stimmen, zeigt das Ergebnis jede Stimme.",
        "Auf der Liste: 9. Davon ohne Schlüssel: 0.",
        "Mindestzahl der Stimmen 5",
        "Nachzählen bis",
        "noch nicht bezeugt",
        "P1 Geheim abstimmen Gilt nicht voll",
        "Der Betreiber könnte einzelne Stimmen öffnen.",
        "P2 Eine Stimme für jeden Gilt",
        "tests/races/test_races.py::test_sixteen_parallel_casts_of_one_member",
        "P10 Nicht bei zu wenigen Stimmen Gilt nicht voll Bei weniger als 5 Stimmen",
        "P14 Einwand erheben Gilt Wer abstimmen durfte, kann 14 Tage lang Einwand erheben.",
    )


def test_rules_change_the_words(held, area, visitor, open_round):
    builder.change_rules(held, area, {"archive.publish": "members", "ballot.min_turnout": 7})
    text = read(visitor, f"/abstimmung/{open_round().id}/versprechen")
    in_order(
        text,
        "Mindestzahl der Stimmen 7",
        "P4 Selbst nachprüfen Gilt nicht voll",
        "nur die Mitglieder",
    )
    assert "hat das Gremium nicht festgelegt" in text


@pytest.mark.parametrize("way", ["open", "roll_call"])
def test_an_open_vote_promises_no_secrecy(held, area, visitor, prepared_round, way):
    round_ = prepared_round()
    round_.secrecy = way
    held.commit()
    text = read(visitor, f"/abstimmung/{round_.id}/versprechen")
    in_order(
        text,
        "P1 Geheim abstimmen Gilt nicht voll Diese Abstimmung ist nicht geheim.",
        "P4 Selbst nachprüfen Gilt nicht voll",
    )
    assert "Mindestzahl" not in text


def test_pages_of_the_round_lead_there(held, area, visitor, client_of):
    decision = deciding.decide(held, area, ["yes"] * 9)[0]
    round_id = decision.page["round_id"]
    address = f"/abstimmung/{round_id}/versprechen"
    for page in (
        f"/entscheidung/{decision.year}-{decision.n}",
        f"/abstimmung/{round_id}/pruefen",
    ):
        text = visitor.get(page).text
        assert f'href="{address}"' in text
        assert "Der Betreiber könnte einzelne Stimmen öffnen." in text
    assert visitor.get(address).status_code == 200


def test_members_are_led_there_before_they_vote(area, client_of, open_round):
    round_ = open_round()
    text = client_of(area.members[0]).get(f"/booth/{round_.id}/questions").text
    assert f'href="/abstimmung/{round_.id}/versprechen"' in text
    assert "Wir können nicht verhindern, dass jemand hinter Ihnen steht" in text


def test_drafts_and_nonsense_are_not_found(held, visitor, prepared_round):
    round_ = prepared_round()
    round_.state = "draft"
    held.commit()
    for each in (round_.id, "nirgends"):
        assert visitor.get(f"/abstimmung/{each}/versprechen").status_code == 404
