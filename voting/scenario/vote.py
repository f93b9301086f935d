"""A scenario of kind `vote`: one question from the seats to the outcome."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from voting.errors import RefusalError
from voting.rules import outcome
from voting.rules.majority import Ballots
from voting.rules.outcome import Announcement, Outcome, Turnout
from voting.rules.procedure import Procedure
from voting.rules.quorum import Quorum
from voting.rules.roll import Reserve, Roll, Seat, resolve
from voting.scenario.once import require_once

Given = dict[str, Any]


def result(given: Given, procedure: Procedure, path: str) -> dict[str, object]:
    """Return the keys of `expect`; raise RefusalError with the path of what contradicts itself."""
    _require_roster(given, path)
    _require_known_members(given, path)
    rolls = _rolls(given, procedure)
    roll = rolls[-1]
    decided = _decided(given, procedure, roll, path)
    return {
        "roll": [
            {"seat": each.seat, "segment": each.segment, "member": each.member, "via": each.via}
            for each in roll.entries
        ],
        "roll_size": roll.facts.entitled,
        "roll_residents": roll.facts.residents,
        "roll_partners": roll.facts.partners,
        "recused_seats": roll.facts.recused,
        "vacant_seats": roll.facts.vacant,
        "announced": [_announced(outcome.announce(each.facts, procedure)) for each in rolls],
        **_judged(decided),
    }


def _require_roster(given: Given, path: str) -> None:
    require_once(_fields(given["seats"], f"{path}.seats", "seat"))
    require_once(
        (f"{path}.seats[{place}].holders[{each}]", holder)
        for place, seat in enumerate(given["seats"])
        for each, holder in enumerate(seat["holders"])
    )
    reserves = given.get("reserve_list", [])
    require_once(_fields(reserves, f"{path}.reserve_list", "member"))
    require_once(
        (f"{path}.reserve_list[{place}].rank", (each["rank"], each["segment"]))
        for place, each in enumerate(reserves)
    )


def _fields(records: Sequence[Given], path: str, name: str) -> Iterator[tuple[str, object]]:
    for place, each in enumerate(records):
        yield f"{path}[{place}].{name}", each[name]


def _require_known_members(given: Given, path: str) -> None:
    known = {each["member"] for each in given.get("reserve_list", ())}
    for seat in given["seats"]:
        known |= {*seat["holders"], *seat.get("deputies", ())}
    for name in ("present", "absent", "recused"):
        _require_known(given.get(name, []), known, f"{path}.{name}")
    for place, change in enumerate(given.get("changes", ())):
        for name, members in change.items():
            _require_known(members, known, f"{path}.changes[{place}].{name}")


def _require_known(ids: Sequence[str], known: Iterable[str], path: str) -> None:
    require_once((f"{path}[{place}]", each) for place, each in enumerate(ids))
    for place, each in enumerate(ids):
        if each not in known:
            raise RefusalError("unknown", path=f"{path}[{place}]")


def _rolls(given: Given, procedure: Procedure) -> list[Roll[str]]:
    seats = [
        Seat(each["seat"], each["segment"], tuple(each["holders"]), tuple(each.get("deputies", ())))
        for each in given["seats"]
    ]
    reserves = [Reserve(**each) for each in given.get("reserve_list", ())]
    return [
        resolve(
            seats,
            procedure,
            present=present,
            absent=frozenset(given.get("absent", ())),
            recused=frozenset(given.get("recused", ())),
            reserves=reserves,
        )
        for present in _presences(given)
    ]


def _presences(given: Given) -> list[set[str]]:
    """Say who is there at the start and after each change before the opening."""
    steps = [set(given.get("present", ()))]
    for change in given.get("changes", ()):
        steps.append((steps[-1] | set(change.get("arrive", ()))) - set(change.get("leave", ())))
    return steps


def _decided(given: Given, procedure: Procedure, roll: Roll[str], path: str) -> Outcome:
    _require_known(
        given.get("not_cast", []), {each.seat for each in roll.entries}, f"{path}.not_cast"
    )
    counts = given.get("ballots")
    ballots = Ballots(**counts) if counts else Ballots(0, 0, 0)
    if ballots.received > roll.facts.entitled:
        raise RefusalError("contradiction", path=f"{path}.ballots")
    stopped = outcome.at_opening(roll.facts, procedure)
    if stopped:
        return stopped
    if counts is None:
        raise RefusalError("shape", path=f"{path}.ballots")
    turnout = _turnout(given, procedure, roll, ballots, path)
    return outcome.decide(roll.facts, procedure, turnout, ballots)


def _turnout(
    given: Given, procedure: Procedure, roll: Roll[str], ballots: Ballots, path: str
) -> Turnout:
    """Say who cast; `not_cast` may be left out where nothing depends on the segments."""
    if "not_cast" not in given and procedure.choice("resident_majority") != "cast":
        return Turnout(ballots.received)
    silent = given.get("not_cast", ())
    segments = [entry.segment for entry in roll.entries if entry.seat not in silent]
    if len(segments) != ballots.received:
        raise RefusalError("contradiction", path=f"{path}.not_cast")
    return Turnout(ballots.received, segments.count("resident"), segments.count("partner"))


def _announced(said: Announcement) -> dict[str, object]:
    return {
        **_quorum(said.quorum),
        "roll_size": said.entitled,
        "required_yes_announced": said.majority.required if said.majority else None,
    }


def _judged(decided: Outcome) -> dict[str, object]:
    return {
        **_quorum(decided.quorum),
        "segment_ok": decided.segment_ok,
        "binding": decided.is_binding,
        "majority_base": decided.majority.base if decided.majority else None,
        "required_yes": decided.majority.required if decided.majority else None,
        "outcome": decided.code,
        "missing_yes": decided.missing_yes,
        "reveals_all": decided.reveals_all,
    }


def _quorum(quorum: Quorum) -> dict[str, object]:
    return {
        "quorum_base": quorum.base,
        "quorum_need": quorum.need,
        "quorum_have": quorum.have,
        "quorate": quorum.is_met,
    }
