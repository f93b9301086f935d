"""The shares of a whole that quorum and majority rules ask for, in exact integers."""

from voting.errors import InputError


def share(rule: str, whole: int) -> int:
    """Return how many of `whole` the rule asks for, never below 1 (DOMAIN 3.1).

    Raise InputError `share_unknown` for a rule that is not a share.
    """
    match rule:
        case "half":
            part = (whole + 1) // 2
        case "more_than_half":
            part = whole // 2 + 1
        case "two_thirds":
            part = (2 * whole + 2) // 3
        case "three_quarters":
            part = (3 * whole + 3) // 4
        case "unanimous":
            part = whole
        case _:
            raise InputError("share_unknown", rule=rule)
    return max(1, part)
