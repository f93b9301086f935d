"""Who may enter: one table of actions and roles, everything else is refused.

What is lawful inside (on the roll, round open, not recused) is decided by `voting`.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from app import application, archive, db, setback, trusteeship, visitor, way_back
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
    CORRECT_OWN_PROPOSAL = "correct_own_proposal"
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
APPLICANTS = frozenset({Role.APPLICANT})
WITHOUT_ACCOUNT = APPLICANTS | {Role.RESIDENT}
SIGNED_IN = EVERYONE - WITHOUT_ACCOUNT
MEMBERS = frozenset({Role.MEMBER, Role.SPEAKER})
SPEAKERS = frozenset({Role.SPEAKER})
TRUSTEES = frozenset({Role.TRUSTEE})
MODERATORS = frozenset({Role.MODERATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
OFFICERS = MODERATORS | ADMINISTRATORS
COORDINATORS = frozenset({Role.COORDINATOR})

POLICY: dict[Action, frozenset[Role]] = {
    Action.READ_PUBLIC: EVERYONE,
    Action.ENTER: EVERYONE,
    Action.DOUBT: EVERYONE,
    Action.LEAVE: SIGNED_IN,
    Action.PROVE: OFFICERS | COORDINATORS | TRUSTEES,
    Action.SET_UP_ACCESS: OFFICERS | COORDINATORS,
    Action.USE_OWN_ACCOUNT: SIGNED_IN,
    Action.READ_OWN_DATA: SIGNED_IN,
    Action.OWN_DATA: MEMBERS,
    Action.READ_PROPOSALS: SIGNED_IN,
    Action.READ_MINUTES: MEMBERS | OFFICERS | COORDINATORS,
    Action.COMMENT: MEMBERS,
    Action.CORRECT_OWN_PROPOSAL: APPLICANTS,
    Action.VOTE: MEMBERS,
    Action.COUNT: MEMBERS,
    Action.HOLD_KEY: MEMBERS | OFFICERS,
    Action.EDIT_PROPOSALS: MODERATORS,
    Action.RUN_ROUNDS: MODERATORS,
    Action.USE_TABLE: MODERATORS,
    Action.TAKE_NOTES: MODERATORS,
    Action.KEEP_MONEY: OFFICERS,
    Action.CONFIRM: OFFICERS | SPEAKERS | TRUSTEES,
    Action.ENTER_PAPERS: OFFICERS,
    Action.EDIT_ROSTER: OFFICERS,
    Action.PRINT_CARDS: MODERATORS,
    Action.INVITE_OFFICERS: ADMINISTRATORS,
    Action.HAND_OVER_AREA: ADMINISTRATORS,
    Action.RESTORE: OFFICERS,
    Action.AGREE_RESTORE: OFFICERS | SPEAKERS | TRUSTEES,
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
        # About any area, not the visitor's: the act asks whether that one is open.
        Action.DOUBT,
        Action.CORRECT_OWN_PROPOSAL,
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
        Action.CORRECT_OWN_PROPOSAL,
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
    if Role.APPLICANT in POLICY[action]:
        return _has_link()
    if not current_user.is_authenticated:
        return False
    return allows(current_user.role, action) or bool(_tasks(action))


def allows(role: Role, action: Action) -> bool:
    """Whether the table has this role in the action's row."""
    return role in POLICY[action]


def _has_link() -> bool:
    """Whether the address holds an applicant's link, whoever opens it."""
    secret = (request.view_args or {}).get("token")
    return secret is not None and application.find(db.session(), secret) is not None


def _tasks(action: Action) -> set[Role]:
    """What a member does beside having a seat, as far as it opens this; where, the act asks."""
    if not isinstance(current_user.person, Member) or allows(Role.MEMBER, action):
        return set()
    held, member = db.session(), current_user.person
    today = day_of(db.clock(held))
    bodies = {Role.SPEAKER: spoken_for, Role.TRUSTEE: trusteeship.counted_for}
    return {
        role
        for role, bodies_of in bodies.items()
        if allows(role, action) and bodies_of(held, member, today)
    }


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
        _refuse(action)
    if request.method not in SAFE_METHODS:
        _require_changeable(action)
    return None if WITHOUT_ACCOUNT & POLICY[action] else _guard_person(action)


def _refuse(action: Action) -> NoReturn:
    if Role.APPLICANT in POLICY[action]:
        application.refuse_guess()
    raise Forbidden() if current_user.is_authenticated else Refused("signed_out")


def _guard_person(action: Action) -> ResponseReturnValue | None:
    """What somebody who may enter has to do first."""
    if current_user.is_guarded:
        return _guard_officer(action)
    if action in ACTS and Role.TRUSTEE in _tasks(action):
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
    if not current_user.must_set_up and _is_act(action) and current_user.must_confirm(now):
        return _lead_to_proof()
    visitor.mark_seen(current_user, now)
    return None


def _guard_trustee(action: Action) -> ResponseReturnValue | None:
    """Who holds a part of a key needs more than the card, and proves it before an act."""
    held = db.session()
    if not trusteeship.is_protected(held, current_user.person):
        return _lead("account.protection", "protection_missing")
    if _is_act(action) and current_user.must_confirm(db.clock(held)):
        return _lead_to_proof()
    return None


def _lead_to_proof() -> ResponseReturnValue:
    repeats = request.method not in SAFE_METHODS and not request.files
    place = way_back.sign(current_user.get_id(), repeats=repeats)
    return _lead("account.confirm", "confirm_again", 307 if repeats else 303, to=place)


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
