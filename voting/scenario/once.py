"""Ids that may stand in a list only once."""

from collections.abc import Hashable, Iterable

from voting.errors import RefusalError


def require_once(places: Iterable[tuple[str, Hashable]]) -> None:
    """Take pairs of path and id; raise RefusalError `twice` with the path of the second one."""
    seen: set[Hashable] = set()
    for path, each in places:
        if each in seen:
            raise RefusalError("twice", path=path)
        seen.add(each)
