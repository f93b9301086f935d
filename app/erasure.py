"""A member is forgotten: what may go goes at once, the rest when no seat needs it any more."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, or_, select

from app import consent, db, erasure_list, officer_erasure
from app.body import day_of
from app.models import (
    Card,
    Comment,
    Decision,
    Deputy,
    EnrolmentNonce,
    Erasure,
    Invitation,
    LogText,
    LookUp,
    Mail,
    Member,
    Membership,
    NotedObjection,
    Objection,
    Passkey,
    Passphrase,
    Proposal,
    Question,
    RecoveryCode,
    Recusal,
    ReservePlace,
    RollEntry,
    Round,
    SecondFactor,
    SecurityEvent,
    SignInLink,
    Term,
    UserSession,
    VotingKey,
)
from app.proceedings import naming

# Nothing of these is needed for a result; rolls, seats and attendance keep the number alone.
# A session names the card it was entered by, and goes before it.
OWN_ROWS: tuple[type[SQLModel], ...] = (
    UserSession,
    Card,
    EnrolmentNonce,
    Erasure,
    Invitation,
    LookUp,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
    SecurityEvent,
    SignInLink,
    VotingKey,
)
# Where names, addresses and sentences of people stand.
WITH_TEXT = (
    *("member", "membership", "officer", "comment", "recusal", "mail", "objection"),
    *("decision", "proposal", "roster_import"),
    *("agenda_item", "minutes", "minutes_correction"),
    *("log_text", "confirmation", "count_entry", "handover", "movement"),
    *("paper_enterer", "roll_call", "round"),
)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def ask(held: Session, member: Member, now: datetime) -> Erasure | None:
    """Forget what may go at once; return the wish if the name has to wait, None if it is gone."""
    held.exec(select(Member.id).where(Member.id == member.id).with_for_update()).one()
    today = day_of(now)
    waits_until = needed_until(held, member, today)
    if waits_until is None:
        forget(held, member, today)
        return None
    erasure_list.note(held, erasure_list.WISH, member, now)
    _forget_words(held, member, today)
    wish = held.get(Erasure, member.id) or Erasure(
        member_id=member.id, area_id=member.area_id, requested_at=now, due_on=waits_until + DAY
    )
    held.add(wish)
    held.flush()
    return wish


def take_back(held: Session, member: Member) -> bool:
    """The member stays after all; False when there was no wish."""
    wish = held.get(Erasure, member.id)
    if wish is not None:
        held.delete(wish)
        erasure_list.note(held, erasure_list.STAYS, member, db.clock(held))
    return wish is not None


def waiting(held: Session, area_id: int) -> Sequence[tuple[Erasure, Member]]:
    """The wishes that wait for a term to end, the next one first."""
    return held.exec(
        select(Erasure, Member)
        .join(Member, col(Member.id) == Erasure.member_id)
        .where(Erasure.area_id == area_id)
        .order_by(col(Erasure.due_on), col(Erasure.member_id))
    ).all()


def carry_out(held: Session, today: date) -> Counter[int | None]:
    """Forget everybody whose wish nothing stands against any more; how many in each area."""
    found = [each for each in _wishing(held) if needed_until(held, each, today) is None]
    for member in found:
        forget(held, member, today)
    return Counter(each.area_id for each in found)


def is_fresh(held: Session, now: datetime) -> bool:
    """Whether words of people went in the last week, of which the database may hold copies."""
    names = select(Member.id).where(col(Member.erased_on) > day_of(now - WEEK))
    wishes = select(Erasure.member_id).where(col(Erasure.requested_at) > now - WEEK)
    applicants = select(Proposal.id).where(col(Proposal.applicant_removed_on) > day_of(now - WEEK))
    officers = officer_erasure.fresh(now, WEEK)
    texts = select(LogText.id).where(col(LogText.removed_at) > now - WEEK)
    fresh = (names, wishes, applicants, officers, texts)
    return any(held.exec(each.limit(1)).first() for each in fresh)


def _wishing(held: Session) -> Sequence[Member]:
    return held.exec(select(Member).join(Erasure, col(Erasure.member_id) == Member.id)).all()


def needed_until(held: Session, member: Member, today: date) -> date | None:
    """The last day on which a seat, a place or an open vote needs the name; None if none does."""
    ends = [end for end in _ends(held, member) if end >= today]
    if _is_on_open_roll(held, member):
        ends.append(today)
    return max(ends, default=None)


def last_day(held: Session, member: Member) -> date | None:
    """The last day of the last thing that the member did here; None where there was nothing."""
    return max(_ends(held, member), default=None)


def _ends(held: Session, member: Member) -> list[date]:
    """The last day of every seat and every place of the member."""
    seats = held.exec(select(Membership).where(Membership.member_id == member.id)).all()
    deputies = held.exec(select(Deputy).where(Deputy.member_id == member.id)).all()
    listed = held.exec(
        select(ReservePlace, Term)
        .join(Term, col(Term.id) == ReservePlace.term_id)
        .where(ReservePlace.member_id == member.id)
    )
    return [
        *(each.ends_on for each in seats),
        *(each.ends_on for each in deputies),
        *(place.left_on or term.ends_on for place, term in listed),
    ]


def _is_on_open_roll(held: Session, member: Member) -> bool:
    rolls = (
        select(RollEntry.question_id)
        .join(Question, col(Question.id) == RollEntry.question_id)
        .join(Round, col(Round.id) == Question.round_id)
        .where(RollEntry.member_id == member.id, Round.state == "open")
    )
    return held.exec(rolls).first() is not None


def _forget_words(held: Session, member: Member, today: date) -> None:
    """What no seat needs: the address, the consent, and everything the member wrote."""
    if member.mail:
        held.exec(delete(Mail).where(col(Mail.recipient) == member.mail))
    member.mail = None
    consent.set_for(held, member, may_be_named=False)
    held.exec(
        update(Comment)
        .where(col(Comment.member_id) == member.id, col(Comment.removed_on).is_(None))
        .values(source="", removed_on=today)
    )
    held.exec(
        update(Recusal)
        .where(col(Recusal.member_id) == member.id)
        .values(reason="", may_be_named=False)
    )
    held.exec(update(Objection).where(col(Objection.member_id) == member.id).values(reason=""))
    held.exec(
        update(NotedObjection)
        .where(col(NotedObjection.member_id) == member.id)
        .values(is_named=False)
    )


def forget(held: Session, member: Member, today: date) -> None:
    """Replace the name by a number; everything goes that opens a door or tells of the person."""
    erasure_list.note(held, erasure_list.FORGOTTEN, member, db.clock(held))
    _forget_words(held, member, today)
    for table in OWN_ROWS:
        held.exec(delete(table).where(table.member_id == member.id))  # type: ignore[attr-defined]
    held.exec(
        update(Membership)
        .where(
            col(Membership.member_id) == member.id,
            or_(col(Membership.is_dual_role), col(Membership.dual_role) != ""),
        )
        .values(is_dual_role=False, dual_role="")
    )
    number = f"Ehemaliges Mitglied {member.id}"
    naming.take_out(held, member, number)
    member.name = number
    member.language, member.erased_on = "de", today
    held.add(member)
    held.flush()


def forget_applicant(held: Session, proposal: Proposal, today: date) -> None:
    """Take the applicant's name out of a proposal and of the pages of its decisions."""
    erasure_list.note(held, erasure_list.APPLICANT, proposal, db.clock(held))
    proposal.applicant, proposal.applicant_removed_on = "", today
    if proposal.applicant_mail:
        held.exec(delete(Mail).where(col(Mail.recipient) == proposal.applicant_mail))
    proposal.applicant_mail = proposal.applicant_link = None
    held.add(proposal)
    decided = held.exec(
        select(Decision)
        .join(Question, col(Question.id) == Decision.question_id)
        .where(Question.proposal_id == proposal.id)
    )
    for decision in decided.all():
        decision.page = decision.page | {"applicant": None}
        held.add(decision)
    held.flush()
