"""The roster of a term as it stands: what a file is compared with and what an export shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session, col, select

from app.body import day_in, day_of
from app.models import Body, Deputy, Member, Membership, ReservePlace, Seat, Term
from app.roster.edit import Noun
from app.roster.holding import rules_of_speakers
from app.same_name import key_of
from voting.rules.procedure import Procedure

Link = Membership | Deputy | ReservePlace


@dataclass(frozen=True)
class Standing:
    """A body on a day of its term with the people of its area.

    `today` is the first day of a term that is still to come. Places include those that ended;
    `speaking` are the rules on speakers, if there are any.
    """

    body: Body
    term: Term
    today: date
    members: dict[int, Member]
    seats: dict[int, Seat]
    memberships: Sequence[Membership]
    deputies: Sequence[Deputy]
    reserves: Sequence[ReservePlace]
    speaking: Procedure | None

    @cached_property
    def by_name(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self.members.values():
            found.setdefault(key_of(member.name), []).append(member)
        return found

    @cached_property
    def by_mail(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self.members.values():
            if member.mail:
                found.setdefault(member.mail.casefold(), []).append(member)
        return found

    @property
    def by_noun(self) -> Mapping[Noun, Sequence[Link]]:
        """The places of each kind."""
        return {"member": self.memberships, "deputy": self.deputies, "reserve": self.reserves}

    @property
    def links(self) -> Sequence[Link]:
        return [*self.memberships, *self.deputies, *self.reserves]

    def is_over(self, link: Link) -> bool:
        """Whether a place is one of the past."""
        end = self.end_of(link)
        return end is not None and (isinstance(link, ReservePlace) or end < self.today)

    def is_given_up(self, seat: Seat) -> bool:
        return seat.ended_on is not None and seat.ended_on < self.today

    def start_of(self, link: Link) -> date:
        return link.listed_on if isinstance(link, ReservePlace) else link.starts_on

    def end_of(self, link: Link) -> date | None:
        return link.left_on if isinstance(link, ReservePlace) else link.ends_on

    def position_of(self, link: Link | None) -> int | None:
        """The number of the seat a place belongs to, if it does."""
        if link is None or isinstance(link, ReservePlace):
            return None
        return self._seats_by_id[link.seat_id].position

    def noun_of(self, link: Link) -> Noun:
        names: dict[type, Noun] = {Membership: "member", Deputy: "deputy", ReservePlace: "reserve"}
        return names[type(link)]

    @cached_property
    def _seats_by_id(self) -> dict[int, Seat]:
        return {seat.id: seat for seat in self.seats.values()}


def load(held: Session, body: Body, term: Term, now: datetime) -> Standing:
    """Read it in as many questions, whatever its size."""
    members = held.exec(select(Member).where(Member.area_id == body.area_id))
    seats = held.exec(select(Seat).where(Seat.body_id == body.id).order_by(col(Seat.position)))
    return Standing(
        body=body,
        term=term,
        today=day_in(term, day_of(now)),
        members={member.id: member for member in members},
        seats={seat.position: seat for seat in seats},
        memberships=held.exec(
            select(Membership)
            .where(Membership.term_id == term.id)
            .order_by(col(Membership.position), col(Membership.id))
        ).all(),
        deputies=held.exec(
            select(Deputy)
            .where(Deputy.term_id == term.id)
            .order_by(col(Deputy.rank), col(Deputy.id))
        ).all(),
        reserves=held.exec(
            select(ReservePlace)
            .where(ReservePlace.term_id == term.id)
            .order_by(col(ReservePlace.rank))
        ).all(),
        speaking=rules_of_speakers(held, body.id),
    )
