"""What the desk shows of who is there: by seat, with who stands in, and what that is enough for."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from app import attendance, db, electoral_roll, rules_of_procedure
from app.body import Place, day_of, places_on, term_on
from app.meeting import undoing
from app.models import Attendance, Body, Meeting, Member
from voting.rules.roll import Place as RollPlace

Stays = Mapping[int, list[Attendance]]


class PersonLine(NamedTuple):
    """Somebody who can attend, from when to when they were there, and as what."""

    member: Member
    stays: Sequence[Attendance]
    detail: str = ""

    @property
    def is_there(self) -> bool:
        return any(each.left_at is None for each in self.stays)


class SeatLine(NamedTuple):
    """A seat with its holders; `stand_in` votes for it now, by the rule that `via` names."""

    place: Place
    people: list[PersonLine]
    stand_in: Member | None
    via: str | None


def shown(held: Session, meeting: Meeting, body: Body) -> dict[str, Any]:
    """Seats by group, who may stand in, who is there and what that is enough for."""
    stays = attendance.stays_at(held, meeting)
    standing = attendance.standing(held, meeting)
    lines = _seats(held, meeting, body, stays, has_rules=standing is not None)
    return {
        "groups": [
            (segment, [line for line in lines if line.place.seat.segment == segment])
            for segment in ("resident", "partner")
        ],
        "stand_ins": [
            (PersonLine(each.member, stays.get(each.member.id, ())), each.capacity, each.seat)
            for each in attendance.stand_ins_at(held, meeting)
        ],
        "is_live": attendance.is_live(meeting, db.clock(held)),
        "came": len(stays),
        "present": attendance.present_at(held, meeting),
        "standing": standing,
        "taken_out": undoing.taken_out(held, meeting),
    }


def _seats(
    held: Session, meeting: Meeting, body: Body, stays: Stays, *, has_rules: bool
) -> list[SeatLine]:
    day = day_of(meeting.starts_at)
    places = places_on(held, body, term_on(held, body, day), day)
    votes = _votes(held, meeting, body) if has_rules else {}
    people = {each.member.id: each.member for each in attendance.people_at(held, meeting)}
    return [_seat(place, stays, votes.get(place.seat.id), people) for place in places]


def _seat(
    place: Place, stays: Stays, vote: RollPlace[int] | None, people: Mapping[int, Member]
) -> SeatLine:
    holders = [PersonLine(each, stays.get(each.id, ())) for _membership, each in place.holders]
    entry = vote.entry if vote else None
    if entry is None or entry.via == "holder":
        return SeatLine(place, holders, None, None)
    return SeatLine(place, holders, people.get(entry.member), entry.via)


def _votes(held: Session, meeting: Meeting, body: Body) -> dict[int, RollPlace[int]]:
    """What would become of each seat if a vote without recusals opened now."""
    rules = rules_of_procedure.in_force(held, body.id)
    if rules is None:
        return {}
    term = term_on(held, body, day_of(meeting.starts_at))
    roll = electoral_roll.roll_at(held, meeting, term, rules_of_procedure.procedure_of(rules))
    return {place.seat: place for place in roll.places}
