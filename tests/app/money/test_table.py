"""The table of a jury evening, with and without script, at one desk and at two."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlmodel import Session, select

from app.models import Amendment, Proposal, Question, Round
from app.round.preparing import questions_of
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.app.money.evening import NINE, apply, build_pot

JSON = {"Accept": "application/json"}


@pytest.fixture
def jury(held: Session, area: Council) -> Council:
    return builder.build_jury(held, area)


@pytest.fixture
def nine(held: Session, jury: Council) -> list[Proposal]:
    build_pot(held, jury)
    return apply(held, jury)


@pytest.fixture
def desk(jury: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(jury.moderators[0])


def address(jury: Council, more: str = "") -> str:
    return f"/money/meetings/{jury.meeting.id}/table{more}"


def fields(page: str) -> dict[str, str]:
    """What a page of the table would send as it stands; ticked boxes are left out."""
    inputs = re.findall(r"<input[^>]*>", page)
    found = {}
    for each in inputs:
        name = re.search(r'name="(p\d+-[^"]+)"', each)
        if name and 'type="checkbox"' not in each:
            found[name[1]] = unescape(re.search(r'value="([^"]*)"', each)[1])
    return found


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))).replace("\u00a0", " ")


def test_the_evening_starts_742_74_too_high(desk, jury, nine):
    page = words(desk.get(address(jury)).text)
    assert "742,74 € zu viel" in page
    assert "Beantragt 7.476 €" in page


def test_nine_cuts_leave_1800_and_one_round_is_frozen_with_them(held, desk, jury, nine):
    sent = fields(desk.get(address(jury)).text)
    left = 6_733_26 - 7_476_00
    for proposal, (_title, asked, granted) in zip(nine, NINE, strict=True):
        if granted is None:
            sent[f"p{proposal.id}-is_left_out"] = "y"
            granted = 0
        else:
            sent[f"p{proposal.id}-cents"] = f"{granted // 100},{granted % 100:02}"
        left += asked - granted
        told = desk.post(address(jury), data=sent, headers=JSON).json
        euros, cents = divmod(abs(left), 100)
        number = f"{euros:,}".replace(",", ".") + (f",{cents:02}" if cents else "")
        expected = f"{number} € zu viel" if left < 0 else f"Noch {number} €"
        assert told["left"].replace("\u00a0", " ") == expected
        sent |= {f"{row['prefix']}-seen": row["seen"] for row in told["rows"]}
    assert left == 1_800_00
    done = desk.post(address(jury, "/vote"), data=sent)
    assert done.status_code == 303
    round_ = held.exec(select(Round)).one()
    asked = questions_of(held, round_)
    assert len(asked) == 8
    assert sum(each.amount_cents for each in asked) == 4_933_26
    assert desk.post(f"/desk/rounds/{round_.id}/announce").status_code == 303
    assert sum(each.amount_cents for each in asked) == 4_933_26
    assert "803,26 € bekommen? Beantragt sind 1.000 €." in asked[5].wording["de"].replace(
        "\u00a0", " "
    )


def test_without_script_it_is_reckoned_anew(held, desk, jury, nine):
    sent = fields(desk.get(address(jury)).text)
    first = f"p{nine[0].id}"
    sent |= {f"{first}-cents": "157,26", f"{first}-conditions": ["report"]}
    assert desk.post(address(jury), data=sent).status_code == 303
    page = words(desk.get(address(jury)).text)
    assert "Noch 0 €" in page
    row = held.exec(select(Amendment).where(Amendment.proposal_id == nine[0].id)).one()
    assert (row.cents, row.conditions) == (157_26, ["report"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "ist kein Betrag"),
        ("", "Bitte geben Sie den Betrag an."),
        ("900,01", "Das ist mehr, als beantragt ist."),
    ],
)
def test_what_cannot_be_is_said_at_the_row_and_kept(desk, jury, nine, typed, said):
    sent = fields(desk.get(address(jury)).text) | {f"p{nine[0].id}-cents": typed}
    answer = desk.post(address(jury), data=sent)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert f'value="{typed}"' in answer.text
    told = desk.post(address(jury), data=sent, headers=JSON).json
    assert said in told["rows"][0]["problem"]
    assert "742,74" in told["left"]
    assert desk.post(address(jury, "/vote"), data=sent).status_code == 422


def test_more_than_the_cap_is_not_voted_on(held, desk, jury, nine):
    big = builder.build_proposal(held, jury, "Großes Fest", 1_200_00)
    sent = fields(desk.get(address(jury)).text)
    answer = desk.post(address(jury, "/vote"), data=sent)
    assert answer.status_code == 422
    assert "Eine Aktion bekommt höchstens 1.000 €." in words(answer.text)
    sent[f"p{big.id}-is_left_out"] = "y"
    assert desk.post(address(jury, "/vote"), data=sent).status_code == 303


def test_an_own_condition_exists_in_every_offered_language(held, desk, jury, nine):
    own = f"p{nine[0].id}-own_"
    sent = fields(desk.get(address(jury)).text) | {f"{own}de": "Ohne Feuer."}
    answer = desk.post(address(jury), data=sent)
    assert answer.status_code == 422
    assert "Diese Auflage fehlt noch in dieser Sprache." in words(answer.text)
    assert (
        desk.post(address(jury, "/vote"), data=sent | {f"{own}en": "No fire."}).status_code == 303
    )
    asked = held.exec(select(Question).order_by(Question.position)).first()
    assert asked.conditions == [{"de": "Ohne Feuer.", "en": "No fire."}]
    assert asked.wording["de"].endswith("Auflagen: Ohne Feuer.")
    assert asked.wording["en"].endswith("No fire.")


def test_two_desks_see_each_other_and_lose_nothing(held, jury, nine, client_of):
    first, second = (client_of(each) for each in jury.moderators)
    row, other = f"p{nine[0].id}", f"p{nine[1].id}"
    mine, theirs = fields(first.get(address(jury)).text), fields(second.get(address(jury)).text)
    first.post(address(jury), data=mine | {f"{row}-cents": "500"}, headers=JSON)
    told = second.post(
        address(jury), data=theirs | {f"{row}-cents": "600", f"{other}-cents": "700"}, headers=JSON
    ).json
    assert "Am anderen Tisch steht jetzt 500" in told["rows"][0]["problem"]
    assert json.loads(told["rows"][0]["seen"])["cents"] == 500_00
    sums = {each.proposal_id: each.cents for each in held.exec(select(Amendment))}
    assert (sums[nine[0].id], sums[nine[1].id]) == (500_00, 700_00)
    again = theirs | {f"{row}-cents": "600", f"{row}-seen": told["rows"][0]["seen"]}
    told = second.post(address(jury), data=again, headers=JSON).json
    assert (told["rows"][0]["problem"], told["rows"][0]["fields"]["cents"]) == ("", "600")
    assert told["rows"][1]["fields"]["cents"] == "700"


def test_the_pulse_changes_with_the_table_only(desk, jury, nine):
    first = desk.get(address(jury, "/pulse"))
    tag = {"If-None-Match": first.headers["ETag"]}
    assert desk.get(address(jury, "/pulse"), headers=tag).status_code == 304
    sent = fields(desk.get(address(jury)).text) | {f"p{nine[0].id}-cents": "500"}
    desk.post(address(jury), data=sent, headers=JSON)
    assert (
        desk.get(address(jury, "/pulse"), headers=tag).json["rows"][0]["fields"]["cents"] == "500"
    )


@pytest.mark.parametrize(
    ("rule", "change", "status"),
    [
        ("none", {"cents": "500"}, 409),
        ("reduce", {"cents": "500"}, 303),
        ("reduce", {"cents": "500", "conditions": ["report"]}, 409),
    ],
)
def test_the_body_changes_what_its_rules_allow(held, desk, jury, nine, rule, change, status):
    builder.change_rules(held, jury, {"amount.edit": rule})
    sent = fields(desk.get(address(jury)).text)
    sent |= {f"p{nine[0].id}-{name}": value for name, value in change.items()}
    assert desk.post(address(jury), data=sent).status_code == status


def test_an_empty_table_says_what_next(held, desk, jury):
    assert "noch kein Geld eingetragen" in words(desk.get(address(jury)).text)
    build_pot(held, jury)
    assert "Auf dem Tisch liegt kein Antrag." in words(desk.get(address(jury)).text)
    assert desk.post(address(jury, "/vote"), data={}).status_code == 409


def test_another_area_s_table_is_not_there(held, desk, client_of, jury, nine):
    other = builder.build_council(held, "bach")
    stranger = client_of(other.moderators[0])
    assert stranger.get(address(jury)).status_code == 404
    assert stranger.post(address(jury), data={}).status_code == 404
