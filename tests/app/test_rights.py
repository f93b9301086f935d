"""Actions, roles and areas by requests: every door of the site is tried by everybody."""

import shutil
from collections.abc import Callable

import pytest
from flask import Flask
from flask_login import current_user
from sqlmodel import Session, select

from app import db
from app.models import Area, Body, Member
from app.policy import Action, requires
from app.roster.routes import load
from tests.app.rights import building
from tests.app.rights.door import doors
from tests.app.rights.forging import QUICK, Forger
from tests.app.rights.ground import Ground
from tests.app.rights.visiting import Visitor, visitors
from tests.app.rights.walk import Walk
from tests.service.database import POSTGRESQL_IN_DRILLS, SQLITE, only_sqlite
from tests.service.sqlite import file_of

# Who goes each time, and on PostgreSQL; everybody goes in a drill.
SAMPLE = {"nobody", "member here", "moderator here", "moderator elsewhere"}


@pytest.fixture
def home(held: Session) -> Ground:
    return building.build_whole(held, "zuhaus", "Zuhaus")


@pytest.fixture
def abroad(held: Session) -> Ground:
    return building.build(held, "fremdling", "Fremdling")


@pytest.fixture
def everybody(held: Session, home: Ground, abroad: Ground) -> list[Visitor]:
    found = visitors(held, home, abroad)
    held.close()
    return found


@pytest.fixture
def restore(app: Flask, database_url: str, everybody: list[Visitor]) -> Callable[[], None] | None:
    """Bring back what everybody found; on PostgreSQL that would take too long."""
    if not database_url.startswith("sqlite"):
        return None
    file = file_of(database_url)
    kept = file.with_suffix(".kept")
    shutil.copy(file, kept)

    def bring_back() -> None:
        app.extensions["engine"].dispose()
        shutil.copy(kept, file)

    return bring_back


@pytest.mark.parametrize("is_drill", [False, pytest.param(True, marks=pytest.mark.drill)])
@pytest.mark.parametrize("database_url", [SQLITE, POSTGRESQL_IN_DRILLS], indirect=True)
def test_every_door_with_everybody(
    app: Flask,
    home: Ground,
    abroad: Ground,
    everybody: list[Visitor],
    restore: Callable[[], None] | None,
    is_drill: bool,
) -> None:
    """Forged requests come first: without `restore` the walk ends some of the sessions."""
    tried = [each for each in everybody if (restore and is_drill) or each.name in SAMPLE]
    faults = Forger(app, home).go(everybody, doors(app), () if is_drill else QUICK)
    faults += Walk(app, home, abroad, restore, is_quick=not is_drill).go(tried, doors(app))
    assert not faults, "\n".join(faults)


def _unmarked() -> str:
    return "offen"


@requires(Action.EDIT_ROSTER)
def _unfiltered(body_id: int) -> str:
    body = db.session().get(Body, body_id)
    return body.name if body else ("fehlt", 404)  # type: ignore[return-value]


@requires(Action.EDIT_ROSTER)
def _betrays(body_id: int) -> tuple[str, int]:
    """Says of another area's body that it is there."""
    body = db.session().get(Body, body_id)
    if body and body.area_id == current_user.area_id:
        return body.name, 200
    return ("nicht Ihrer" if body else "fehlt"), 404


@requires(Action.RUN_ROUNDS)
def _shows_all() -> str:
    return ", ".join(str(name) for name in db.session().exec(select(Body.name)))


@requires(Action.READ_PUBLIC)
def _writes() -> str:
    db.begin_write().get_one(Area, 1).contractor += "x"
    return "gelesen"


@requires(Action.READ_PUBLIC)
def _takes_anything() -> str:
    db.begin_write().get_one(Area, 1).contractor += "x"
    return "getan"


@requires(Action.READ_PROPOSALS)
def _fails() -> str:
    raise ValueError


@requires(Action.READ_PUBLIC)
def _names_a_thing(thing_id: int) -> str:
    return str(thing_id)


@requires(Action.EDIT_ROSTER)
def _shows_a_person(member_id: int) -> str:
    return load(db.session(), Member, member_id).name


BROKEN = [
    ("/offen", _unmarked, "has no mark"),
    ("/gremien/<int:body_id>", _unfiltered, "answered 200"),
    ("/rat/<int:body_id>", _betrays, "does not look like an absent one"),
    ("/alle", _shows_all, "shows what belongs to"),
    ("/liest", _writes, "changed:"),
    ("/faellt", _fails, "answered 500"),
    ("/mitglied/<int:member_id>", _shows_a_person, "does not note who looked at whom"),
    ("/ding/<int:thing_id>", _names_a_thing, "no id is known for thing_id"),
]


@only_sqlite
def test_the_walk_finds_broken_doors(
    own_app: Flask, home: Ground, abroad: Ground, everybody: list[Visitor]
) -> None:
    """The control: each of these views is wrong in its own way.

    One takes a request without a token, which the one check of origins still protects.
    """
    for address, view, _fault in BROKEN:
        own_app.add_url_rule(address, view_func=view)
    own_app.extensions["csrf"].exempt(_takes_anything)
    own_app.add_url_rule("/nimmt", view_func=_takes_anything, methods=["POST"])
    found = doors(own_app)
    forgeable = [each for each in found if each.rule.rule == "/nimmt"]
    sound = [each for each in found if each.endpoint == "roster.body"]
    assert Walk(own_app, home, abroad).go(everybody, sound) == []
    for address, _view, fault in BROKEN:
        chosen = [each for each in found if str(each.rule) == address]
        faults = Walk(own_app, home, abroad).go(everybody, chosen)
        assert any(fault in each for each in faults), (address, faults)
    faults = "\n".join(Forger(own_app, home).go(everybody, forgeable))
    for way in ("no token", "another's token", "plain text"):
        assert f"answered 200 to {way}" in faults
    assert "another origin" not in faults
    assert "forged requests changed" in faults
