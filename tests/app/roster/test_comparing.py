"""A file against a roster: new, changed, ended, unclear and wrong."""

from datetime import date

import pytest

from tests.app.roster.rosters import (
    TODAY,
    compare,
    holds,
    listed,
    member,
    roster,
    said,
    seat,
    stands_in,
)
from voting.rules.procedure import Procedure

ALI = member(1, "Ali Kaya", mail="ali@x.example")
EVA = member(2, "Eva Roth")
TOM = member(3, "Tom Blau")


def council(**more):
    """Ali holds seat 1, Eva seat 2, seat 3 is a vacant partner's."""
    return roster(
        [ALI, EVA, TOM],
        [seat(1), seat(2), seat(3, "partner", "Schule")],
        [holds(1, 1, 1), holds(2, 2, 2)],
        **more,
    )


def clean(comparison):
    assert said(comparison) | {"changes": []} == {"changes": [], "unclear": [], "faults": []}
    return {
        (edit.noun, name): value
        for edit in comparison.edits
        for name, (_old, value) in edit.differences().items()
    }


def reasons(comparison):
    return [reason for *_place, reason in said(comparison)["faults"]] + [
        reason for _row, reason in said(comparison)["unclear"]
    ]


def test_nothing_changes_by_what_the_roster_says_already():
    comparison = compare(
        council(), "Name;Sitz\nAli Kaya;1\nEVA  ROTH;2\n".replace("EVA  ROTH", "Eva Roth")
    )
    assert clean(comparison) == {}
    assert (comparison.unchanged, comparison.silent, comparison.may_be_applied) == (2, 0, False)


def test_an_empty_cell_changes_nothing():
    text = "Nummer der Person;Name;E-Mail;Sitz;Beginn;Ende;Doppelrolle bei\n1;;;1;;;\n"
    assert clean(compare(council(), text)) == {}


def test_each_cell_that_differs_is_a_change():
    text = (
        "Nummer der Person;Name;E-Mail;Sprache;Name darf öffentlich stehen;Sitz;Art;Wie bestimmt;"
        "Doppelrolle bei;Reihenfolge;Beginn\n"
        "1;Ali Yılmaz;neu@x.example;Türkisch;x;1;Sprecher:in;Los;Schule;2;1.2.2026\n"
    )
    comparison = compare(council(), text)
    assert clean(comparison) == {
        ("person", "name"): "Ali Yılmaz",
        ("person", "mail"): "neu@x.example",
        ("person", "language"): "tr",
        ("person", "may_be_named"): True,
        ("member", "role"): "speaker",
        ("member", "source"): "lot",
        ("member", "dual_role"): "Schule",
        ("member", "is_dual_role"): True,
        ("member", "position"): 2,
        ("member", "starts_on"): date(2026, 2, 1),
    }
    (change,) = comparison.changes
    assert (change.kind, change.name, change.seat, change.place) == (
        "changed",
        "Ali Yılmaz",
        1,
        "speaker",
    )
    assert ("Name", "Ali Kaya", "Ali Yılmaz") in [
        (each.title, each.before, each.after) for each in change.differences
    ]


def test_a_new_person_without_a_seat_gets_the_next_vacant_one_of_the_group():
    text = "Name;Gruppe;Bezeichnung des Sitzes\nAda;Partner;\nBo;Partner;Verein\nCy;Bewohner;\n"
    comparison = compare(council(), text)
    clean(comparison)
    assert said(comparison)["changes"] == [
        ("new", 2, "Ada", 3),
        ("new", 3, "Bo", 4),
        ("new", 4, "Cy", 5),
    ]


def test_a_known_person_without_a_seat_number_keeps_the_seat():
    assert clean(compare(council(), "Name;Gruppe\nAli Kaya;Bewohner\n")) == {}


def test_a_new_place_runs_from_today_to_the_end_of_the_term():
    comparison = compare(council(), "Name;Sitz\nAda;3\n")
    found = clean(comparison)
    assert found["member", "starts_on"] == TODAY
    assert found["member", "ends_on"] == date(2027, 12, 31)
    assert found["member", "position"] == 1
    assert found["person", "may_be_named"] is False


def test_who_shares_a_seat_stands_behind_those_who_are_there():
    comparison = compare(council(), "Name;Sitz\nAli Kaya;1\nAda;1\nBo;1\n")
    new = [edit.values["position"] for edit in comparison.edits if edit.noun == "member"]
    assert new == [2, 3]
    assert clean(comparison)


def test_a_successor_is_first_at_the_seat():
    text = "Name;Sitz;Ende;Beginn;Grund\nAli Kaya;1;30.11.2026;;Weggezogen\nAda;1;;1.12.2026;\n"
    comparison = compare(council(), text)
    found = clean(comparison)
    assert found["member", "position"] == 1
    assert [each.kind for each in comparison.changes] == ["changed", "new"]


