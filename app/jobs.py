"""What runs outside a request; every job can be repeated at any time and takes `now`."""

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256

from flask import current_app
from sqlmodel import col, select

from app import (
    bundle,
    counting_commission,
    db,
    erasure,
    forgetting_again,
    head_file,
    retention,
    setback,
)
from app.account import handover
from app.body import day_of
from app.booth import document
from app.commission import ceremony
from app.errors import Refused
from app.fault_log import guard
from app.models import CountingCommission, Round
from app.office_key import OfficeKeyUnsafe
from app.roster import ending
from app.round import calling, closing, counting, extending, opening, reminding

log = logging.getLogger("kiezvotum.jobs")


def beat(now: datetime) -> None:
    """Say that the worker is there; votes over days get back what an outage took at their end."""
    with db.writing() as held:
        extending.beat(held, now)


def open_rounds(now: datetime) -> None:
    """Open the rounds whose moment has come; one that cannot be opened does not hold up others."""
    with db.reading() as held:
        due = opening.due(held, now)
    for round_id in due:
        guard(f"opening of {round_id}", partial(_open, round_id, now))


def _open(round_id: str, now: datetime) -> None:
    try:
        with db.writing() as held:
            opening.open_by_itself(held, round_id, now)
    except Refused as refusal:
        with db.writing() as held:
            opening.note_refusal(held, round_id, refusal.code)
        raise


def remind(now: datetime) -> None:
    """Write to those who have not cast in a vote over days."""
    with db.reading() as held:
        due = reminding.due(held, now)
    for round_id in due:
        with db.writing() as held:
            reminding.remind(held, round_id, now)


def close_rounds(now: datetime) -> None:
    """Close the rounds whose announced end or last call has run out."""
    with db.reading() as held:
        due = held.exec(
            select(Round.id)
            .where(Round.state == "open", col(Round.closes_at) <= now)
            .where(setback.is_whole(Round.area_id))
        ).first()
    if due:
        with db.writing() as held:
            closing.close_at_the_end(held, now)


def count_rounds(now: datetime) -> None:
    """Count every closed round; one that cannot be counted does not hold up the others."""
    with db.reading() as held:
        waiting = counting.uncounted(held)
    for round_id in waiting:
        guard(f"count of {round_id}", partial(_count, round_id, now))


def _count(round_id: str, now: datetime) -> None:
    """Count a round; what stopped it is noted, because it would stop it every time."""
    try:
        counting.count_round(round_id)
    except (OfficeKeyUnsafe, counting.BoardRefused) as failure:
        counting.note_fault(round_id, "key" if isinstance(failure, OfficeKeyUnsafe) else "board")
        raise
    with db.writing() as held:
        calling.call(held, round_id, now)


def end_terms(now: datetime) -> None:
    """End what is left of terms whose last day is over."""
    with db.reading() as held:
        over = ending.terms_over(held, now)
    for term in over:
        with db.writing() as held:
            cards = ending.end_left_over(held, term, now)
        log.info("term %s is over: %s cards ended", term.id, cards)


def end_commissions(now: datetime) -> None:
    """Let the keys of terms that are over serve no further round."""
    with db.reading() as held:
        over = counting_commission.over(held, day_of(now))
    for commission_id in over:
        with db.writing() as held:
            commission = held.get_one(CountingCommission, commission_id, with_for_update=True)
            if commission.state != "ended":
                ceremony.end(held, commission, now)


def hand_over_areas(now: datetime) -> None:
    """Let new teams begin on their day."""
    with db.reading() as held:
        due = handover.due(held, day_of(now))
    for each in due:
        with db.writing() as held:
            handover.carry_out(held, each, now)
        log.info("area %s is handed over", each.area_id)


def note_bundles(now: datetime) -> None:
    """Write into each log what browsers run from now on, once."""
    running = {"booth.html": sha256(document.current().content).hexdigest(), **bundle.hashes()}
    with db.reading() as held:
        due = bundle.outdated(held, running, day_of(now))
    for area_id in due:
        guard(f"bundles of area {area_id}", partial(_note, area_id, running, now))


def _note(area_id: int, running: Mapping[str, str], now: datetime) -> None:
    with db.writing() as held:
        bundle.note(held, area_id, running, now)


def forget(now: datetime) -> None:
    """Delete what has expired: links, challenges, counts, sessions and uploaded rosters."""
    with db.writing() as held:
        retention.apply(held, retention.SHORT, now)


def retain(now: datetime) -> None:
    """Forget who asked for it and what was kept long enough, and leave no copy of the text."""
    with db.writing() as held:
        forgetting_again.apply(held, now)
        retention.apply(held, retention.RULES, now)
        is_fresh = erasure.is_fresh(held, now)
    if is_fresh:
        db.leave_no_copies(current_app.extensions["engine"], erasure.WITH_TEXT)


def forget_again(now: datetime) -> int:
    """Before anybody is served: forget again whom a restored backup brought back."""
    with db.writing() as held:
        found = forgetting_again.apply(held, now)
    if found:
        log.warning("%s people of a restored backup are forgotten again", found)
        db.leave_no_copies(current_app.extensions["engine"], erasure.WITH_TEXT)
    return found


def compare_heads(now: datetime) -> None:
    """Before anybody is served: an area whose database is an old one stands still."""
    with db.writing() as held:
        found = [area.slug for area in setback.find(held, now)]
    for slug in found:
        log.warning("area %s is older than what was known of it: nothing in it can change", slug)
    head_file.shorten()
