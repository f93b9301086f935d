"""Public pages as a reader meets them: their text, in order."""

import re
from html.parser import HTMLParser


class Words(HTMLParser):
    """The text of a page."""

    def __init__(self, html):
        super().__init__()
        self.parts = []
        self.feed(html)

    def handle_data(self, data):
        self.parts.append(data)

    @property
    def text(self):
        joined = re.sub(r"\s+", " ", " ".join(self.parts).replace("\u00a0", " "))
        return re.sub(r" (?=[.,:!?])", "", joined)


def read(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 200
    return Words(answer.text).text


def in_order(text, *parts):
    """Assert that the parts stand in the text in this order; name the first that does not."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"{part!r} is not after {text[max(0, at - 60) : at]!r}"
        at = found + len(part)
