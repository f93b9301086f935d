"""The means to build archives with one fault each."""

import json
from collections.abc import Callable
from types import ModuleType

from tests.voting.protocol.made import Made, chain, resign
from voting.protocol import canon


def fault(reason: str) -> Callable:
    """Mark the builder of an archive that must be refused for this reason."""

    def mark(build: Callable[[Made], bytes]) -> Callable[[Made], bytes]:
        build.reason = reason
        return build

    return mark


def faults_of(*modules: ModuleType) -> list[Callable[[Made], bytes]]:
    """All marked builders."""
    members = [each for module in modules for each in vars(module).values()]
    return [each for each in members if hasattr(each, "reason")]


def edit(document: bytes, change: Callable[[dict], object]) -> bytes:
    fields = json.loads(document)
    change(fields)
    return canon.write(fields)


def put(made: Made, at: int, *event: tuple[str, list[bytes]], drop: int = 1) -> bytes:
    """The board with the event at one height replaced by others."""
    events = made.events()
    return chain([*events[:at], *event, *events[at + drop :]])


def election_changed(made: Made, change: Callable[[dict], object]) -> bytes:
    return put(made, 0, ("Setup", made.setup_documents(election=edit(made.document, change))))


def ballot_changed(made: Made, change: Callable[[dict], object], at: int = 0) -> bytes:
    voter = made.votes[at][0]
    changed = resign(made, voter, made.ballots[at], change)
    return put(made, 1 + at, ("Ballot", [changed]))


def tally_described(made: Made, document: bytes, **fields) -> tuple[str, list[bytes]]:
    described = {
        "num_tallied": made.tally.counted,
        "total_weight": made.tally.counted,
        "encrypted_tally": canon.hexadecimal(document),
    }
    return "EncryptedTally", [document, canon.write(described | fields)]


def record_changed(at: int, **fields) -> Callable[[int, dict], dict]:
    """For `chain`: other fields in the event at one height."""
    return lambda height, record: record | fields if height == at else record


# Heights of the board of `small`: Setup, four ballots, the end, the tally, one decryption, Result.
END, TALLY, PARTIAL, RESULT = 5, 6, 7, 8
