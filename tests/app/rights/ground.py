"""An area of the walk and the ids of its rows, by the names they have in addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models import Member, Officer
from tests.app.builder import Council

Ids = Mapping[str, Any]


@dataclass
class Ground:
    """An area and the ids of its rows, by the names they have in addresses.

    `at` holds those that only one endpoint takes, `own` those of one person; `submission`,
    `count_parts` and `sign_in_key` are what phones send, the parts by the role that is `acting`,
    `card_id` the card in the member's hand.
    """

    name: str
    council: Council
    moderator: Officer
    administrator: Officer
    coordinator: Officer
    newcomer: Officer
    free_member: Member
    ids: dict[str, Any] = field(default_factory=dict)
    at: dict[str, Ids] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    submission: Mapping[str, object] = field(default_factory=dict)
    count_parts: dict[str, dict[str, str]] = field(default_factory=dict)
    acting: str = "member"
    sign_in_key: str = "0" * 64
    card_id: int | None = None

    @property
    def member(self) -> Member:
        return self.council.members[0]

    def ids_for(self, endpoint: str, role: str | None = None) -> dict[str, Any]:
        """What this endpoint's address names when somebody of this role opens it."""
        own = self.own["administrator"] | self.own.get(role or "", {})
        return {**self.ids, **own, **self.at.get(endpoint, {})}

    def set_at(self, endpoints: str, **ids: Any) -> None:
        for endpoint in endpoints.split():
            self.at[endpoint] = ids
