"""The page of a round at the desk."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from sqlmodel import Session

from app import attendance, db, electoral_roll, recusal, report, rules_of_procedure, sharing
from app.desk.again import steps_offered
from app.desk.following import pulse_of
from app.desk.item import Item, items_of
from app.desk.routes import blueprint, waiting_here
from app.models import Body, Meeting, Member, Round
from app.own_row import load
from app.policy import Action, requires
from app.proceedings import approving, record
from app.proceedings.record import Record
from app.round import (
    afterwards,
    announcing,
    closing,
    count_key,
    papers,
    polling,
    releasing,
    reminding,
    repeating,
    showing,
)
from app.round.progress import progress
from app.round.turnout import turnout
from app.text import BERLIN


@blueprint.get("/rounds/<round_id>")
@requires(Action.RUN_ROUNDS)
def round_(round_id: str) -> str:
    held = db.session()
    found = load(held, Round, round_id)
    items = items_of(held, found)
    now = db.clock(held)
    return render_template(
        "desk/round.html",
        round=found,
        progress=progress(found, [each.question for each in items]),
        body=held.get_one(Body, found.body_id),
        items=items,
        last_call_ends=_ends(found),
        turnout=turnout(held, found),
        papers=papers.of_round(held, found.id),
        minutes_asked=_minutes_asked(held, found),
        reminders=reminding.sent(held, found),
        waiting=waiting_here(held, found),
        reports=report.of_round(held, found),
        pulse=pulse_of(held, found),
        **_roll(held, found),
        **count_keys(held, found),
        **_count_holders(held, found),
        **_acts(held, found, items),
        **sharing.shown(held, found, now),
    )


def _roll(held: Session, found: Round) -> dict[str, Any]:
    """What is known of who may vote, as far as the rules are complete."""
    missing = announcing.missing_rules(held, found)
    is_before = recusal.is_possible(found) and not missing
    return {
        "missing": missing,
        "missing_words": announcing.missing_words(held, found),
        "without_key": electoral_roll.without_key(held, found) if is_before else [],
        "papers_missing": is_before and papers.are_missing(held, found),
        "absent": len(electoral_roll.declared_absent(held, found)),
        "leaves_room": not missing
        and recusal.leaves_room(rules_of_procedure.procedure(held, found)),
        "suggested": recusal.suggested(held, found),
    }


def _acts(held: Session, found: Round, items: Sequence[Item]) -> dict[str, Any]:
    """What can be done with the round now."""
    now = db.clock(held)
    meeting = held.get_one(Meeting, found.meeting_id) if found.meeting_id else None
    return {
        "meeting": meeting,
        "is_closable": closing.is_closable(held, found, now),
        "is_over": meeting is not None and attendance.is_over(meeting, now),
        "is_due": afterwards.is_due(found, meeting, now),
        "is_showable": showing.is_showable(held, found),
        "pollable": polling.pollable(held, found),
        "next_steps": steps_offered(held, found, items),
        "repeated_by": repeating.repeat_of(held, found),
        "may_repeat": any(repeating.is_free(held, each.question) for each in items),
    }


def _minutes_asked(held: Session, found: Round) -> Record | None:
    """The minutes on which this round votes."""
    meeting = approving.asked_in(held, found)
    return record.of(held, meeting) if meeting else None


def count_keys(held: Session, found: Round) -> dict[str, Any]:
    """Whose keys the next opening takes."""
    keys = count_key.keys_of(held, found.meeting_id) if found.trust == "evening" else []
    return {
        "count_keys": [(key, held.get_one(Member, key.member_id)) for key in keys],
        "left_holders": count_key.left(held, found.meeting_id) if keys else [],
        "fewest_keys": count_key.EVENING.fewest,
        "trustees": count_key.trustees_now(held, found, db.clock(held)),
    }


def _count_holders(held: Session, found: Round) -> dict[str, Any]:
    """Whose keys open the count of a closed round, and how many of them it takes."""
    holders = releasing.holders(held, found) if found.state == "closed" else []
    return {"count_holders": holders, "needed_holders": releasing.needed(found, holders)}


def _ends(found: Round) -> str:
    """The end to the second, which a last call needs."""
    return found.closes_at.astimezone(BERLIN).strftime("%H:%M:%S") if found.closes_at else ""
