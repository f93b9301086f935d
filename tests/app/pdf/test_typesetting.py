"""A PDF is made in a process that is bounded, and the same content gives the same bytes."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.errors import Refused
from app.pdf import typesetting
from app.pdf.typesetting import typeset
from app.proceedings.block import Document, Section, Text, as_data

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forget() -> None:
    typesetting._set.cache_clear()


def content(text: str) -> dict[str, Any]:
    return as_data(Document("Protokoll", "de", ["Entwurf"], [Section("", "Eins", [Text(text)])]))


def test_the_same_content_gives_the_same_bytes() -> None:
    first = typeset("minutes", content("Grüße"), NOON)
    typesetting._set.cache_clear()
    assert typeset("minutes", content("Grüße"), NOON) == first
    assert typeset("minutes", content("Grüsse"), NOON) != first


def test_long_minutes_are_set_and_longer_ones_refused() -> None:
    longest = "Wort " * (typesetting.LONGEST // 5 - 100)
    assert typeset("minutes", content(longest), NOON).startswith(b"%PDF-1.7")
    with pytest.raises(Refused, match="document_too_long"):
        typeset("minutes", content(longest + "Wort " * 200), NOON)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SECONDS", 0.02)
    with pytest.raises(Refused, match="document_too_long"):
        typeset("minutes", content("Grüße"), NOON)


def test_a_fault_of_the_layout_is_no_refusal() -> None:
    with pytest.raises(RuntimeError, match="typst could not set absent"):
        typeset("absent", content("Grüße"), NOON)
