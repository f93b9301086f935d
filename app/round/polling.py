"""What could not be voted on for want of a quorum is asked for an opinion; nothing is decided."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app import recusal, rules_of_procedure
from app.errors import Refused
from app.models import Question, Round
from app.round import announcing, count_key, opening
from app.round.preparing import make_id, questions_of


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
    for position, old in enumerate(asked, 1):
        _ask_again(held, poll, position, old)
    rules = rules_of_procedure.in_force(held, poll.body_id)
    if rules is None:
        raise Refused("no_poll")
    announcing.tell_poll(held, poll, rules, now)
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
        group=round_.group,
        is_poll=True,
        state="announced",
        created_at=now,
        announced_at=now,
    )
    held.add(poll)
    held.flush()
    return poll


def _ask_again(held: Session, poll: Round, position: int, old: Question) -> None:
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