def test_who_is_not_in_the_file_stays_or_leaves():
    standing = council(deputies=[stands_in(1, 1, 3)], reserves=[listed(1, 4, 1)])
    standing.members[4] = member(4, "Uwe")
    text = "Name;Sitz\nAli Kaya;1\n"
    assert (compare(standing, text).edits, compare(standing, text).silent) == ([], 3)
    comparison = compare(standing, text, leaving=True)
    assert said(comparison)["changes"] == [
        ("ended", None, "Eva Roth", 2),
        ("ended", None, "Tom Blau", 1),
        ("ended", None, "Uwe", None),
    ]
    found = clean(comparison)
    assert found["member", "end_reason"] == "other"
    assert found["deputy", "ends_on"] == date(2026, 11, 21)
    assert found["reserve", "left_on"] == TODAY


def test_a_place_that_ended_stays_as_it_is():
    standing = council()
    over = holds(9, 3, 3, ends_on=date(2026, 5, 1), end_reason="moved")
    standing = roster([ALI, EVA, TOM], standing.seats.values(), [*standing.memberships, over])
    text = "Nummer der Person;Sitz;Ende;Grund des Endes\n3;3;1.5.2026;Weggezogen\n"
    assert clean(compare(standing, text, leaving=False)) == {}
    assert "nichts, was enden kann" in reasons(compare(standing, text.replace("1.5.", "2.5.")))[0]


def test_an_end_of_today_or_later_is_a_change_and_one_before_ends_the_place():
    text = "Name;Sitz;Ende\nAli Kaya;1;{}\n"
    later = compare(council(), text.format("22.11.2026"))
    assert (said(later)["changes"][0][0], clean(later)) == (
        "changed",
        {("member", "ends_on"): TODAY},
    )
    before = compare(council(), text.format("21.11.2026"))
    assert said(before)["changes"][0][0] == "ended"
    assert clean(before)["member", "end_reason"] == "other"


class TestWhoIsMeant:
    def test_the_number_says_it(self):
        comparison = compare(council(), "Nummer der Person;Name;Sitz\n1;Ganz Anders;1\n")
        assert clean(comparison) == {("person", "name"): "Ganz Anders"}

    @pytest.mark.parametrize("number", ["99", "neu"])
    def test_a_number_of_nobody_is_wrong_and_new_is_somebody_new(self, number):
        comparison = compare(council(), f"Nummer der Person;Name;Sitz\n{number};Ali Kaya;3\n")
        if number == "99":
            assert reasons(comparison) == ["Diese Nummer gibt es in Ihrem Gebiet nicht."]
        else:
            assert clean(comparison)["person", "name"] == "Ali Kaya"

    def test_another_mail_is_unclear_until_somebody_decides(self):
        text = "Name;E-Mail;Sitz\nAli Kaya;other@x.example;3\n"
        assert reasons(compare(council(), text)) == ["Der Name ist bekannt, die E-Mail ist anders."]
        assert clean(compare(council(), text, chosen={2: 0}))["person", "mail"] == (
            "other@x.example"
        )
        as_ali = compare(council(), text.replace(";3", ";1"), chosen={2: 1})
        assert clean(as_ali) == {("person", "mail"): "other@x.example"}

    def test_a_mail_of_somebody_else_is_unclear(self):
        comparison = compare(council(), "Name;E-Mail;Sitz\nAda;ALI@x.example;3\n")
        assert reasons(comparison) == ["Die E-Mail gehört schon einer Person."]
        assert [each.id for each in comparison.unclear[0].candidates] == [1]

    def test_two_of_the_same_name_are_told_apart_by_mail(self):
        standing = council()
        standing.members[4] = member(4, "ali  kaya", mail="two@x.example")
        assert reasons(compare(standing, "Name;Sitz\nAli Kaya;1\n")) == [
            "Mehrere Personen heißen so."
        ]
        assert clean(compare(standing, "Name;E-Mail;Sitz\nAli Kaya;ali@x.example;1\n")) == {}

    def test_a_name_twice_in_the_file_is_unclear_without_mails(self):
        text = "Name;E-Mail;Gruppe\nAda;{};Bewohner\nADA;b@x.example;Bewohner\n"
        twice = compare(council(), text.format(""))
        assert reasons(twice) == ["Der Name steht zweimal in der Datei."] * 2
        assert len(compare(council(), text.format("a@x.example")).changes) == 2
        assert len(clean(compare(council(), text.format(""), chosen={2: 0, 3: 0}))) > 0

    def test_two_rows_of_one_person_must_agree(self):
        standing = council(deputies=[stands_in(1, 1, 3), stands_in(2, 2, 3)])
        text = "Nummer der Person;Name;Sitz;Art\n3;Tom Blau;1;Vertretung\n3;Tom Rot;2;Vertretung\n"
        assert reasons(compare(standing, text)) == ["In Zeile 2 steht etwas anderes."]


