"""Which texts of people are taken and which are not."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app import one_line

PAYLOADS = Path(__file__).parents[1] / "payloads" / "text_inputs.json"
INPUTS = json.loads(PAYLOADS.read_text())
BENIGN = [each["input"] for each in INPUTS if each["class"] == "benign"]


class Sheet(Form):  # type: ignore[misc]
    title = one_line.line("title")
    what = one_line.text("what")
    note = one_line.line("note", optional=True)


def submit(**fields: str) -> Any:
    sheet = Sheet(MultiDict(fields))
    sheet.validate()
    return sheet


@pytest.mark.parametrize("text", BENIGN)
def test_benign_texts_pass_everywhere(text: str) -> None:
    sheet = submit(title=text, what=text, note=text)
    assert sheet.errors == {}
    assert sheet.title.data == one_line.normal(text)


def test_there_are_benign_texts() -> None:
    assert len(BENIGN) == 16


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Anna\u202egnp.exe", "invisible"),
        ("\u2066Anna\u2069", "invisible"),
        ("JA\u200b", "invisible"),
        ("\u00adJA", "invisible"),
        ("Nein\u3164", "invisible"),
        ("flag \U000e0067\U000e007f", "invisible"),
        ("admin\x00", "control"),
        ("\u2028line\u2029par", "control"),
        ("x\x1b[2J", "control"),
        ("\ufffe\uffff", "control"),
        ("two\nlines", "control"),
        ("lone \ud800", "control"),
        ("c1 \x85", "control"),
        ("", "empty"),
        ("   ", "empty"),
        ("\u200d\u200c", "empty"),
        ("\u0301", "empty"),
        ("Z" + "\u0300" * 9, "marks"),
        ("a" * 161, "too_long"),
        ("👨‍👩‍👧‍👦" * 500, "too_long"),
    ],
)
def test_a_line_that_hides_or_breaks_is_refused(text: str, fault: str) -> None:
    assert one_line.fault_in_line(text) == fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [("a\nb\tc", None), ("a\x0bb", "control"), ("a\x00", "control"), ("a" * 20_001, "too_long")],
)
def test_a_longer_text_may_have_lines(text: str, fault: str | None) -> None:
    assert one_line.fault_in_text(text) == fault


def test_a_field_names_what_is_wrong_and_keeps_the_input() -> None:
    sheet = submit(title="JA\u200b", what="")
    assert list(sheet.errors) == ["title", "what"]
    assert sheet.title.errors == [one_line.SENTENCES["invisible"]]
    assert sheet.title.data == "JA\u200b"


def test_typed_text_is_stored_composed_and_trimmed() -> None:
    sheet = submit(title="  a\u0308  ", what="a\r\nb")
    assert (sheet.title.data, sheet.what.data) == ("ä", "a\nb")


@given(st.text(max_size=80))
def test_what_passes_as_a_line_stays_the_same_and_is_seen(text: str) -> None:
    stored = one_line.normal(text) or ""
    if one_line.fault_in_line(stored) is None:
        assert "\n" not in stored
        assert one_line.normal(stored) == stored
        assert stored.encode().decode() == stored
