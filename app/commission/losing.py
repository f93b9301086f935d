"""A trustee reports a lost part: one lost does no harm, with two the key has come to its end.

What only that key could have opened is void then; the page says so before the report.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import language
from app.commission import ceremony
from app.counting_commission import is_lost_to, is_of, trustees_of
from app.errors import Refused
from app.models import CountingCommission, Question, Round, Trustee
from app.round import confirming, releasing
from app.round.releasing import Holder

WITH_KEY = ("in_force", "ended")


def left_after(held: Session, commission: CountingCommission, own: Trustee) -> int:
    """How many parts there are without this one."""
    trustees = trustees_of(held, commission)
    return sum(each.lost_at is None for each in trustees if each.id != own.id)


def report(
    held: Session, commission: CountingCommission, own: Trustee, now: datetime
) -> Sequence[Round]:
    """Note that a part is lost; return the rounds that are void for it.

    The caller has locked the commission.
    """
    require_reportable(commission, own)
    left, lost = left_after(held, commission, own), void_after(held, commission, own)
    own.lost_at = now
    held.flush()
    ceremony.tell(held, commission, "commission_part_lost", {"left": left}, now)
    if is_lost_to(left) and commission.state == "in_force":
        ceremony.end(held, commission, now)
    for round_ in lost:
        confirming.void(held, _locked(held, round_), _reason(), now)
    return lost


def require_reportable(commission: CountingCommission, own: Trustee) -> None:
    """Refuse before there is a key, and a second report of the same part."""
    if commission.state not in WITH_KEY or own.lost_at:
        raise Refused("already_done")


def void_after(held: Session, commission: CountingCommission, own: Trustee) -> list[Round]:
    """The open and uncounted rounds that nobody can open without this part, the oldest first."""
    return [
        each
        for each in _uncounted(held, commission)
        if is_lost_to(_openers(releasing.holders(held, each), own))
    ]


def _openers(holders: Iterable[Holder], own: Trustee) -> int:
    """How many parts of a count are there or can still come if this one is lost too."""
    return sum(
        each.has_released or not (each.is_lost or is_of(own, each.person)) for each in holders
    )


def _uncounted(held: Session, commission: CountingCommission) -> list[Round]:
    """The rounds that were opened under this key and are not counted."""
    found = held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .where(Round.body_id == commission.body_id, Round.trust == "commission")
        .where(col(Round.state).in_(("open", "closed")), Question.state == "listed")
        .order_by(col(Round.opened_at), col(Round.id))
        .distinct()
    )
    return [each for each in found if releasing.commission_of(held, each).id == commission.id]


def _locked(held: Session, round_: Round) -> Round:
    return held.exec(select(Round).where(Round.id == round_.id).with_for_update()).one()


def _reason() -> str:
    """The public sentence, in the language of the log."""
    with force_locale(language.locale(language.DEFAULT)):
        return _("Zwei Teile des Schlüssels der Zählkommission sind verloren.")
