"""What is stored about a round and decides what can be promised for it."""

import json
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from app import box, card_printing, durable, electoral_roll, rules_of_procedure
from app.models import LogEntry, PaperVoter, Question, RollEntry, Round
from app.round import papers, releasing
from app.round.preparing import questions_of
from voting.rules import poll
from voting.rules.procedure import Procedure

# The entries that name how boxes stand.
MOMENTS = {"round_opened": "opening", "poll_opened": "opening", "round_closed": "close"}


class Facts(NamedTuple):
    """How a round is held: all that a promise or a threat depends on.

    `holders` is how many evening keys open it, 0 before it is open. `roll` is the largest number
    on the roll of a question, `keyless` how many of them had no voting key at the opening; None
    before it. `card_printers` is how many officers had printed cards of the term by then, None
    where that is not known. `papers` counts members who vote on paper. `phones` is how many may
    vote with a phone of their own, None before the opening. `logged` says for which moments the
    log has the head of every box: `opening`, `close`, `both` or `unlogged`.
    """

    way: str
    trust: str
    mode: str
    decides: bool
    holders: int
    minimum: int
    roll: int
    keyless: int | None
    card_printers: int | None
    papers: int
    is_durable: bool
    audience: str
    recount_until: date | None
    is_box_gone: bool
    phones: int | None
    logged: str
    objection_days: int | None
    objection_by: str

    @property
    def has_box(self) -> bool:
        return self.way == "secret"


def read(held: Session, round_: Round) -> Facts:
    """The facts of a round that was announced or is further."""
    rules = rules_of_procedure.procedure(held, round_)
    asked = [each for each in questions_of(held, round_) if each.state != "taken_out"]
    return Facts(
        way=round_.way,
        trust=round_.trust,
        mode=round_.mode,
        decides=not round_.is_poll,
        holders=len(releasing.holders(held, round_)),
        minimum=poll.least(rules),
        roll=max((_roll(held, each) for each in asked), default=0),
        keyless=_keyless(held, round_),
        card_printers=_card_printers(held, round_),
        papers=len(papers.voters(held, round_.id)) if round_.has_box else 0,
        is_durable=durable.is_durable(held),
        audience=box.audience(held, round_),
        recount_until=round_.recount_until,
        is_box_gone=any(each.box_hashes for each in asked),
        phones=_phones(held, round_),
        logged=_logged(held, round_),
        objection_days=_objection_days(rules),
        objection_by=rules.choice("objection.by"),
    )


def _objection_days(rules: Procedure) -> int | None:
    """For how long one may object; None where the rules do not say so."""
    is_set = rules.parameters.get("objection.days") is not None
    return rules.number("objection.days") if is_set else None


def _roll(held: Session, question: Question) -> int:
    figures = question.roll_facts or electoral_roll.announced(held, question)
    return int(figures["entitled"])


def _card_printers(held: Session, round_: Round) -> int | None:
    """Cards printed after the opening open nothing of this round."""
    if round_.opened_at is None:
        return card_printing.printers(held, round_.term_id)
    return round_.card_printers


def _keyless(held: Session, round_: Round) -> int | None:
    """How many on the roll could neither make a ballot themselves nor get a paper."""
    return _without_paper(held, round_, col(RollEntry.credential).is_(None))


def _phones(held: Session, round_: Round) -> int | None:
    """How many on the roll had a key and no paper: their phones keep what they see of a box."""
    return _without_paper(held, round_, col(RollEntry.credential).is_not(None))


def _without_paper(held: Session, round_: Round, which: Any) -> int | None:
    if round_.opened_at is None:
        return None
    on_paper = select(PaperVoter.member_id).where(PaperVoter.round_id == round_.id)
    return held.exec(
        select(func.count(func.distinct(RollEntry.member_id)))
        .join(Question, col(Question.id) == RollEntry.question_id)
        .where(Question.round_id == round_.id, which)
        .where(col(RollEntry.member_id).not_in(on_paper))
    ).one()


def _logged(held: Session, round_: Round) -> str:
    """For which moments the log names the head of every box."""
    leaves = held.exec(
        select(LogEntry.type, LogEntry.leaf)
        .where(LogEntry.area_id == round_.area_id, col(LogEntry.type).in_(MOMENTS))
        .where(col(LogEntry.leaf).contains(round_.id))
    )
    found = {MOMENTS[kind] for kind, leaf in leaves if _has_heads(leaf, round_.id)}
    return "both" if len(found) > 1 else next(iter(found), "unlogged")


def _has_heads(leaf: str, round_id: str) -> bool:
    public = json.loads(leaf)["public"]
    boxes = public.get("questions") or public.get("ballots") or []
    return public["round"] == round_id and bool(boxes) and all("head" in each for each in boxes)
