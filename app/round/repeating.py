"""What was not decided is asked again in a new round: a void one, or questions taken out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app import recusal, rules_of_procedure, subject
from app.errors import Refused
from app.models import Body, Meeting, Proposal, Question, Round
from app.models.round import BLANK
from app.round import opening, preparing
from app.round.circulating import is_allowed
from app.round.telling import decides
from app.subject import Choice, Subject
from voting.rules import follow_up, options
from voting.rules.outcome import Outcome
from voting.rules.quorum import Quorum

NO_QUORUM = Quorum(0, 0, None)


def repeat(
    held: Session, round_: Round, meeting: Meeting | None, reason: str, now: datetime
) -> Round:
    """Draft a round that repeats a void one, once; the caller has locked it."""
    if round_.state != "void" or not decides(round_) or repeat_of(held, round_):
        raise Refused("already_done")
    asked = [each for each in preparing.questions_of(held, round_) if is_free(held, each)]
    about: dict[str, Any] = {
        "repeats_id": round_.id,
        "repeat_reason": reason,
        "secrecy": round_.secrecy,
    }
    return _ask_again(held, round_, meeting, asked, now, **about)


def repeat_of(held: Session, round_: Round) -> Round | None:
    """The round that repeats this one."""
    found = select(Round).where(Round.repeats_id == round_.id, Round.state != "void")
    return held.exec(found).first()


def is_free(held: Session, question: Question) -> bool:
    """Whether nothing else has become of what the question is about."""
    if question.proposal_id is None:
        return True
    return held.get_one(Proposal, question.proposal_id).state == "admitted"


def follow(
    held: Session, round_: Round, step: str, meeting: Meeting | None, now: datetime
) -> Round:
    """Draft what follows by the rules for questions that could not be voted on.

    `step` is circular, open_vote or postpone. Of an announced round nothing of which may open, the
    questions are taken out first. The caller has locked the round.
    """
    if not decides(round_) or round_.state == "draft":
        raise Refused("already_done")
    if round_.state == "announced":
        opening.take_out(held, round_)
    asked = steps(held, round_).get(step, [])
    if step == "circular" and not is_allowed(held, round_.body_id):
        raise Refused("circular_forbidden")
    secrecy = "open" if step == "open_vote" else round_.secrecy
    return _ask_again(held, round_, meeting, asked, now, secrecy=secrecy)


def second_ballot(
    held: Session, round_: Round, question: Question, meeting: Meeting | None, now: datetime
) -> Round:
    """Draft a round between the options that are left; the caller has locked `round_`."""
    left = left_for_second_ballot(held, round_, question)
    if not left:
        raise Refused("already_done")
    asked = subject.of(held, question)
    narrowed = asked._replace(choice=_narrowed(question, left))
    return _ask_again(
        held, round_, meeting, [question], now, subjects=[narrowed], secrecy=round_.secrecy
    )


def left_for_second_ballot(held: Session, round_: Round, question: Question) -> tuple[str, ...]:
    """The answers between which the body votes again after a confirmed choice, by the rules."""
    found = question.outcome or {}
    is_settled = question.state in ("confirmed", "published") and question.is_choice
    if not (is_settled and decides(round_)) or _is_asked_again(held, question):
        return ()
    counts = [each for each in found["counts"] if each["answer"] != BLANK]
    ticks = {each["answer"]: each["votes"] for each in counts}
    tied = [each["answer"] for each in counts if each["mark"] == "tied"]
    return options.second_ballot(found["code"], ticks, tied)


def _narrowed(question: Question, left: Sequence[str]) -> Choice | None:
    """The same choice with fewer options, for the places that are open."""
    choice = subject.choice_of(question)
    places = (question.outcome or {})["open_places"]
    kept = [at for at, answer in enumerate(question.answers) if answer in left]
    return choice and choice._replace(
        options={name: [words[at] for at in kept] for name, words in choice.options.items()},
        fewest=1,
        most=places,
        places=places,
    )


def steps(held: Session, round_: Round) -> dict[str, list[Question]]:
    """What follows for the questions that were taken out and not asked again, by step."""
    found: dict[str, list[Question]] = {}
    for question in preparing.questions_of(held, round_):
        step = None if _is_asked_again(held, question) else _step(held, round_, question)
        if step:
            found.setdefault(step, []).append(question)
    return found


def step_after(
    held: Session, round_: Round, question: Question, stopped: str, figures: dict[str, Any]
) -> str | None:
    """What the rules let follow when a question cannot be opened for this reason."""
    is_too_small = stopped == "cannot_open" and figures["entitled"]
    minimum = figures["minimum"] if is_too_small else None
    procedure = rules_of_procedure.procedure(held, round_, question.matter)
    if is_too_small and "small_roll.effect" not in procedure.parameters:
        return None
    step = follow_up.of(Outcome(stopped, NO_QUORUM, minimum=minimum), procedure)  # type: ignore[arg-type]
    # Own answers are never counted by hand.
    return None if question.is_choice and step == "open_vote" else step


def _step(held: Session, round_: Round, question: Question) -> str | None:
    stopped, figures = question.taken_out_reason, question.roll_facts
    if question.state != "taken_out" or not stopped or figures is None:
        return None
    if not is_free(held, question):
        return None
    return step_after(held, round_, question, stopped, figures)


def _is_asked_again(held: Session, question: Question) -> bool:
    found = (
        select(Question.id)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Question.follows_id == question.id, Round.state != "void")
    )
    return held.exec(found).first() is not None


def _ask_again(
    held: Session,
    round_: Round,
    meeting: Meeting | None,
    asked: Sequence[Question],
    now: datetime,
    subjects: Sequence[Subject] | None = None,
    **about: Any,
) -> Round:
    """The same questions with the same recusals in a new draft, about the same unless said."""
    if not asked:
        raise Refused("already_done")
    body = held.get_one(Body, round_.body_id)
    if meeting and meeting.id == round_.meeting_id:
        about["agenda_item_id"] = round_.agenda_item_id
    if subjects is None:
        found = subject.of_all(held, asked)
        subjects = [found[each.id] for each in asked]
    made = preparing.draft(held, body, meeting, subjects, now, **about)
    for old, new in zip(asked, preparing.questions_of(held, made), strict=True):
        new.follows_id = old.id
        if new.proposal_id:
            held.get_one(Proposal, new.proposal_id).state = "scheduled"
        held.flush()
        recusal.copy(held, old, new)
    return made
