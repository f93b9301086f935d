"""The pages about seats and their people, by the requests that forms send."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.body import day_of, places_on
from app.models import (
    Attendance,
    Body,
    Deputy,
    Member,
    Membership,
    ReservePlace,
    Seat,
    Term,
)
from app.roster import reserving, seating, standing_in
from tests.app import builder
from tests.app.builder import Browser, Council


def seats_of(held: Session, area: Council) -> list[Seat]:
    return list(held.exec(select(Seat).where(Seat.body_id == area.body.id).order_by(Seat.position)))


def test_seats_of_residents_are_added_by_number(
    held: Session, area: Council, moderator: Browser
) -> None:
    address = f"/roster/bodies/{area.body.id}/seats/new"
    answer = moderator.post(
        address, data={"segment": "resident", "number": "3"}, follow_redirects=True
    )
    assert "3 Sitze sind angelegt und noch leer." in answer.text
    assert [seat.label for seat in seats_of(held, area)[9:]] == ["", "", ""]


def test_seats_of_partners_are_added_by_name(
    held: Session, area: Council, moderator: Browser
) -> None:
    address = f"/roster/bodies/{area.body.id}/seats/new"
    typed = {"segment": "partner", "number": "2", "names": " Bibliothek \r\n\r\nKita Sonne\r\n"}
    assert moderator.post(address, data=typed).status_code == 303
    assert [seat.label for seat in seats_of(held, area)[9:]] == ["Bibliothek", "Kita Sonne"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"segment": "partner", "number": "2"}, "Bitte schreiben Sie, wer den Sitz hat."),
        ({"segment": "partner", "number": "2", "names": "Kita"}, "Das sind 1 Zeilen für 2 Sitze."),
        ({"segment": "resident", "number": "0"}, "Bitte eine Zahl von 1 bis 60."),
        ({"segment": "resident", "number": "61"}, "Bitte eine Zahl von 1 bis 60."),
        ({"segment": "resident", "number": "viele"}, "Wie viele Sitze?: "),
        ({"segment": "senate", "number": "1", "names": "x"}, "Für welche Gruppe?: "),
        ({"segment": "partner", "number": "1", "names": "x" * 161}, "Bitte kürzen Sie den Text."),
        ({"segment": "partner", "number": "1", "names": "a\u202eb"}, "ein unsichtbares Zeichen"),
    ],
)
def test_seats_that_cannot_be_are_refused_and_what_was_typed_stays(
    held: Session, area: Council, moderator: Browser, typed: dict[str, str], sentence: str
) -> None:
    answer = moderator.post(f"/roster/bodies/{area.body.id}/seats/new", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed["number"]}"' in answer.text
    assert len(seats_of(held, area)) == 9


def test_a_vacant_seat_is_filled_and_a_held_one_shared(
    held: Session, area: Council, moderator: Browser
) -> None:
    seat = seating.add_seat(held, area.body, "resident", "")
    address = f"/roster/seats/{seat.id}/member"
    assert "Sitz 10 besetzen" in moderator.get(address).text
    assert moderator.post(address, data={"person": "0", "name": ""}).status_code == 422
    wrong = {"person": "0", "name": "Ali", "mail": "ali@"}
    assert "keine E-Mail-Adresse" in moderator.post(address, data=wrong).text
    right = {"person": "0", "name": "Łukasz Żółć", "mail": "lukasz@anger.example", "source": "lot"}
    shown = moderator.post(address, data=right, follow_redirects=True).text
    assert "Łukasz Żółć" in shown
    assert "Los" in shown
    assert "Sitz 10 teilen" in moderator.get(address).text
    second = moderator.post(address, data=right | {"name": "Noch wer"}, follow_redirects=True)
    assert "Es stimmt die erste Person dieser Reihe, die da ist." in second.text
    place = places_on(held, area.body, area.term, day_of(datetime.now(UTC)))[9]
    assert [member.name for _row, member in place.holders] == ["Łukasz Żółć", "Noch wer"]


def test_the_way_in_that_the_rules_name_is_offered_first(
    held: Session, area: Council, moderator: Browser
) -> None:
    seat = seating.add_seat(held, area.body, "resident", "")
    address = f"/roster/seats/{seat.id}/member"
    assert '<option selected value="">' in moderator.get(address).text
    builder.set_rules(held, area, member__source__resident="quota_lot")
    assert '<option selected value="quota_lot">' in moderator.get(address).text


def test_a_membership_ends_with_a_reason(held: Session, area: Council, moderator: Browser) -> None:
    row = held.exec(select(Membership).where(Membership.member_id == area.members[0].id)).one()
    address = f"/roster/memberships/{row.id}/end"
    assert "Das ist endgültig" in moderator.get(address).text
    assert moderator.post(address, data={}).status_code == 422
    assert held.get_one(Membership, row.id).ends_on == area.term.ends_on
    shown = moderator.post(address, data={"reason": "moved"}, follow_redirects=True).text
    assert "Sitz 1 ist leer." in shown
    assert "Weggezogen" in shown
    assert f"/roster/seats/{area.seats[0].id}/member" in shown
    assert moderator.post(address, data={"reason": "moved"}).status_code == 409


def test_a_broken_composition_is_said_on_the_page_after_the_act(
    held: Session, area: Council, moderator: Browser
) -> None:
    address = f"/roster/bodies/{area.body.id}"
    assert "6 von 9 besetzten Sitzen hat die Bewohnerschaft." in moderator.get(address).text
    broken = "Zu wenige Sitze der Bewohnerschaft"
    assert broken not in moderator.get(address).text
    rows = held.exec(select(Membership).order_by(Membership.id)).all()[:3]
    answers = [
        moderator.post(
            f"/roster/memberships/{row.id}/end", data={"reason": "other"}, follow_redirects=True
        ).text
        for row in rows
    ]
    assert [broken in answer for answer in answers] == [False, False, True]
    assert "3 von 6 besetzten Sitzen hat die Bewohnerschaft. Nötig sind mindestens 4." in answers[2]
    assert broken in moderator.get(address).text
    builder.set_rules(held, area, body__resident_share=">=1/2")
    assert broken not in moderator.get(address).text


def test_the_page_compares_seats_and_speakers_with_the_rules(
    held: Session, area: Council, moderator: Browser
) -> None:
    builder.set_rules(held, area, body__seats__resident=6, body__seats__partner=4, speakers=2)
    row = held.exec(select(Membership).where(Membership.member_id == area.members[0].id)).one()
    moderator.post(f"/roster/memberships/{row.id}/speaker")
    shown = " ".join(moderator.get(f"/roster/bodies/{area.body.id}").text.split())
    assert "Bewohnerschaft: 6 von 6 besetzt </caption>" in shown
    assert "Partner: 3 von 3 besetzt (die Regeln nennen 4 Sitze)" in shown
    assert "Für das Gremium sprechen: Aylin Kara (1 von 2)" in shown
    moderator.post(f"/roster/memberships/{row.id}/no-speaker")
    assert "noch niemand (0 von 2)" in " ".join(
        moderator.get(f"/roster/bodies/{area.body.id}").text.split()
    )


def test_a_jury_without_rules_is_measured_by_its_template(
    held: Session, area: Council, moderator: Browser, now: datetime
) -> None:
    jury = Body(area_id=area.area.id, kind="jury", name="Jury")
    held.add(jury)
    held.flush()
    term = Term(
        id="anger-jury-2026",
        area_id=area.area.id,
        body_id=jury.id,
        starts_on=area.term.starts_on,
        ends_on=area.term.ends_on,
    )
    held.add(term)
    held.flush()
    for segment, name in (("resident", "Ali"), ("resident", "Mina"), ("partner", "Kita")):
        seat = seating.add_seat(held, jury, segment, "")
        seating.fill(held, seat, term, Member(area_id=area.area.id, name=name), now)
    shown = moderator.get(f"/roster/bodies/{jury.id}").text
    assert "2 von 3 besetzten Sitzen hat die Bewohnerschaft. Nötig sind mindestens 3." in shown
    assert "Zu wenige Sitze der Bewohnerschaft" in shown


def test_a_steering_round_has_its_own_groups_and_no_ballots(
    held: Session, area: Council, moderator: Browser
) -> None:
    body = Body(area_id=area.area.id, kind="steering_round", level="local", name="Runde")
    held.add(body)
    held.commit()
    typed = {"segment": "senate", "number": "1", "names": "Referat IV B"}
    assert moderator.post(f"/roster/bodies/{body.id}/seats/new", data=typed).status_code == 303
    typed = {"segment": "resident", "number": "2"}
    moderator.post(f"/roster/bodies/{body.id}/seats/new", data=typed)
    shown = moderator.get(f"/roster/bodies/{body.id}").text
    assert "Senatsverwaltung" in shown
    assert "Aus dem Quartiersrat" in shown
    assert "Nachrückliste" not in shown
    assert f"/roster/bodies/{body.id}/rules" not in shown


def test_deputies_and_reserve_list_by_their_pages(
    held: Session, area: Council, moderator: Browser
) -> None:
    body, seat = area.body.id, area.seats[0].id
    form = f"/roster/seats/{seat}/deputies/new"
    for name in ("Mina", "Ole"):
        assert moderator.post(form, data={"person": "0", "name": name}).status_code == 303
    deputies = held.exec(select(Deputy).order_by(Deputy.id)).all()
    moderator.post(f"/roster/deputies/{deputies[1].id}/move", data={"to": "up"})
    shown = moderator.get(f"/roster/seats/{seat}").text
    assert shown.index("Ole") < shown.index("Mina")
    assert "Soll Mina Sitz 1 nicht mehr vertreten?" in (
        moderator.get(f"/roster/deputies/{deputies[0].id}/end").text
    )
    moderator.post(f"/roster/deputies/{deputies[0].id}/end")
    assert "Frühere Vertretungen" in moderator.get(f"/roster/seats/{seat}").text

    entry = {"person": "0", "name": "Ada", "segment": "resident"}
    moderator.post(f"/roster/bodies/{body}/reserve/new", data=entry)
    place = held.exec(select(ReservePlace)).one()
    assert "Nachrückliste" in moderator.get(f"/roster/bodies/{body}/reserve").text
    builder.set_rules(held, area, deputy__mode="pool")
    assert "Pool der Vertretungen" in moderator.get(f"/roster/bodies/{body}/reserve").text
    left = {"reason": "declined"}
    moderator.post(f"/roster/reserve/{place.id}/leave", data=left)
    assert "Möchte nicht nachrücken" in moderator.get(f"/roster/bodies/{body}/reserve").text
    assert moderator.post(f"/roster/reserve/{place.id}/leave", data=left).status_code == 409
    assert moderator.get(f"/roster/seats/{seat}/move-up").status_code == 409


def test_a_person_is_looked_at_and_changed(
    held: Session, area: Council, moderator: Browser, now: datetime
) -> None:
    member = area.members[0]
    row = held.exec(select(Membership).where(Membership.member_id == member.id)).one()
    seating.vacate(held, row, now, "resigned")
    reserving.add_reserve(held, area.term, member, "resident", now)
    standing_in.add_deputy(held, area.seats[1], area.term, member, now)
    address = f"/roster/members/{member.id}"
    shown = moderator.get(address).text
    for words in ("Rücktritt", "Vertretungen", "Nachrückliste", "Platz 1", "Sitz 2"):
        assert words in shown
    typed = {"name": "Aylin Kara-Öz", "mail": "a@anger.example", "language": "en"}
    assert moderator.post(f"{address}/edit", data=typed | {"name": ""}).status_code == 422
    assert moderator.post(f"{address}/edit", data=typed | {"language": "xx"}).status_code == 422
    assert moderator.post(f"{address}/edit", data=typed | {"may_be_named": "y"}).status_code == 303
    held.refresh(member)
    assert (member.name, member.mail, member.language, member.may_be_named) == (
        *("Aylin Kara-Öz", "a@anger.example", "en"),
        True,
    )
    assert moderator.post(f"{address}/edit", data=typed | {"mail": ""}).status_code == 303
    held.refresh(member)
    assert (member.mail, member.may_be_named) == (None, False)


def test_terms_by_their_pages(held: Session, area: Council, moderator: Browser) -> None:
    address = f"/roster/bodies/{area.body.id}/terms"
    assert "läuft" in moderator.get(address).text
    first: Any = area.term.ends_on + seating.ONE_DAY
    assert f'value="{first.isoformat()}"' in moderator.get(f"{address}/new").text
    typed = {"starts_on": first.isoformat(), "ends_on": first.replace(year=2199).isoformat()}
    wrong = typed | {"ends_on": first.isoformat()}
    assert "bevor sie beginnt" in moderator.post(f"{address}/new", data=wrong).text
    early = typed | {"starts_on": area.term.ends_on.isoformat()}
    assert moderator.post(f"{address}/new", data=early).status_code == 409
    shown = moderator.post(f"{address}/new", data=typed, follow_redirects=True).text
    assert "kommt" in shown


def test_stand_ins_are_ticked_as_present(
    held: Session, area: Council, moderator: Browser, now: datetime
) -> None:
    mina, ole = (Member(area_id=area.area.id, name=name) for name in ("Mina", "Ole"))
    standing_in.add_deputy(held, area.seats[0], area.term, mina, now)
    reserving.add_reserve(held, area.term, ole, "partner", now)
    builder.set_rules(held, area, deputy__mode="none")
    page = f"/desk/meetings/{area.meeting.id}"
    shown = moderator.get(page).text
    assert "Vertretungen und Nachrückliste" in shown
    assert "Vertretung, Sitz 1" in shown
    moderator.post(f"{page}/attendance", data={"present": [mina.id, ole.id, 999_999]})
    there = select(Attendance.member_id).where(col(Attendance.left_at).is_(None))
    present = held.exec(there).all()
    assert set(present) - {each.id for each in area.members} == {mina.id, ole.id}
