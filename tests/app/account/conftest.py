"""A member and a phone; hashes at the floor of what is allowed, or sign-ins would take minutes."""

import pytest
from argon2 import PasswordHasher

from app.account import passphrase

CHEAP = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS = CHEAP.hash("nobody has this passphrase")


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    """test_access.py looks at what the product really uses."""
    monkeypatch.setattr(passphrase, "hasher", CHEAP)
    monkeypatch.setattr(passphrase, "NOBODYS", NOBODYS)


@pytest.fixture
def member(area):
    return area.members[0]


@pytest.fixture
def phone(area, member):
    """What the member's phone knows."""
    return area.phones[member.id]
