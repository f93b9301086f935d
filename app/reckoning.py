"""The table of a meeting that shares out money: every application, its sum then, what is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, func, select

from app import pot, rules_of_procedure, sharing, wording
from app.body import day_of
from app.models import AgendaItem, Amendment, Fund, Meeting, Pot, Proposal, Question, Round
from app.subject import Terms
from app.text import condition_sentence
from voting.rules import application
from voting.rules.procedure import Procedure


@dataclass(frozen=True)
class Row:
    """One application as it lies on the table; `cents` is the sum then."""

    proposal: Proposal
    cents: int
    conditions: tuple[str, ...]
    own_condition: dict[str, str]
    is_left_out: bool

    @property
    def is_changed(self) -> bool:
        return self.cents != self.proposal.requested_cents or bool(self.duties)

    @property
    def duties(self) -> list[dict[str, str]]:
        """The conditions as sentences by language."""
        listed = [
            wording.in_languages(partial(condition_sentence, each)) for each in self.conditions
        ]
        return [*listed, self.own_condition] if self.own_condition else listed

    @property
    def terms(self) -> Terms | None:
        """What is voted on instead of the application as it was written."""
        return Terms(self.cents, self.duties) if self.is_changed else None


@dataclass(frozen=True)
class Table:
    """The rows that are voted on count; `available_cents` is what the pot still has for them."""

    fund: Fund
    pot: Pot
    rows: Sequence[Row]
    available_cents: int

    @property
    def on_table(self) -> list[Row]:
        return [each for each in self.rows if not each.is_left_out]

    @property
    def requested_cents(self) -> int:
        return sum(each.proposal.requested_cents for each in self.on_table)

    @property
    def sum_cents(self) -> int:
        return sum(each.cents for each in self.on_table)

    @property
    def left_cents(self) -> int:
        """Below zero: so much is too much."""
        return self.available_cents - self.sum_cents


def table(held: Session, meeting: Meeting, now: datetime) -> Table | None:
    """The table of this meeting; None where its body has no money for the year."""
    own = pot.of_body(held, meeting.body_id, day_of(meeting.starts_at).year)
    if own is None:
        return None
    amended = {each.proposal_id: each for each in _amendments(held, meeting)}
    return Table(
        fund=held.get_one(Fund, own.fund_id),
        pot=own,
        rows=[_row(each, amended.get(each.id)) for each in waiting(held, meeting)],
        available_cents=pot.available(held, own) - _promised(held, own, now),
    )


def waiting(held: Session, meeting: Meeting) -> Sequence[Proposal]:
    """The admitted applications to the body: in the order of the agenda, then by number."""
    place = (
        select(func.min(AgendaItem.position))
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    return held.exec(
        select(Proposal)
        .where(Proposal.body_id == meeting.body_id, Proposal.state == "admitted")
        .order_by(func.coalesce(place, 10_000), col(Proposal.year), col(Proposal.n))
    ).all()


def _amendments(held: Session, meeting: Meeting) -> Sequence[Amendment]:
    return held.exec(select(Amendment).where(Amendment.meeting_id == meeting.id)).all()


def _row(proposal: Proposal, amended: Amendment | None) -> Row:
    if amended is None:
        return Row(proposal, proposal.requested_cents, (), {}, False)
    return Row(
        proposal,
        min(amended.cents, proposal.requested_cents),
        tuple(amended.conditions),
        amended.own_condition,
        amended.is_left_out,
    )


def _promised(held: Session, own: Pot, now: datetime) -> int:
    """What counted rounds have won and nobody has confirmed yet."""
    rounds = held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .join(Fund, col(Fund.body_id) == Round.body_id)
        .where(Fund.id == own.fund_id, Round.state == "closed", Question.state == "counted")
        .distinct()
    ).all()
    return sum(_unconfirmed(held, each, now) for each in rounds)


def _unconfirmed(held: Session, round_: Round, now: datetime) -> int:
    shared = sharing.shared(held, round_, now)
    funded = set(shared.funded) if shared else set()
    return sum(
        each.amount_cents or 0
        for each in sharing.adopted(held, round_)
        if each.state == "counted" and each.id in funded
    )


def rules(held: Session, meeting: Meeting) -> Procedure:
    """What the body may change; without rules in force the defaults hold."""
    version = rules_of_procedure.in_force(held, meeting.body_id)
    return rules_of_procedure.procedure_of(version) if version else Procedure({})


def may_change(row: Row, procedure: Procedure) -> bool:
    """Whether the body may vote on this sum and these conditions."""
    return application.may_amend(
        row.proposal.requested_cents,
        row.cents,
        adds_conditions=bool(row.conditions or row.own_condition),
        procedure=procedure,
    )


def terms(rows: Iterable[Row]) -> dict[int, Terms]:
    """The changed sums and conditions by application."""
    return {each.proposal.id: each.terms for each in rows if each.terms}
