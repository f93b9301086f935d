"""In which group ballots are encrypted."""

from collections.abc import Mapping

from voting.rules.procedure import Procedure

_NAMES: Mapping[str, str] = {"ed25519": "Ed25519", "belenios_2048": "BELENIOS-2048"}


def of(procedure: Procedure) -> str:
    """Return the group's name in the ballot protocol, by `ballot.group` (PROTOCOL 3)."""
    return _NAMES[procedure.choice("ballot.group")]
