"""What officers ask a second person for: to end or void a round, its results, their end."""

from datetime import datetime

from sqlmodel import Session, select

from app import granting, second_person
from app.errors import Refused
from app.models import Confirmation, Member, Officer, Question, Round
from app.round import annulling, closing, correcting, enterers, papers
from app.round.preparing import free_proposals, questions_of
from app.round.telling import decides, tell

CONFIRMABLE = ("counted", "too_few_ballots")
PUBLISHED = ("published", "annulled")


def request(
    held: Session,
    *,
    act: str,
    round_: Round,
    question: Question | None = None,
    reason: str,
    officer: Officer,
    now: datetime,
) -> Confirmation:
    """Ask for a second person; refuse what could not be done now."""
    _require_possible(held, act, round_, question)
    about = {"round_id": round_.id, "question_id": question.id if question else None}
    return second_person.ask(held, act, officer, now, reason=reason, **about)


def confirmable(held: Session, round_: Round) -> list[Question]:
    """The questions whose outcome nobody confirmed yet, in their order."""
    return [each for each in questions_of(held, round_) if _is_confirmable(round_, each)]


def request_all(
    held: Session, round_: Round, officer: Officer, now: datetime
) -> list[Confirmation]:
    """Ask for a second person for each outcome that nobody was asked about."""
    waiting = second_person.waiting(held, round_.area_id, now)
    asked = {each.question_id for each in waiting if each.act == "confirm_result"}
    left = [each for each in confirmable(held, round_) if each.id not in asked]
    if not left:
        raise Refused("already_done")
    return [
        request(
            held,
            act="confirm_result",
            round_=round_,
            question=each,
            reason="",
            officer=officer,
            now=now,
        )
        for each in left
    ]


def confirm(
    held: Session, confirmation: Confirmation, person: Officer | Member, now: datetime
) -> None:
    """Confirm and carry out, once; refuse the one who asked."""
    second_person.require_second(held, confirmation, person, now)
    round_ = held.exec(
        select(Round).where(Round.id == confirmation.round_id).with_for_update()
    ).one()
    second_person.agree(held, confirmation, person, now)
    question = held.get(Question, confirmation.question_id) if confirmation.question_id else None
    _require_possible(held, confirmation.act, round_, question)
    _carry_out(held, confirmation, round_, question, now)


def _require_possible(held: Session, act: str, round_: Round, question: Question | None) -> None:
    possible = {
        "close_early": round_.state == "open",
        "confirm_result": _is_confirmable(round_, question),
        "void_round": round_.state != "void" and not _is_published(held, round_),
        "annul_decision": question is not None and question.state == "published",
        "correct_summary": question is not None and question.state in PUBLISHED,
        "count_again": round_.state == "closed" and bool(round_.count_fault),
        "return_paper": round_.state == "open",
    }
    if not possible[act]:
        raise Refused("already_done")


def _is_confirmable(round_: Round, question: Question | None) -> bool:
    """Whether there is an outcome; a poll and a practice round have none."""
    return question is not None and question.state in CONFIRMABLE and decides(round_)


def _is_published(held: Session, round_: Round) -> bool:
    return any(question.state in PUBLISHED for question in questions_of(held, round_))


def _carry_out(
    held: Session,
    confirmation: Confirmation,
    round_: Round,
    question: Question | None,
    now: datetime,
) -> None:
    if confirmation.act == "close_early":
        closing.end(held, round_, now, "early", confirmation.reason)
    elif confirmation.act == "void_round":
        void(held, round_, confirmation.reason, now)
    elif confirmation.act == "annul_decision":
        annulling.annul(held, confirmation, now)
    elif confirmation.act == "correct_summary":
        correcting.correct(held, confirmation, now)
    elif confirmation.act == "return_paper" and question is not None:
        _take_back(held, confirmation, round_, question, now)
    elif confirmation.act == "count_again":
        round_.count_fault = ""
        public = {"round": round_.id, "reason": confirmation.reason}
        tell(held, round_, "count_again", public, now)
    elif question is not None:
        question.state = "confirmed"
        held.flush()
        granting.grant(held, round_, question, now)


def request_return(
    held: Session, question: Question, member: Member, reason: str, officer: Officer, now: datetime
) -> Confirmation:
    """Ask for a second person who saw a member give a paper back; the round is locked."""
    papers.require_returnable(held, question, member.id)
    if member.id in asked_back(held, question, now):
        raise Refused("already_done")
    return second_person.ask(
        held,
        "return_paper",
        officer,
        now,
        reason=reason,
        round_id=question.round_id,
        question_id=question.id,
        member_id=member.id,
    )


def asked_back(held: Session, question: Question, now: datetime) -> set[int | None]:
    """Whose papers of a question wait for the second person who takes them back."""
    waiting = second_person.waiting(held, question.area_id, now)
    return {
        each.member_id
        for each in waiting
        if each.act == "return_paper" and each.question_id == question.id
    }


def _take_back(
    held: Session, confirmation: Confirmation, round_: Round, question: Question, now: datetime
) -> None:
    if confirmation.member_id is None:
        raise Refused("paper_unknown")
    papers.give_back(held, question, confirmation.member_id)
    enterers.tell_entered(held, round_, "paper_return", question, confirmation.reason, now)


def void(held: Session, round_: Round, reason: str, now: datetime) -> None:
    """End a round without any decision; it stays visible and its proposals are free again."""
    round_.state, round_.void_reason = "void", reason
    bound = [each for each in questions_of(held, round_) if each.state != "taken_out"]
    free_proposals(held, round_, bound)
    for each in bound:
        granting.release(held, each, "annul", now, reason)
    held.flush()
    public = {"round": round_.id, "reason": reason}
    tell(held, round_, "void", public, now)
