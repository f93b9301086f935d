"""The few errors of this package: they carry facts, never sentences."""


class VotingError(Exception):
    """Say that something is not allowed: a `reason` from a fixed list and the facts around it.

    The words for a reason belong to the caller; `facts` holds names and numbers only.
    """

    def __init__(self, reason: str, **facts: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.reason, self.facts)


class RefusalError(VotingError):
    """Refuse a document, ballot or archive; `reason` is a class of the strict verifier."""


class LawError(VotingError):
    """Refuse an act that the rules of procedure do not allow."""


class InputError(VotingError):
    """Refuse values that a caller hands in and that no document or rule can hold."""


def _rebuild(kind: type[VotingError], reason: str, facts: dict[str, str | int]) -> VotingError:
    return kind(reason, **facts)
