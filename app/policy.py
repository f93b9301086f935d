"""Who may enter: one table of actions and roles, everything else is refused.

What is lawful inside (on the roll, round open, not recused) is decided by `voting`.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from app import archive, db, setback, visitor, way_back
from app.body import day_of, spoken_for
from app.errors import Refused, wants_json
from app.header import SAFE_METHODS
from app.models import Member
from app.visitor import Role

View = TypeVar("View", bound=Callable[..., object])


class Action(StrEnum):
    """What a request wants to do."""

    READ_PUBLIC = "read_public"
    ENTER = "enter"
    DOUBT = "doubt"
    LEAVE = "leave"
    PROVE = "prove"
    SET_UP_ACCESS = "set_up_access"
    USE_OWN_ACCOUNT = "use_own_account"
    READ_OWN_DATA = "read_own_data"
    OWN_DATA = "own_data"
    READ_PROPOSALS = "read_proposals"
    READ_MINUTES = "read_minutes"
    COMMENT = "comment"
    VOTE = "vote"
    COUNT = "count"
    HOLD_KEY = "hold_key"
    EDIT_PROPOSALS = "edit_proposals"
    RUN_ROUNDS = "run_rounds"
    USE_TABLE = "use_table"
    TAKE_NOTES = "take_notes"
    KEEP_MONEY = "keep_money"
    CONFIRM = "confirm"
    ENTER_PAPERS = "enter_papers"
    EDIT_ROSTER = "edit_roster"
    PRINT_CARDS = "print_cards"
    INVITE_OFFICERS = "invite_officers"
    HAND_OVER_AREA = "hand_over_area"
    RESTORE = "restore"
    AGREE_RESTORE = "agree_restore"
    COORDINATE = "coordinate"
    STATE_OPINION = "state_opinion"


EVERYONE = frozenset(Role)
SIGNED_IN = EVERYONE - {Role.RESIDENT}
MEMBERS = frozenset({Role.MEMBER, Role.SPEAKER})
SPEAKERS = frozenset({Role.SPEAKER})
MODERATORS = frozenset({Role.MODERATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
OFFICERS = MODERATORS | ADMINISTRATORS
COORDINATORS = frozenset({Role.COORDINATOR})

POLICY: dict[Action, frozenset[Role]] = {
    Action.READ_PUBLIC: EVERYONE,
    Action.ENTER: EVERYONE,
    Action.DOUBT: EVERYONE,
    Action.LEAVE: SIGNED_IN,
    Action.PROVE: OFFICERS | COORDINATORS,
    Action.SET_UP_ACCESS: OFFICERS | COORDINATORS,
    Action.USE_OWN_ACCOUNT: SIGNED_IN,
    Action.READ_OWN_DATA: SIGNED_IN,
    Action.OWN_DATA: MEMBERS,
    Action.READ_PROPOSALS: SIGNED_IN,
    Action.READ_MINUTES: MEMBERS | OFFICERS,
    Action.COMMENT: MEMBERS,
    Action.VOTE: MEMBERS,
    Action.COUNT: MEMBERS,
    Action.HOLD_KEY: MEMBERS | OFFICERS,
    Action.EDIT_PROPOSALS: MODERATORS,
    Action.RUN_ROUNDS: MODERATORS,
    Action.USE_TABLE: MODERATORS,
    Action.TAKE_NOTES: MODERATORS,
    Action.KEEP_MONEY: OFFICERS,
    Action.CONFIRM: OFFICERS | SPEAKERS,
    Action.ENTER_PAPERS: OFFICERS,
    Action.EDIT_ROSTER: OFFICERS,
    Action.PRINT_CARDS: MODERATORS,
    Action.INVITE_OFFICERS: ADMINISTRATORS,
    Action.HAND_OVER_AREA: ADMINISTRATORS,
    Action.RESTORE: OFFICERS,
    Action.AGREE_RESTORE: OFFICERS | SPEAKERS,
    Action.COORDINATE: COORDINATORS,
    Action.STATE_OPINION: COORDINATORS,
}

# What changes something for others: an officer proves who this is shortly before.
ACTS = frozenset(
    {
        Action.SET_UP_ACCESS,
        Action.EDIT_PROPOSALS,
        Action.RUN_ROUNDS,
        Action.KEEP_MONEY,
        Action.CONFIRM,
        Action.ENTER_PAPERS,
        Action.EDIT_ROSTER,
        Action.PRINT_CARDS,
        Action.INVITE_OFFICERS,
        Action.HAND_OVER_AREA,
        Action.RESTORE,
        Action.AGREE_RESTORE,
        Action.STATE_OPINION,
    }
)
# What people may still change when their area has become an archive: only their own entrance.
IN_ARCHIVES = frozenset(
    {
        Action.READ_PUBLIC,
        Action.ENTER,
        # Doubts are about any area, not the visitor's: the act asks whether that one is open.
        Action.DOUBT,
        Action.LEAVE,
        Action.PROVE,
        Action.SET_UP_ACCESS,
        Action.USE_OWN_ACCOUNT,
        Action.READ_OWN_DATA,
        Action.OWN_DATA,
        Action.COORDINATE,
    }
)
# What people may still do while their area's database is known to be an old one.
WHEN_SET_BACK = frozenset(
    {
        Action.READ_PUBLIC,
        Action.ENTER,
        Action.DOUBT,
        Action.LEAVE,
        Action.PROVE,
        Action.SET_UP_ACCESS,
        Action.RESTORE,
        Action.AGREE_RESTORE,
    }
)
# All that an officer without a second factor may do.
BEFORE_SET_UP = frozenset({Action.SET_UP_ACCESS, Action.LEAVE})


def requires(action: Action) -> Callable[[View], View]:
    """Mark a view with the action that its visitor must be allowed."""

    def mark(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]
        return view

    return mark


def may(action: Action) -> bool:
    """Whether the visitor's role is in the table's row; templates ask this too."""
    if Role.RESIDENT in POLICY[action]:
        return True
    if not current_user.is_authenticated:
        return False
    return allows(current_user.role, action) or (_is_for_speakers(action) and _speaks())


def allows(role: Role, action: Action) -> bool:
    """Whether the table has this role in the action's row."""
    return role in POLICY[action]


