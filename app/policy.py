"""Who may enter: one table of actions and roles, everything else is refused.

What is lawful inside (on the roll, round open, not recused) is decided by `voting`.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import Flask, current_app, request
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from app.errors import Refused
from app.visitor import Role

View = TypeVar("View", bound=Callable[..., object])


class Action(StrEnum):
    """What a request wants to do."""

    READ_PUBLIC = "read_public"
    ENTER = "enter"
    USE_OWN_ACCOUNT = "use_own_account"
    READ_PROPOSALS = "read_proposals"
    COMMENT = "comment"
    VOTE = "vote"
    EDIT_PROPOSALS = "edit_proposals"
    RUN_ROUNDS = "run_rounds"
    CONFIRM = "confirm"
    EDIT_ROSTER = "edit_roster"
    PRINT_CARDS = "print_cards"


EVERYONE = frozenset(Role)
SIGNED_IN = frozenset({Role.MEMBER, Role.MODERATOR})
MEMBERS = frozenset({Role.MEMBER})
MODERATORS = frozenset({Role.MODERATOR})

POLICY: dict[Action, frozenset[Role]] = {
    Action.READ_PUBLIC: EVERYONE,
    Action.ENTER: EVERYONE,
    Action.USE_OWN_ACCOUNT: SIGNED_IN,
    Action.READ_PROPOSALS: SIGNED_IN,
    Action.COMMENT: MEMBERS,
    Action.VOTE: MEMBERS,
    Action.EDIT_PROPOSALS: MODERATORS,
    Action.RUN_ROUNDS: MODERATORS,
    Action.CONFIRM: MODERATORS,
    Action.EDIT_ROSTER: MODERATORS,
    Action.PRINT_CARDS: MODERATORS,
}


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
    return current_user.is_authenticated and current_user.role in POLICY[action]


def init_app(app: Flask) -> None:
    app.before_request(_guard)
    app.jinja_env.globals.update(may=may, Action=Action)


def require_marks(app: Flask) -> None:
    """Stop the start while an endpoint has no mark."""
    bare = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "action"))
    if bare:
        raise RuntimeError(f"endpoints without a policy mark: {', '.join(bare)}")


def _guard() -> None:
    if request.endpoint is None:
        return
    action = getattr(_view(), "action", None)
    if action is None:
        raise Forbidden()
    if not may(action):
        raise Forbidden() if current_user.is_authenticated else Refused("signed_out")


def _view() -> Callable[..., object]:
    return current_app.view_functions[str(request.endpoint)]
