"""After a restored backup: who and what is on the list of erasures is forgotten once more."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select, update

from app import erasure, erasure_list, officer_erasure, text_removal
from app.body import day_of
from app.erasure_list import FORGOTTEN, WISH, Line
from app.models import Area, Comment, Erasure, LogText, Member, Officer, Proposal


def apply(held: Session, now: datetime) -> int:
    """Bring the database to what the list says; return how much it had back.

    Whom the list does not know yet, because a crash came between commit and file, is added.
    """
    listed = erasure_list.read()
    _complete(held, listed, now)
    if not listed:
        return 0
    people = _members(held, listed, now) + _officers(held, listed, now)
    return people + _applicants(held, listed, now) + _texts(held, listed, now)


def _complete(held: Session, listed: dict[str, list[Line]], now: datetime) -> None:
    for member in held.exec(select(Member).where(col(Member.erased_on).is_not(None))):
        if FORGOTTEN not in {each.kind for each in listed.get(erasure_list.digest(member), ())}:
            erasure_list.note(held, FORGOTTEN, member, now)


def _members(held: Session, listed: dict[str, list[Line]], now: datetime) -> int:
    known = held.exec(select(Member).where(col(Member.erased_on).is_(None))).all()
    return sum(_again(held, each, listed.get(erasure_list.digest(each), ()), now) for each in known)


def _again(held: Session, member: Member, lines: Sequence[Line], now: datetime) -> bool:
    """Forget what this member wanted forgotten; whether something was there again."""
    if not lines:
        return False
    if lines[-1].kind == FORGOTTEN:
        erasure.forget(held, member, day_of(now))
        return True
    if lines[-1].kind == WISH and held.get(Erasure, member.id) is None:
        erasure.ask(held, member, now)
        return True
    return _forget_comments(held, member, lines, now)


def _forget_comments(held: Session, member: Member, lines: Sequence[Line], now: datetime) -> bool:
    """What somebody who stayed had written before the last wish."""
    wished_at = max((each.at for each in lines if each.kind == WISH), default=None)
    if wished_at is None:
        return False
    gone = held.exec(
        update(Comment)
        .where(col(Comment.member_id) == member.id, col(Comment.created_at) <= wished_at)
        .where(col(Comment.removed_on).is_(None))
        .values(source="", removed_on=day_of(now))
    )
    return gone.rowcount > 0


def _officers(held: Session, listed: dict[str, list[Line]], now: datetime) -> int:
    there = held.exec(select(Officer).where(col(Officer.ended_at).is_(None))).all()
    back = [each for each in there if erasure_list.digest(each) in listed]
    for officer in back:
        officer_erasure.leave(held, officer, now)
    return len(back)


def _applicants(held: Session, listed: dict[str, list[Line]], now: datetime) -> int:
    named = held.exec(select(Proposal).where(col(Proposal.applicant_removed_on).is_(None))).all()
    back = [each for each in named if erasure_list.digest(each) in listed]
    for proposal in back:
        erasure.forget_applicant(held, proposal, day_of(now))
    return len(back)


def _texts(held: Session, listed: dict[str, list[Line]], now: datetime) -> int:
    """An area that is set back says so in its log when two people let it go on."""
    there = held.exec(select(LogText).where(col(LogText.value).is_not(None))).all()
    found = [(text, listed.get(erasure_list.digest(text), [])) for text in there]
    back = [(text, lines[-1]) for text, lines in found if lines]
    for text, line in back:
        text_removal.forget(held, text, line.kind, line.at)
    for area_id in sorted({text.area_id for text, _line in back}):
        area = held.get_one(Area, area_id)
        if area.set_back_at is None:
            text_removal.tell(held, area, now)
    return len(back)
