"""Reading a code as a scanner does: error correction M, bytes, in the versions that are printed."""

import re

from playwright.sync_api import Locator

# By version: the middles of the small squares, and the data words of each block.
LAYOUTS = {5: ((6, 30), (43, 43)), 8: ((6, 24, 42), (38, 38, 39, 39))}
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
    """The text in the squares that are drawn there."""
    path = card.locator("[data-qr] path").get_attribute("d")
    dark = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path or "")}
    return read_code(dark)


def read_code(dark):
    size = max(x for x, _y in dark) + 1
    middles, blocks = LAYOUTS[(size - 17) // 4]
    form = number((place, 8) in dark for place in (0, 1, 2, 3, 4, 5, 7)) ^ 0b1010100
    assert form >> 5 == 0, "error correction M"
    is_turned = MASKS[form >> 2 & 7]
    bits = [
        ((x, y) in dark) ^ (is_turned(x, y) == 0)
        for x, y in places(size)
        if not is_pattern(x, y, size, middles)
    ]
    words = [number(bits[at : at + 8]) for at in range(0, len(bits) // 8 * 8, 8)]
    # Half bytes: kind, length, text.
    halves = [half for word in in_order(words, blocks) for half in (word >> 4, word & 15)]
    kind, length = halves[0], halves[1] << 4 | halves[2]
    assert kind == 4, "bytes"
    body = halves[3 : 3 + 2 * length]
    return bytes(high << 4 | low for high, low in zip(body[::2], body[1::2], strict=True)).decode()


def in_order(words, blocks):
    """The words of one block after the other, which are written in turns."""
    turns = [
        (row, block) for row in range(max(blocks)) for block, own in enumerate(blocks) if row < own
    ]
    placed = dict(zip(turns, words, strict=False))
    return [placed[row, block] for block, own in enumerate(blocks) for row in range(own)]


def number(bits):
    return int("".join(str(int(bit)) for bit in bits), 2)


def places(size):
    """In columns of two from the right, up and down; the timing column is left out."""
    columns = [x for x in range(size - 1, 0, -2) if x > 6] + [5, 3, 1]
    for turn, x in enumerate(columns):
        for y in range(size) if turn % 2 else range(size - 1, -1, -1):
            yield from ((x, y), (x - 1, y))


def is_pattern(x, y, size, middles):
    last = size - 8
    in_corner = (x < 9 and y < 9) or (x >= last and y < 9) or (x < 9 and y >= last)
    return in_corner or 6 in (x, y) or is_version(x, y, size) or is_square(x, y, middles)


def is_version(x, y, size):
    """Larger codes say their version beside two corners."""
    return size >= 45 and ((x < 6 and size - 11 <= y) or (y < 6 and size - 11 <= x))


def is_square(x, y, middles):
    """One of the small squares; none lies in a corner."""
    last = middles[-1]
    return any(
        abs(x - column) <= 2 and abs(y - row) <= 2
        for column in middles
        for row in middles
        if (column, row) not in ((6, 6), (6, last), (last, 6))
    )
