"""What an application for a grant may ask for. All sums in cents."""

from voting.rules.procedure import Procedure


def largest_grant(procedure: Procedure) -> int:
    """Return the cap of one grant, by `cap_per_action_eur`."""
    return procedure.number("cap_per_action_eur") * 100


def yearly_pot(procedure: Procedure) -> int:
    """Return what a fund starts the year with, by `pot_per_year_eur`."""
    return procedure.number("pot_per_year_eur") * 100


def flat_rate(costs: int, procedure: Procedure) -> int:
    """Return the flat rate for small expenses on these costs, rounded down."""
    return costs * procedure.number("flat_rate_percent") // 100


def own_share(costs: int, procedure: Procedure) -> int:
    """Return the own money the applicant must bring to these costs, rounded up."""
    return -(-costs * procedure.number("own_share_percent") // 100)


def must_be_presented(asked: int, procedure: Procedure) -> bool:
    """Tell whether the applicant must come in person, by `applicant_presents_from_eur`."""
    return asked >= procedure.number("applicant_presents_from_eur") * 100


def may_return(rejections: int, procedure: Procedure) -> bool:
    """Tell whether a proposal may come again after so many rejections."""
    return rejections <= procedure.number("resubmission_limit")


def may_amend(before: int, after: int, *, adds_conditions: bool, procedure: Procedure) -> bool:
    """Tell whether a body may vote on this sum and these conditions, by `amount.edit`.

    A body may lower what was asked for, never raise it.
    """
    allowed = procedure.choice("amount.edit")
    if adds_conditions and allowed != "reduce_and_conditions":
        return False
    return after == before or (after < before and allowed != "none")
