"""Reading the code on a card as a scanner does: version 5, error correction M, bytes."""

import re

from playwright.sync_api import Locator

SIZE = 37
MASKS = [
    lambda x, y: (x + y) % 2,
    lambda x, y: y % 2,
    lambda x, y: x % 3,
    lambda x, y: (x + y) % 3,
    lambda x, y: (x // 3 + y // 2) % 2,
    lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
]


def scan(card: Locator) -> str:
    """The text in the squares that are drawn on a card."""
    path = card.locator("[data-qr] path").get_attribute("d")
    dark = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path or "")}
    return read_code(dark)


def read_code(dark):
    form = number((place, 8) in dark for place in (0, 1, 2, 3, 4, 5, 7)) ^ 0b1010100
    assert form >> 5 == 0, "error correction M"
    is_turned = MASKS[form >> 2 & 7]
    bits = [((x, y) in dark) ^ (is_turned(x, y) == 0) for x, y in places() if not is_pattern(x, y)]
    words = [number(bits[at : at + 8]) for at in range(0, len(bits) // 8 * 8, 8)]
    # Two blocks of 43 words, written in turns; then half bytes: kind, length, text.
    data = [*words[0:86:2], *words[1:86:2]]
    halves = [half for word in data for half in (word >> 4, word & 15)]
    kind, length = halves[0], halves[1] << 4 | halves[2]
    assert kind == 4, "bytes"
    body = halves[3 : 3 + 2 * length]
    return bytes(high << 4 | low for high, low in zip(body[::2], body[1::2], strict=True)).decode()


def number(bits):
    return int("".join(str(int(bit)) for bit in bits), 2)


def places():
    """In columns of two from the right, up and down; the timing column is left out."""
    columns = [x for x in range(SIZE - 1, 0, -2) if x > 6] + [5, 3, 1]
    for turn, x in enumerate(columns):
        for y in range(SIZE) if turn % 2 else range(SIZE - 1, -1, -1):
            yield from ((x, y), (x - 1, y))


def is_pattern(x, y):
    last = SIZE - 8
    in_corner = (x < 9 and y < 9) or (x >= last and y < 9) or (x < 9 and y >= last)
    return in_corner or 6 in (x, y) or (28 <= x <= 32 and 28 <= y <= 32)
