"""The invented jury: its fund, a past decision with a cut, and nine applications on its table."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session, select

from app import db, pot, wording
from app.body import day_of
from app.demo import casting, content, meeting, past, people
from app.demo.proposing import WRITTEN_BEFORE, draft
from app.models import AgendaItem, Fund, Meeting, Pot, Proposal, Round
from app.proposals import editing
from app.round import announcing, closing, counting, opening, preparing
from app.subject import Terms
from app.text import condition_sentence

MINUTE = timedelta(minutes=1)


def tell(now: datetime) -> None:
    """What the jury decided two weeks ago; what was told before is not told again."""
    told = content.jury()["decided"]
    evening = meeting.tuesday_evening(now - timedelta(weeks=told["weeks_ago"]))
    with db.acting() as held:
        for moment in (evening, now):
            _fill_pot(held, day_of(moment).year, evening)
        round_ = _told_before(held) or _vote(held, told, evening)
    counting.count_round(round_.id, evening + 34 * MINUTE)
    with db.acting() as held:
        for question in preparing.questions_of(held, round_):
            if question.state == "counted":
                past.decide(held, question, told["summary"], evening + 35 * MINUTE)
        if round_.meeting_id:
            meeting.end(held, round_.id)


def _fill_pot(held: Session, year: int, now: datetime) -> None:
    """The fund, and its pot for a year if there is none yet."""
    told, body = content.jury()["fund"], people.jury(held)
    if pot.of_body(held, body.id, year):
        return
    fund = held.exec(select(Fund).where(Fund.body_id == body.id)).first()
    fund = fund or Fund(area_id=body.area_id, body_id=body.id, slug=told["slug"], name=told["name"])
    held.add(fund)
    held.flush()
    own = Pot(area_id=body.area_id, fund_id=fund.id, year=year, cap_cents=told["cap_cents"])
    held.add(own)
    held.flush()
    pot.change(held, own, told["cents"], now)


def _told_before(held: Session) -> Round | None:
    return held.exec(
        select(Round).where(Round.body_id == people.jury(held).id, Round.state == "closed")
    ).first()


def _vote(held: Session, told: Mapping[str, Any], evening: datetime) -> Round:
    """A lower sum and two conditions are voted on."""
    jury = people.jury(held)
    proposal = _propose(held, told["proposal"], evening)
    conditions = [
        wording.in_languages(partial(condition_sentence, code)) for code in told["conditions"]
    ]
    round_ = preparing.prepare(
        held,
        body=jury,
        meeting=meeting.hold(held, evening, (), jury),
        proposals=[proposal],
        now=evening + 21 * MINUTE,
        terms={proposal.id: Terms(told["cents"], conditions)},
    )
    announcing.announce(held, round_, evening + 22 * MINUTE)
    opening.open_round(held, round_, evening + 24 * MINUTE)
    casting.cast_as_told(held, round_, [told["votes"]])
    closing.close(held, round_, evening + 33 * MINUTE)
    return round_


def lay_table(held: Session, now: datetime) -> None:
    """Today the jury sits at its table; the applications lie there from the first day on."""
    jury = people.jury(held)
    here = meeting.tonight(held, now, (), jury)
    if here.state != "running":
        here.state, here.began_at = "running", here.starts_at
        held.add(_item(here))
    listed = select(Proposal.title).where(Proposal.body_id == jury.id)
    titles = set(held.exec(listed))
    for told in content.jury()["waiting"]:
        if told["title"] not in titles:
            _propose(held, told, here.starts_at)
    held.flush()


def _item(here: Meeting) -> AgendaItem:
    return AgendaItem(
        area_id=here.area_id,
        meeting_id=here.id,
        position=1,
        kind="vote",
        title=content.jury()["item"],
        began_at=here.starts_at,
    )


def _propose(held: Session, told: dict[str, Any], meeting_at: datetime) -> Proposal:
    written_at = meeting_at - WRITTEN_BEFORE
    return editing.create(held, people.jury(held), draft(held, told), written_at)
