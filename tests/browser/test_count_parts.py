"""What a trustee's device makes of a box is checked with the server's code, and the other way."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from tests.app import term_key
from tests.browser.test_javascript import by_browser
from tests.voting.protocol.made import ABSTAIN, NO, UUID, YES, Made
from voting.protocol import canon, ceremony, strong, tally, trustee
from voting.protocol.group import Group, by_name

GROUP = term_key.GROUP
VOTES = [(0, [YES]), (1, [NO]), (2, [YES]), (3, [ABSTAIN]), (1, [YES])]


MADE = term_key.make()
OTHER = by_name("BELENIOS-2048")


def box_under(made: ceremony.Made, group: Group) -> Made:
    """A box whose first trustee was there already."""
    exponents = {1: made.exponents[1]}
    return Made(group, voters=4, votes=VOTES, trustees=made.trustees, exponents=exponents)


BOX = box_under(MADE, GROUP)


def sent(box: Made = BOX, made: ceremony.Made = MADE, **changed: Any) -> dict[str, Any]:
    """What the device of the third trustee is given."""
    content = b"".join(event.data for event in box.appended("tallied"))
    keys = trustee.parse_trustees(box.group, made.trustees)
    expected = {"question": UUID, "publicKey": keys.owners[3].public_key, "minimum": 4}
    return {
        "archive": base64.b64encode(content).decode(),
        "strong": box.strong.decode() if box.exponents else None,
        "expected": expected | changed.pop("expected", {}),
        "exponent": str(made.exponents[3]),
        **changed,
    }


@pytest.mark.parametrize("group", [GROUP, OTHER])
def test_the_part_of_a_device_opens_the_sum_together_with_another(group: Group) -> None:
    made = MADE if group is GROUP else term_key.make(group)
    box, keys = box_under(made, group), trustee.parse_trustees(group, made.trustees)
    (part,) = by_browser("parts", boxes=[sent(box, made)])
    owner, partial = keys.owners[3], part["partial"].encode()
    factors = tally.verify_partial(box.election, box.tally, owner, partial)
    share = strong.parse_share(box.election, part["share"].encode())
    named = canon.hexadecimal(partial)
    strong.verify_share(box.election, box.tally, owner, named, factors, share)
    others = tally.parse_partial(box.election, box.tally, box.partials[1])
    assert tally.decrypt(keys, box.tally, {1: others, 3: factors}) == ((3, 0, 1),)


def test_a_box_that_is_not_as_it_must_be_is_not_opened() -> None:
    head = BOX.appended("tallied")[-1].head
    alone = replace(BOX, exponents={})
    wrong_proof = BOX.strong.decode().replace('"response":"', '"response":"1', 1)
    cases = {
        "count.too_few": sent(expected={"minimum": 5}),
        "count.other_box": sent(expected={"question": "KiezvotumTest2"}),
        "strong.missing": sent(strong=None),
        "strong.form": sent(strong=wrong_proof + " "),
        "count.second_sum": sent(opened={UUID: {"hash": "0" * 64, "head": head}}),
        "count.other_board": sent(opened={UUID: {"hash": BOX.tally.hash, "head": "0" * 64}}),
    }
    moved = sent(opened={"KiezvotumTest2": {"hash": BOX.tally.hash, "head": head}})
    stranger = sent(expected={"publicKey": GROUP.text(GROUP.power_g(7))})
    again = sent(opened={UUID: {"hash": BOX.tally.hash, "head": head}})
    boxes = [*cases.values(), moved, stranger, again, sent(alone)]
    *refused, same, first = by_browser("parts", boxes=boxes)
    reasons = [each["reason"] for each in refused]
    assert reasons == [*cases, "count.second_sum", "count.other_box"]
    assert same["question"] == first["question"] == UUID
