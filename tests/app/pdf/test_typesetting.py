"""A PDF is made in a process that is bounded, and the same content gives the same bytes."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from flask import Flask

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


PAYLOADS = json.loads((Path(__file__).parents[2] / "payloads/text_inputs.json").read_text())
HARD = (
    "Emoji 🎉👍🏽",
    "林小雨",
    "ไทย",
    "１８",
    "አማርኛ",
    "हिन्दी",
    "עברית",
    "\ue000",
    "\ufffe",
    "\x1b[2J",
)


def test_letters_without_a_shape_are_plainer_or_boxes(app: Flask) -> None:
    typed = " | ".join(HARD)
    reader = pypdf.PdfReader(io.BytesIO(typeset("minutes", content(typed), NOON)))
    shown = " ".join(reader.pages[0].extract_text().split())
    assert "Emoji □□□ | □□□ | □□□ | 18 |" in shown
    assert "□ steht für ein Zeichen, das diese Datei nicht zeigen kann." in shown
    usual = pypdf.PdfReader(io.BytesIO(typeset("minutes", content("Ayşe Żak, أحمد"), NOON)))
    assert "□" not in usual.pages[0].extract_text()


def test_whatever_people_type_becomes_a_pdf() -> None:
    """All the hostile texts at once; each is what a note or a name could be."""
    texts = [each["input"] for each in PAYLOADS if isinstance(each.get("input"), str)]
    assert len(texts) > 30
    blocks = [Text(each[:2000]) for each in texts]
    headed = [Section("", each[:200] or "–", []) for each in texts]
    made = as_data(Document("Protokoll", "de", [], [Section("", "Alle", blocks), *headed]))
    assert typeset("minutes", made, NOON).startswith(b"%PDF-1.7")


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SECONDS", 0.02)
    with pytest.raises(Refused, match="document_too_long"):
        typeset("minutes", content("Grüße"), NOON)


def test_a_fault_of_the_layout_is_no_refusal() -> None:
    with pytest.raises(RuntimeError, match="typst could not set absent"):
        typeset("absent", content("Grüße"), NOON)
