"""What could not be voted on for want of a quorum is asked for an opinion; nothing is decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app import decision_log, electoral_roll, recusal
from app.errors import Refused
from app.models import Body, Question, Round, RulesOfProcedure
from app.round import count_key, opening
from app.round.preparing import make_id, questions_of
from app.round.telling import tell, way_of
from voting.log.kind import rules_hash


def hold_poll(held: Session, round_: Round, now: datetime) -> Round:
    """Announce a poll on the questions that were taken out; the caller has locked the round.

    Of an announced round nothing of which may open, the questions are taken out first.
    """
    if round_.is_poll:
        raise Refused("no_poll")
    if round_.state == "announced":
        opening.take_out(held, round_)
    asked = pollable(held, round_)
    if round_.state == "draft" or not asked:
        raise Refused("no_poll")
    poll = _draft(held, round_, now)
    poll.trust = count_key.trust_of(held, poll)
    pairs = [(old, _ask_again(held, poll, position, old)) for position, old in enumerate(asked, 1)]
    _log(held, poll, pairs, now)
    return poll


def pollable(held: Session, round_: Round) -> Sequence[Question]:
    """What was taken out with a poll as the way left, and has not been asked since."""
    if round_.is_poll:
        return []
    asked = _asked_since(held, round_)
    return [
        each
        for each in questions_of(held, round_)
        if each.taken_out_reason == "poll_only" and each.digest not in asked
    ]


def _asked_since(held: Session, round_: Round) -> set[str]:
    """The digests of the questions in polls of this meeting; the same wording has the same one."""
    found = (
        select(Question.digest)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Round.meeting_id == round_.meeting_id, Round.state != "void")
        .where(col(Round.is_poll).is_(True))
    )
    return set(held.exec(found))


def _draft(held: Session, round_: Round, now: datetime) -> Round:
    poll = Round(
        id=make_id(),
        area_id=round_.area_id,
        body_id=round_.body_id,
        term_id=round_.term_id,
        meeting_id=round_.meeting_id,
        agenda_item_id=round_.agenda_item_id,
        secrecy=round_.secrecy,
        is_poll=True,
        state="announced",
        created_at=now,
        announced_at=now,
    )
    held.add(poll)
    held.flush()
    return poll


def _ask_again(held: Session, poll: Round, position: int, old: Question) -> Question:
    """The same words, sum and recusals in another election."""
    new = Question(
        id=make_id(),
        area_id=poll.area_id,
        round_id=poll.id,
        position=position,
        follows_id=old.id,
        **old.model_dump(
            include={
                *("matter", "proposal_id", "rules_id", "title"),
                *("wording", "options", "amount_cents", "digest"),
                *("kind", "fewest", "most", "places", "has_blank"),
                *("conditions", "is_amended"),
            }
        ),
    )
    held.add(new)
    held.flush()
    recusal.copy(held, old, new)
    return new


def _log(
    held: Session, poll: Round, pairs: Sequence[tuple[Question, Question]], now: datetime
) -> None:
    rules = electoral_roll.rules_in_force(held, poll.body_id)
    if rules is None:
        raise Refused("no_poll")
    public = {
        "round": poll.id,
        "body": decision_log.body_record(held.get_one(Body, poll.body_id)),
        "term": poll.term_id,
        "trust": poll.trust,
        **way_of(poll),
        **_version(rules),
        "questions": [_asked(held, old, new) for old, new in pairs],
    }
    tell(held, poll, "poll_announced", public, now)


def _version(rules: RulesOfProcedure) -> dict[str, Any]:
    return {"rules_version": rules.version, "rules_hash": rules_hash(rules.parameters)}


def _asked(held: Session, old: Question, new: Question) -> dict[str, Any]:
    return {
        "question": new.id,
        "of": old.id,
        "digest": new.digest,
        "quorum": decision_log.quorum_record(old.roll_facts or {}),
        "roll_size": electoral_roll.resolve(held, new).facts.entitled,
    }