class TestWhatMustNotBe:
    def test_a_seat_of_somebody_whom_the_file_does_not_mention(self):
        text = "Name;Sitz\nAda;1\n"
        assert "hat schon Ali Kaya" in reasons(compare(council(), text))[0]
        clean(compare(council(), text, leaving=True))

    def test_two_seats_for_one_person(self):
        assert "hat schon Sitz 1" in reasons(compare(council(), "Name;Sitz\nAli Kaya;3\n"))[0]
        both = "Nummer der Person;Sitz\n1;3\n1;1\n"
        assert len(reasons(compare(council(), both))) == 1
        moved = "Nummer der Person;Sitz;Ende\n1;1;21.11.2026\n1;3;\n"
        assert clean(compare(council(), moved))

    def test_a_deputy_or_a_reserve_with_a_seat(self):
        for kind in ("Vertretung;2", "Nachrückliste;"):
            comparison = compare(council(), f"Name;Art;Sitz\nAli Kaya;{kind}\n")
            assert "Diese Person hat einen Sitz" in " ".join(reasons(comparison))

    def test_the_same_line_twice(self):
        text = "Name;E-Mail;Sitz\nAli Kaya;ali@x.example;1\nAli Kaya;ali@x.example;1\n"
        assert reasons(compare(council(), text)) == ["Dasselbe steht schon in Zeile 2."]
        text = "Nummer der Person;Art;Gruppe\n3;reserve;Bewohner\n3;reserve;Bewohner\n"
        assert "Dasselbe steht schon in Zeile 2." in reasons(compare(council(), text))

    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ("Ada;;;;", "Hier fehlt die Gruppe."),
            ("Ada;20;;;", "Dieser Sitz ist neu. Hier fehlt die Gruppe."),
            ("Ada;20;Senatsverwaltung;;", "Diese Gruppe gibt es in diesem Gremium nicht."),
            ("Ada;20;Partner;;", "Bitte schreiben Sie, welcher Partner den Sitz hat."),
            ("Ada;3;;31.12.2025;", "Dieser Tag liegt nicht in der Amtszeit."),
            ("Ada;3;;;1.1.2028", "Dieser Tag liegt nicht in der Amtszeit."),
            ("Ada;3;;1.2.2027;1.1.2027", "Das Ende liegt vor dem Beginn."),
            ("Ada;3;;31.2.2026;", "Das ist kein Tag. Schreiben Sie zum Beispiel 12.3.2026."),
            ("Ada;drei;;;", "Hier gehört eine ganze Zahl hin."),
            ("Ada;3;Freunde;;", "Hier geht nur: "),
            (";;Bewohner;;", "Hier fehlt der Name oder der Sitz."),
            (";3;;1.2.2027;", "Hier fehlt der Name."),
        ],
    )
    def test_a_cell_that_does_not_fit(self, cells, reason):
        comparison = compare(council(), f"Name;Sitz;Gruppe;Beginn;Ende\n{cells}\n")
        assert [each.startswith(reason) for each in reasons(comparison)] == [True]
        assert not comparison.may_be_applied

    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ("Ada;Vertretung;;;", "Hier fehlt der Sitz."),
            ("Ada;Nachrückliste;3;;Bewohner", "Bei „Nachrückliste“ bleibt diese Zelle leer."),
            ("Ada;Nachrückliste;;;", "Hier fehlt die Gruppe."),
            ("Ada;Nachrückliste;;;QM-Team", "Diese Gruppe hat keine Nachrückliste."),
            ("Ada;Nachrückliste;;1;Bewohner", "Diesen Rang hat schon jemand oder hatte jemand."),
            ("Uwe;Nachrückliste;;2;", "Der Rang auf der Nachrückliste ändert sich nicht."),
        ],
    )
    def test_a_row_that_does_not_fit_its_kind(self, cells, reason):
        standing = council(reserves=[listed(1, 4, 1)])
        standing.members[4] = member(4, "Uwe")
        comparison = compare(standing, f"Name;Art;Sitz;Rang;Gruppe\n{cells}\n")
        assert reasons(comparison) == [reason]

    def test_more_speakers_than_the_rules_have(self):
        rules = Procedure({"speakers": 1, "speakers.segment": "resident"})
        text = "Name;Sitz;Art\nAli Kaya;1;Sprecherin\nEva Roth;2;Sprecher\n"
        assert len(reasons(compare(council(speaking=rules), text))) == 1
        assert clean(compare(council(), text))

    def test_thousands_of_rows_for_one_seat_are_told_quickly(self):
        text = "Name;Sitz\n" + "".join(f"Person {n};3\n" for n in range(5_000))
        assert set(reasons(compare(council(), text))) == {"Zu viele Zeilen nennen diesen Sitz."}


def test_a_column_twice_or_no_column_that_says_who():
    assert reasons(compare(council(), "Foo;Bar\n1;2\n")) == [
        "Diese Spalte fehlt.",
        "In der Datei steht niemand.",
    ]


def test_the_mark_is_that_of_the_changes():
    text = "Name;Sitz\nAda;3\n"
    first = compare(council(), text).mark
    assert compare(council(), text).mark == first
    assert compare(council(), text.replace("Ada", "Bo")).mark != first
    assert compare(council(), text, leaving=True).mark != first
