"""The area's own pages: office, goals in versions, coordinators, bodies."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.models import ActionGoal, Area, Body, Coordination, Coordinator, Term
from tests.app import builder
from tests.app.builder import Browser, Council

OFFICE = {
    "office_address": "Anger 2",
    "office_hours": "Freitag 9 bis 12 Uhr",
    "office_phone": "030 1",
    "office_mail": "neu@anger.example",
    "contractor": "Kiez gGmbH",
    "mandated_by": "Senatsverwaltung für Stadtentwicklung",
    "status": "active",
    "closes_on": "",
}
BODY = {
    "kind": "jury",
    "name": "Aktionsfondsjury Anger",
    "starts_on": "2026-05-01",
    "ends_on": "2028-04-30",
}


def stored(held: Session, area: Council) -> Area:
    held.expire_all()
    return held.get_one(Area, area.area.id)


def goals(held: Session) -> list[tuple[int, int, str]]:
    found = held.exec(select(ActionGoal).order_by(col(ActionGoal.version), ActionGoal.position))
    return [(goal.version, goal.position, goal.title) for goal in found]


def typed(*titles: str, **pressed: str) -> dict[str, str]:
    return {f"goals-{row}": title for row, title in enumerate(titles)} | pressed


def test_the_office_is_changed(held: Session, area: Council, moderator: Browser) -> None:
    assert "Anger 1, 10000 Berlin" in moderator.get("/roster/area").text
    assert 'value="030 23125 100"' in moderator.get("/roster/area/edit").text
    assert moderator.post("/roster/area/edit", data=OFFICE).status_code == 303
    shown = moderator.get("/roster/area").text
    assert all(value in shown for value in OFFICE.values() if value not in ("active", ""))
    assert "Das Gebiet läuft weiter." in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"office_mail": "neu@"}, "Das ist keine E-Mail-Adresse."),
        ({"office_phone": "0" * 41}, "Das ist zu lang."),
        ({"status": "ruht"}, "Fehler"),
        ({"closes_on": "2190-01-01"}, "hat keinen letzten Tag"),
        ({"status": "closing", "closes_on": "2026-01-01"}, "kann nicht vorbei sein"),
        ({"status": "closing", "closes_on": "gestern"}, "Dieses Datum gibt es nicht."),
    ],
)
def test_what_is_wrong_with_the_office_is_named(
    held: Session, area: Council, moderator: Browser, changes: dict[str, str], sentence: str
) -> None:
    answer = moderator.post("/roster/area/edit", data=OFFICE | changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kiez gGmbH" in answer.text
    assert stored(held, area).office_address == "Anger 1, 10000 Berlin"


def test_a_last_day_is_said_and_can_be_taken_back(
    held: Session, area: Council, moderator: Browser, visitor: Browser
) -> None:
    closing = OFFICE | {"status": "closing", "closes_on": "2190-12-31"}
    moderator.post("/roster/area/edit", data=closing)
    assert stored(held, area).closes_on == date(2190, 12, 31)
    assert "Freitag, 31. Dezember 2190" in moderator.get("/roster/area").text
    moderator.post("/roster/area/edit", data=OFFICE)
    assert (stored(held, area).status, stored(held, area).closes_on) == ("active", None)


def test_saving_goals_makes_a_new_version_of_the_whole_list(
    held: Session, area: Council, moderator: Browser
) -> None:
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    answer = moderator.post(
        "/roster/area/goals",
        data=typed("Mehr Grün", "", "Nachbarschaft stärken"),
        follow_redirects=True,
    )
    assert "Die neue Liste gilt ab heute." in answer.text
    assert goals(held) == [
        (1, 1, "Nachbarschaft stärken"),
        (2, 1, "Mehr Grün"),
        (2, 2, "Nachbarschaft stärken"),
    ]
    shown = moderator.get("/roster/area").text
    assert shown.index("Mehr Grün") < shown.index("Frühere Liste, Fassung 1")
    held.refresh(proposal)
    assert proposal.action_goal_id == area.goal.id


def test_the_same_list_is_no_new_version(held: Session, area: Council, moderator: Browser) -> None:
    data = typed("Nachbarschaft stärken", " ")
    answer = moderator.post("/roster/area/goals", data=data, follow_redirects=True)
    assert "Es hat sich nichts geändert." in answer.text
    assert len(goals(held)) == 1


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ("add:", ["A", "B", "C", ""]),
        ("remove:1", ["A", "C"]),
        ("up:2", ["A", "C", "B"]),
        ("down:0", ["B", "A", "C"]),
        ("up:0", ["A", "B", "C"]),
        ("down:2", ["A", "B", "C"]),
        ("remove:9", ["A", "B", "C"]),
    ],
)
def test_buttons_move_lines_and_store_nothing(
    held: Session, area: Council, moderator: Browser, pressed: str, expected: list[str]
) -> None:
    answer = moderator.post("/roster/area/goals", data=typed("A", "B", "C", row=pressed))
    assert answer.status_code == 200
    for row, title in enumerate(expected):
        assert f'id="goals-{row}"' in answer.text
        if title:
            field = answer.text.partition(f'id="goals-{row}"')[2].partition(">")[0]
            assert f'value="{title}"' in field
    assert f'id="goals-{len(expected)}"' not in answer.text
    assert len(goals(held)) == 1


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        (["", " "], "Bitte schreiben Sie mindestens ein Handlungsziel auf."),
        (["A", "A"], "Ein Handlungsziel steht zweimal in der Liste."),
        (["A", "B\u202e"], "Zeile 2: Der Text enthält ein unsichtbares Zeichen."),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    held: Session, area: Council, moderator: Browser, titles: list[str], sentence: str
) -> None:
    answer = moderator.post("/roster/area/goals", data=typed(*titles))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(goals(held)) == 1


def test_a_coordinator_is_shared_by_areas_and_ends(
    held: Session, area: Council, moderator: Browser, client_of: Callable[..., Browser]
) -> None:
    new = {"person": "0", "side": "senate", "name": "Rosa Lind", "mail": ""}
    assert moderator.post("/roster/area/coordinators/new", data=new).status_code == 303
    person = held.exec(select(Coordinator)).one()
    assert (person.side, person.name, person.mail) == ("senate", "Rosa Lind", None)
    assert "Rosa Lind (" not in moderator.get("/roster/area/coordinators/new").text
    other = builder.build_council(held, "brache", with_keys=False)
    colleague = client_of(other.moderators[0])
    assert "Rosa Lind (Senatsverwaltung)" in colleague.get("/roster/area/coordinators/new").text
    chosen = {"person": str(person.id), "side": "bezirk", "name": "", "mail": ""}
    assert colleague.post("/roster/area/coordinators/new", data=chosen).status_code == 303
    assert len(held.exec(select(Coordination)).all()) == 2
    ending = f"/roster/area/coordinators/{person.id}/end"
    assert "Begleitet Rosa Lind das Gebiet nicht mehr?" in moderator.get(ending).text
    assert moderator.post(ending).status_code == 303
    assert "Rosa Lind" not in moderator.get("/roster/area").text.replace(
        "Rosa Lind begleitet das Gebiet nicht mehr.", ""
    )
    assert "Rosa Lind" in colleague.get("/roster/area").text
    assert moderator.post(ending).status_code == 404
    moderator.post("/roster/area/coordinators/new", data=chosen)
    assert "Rosa Lind" in moderator.get("/roster/area").text


def test_a_coordinator_needs_a_name(area: Council, moderator: Browser) -> None:
    nobody = {"person": "0", "side": "bezirk", "name": "", "mail": "x"}
    answer = moderator.post("/roster/area/coordinators/new", data=nobody)
    assert answer.status_code == 422
    assert "Bitte schreiben Sie den Namen." in answer.text
    assert "Das ist keine E-Mail-Adresse." in answer.text


def test_a_body_is_set_up_with_its_first_term(
    held: Session, area: Council, moderator: Browser
) -> None:
    assert moderator.get("/roster/bodies/new").status_code == 200
    assert moderator.post("/roster/bodies/new", data=BODY).location == "/roster/setup"
    jury = held.exec(select(Body).where(Body.kind == "jury")).one()
    term = held.exec(select(Term).where(Term.body_id == jury.id)).one()
    assert (term.id, term.starts_on, term.ends_on) == (
        "anger-jury-2026",
        date(2026, 5, 1),
        date(2028, 4, 30),
    )
    assert jury.level is None
    again = moderator.post("/roster/bodies/new", data=BODY | {"name": "Zweite Jury"})
    assert again.status_code == 303
    assert held.get(Term, "anger-jury-2026-2") is not None


def test_only_a_steering_round_has_a_level(
    held: Session, area: Council, moderator: Browser
) -> None:
    round_ = BODY | {"kind": "steering_round", "name": "Runde", "level": "district"}
    moderator.post("/roster/bodies/new", data=round_)
    moderator.post("/roster/bodies/new", data=round_ | {"kind": "jury", "name": "Jury"})
    found = {body.name: body.level for body in held.exec(select(Body))}
    assert (found["Runde"], found["Jury"]) == ("district", None)
    body = held.exec(select(Body).where(Body.name == "Runde")).one()
    changed = {"name": "Runde im Land", "level": "state"}
    assert moderator.post(f"/roster/bodies/{body.id}/edit", data=changed).status_code == 303
    held.refresh(body)
    assert (body.name, body.level) == ("Runde im Land", "state")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "parliament"}, "Fehler"),
        ({"name": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"starts_on": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"ends_on": "2026-05-01"}, "Die Amtszeit endet, bevor sie beginnt."),
    ],
)
def test_a_body_that_cannot_be_is_refused(
    held: Session, area: Council, moderator: Browser, changes: dict[str, str], sentence: str
) -> None:
    answer = moderator.post("/roster/bodies/new", data=BODY | changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(held.exec(select(Body)).all()) == 1


ADDRESSES: list[tuple[str, dict[str, Any]]] = [
    ("/roster/area", {}),
    ("/roster/setup", {}),
    ("/roster/area/edit", OFFICE),
    ("/roster/area/goals", typed("A")),
    ("/roster/area/coordinators/new", {"person": "0", "side": "bezirk", "name": "X", "mail": ""}),
    ("/roster/bodies/new", BODY),
]


@pytest.mark.parametrize(("address", "data"), ADDRESSES)
def test_members_do_not_change_the_area(
    area: Council, client_of: Callable[..., Browser], address: str, data: dict[str, str]
) -> None:
    member = client_of(area.members[0])
    assert member.get(address).status_code == 403
    if data:
        assert member.post(address, data=data).status_code == 403


def test_another_area_is_not_reached(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    person = Coordinator(side="bezirk", name="Rosa Lind")
    held.add(person)
    held.flush()
    today = datetime.now(UTC).date() - timedelta(days=1)
    held.add(Coordination(area_id=area.area.id, coordinator_id=person.id, starts_on=today))
    other = builder.build_council(held, "brache", with_keys=False)
    stranger = client_of(other.moderators[0])
    for address in (
        f"/roster/area/coordinators/{person.id}/end",
        f"/roster/bodies/{area.body.id}/edit",
    ):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, data={"name": "X"}).status_code == 404
    stranger.post("/roster/area/edit", data=OFFICE)
    assert stored(held, area).office_address == "Anger 1, 10000 Berlin"
