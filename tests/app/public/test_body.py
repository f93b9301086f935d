"""The page of a body: its seats by group, its term, who speaks for it, how to join."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from app.models import Body, Membership, Seat
from tests.app import builder
from tests.app.public.reading import in_order, read

ADOPTED = ["yes"] * 6 + ["no"] * 3


@pytest.fixture
def address(area):
    return f"/gremium/{area.body.id}"


def speak(held, area, *members):
    for membership in held.exec(select(Membership)):
        if membership.member_id in {member.id for member in members}:
            membership.role = "speaker"
    held.commit()


def test_seats_by_group_with_those_that_are_vacant(held, area, visitor, address):
    last = held.exec(select(Membership).where(Membership.seat_id == area.seats[8].id)).one()
    held.delete(last)
    held.commit()
    in_order(
        read(visitor, address),
        "Quartiersrat Quartiersrat Anger",
        "Der Quartiersrat empfiehlt. Endgültig entscheidet die Steuerungsrunde.",
        "Amtszeit:",
        "Gruppe Sitze Besetzt Unbesetzt Bewohnerschaft 6 6 0 Partner 3 2 1",
        "6 von 8 besetzten Sitzen hat die Bewohnerschaft. Nötig sind mindestens 5.",
        "So machen Sie mit",
        "Mitmachen kann, wer im Gebiet wohnt und mindestens 16 Jahre alt ist.",
        "Anger 1, 10000 Berlin",
    )


def test_a_broken_composition_is_said_aloud(held, area, visitor, address):
    for seat in area.seats[:4]:
        held.delete(held.exec(select(Membership).where(Membership.seat_id == seat.id)).one())
    held.commit()
    in_order(
        read(visitor, address),
        "Zu wenige Sitze der Bewohnerschaft sind besetzt",
        "2 von 5 besetzten Sitzen hat die Bewohnerschaft. Nötig sind mindestens 3.",
    )


def test_speakers_are_named_only_with_their_consent(held, area, visitor, address):
    assert "Sprecherinnen" not in read(visitor, address)
    speak(held, area, area.members[0], area.members[1])
    assert "2 Personen möchten nicht genannt werden." in read(visitor, address)
    area.members[0].may_be_named = True
    held.commit()
    text = read(visitor, address)
    in_order(text, "Sprecherinnen und Sprecher Aylin Kara 1 Person möchte nicht genannt werden.")
    assert not [member.name for member in area.members[1:] if member.name in text]


def test_consent_alone_names_nobody(held, area, visitor, address):
    for member in area.members:
        member.may_be_named = True
    held.commit()
    text = read(visitor, address)
    assert not [member.name for member in area.members if member.name in text]


def test_its_own_decisions_and_its_own_next_meeting(held, area, visitor, address, decide):
    decide(*ADOPTED)
    jury = Body(area_id=area.area.id, kind="jury", name="Aktionsfondsjury Anger")
    held.add(jury)
    held.flush()
    held.add(builder.build_meeting(jury, datetime(2190, 3, 1, 17, tzinfo=UTC)))
    held.commit()
    in_order(read(visitor, address), "Zuletzt entschieden", "Hochbeete im Hof")
    assert "2190" not in read(visitor, address)
    text = read(visitor, f"/gremium/{jury.id}")
    in_order(
        text,
        "Die Aktionsfondsjury entscheidet allein. Ihre Abstimmung ist die Entscheidung.",
        "Gerade läuft keine Amtszeit.",
        "Noch sind keine Sitze eingetragen.",
        "Montag, 1. März 2190, 18:00 Uhr",
        "Noch ist nichts entschieden.",
    )
    assert "Quartiersrat empfiehlt" not in text


def test_a_steering_round_names_its_level_and_groups(held, area, visitor):
    round_ = Body(area_id=area.area.id, kind="steering_round", level="district", name="Runde Nord")
    held.add(round_)
    held.flush()
    for position, segment in enumerate(("qm", "senate", "resident"), start=1):
        held.add(Seat(area_id=area.area.id, body_id=round_.id, position=position, segment=segment))
    held.commit()
    in_order(
        read(visitor, f"/gremium/{round_.id}"),
        "Steuerungsrunde, im Bezirk Runde Nord",
        "Senatsverwaltung 1 0 1 QM-Team 1 0 1 Aus dem Quartiersrat 1 0 1",
    )


def test_who_may_join_follows_the_rules(held, area, visitor, address):
    own = {"member.min_age": 14, "member.residence": "live_or_work"}
    area.rules.parameters = area.rules.parameters | own | {"member.source.resident": "lot"}
    held.commit()
    in_order(
        read(visitor, address),
        "wer im Gebiet wohnt oder arbeitet und mindestens 14 Jahre alt ist.",
        "So werden die Sitze der Bewohnerschaft besetzt: Los.",
    )


def test_a_term_to_come_is_named_as_such(held, area, visitor, address):
    area.term.starts_on, area.term.ends_on = date(2190, 1, 1), date(2191, 12, 31)
    held.commit()
    assert "Nächste Amtszeit: Freitag, 1. Januar 2190 bis" in read(visitor, address)


def test_the_page_is_the_same_for_everybody_and_kept_fresh(area, visitor, client_of, address):
    first = visitor.get(address)
    assert "Set-Cookie" not in first.headers
    assert client_of(area.moderators[0]).get(address).data == first.data
    again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_an_unknown_body_is_not_found(area, visitor):
    assert visitor.get("/gremium/999").status_code == 404
    assert visitor.get("/gremium/x").status_code == 404
