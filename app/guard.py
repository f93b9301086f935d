"""In front of every view: the policy's table, then what somebody has to show first."""

from collections.abc import Callable
from typing import Any, NoReturn

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from app import (
    application,
    archive,
    card_protection,
    db,
    policy,
    setback,
    trusteeship,
    visitor,
    way_back,
)
from app.errors import Refused, wants_json
from app.header import SAFE_METHODS
from app.models import Member
from app.policy import (
    ACTS,
    BEFORE_SET_UP,
    IN_ARCHIVES,
    POLICY,
    WHEN_SET_BACK,
    WITHOUT_ACCOUNT,
    Action,
)
from app.visitor import Role


def init_app(app: Flask) -> None:
    app.before_request(_guard)
    app.jinja_env.globals.update(may=policy.may, Action=Action, is_closed=archive.is_closed)


def require_marks(app: Flask) -> None:
    """Stop the start while an endpoint has no mark."""
    bare = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "action"))
    if bare:
        raise RuntimeError(f"endpoints without a policy mark: {', '.join(bare)}")


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    action = getattr(_view(), "action", None)
    if action is None:
        raise Forbidden()
    if not policy.may(action):
        _refuse(action)
    if request.method not in SAFE_METHODS:
        _require_changeable(action)
    return None if WITHOUT_ACCOUNT & POLICY[action] else _guard_person(action)


def _refuse(action: Action) -> NoReturn:
    if Role.APPLICANT in POLICY[action]:
        application.refuse_guess()
    raise Forbidden() if current_user.is_authenticated else Refused("signed_out")


def require(action: Action) -> None:
    """Refuse a program's request that turns out to need what this action needs."""
    _guard_person(action)


def _guard_person(action: Action) -> ResponseReturnValue | None:
    """What somebody who may enter has to do first."""
    if current_user.is_guarded:
        return _guard_officer(action)
    if action is Action.CHANGE_PROTECTION:
        return _guard_protection()
    if _is_of_trustee(action) and not current_user.person.is_demo:
        return _guard_trustee(action)
    if request.method in SAFE_METHODS:
        visitor.mark_day(current_user, db.clock(db.session()))
    return None


def _require_changeable(action: Action) -> None:
    """Refuse what would change an archive, or an area whose database is an old one."""
    if action not in IN_ARCHIVES:
        archive.require_open(current_user.area)
    if action not in WHEN_SET_BACK:
        setback.require_none(current_user.area)


def _guard_officer(action: Action) -> ResponseReturnValue | None:
    """First things first: set up the access, then prove who this is before an act."""
    now = db.clock(db.session())
    if current_user.must_set_up and action not in BEFORE_SET_UP:
        return _lead("account.access", "access_incomplete")
    if not current_user.must_set_up and _asks(action) and current_user.must_confirm(now):
        return _lead_to_proof()
    visitor.mark_seen(current_user, now)
    return None


def _is_of_trustee(action: Action) -> bool:
    """Whether a member does this as somebody who holds a part of a key."""
    if action is Action.HOLD_KEY and isinstance(current_user.person, Member):
        return trusteeship.is_named(db.session(), current_user.person)
    return action in ACTS and Role.TRUSTEE in policy.tasks(action)


def _guard_trustee(action: Action) -> ResponseReturnValue | None:
    """Who holds a part of a key shows more than the card; only an invitation lets it be set up."""
    now = db.clock(db.session())
    if not current_user.person.has_access:
        if action is Action.SET_UP_ACCESS and current_user.is_invited(now):
            return None
        return _lead("account.trustee", "trustee_access_missing")
    return _lead_to_proof() if _asks(action) and current_user.must_confirm(now) else None


def _guard_protection() -> ResponseReturnValue | None:
    """What protects a member is changed by whoever can show it."""
    held = db.session()
    if not card_protection.is_on(held, current_user.person) or not _takes_post():
        return None
    return _lead_to_proof() if current_user.must_confirm(db.clock(held)) else None


def _lead_to_proof() -> ResponseReturnValue:
    repeats = request.method not in SAFE_METHODS and not request.files
    place = way_back.sign(current_user.get_id(), repeats=repeats)
    return _lead("account.confirm", "confirm_again", 307 if repeats else 303, to=place)


def _asks(action: Action) -> bool:
    """Whether this asks for a proof: an act, the page of its form, and every page of a key."""
    is_page_of_key = action is Action.HOLD_KEY and not wants_json()
    return action in ACTS and (is_page_of_key or _takes_post())


def _takes_post() -> bool:
    return "POST" in current_app.url_map.bind("").allowed_methods(request.path)


def _lead(endpoint: str, refusal: str, status: int = 303, **place: Any) -> ResponseReturnValue:
    """To the page that comes first; programs are told instead."""
    if wants_json():
        raise Refused(refusal)
    return redirect(url_for(endpoint, **place), status)


def _view() -> Callable[..., object]:
    return current_app.view_functions[str(request.endpoint)]
