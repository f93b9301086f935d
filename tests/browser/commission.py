"""Three trustees whose key is in force, and the page on which they open sums, for a browser."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from playwright.sync_api import Page, expect

from app import counting_commission, db
from app.commission import appointing, ceremony
from app.models import CountingCommission, Member, Officer, Round
from app.round import announcing, circulating, closing, counting, opening, preparing
from tests.app import builder, deciding
from tests.browser.conftest import Hall
from tests.browser.test_javascript import by_browser

PASSPHRASE = "grüne Birne im Keller"
ANSWERS = ["yes"] * 6 + ["no"] * 2 + ["abstain"]


class Three(NamedTuple):
    """The trustees, and the safety copy of each."""

    commission: CountingCommission
    people: Sequence[Member | Officer]
    copies: Sequence[str]


@cache
def made(group: str) -> Mapping[str, Sequence[str]]:
    """What three phones sent to make a key."""
    return by_browser("commission", group=group, passphrase=PASSPHRASE)


def put_in_force(hall: Hall) -> Three:
    """Two members and a moderator made the key that is in force."""
    held, council = hall.held, hall.council
    people = [council.members[4], council.moderators[0], council.members[1]]
    now = datetime.now(UTC)
    commission = appointing.appoint(held, council.body, council.term, people, now)
    trustees = counting_commission.trustees_of(held, commission)
    sent = made(commission.group)
    steps = (
        (ceremony.certify, sent["certificates"]),
        (lambda held, commission, own, _: ceremony.compare_parts(held, commission, own), "123"),
        (ceremony.exchange, sent["polynomials"]),
        (ceremony.finish, sent["keys"]),
    )
    for act, documents in steps:
        for own, document in zip(trustees, documents, strict=True):
            act(held, commission, own, document)
    commission.state, commission.in_force_at = "in_force", now
    builder.set_rules(held, council, circular__allowed="yes", trust__circular="commission")
    held.commit()
    return Three(commission, people, sent["copies"])


def close(hall: Hall, titles: list[str], ballots: int = len(ANSWERS)) -> Round:
    """A round over days in which members voted in turn, added up by the worker."""
    round_ = open_over_days(hall, titles)
    turns = list(zip(hall.council.members, ANSWERS, strict=True))
    for cast in range(0, ballots, len(turns)):
        deciding.let_cast(hall.held, hall.council, round_, turns[: ballots - cast])
    return end(hall, round_)


def open_over_days(hall: Hall, titles: list[str]) -> Round:
    """A round that opens now and ends in three days."""
    held, council, now = hall.held, hall.council, datetime.now(UTC)
    proposals = [builder.build_proposal(held, council, title) for title in titles]
    round_ = preparing.prepare(
        held, body=council.body, meeting=None, proposals=proposals, now=now, mode="circular"
    )
    circulating.settle(held, round_, opens_at=None, closes_at=now + timedelta(days=3))
    announcing.announce(held, round_, now)
    opening.open_round(held, round_, now)
    held.commit()
    return round_


def end(hall: Hall, round_: Round) -> Round:
    """Its end has come, and the worker has added it up."""
    with db.acting():
        closing.end(hall.held, round_, datetime.now(UTC), "end")
    hall.held.commit()
    counting.count_round(round_.id)
    hall.held.expire_all()
    return round_


def outcomes(hall: Hall, round_: Round) -> list[tuple[str, int | None]]:
    hall.held.expire_all()
    found = preparing.questions_of(hall.held, round_)
    outcome = [(each.state, (each.outcome or {}).get("yes")) for each in found]
    hall.held.commit()
    return outcome


def start(hall: Hall, phone: Page, person: Member | Officer) -> None:
    hall.sign_in(phone, person)
    phone.goto(f"{hall.url}/commission/count")
    expect(phone.get_by_role("heading", name="Ihr Schlüssel wird gebraucht")).to_be_visible()


def release(phone: Page, copy: str, passphrase: str = PASSPHRASE) -> None:
    phone.get_by_label("Oder die Zeichen von Ihrem Blatt").fill(copy)
    phone.get_by_label("Ihre Passphrase").fill(passphrase)
    phone.get_by_role("button", name="Auszählung freigeben").click()
