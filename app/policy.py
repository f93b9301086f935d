"""Who may enter: one table of actions and roles, everything else is refused.

What is lawful inside (on the roll, round open, not recused) is decided by `voting`; what somebody
who may enter has to show first, by `app/guard.py`.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import request
from flask_login import current_user

from app import application, db, trusteeship
from app.body import day_of, spoken_for
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
    CHANGE_PROTECTION = "change_protection"
    STOP_DEVICES = "stop_devices"
    STOP_OWN_CARD = "stop_own_card"
    READ_OWN_DATA = "read_own_data"
    OWN_DATA = "own_data"
    CORRECT_OWN_ENTRY = "correct_own_entry"
    READ_PROPOSALS = "read_proposals"
    READ_MINUTES = "read_minutes"
    COMMENT = "comment"
    CORRECT_OWN_PROPOSAL = "correct_own_proposal"
    VOTE = "vote"
    COUNT = "count"
    OPEN_SUM = "open_sum"
    HOLD_KEY = "hold_key"
    EDIT_PROPOSALS = "edit_proposals"
    RUN_ROUNDS = "run_rounds"
    USE_TABLE = "use_table"
    TAKE_NOTES = "take_notes"
    KEEP_MONEY = "keep_money"
    SETTLE_GRANTS = "settle_grants"
    AGREE_PAYMENT = "agree_payment"
    CONFIRM = "confirm"
    ENTER_PAPERS = "enter_papers"
    EDIT_ROSTER = "edit_roster"
    PRINT_CARDS = "print_cards"
    PREVIEW_DELETION = "preview_deletion"
    INVITE_OFFICERS = "invite_officers"
    HAND_OVER_AREA = "hand_over_area"
    REMOVE_TEXT = "remove_text"
    AGREE_REMOVAL = "agree_removal"
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
    Action.PROVE: SIGNED_IN,
    Action.SET_UP_ACCESS: OFFICERS | COORDINATORS | TRUSTEES,
    Action.USE_OWN_ACCOUNT: SIGNED_IN,
    Action.CHANGE_PROTECTION: MEMBERS,
    Action.STOP_DEVICES: SIGNED_IN,
    Action.STOP_OWN_CARD: MEMBERS,
    Action.READ_OWN_DATA: SIGNED_IN,
    Action.OWN_DATA: MEMBERS,
    Action.CORRECT_OWN_ENTRY: OFFICERS | COORDINATORS,
    Action.READ_PROPOSALS: SIGNED_IN,
    Action.READ_MINUTES: MEMBERS | OFFICERS | COORDINATORS,
    Action.COMMENT: MEMBERS,
    Action.CORRECT_OWN_PROPOSAL: APPLICANTS,
    Action.VOTE: MEMBERS,
    Action.COUNT: MEMBERS,
    Action.OPEN_SUM: MEMBERS | OFFICERS,
    Action.HOLD_KEY: MEMBERS | OFFICERS,
    Action.EDIT_PROPOSALS: MODERATORS,
    Action.RUN_ROUNDS: MODERATORS,
    Action.USE_TABLE: MODERATORS,
    Action.TAKE_NOTES: MODERATORS,
    Action.KEEP_MONEY: OFFICERS,
    Action.SETTLE_GRANTS: OFFICERS,
    Action.AGREE_PAYMENT: OFFICERS | SPEAKERS | TRUSTEES,
    Action.CONFIRM: OFFICERS | SPEAKERS | TRUSTEES,
    Action.ENTER_PAPERS: OFFICERS | SPEAKERS | TRUSTEES,
    Action.EDIT_ROSTER: OFFICERS,
    Action.PRINT_CARDS: MODERATORS,
    Action.PREVIEW_DELETION: OFFICERS,
    Action.INVITE_OFFICERS: ADMINISTRATORS,
    Action.HAND_OVER_AREA: ADMINISTRATORS,
    Action.REMOVE_TEXT: ADMINISTRATORS,
    Action.AGREE_REMOVAL: OFFICERS | SPEAKERS | TRUSTEES,
    Action.RESTORE: OFFICERS,
    Action.AGREE_RESTORE: OFFICERS | SPEAKERS | TRUSTEES,
    Action.COORDINATE: COORDINATORS,
    Action.STATE_OPINION: COORDINATORS,
}

# What changes something for others: officers and trustees prove who this is shortly before.
ACTS = frozenset(
    {
        Action.SET_UP_ACCESS,
        Action.CORRECT_OWN_ENTRY,
        Action.HOLD_KEY,
        Action.EDIT_PROPOSALS,
        Action.RUN_ROUNDS,
        Action.KEEP_MONEY,
        Action.SETTLE_GRANTS,
        Action.AGREE_PAYMENT,
        Action.CONFIRM,
        Action.ENTER_PAPERS,
        Action.EDIT_ROSTER,
        Action.PRINT_CARDS,
        Action.INVITE_OFFICERS,
        Action.HAND_OVER_AREA,
        Action.REMOVE_TEXT,
        Action.AGREE_REMOVAL,
        Action.RESTORE,
        Action.AGREE_RESTORE,
        Action.STATE_OPINION,
    }
)
# What people may still change when their area has become an archive: their own entrance, who else
# has one, what was granted before, a text that must not stay in the register, and how it goes on
# after a restored backup.
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
        Action.CHANGE_PROTECTION,
        Action.STOP_DEVICES,
        Action.STOP_OWN_CARD,
        Action.READ_OWN_DATA,
        Action.OWN_DATA,
        Action.CORRECT_OWN_ENTRY,
        Action.SETTLE_GRANTS,
        Action.AGREE_PAYMENT,
        Action.INVITE_OFFICERS,
        Action.REMOVE_TEXT,
        Action.AGREE_REMOVAL,
        Action.RESTORE,
        Action.AGREE_RESTORE,
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
        Action.STOP_DEVICES,
        Action.STOP_OWN_CARD,
        Action.RESTORE,
        Action.AGREE_RESTORE,
    }
)
# All that an officer without a second factor may do.
BEFORE_SET_UP = frozenset({Action.SET_UP_ACCESS, Action.LEAVE})
# What a trustee needs before the key is in force, and after its end while a sum waits; invented
# people enter by their link alone.
SINCE_NAMED = frozenset({Action.SET_UP_ACCESS})


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
    return allows(current_user.role, action) or bool(tasks(action))


def allows(role: Role, action: Action) -> bool:
    """Whether the table has this role in the action's row."""
    return role in POLICY[action]


def _has_link() -> bool:
    """Whether the address holds an applicant's link, whoever opens it."""
    secret = (request.view_args or {}).get("token")
    return secret is not None and application.find(db.session(), secret) is not None


def tasks(action: Action) -> set[Role]:
    """What a member does beside having a seat, as far as it opens this; where, the act asks."""
    if not isinstance(current_user.person, Member) or allows(Role.MEMBER, action):
        return set()
    held, member = db.session(), current_user.person
    today = day_of(db.clock(held))
    found = {
        Role.SPEAKER: lambda: spoken_for(held, member, today),
        Role.TRUSTEE: lambda: (
            trusteeship.is_named(held, member) and not member.is_demo
            if action in SINCE_NAMED
            else trusteeship.counted_for(held, member, today)
        ),
    }
    return {role for role, has in found.items() if allows(role, action) and has()}
