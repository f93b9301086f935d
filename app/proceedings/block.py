"""What a document consists of: pages and PDFs are made from the same blocks.

Every text is plain text: what people typed is never read as markup.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Heading(NamedTuple):
    """A heading inside a section, which has one itself: `level` 1 is the next below it."""

    text: str
    level: int = 1
    kind: str = "heading"


class Text(NamedTuple):
    """One paragraph; a line end in it is one on paper too."""

    text: str
    kind: str = "text"


class Quote(NamedTuple):
    """Exact words, such as those that were voted on."""

    text: str
    kind: str = "quote"


class Items(NamedTuple):
    lines: Sequence[str]
    kind: str = "items"


class Steps(NamedTuple):
    """What to do, one after the other."""

    lines: Sequence[str]
    kind: str = "steps"


class Facts(NamedTuple):
    """Pairs of a name and a value."""

    rows: Sequence[tuple[str, str]]
    kind: str = "facts"


class Table(NamedTuple):
    """Rows of texts under column headings; the first cell of a row is its heading."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    kind: str = "table"


Block = Heading | Text | Quote | Items | Steps | Facts | Table


class Section(NamedTuple):
    """A part of a document; `key` names it in addresses, and is empty where nothing does."""

    key: str
    title: str
    blocks: Sequence[Block]


class Document(NamedTuple):
    """`notes` stand under the title: how far the document is, and whom it is for."""

    title: str
    language: str
    notes: Sequence[str]
    sections: Sequence[Section]


def paragraphs(typed: str) -> list[Text]:
    """What somebody typed, split where lines are left empty."""
    parts = (part.strip() for part in typed.split("\n\n"))
    return [Text(part) for part in parts if part]


def as_data(document: Document) -> dict[str, Any]:
    """The document as lists and texts, for a program that sets type."""
    return document._asdict() | {
        "sections": [
            {"title": section.title, "blocks": [block._asdict() for block in section.blocks]}
            for section in document.sections
        ]
    }
