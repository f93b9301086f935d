"""What a trustee's device makes of a box is checked with the server's code, and the other way."""

import base64
from dataclasses import replace
from typing import Any

from tests.app import term_key
from tests.browser.test_javascript import by_browser
from tests.voting.protocol.made import ABSTAIN, NO, UUID, YES, Made
from voting.protocol import canon, strong, tally, trustee

GROUP = term_key.GROUP
VOTES = [(0, [YES]), (1, [NO]), (2, [YES]), (3, [ABSTAIN]), (1, [YES])]


MADE = term_key.make()
# The first trustee was there already.
BOX = Made(GROUP, voters=4, votes=VOTES, trustees=MADE.trustees, exponents={1: MADE.exponents[1]})
KEYS = trustee.parse_trustees(GROUP, MADE.trustees)


def sent(box: Made = BOX, owner: int = 3, **changed: Any) -> dict[str, Any]:
    """What the device of a trustee is given."""
    content = b"".join(event.data for event in box.appended("tallied"))
    expected = {"question": UUID, "publicKey": KEYS.owners[owner].public_key, "minimum": 4}
    return {
        "archive": base64.b64encode(content).decode(),
        "strong": box.strong.decode() if box.exponents else None,
        "expected": expected | changed.pop("expected", {}),
        "exponent": str(MADE.exponents[owner]),
        **changed,
    }


def test_the_part_of_a_device_opens_the_sum_together_with_another() -> None:
    (part,) = by_browser("parts", boxes=[sent()])
    owner, partial = KEYS.owners[3], part["partial"].encode()
    factors = tally.verify_partial(BOX.election, BOX.tally, owner, partial)
    share = strong.parse_share(BOX.election, part["share"].encode())
    named = canon.hexadecimal(partial)
    strong.verify_share(BOX.election, BOX.tally, owner, named, factors, share)
    others = tally.parse_partial(BOX.election, BOX.tally, BOX.partials[1])
    assert tally.decrypt(KEYS, BOX.tally, {1: others, 3: factors}) == ((3, 0, 1),)


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