def _is_for_speakers(action: Action) -> bool:
    """Whether speaking for a body opens what being a member does not."""
    return allows(Role.SPEAKER, action) and not allows(Role.MEMBER, action)


def _speaks() -> bool:
    """Whether the visitor is a member who speaks for a body today; for which, the act asks."""
    if not isinstance(current_user.person, Member):
        return False
    held = db.session()
    return bool(spoken_for(held, current_user.person, day_of(db.clock(held))))


def init_app(app: Flask) -> None:
    app.before_request(_guard)
    app.jinja_env.globals.update(may=may, Action=Action, is_closed=archive.is_closed)


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
    if not may(action):
        raise Forbidden() if current_user.is_authenticated else Refused("signed_out")
    if request.method not in SAFE_METHODS:
        _require_changeable(action)
    if Role.RESIDENT in POLICY[action]:
        return None
    if current_user.is_guarded:
        return _guard_officer(action)
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
    if not current_user.must_set_up and _is_act(action) and current_user.must_confirm(now):
        repeats = request.method not in SAFE_METHODS and not request.files
        place = way_back.sign(current_user.get_id(), repeats=repeats)
        return _lead("account.confirm", "confirm_again", 307 if repeats else 303, to=place)
    visitor.mark_seen(current_user, now)
    return None


def _is_act(action: Action) -> bool:
    """Whether this is an act or the page of its form: an address that takes POST."""
    if action not in ACTS:
        return False
    return "POST" in current_app.url_map.bind("").allowed_methods(request.path)


def _lead(endpoint: str, refusal: str, status: int = 303, **place: Any) -> ResponseReturnValue:
    """To the page that comes first; programs are told instead."""
    if wants_json():
        raise Refused(refusal)
    return redirect(url_for(endpoint, **place), status)


def _view() -> Callable[..., object]:
    return current_app.view_functions[str(request.endpoint)]
