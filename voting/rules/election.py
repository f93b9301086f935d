"""Who is elected to the places of a body."""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.errors import InputError
from voting.rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold the votes for one candidate; `no` is 0 where the paper does not ask for it."""

    id: str
    yes: int
    no: int = 0


@dataclass(frozen=True, slots=True)
class Elected:
    """Hold the result of an election; every list is ordered by votes, then id.

    `tied` are equal at the last place and stand for `open_places`: by `tie.rule` a lot or a second
    ballot decides between them, or nobody gets these places. `reserve_list` holds those below.
    """

    threshold: int
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    open_places: int
    tie_rule: str | None
    reserve_list: tuple[str, ...]
    failed: tuple[str, ...]
    vacant: int

    @property
    def needs_lot(self) -> tuple[str, ...]:
        """Name the candidates a lot must decide between."""
        return self.tied if self.tie_rule == "lot" else ()

    @property
    def lot_places(self) -> int:
        return self.open_places if self.tie_rule == "lot" else 0


@dataclass(frozen=True, slots=True)
class Paper:
    """Say what the paper asks: how many questions, answers to each, and the most one may tick."""

    questions: int
    answers: tuple[str, ...]
    most: int


def threshold(voters: int, procedure: Procedure) -> int:
    """Return the percentage of voters a candidate must reach, rounded up.

    It may be 0; one yes vote is needed all the same.
    """
    return -(-procedure.number("election.threshold_percent") * voters // 100)


def decide(
    places: int, voters: int, candidates: Sequence[Candidate], procedure: Procedure
) -> Elected:
    """Fill the places by yes votes (DOMAIN 3.1, 11); a tie above the cut is harmless.

    Without `tie.rule` equal candidates go to a lot. Raise InputError `candidate_twice` or
    `votes_too_many` (more than voters) with the `id`, LawError `parameter_missing`.
    """
    _require_possible(voters, candidates)
    need = threshold(voters, procedure)
    ranked = sorted(candidates, key=lambda each: (-each.yes, each.id))
    passed = [each for each in ranked if _passes(each, need, procedure)]
    failed = _ids([each for each in ranked if not _passes(each, need, procedure)])
    if len(passed) <= places:
        return Elected(need, _ids(passed), (), 0, None, (), failed, places - len(passed))
    return _cut(passed, places, need, failed, procedure)


def paper(candidates: Sequence[str], places: int, procedure: Procedure) -> Paper:
    """Lay out the paper of an election by `election.ballot`; raise LawError if it is empty."""
    match procedure.choice("election.ballot"):
        case "approval":
            return Paper(1, tuple(candidates), min(places, len(candidates)))
        case "yes_no_per_candidate":
            return Paper(len(candidates), ("yes", "no", "abstain"), 1)
    return Paper(1, ("yes", "no", "abstain"), 1)


def _require_possible(voters: int, candidates: Sequence[Candidate]) -> None:
    seen: set[str] = set()
    for each in candidates:
        if each.id in seen:
            raise InputError("candidate_twice", id=each.id)
        if min(each.yes, each.no) < 0 or each.yes + each.no > voters:
            raise InputError("votes_too_many", id=each.id)
        seen.add(each.id)


def _passes(candidate: Candidate, need: int, procedure: Procedure) -> bool:
    if candidate.yes < max(1, need):
        return False
    return candidate.yes > candidate.no or not procedure.flag("election.yes_over_no")


def _cut(
    passed: Sequence[Candidate],
    places: int,
    need: int,
    failed: tuple[str, ...],
    procedure: Procedure,
) -> Elected:
    """Divide more candidates than places; only equals on both sides of the cut are a tie."""
    last, first_out = (passed[places - 1].yes if places else None), passed[places].yes
    if last != first_out:
        elected, reserve = _ids(passed[:places]), _ids(passed[places:])
        return Elected(need, elected, (), 0, None, reserve, failed, 0)
    above = [each for each in passed if each.yes > first_out]
    tied = [each for each in passed if each.yes == first_out]
    below = [each for each in passed if each.yes < first_out]
    left = places - len(above)
    rule = procedure.tie_at_the_cut
    vacant = 0 if rule == "lot" else left
    return Elected(need, _ids(above), _ids(tied), left, rule, _ids(below), failed, vacant)


def _ids(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(each.id for each in candidates)
