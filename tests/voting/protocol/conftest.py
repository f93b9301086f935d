import pytest

from tests.voting.protocol.made import ABSTAIN, NO, YES, Made, known_answers, single
from voting.protocol.group import Group, by_name


@pytest.fixture(scope="session")
def known() -> dict:
    return known_answers()


@pytest.fixture(scope="session", params=["Ed25519", "BELENIOS-2048"])
def group(request) -> Group:
    return by_name(request.param)


@pytest.fixture(scope="session")
def ed() -> Group:
    return by_name("Ed25519")


@pytest.fixture(scope="session")
def small(ed) -> Made:
    """Three voters, one of whom votes twice."""
    return single(ed, [(0, [NO]), (1, [NO]), (2, [ABSTAIN]), (0, [YES])])
