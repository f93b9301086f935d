"""Text that people type: one normal form, and nothing in it that hides or breaks the page."""

import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import StopValidation

LONGEST_LINE = 160
LONGEST_TEXT = 20_000
MOST_MARKS = 8
JOINERS = "\u200c\u200d\u200e\u200f"
BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
TAGS = range(0xE0000, 0xE0080)

SENTENCES: dict[str, Any] = {
    "empty": _("Bitte füllen Sie dieses Feld aus."),
    "too_long": _("Das ist zu lang. Bitte kürzen Sie den Text."),
    "control": _("Der Text enthält ein Zeichen, das hier nicht geht. Bitte tippen Sie ihn neu."),
    "invisible": _("Der Text enthält ein unsichtbares Zeichen. Bitte tippen Sie ihn neu."),
    "marks": _("Der Text enthält zu viele Zeichen übereinander."),
    "mail": _("Das ist keine E-Mail-Adresse."),
}


def normal(text: str | None) -> str | None:
    """The stored form: NFC, one kind of line end, no blanks around it."""
    if text is None:
        return None
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fault_in_line(text: str, longest: int = LONGEST_LINE) -> str | None:
    """What is wrong with a name, a title or a reason, as a key of SENTENCES."""
    return _first_fault(text, longest, allowed="", is_hidden=_is_hidden_in_line)


def fault_in_text(text: str, longest: int = LONGEST_TEXT) -> str | None:
    """What is wrong with a longer text; line ends and tabs are welcome there."""
    return _first_fault(text, longest, allowed="\n\t", is_hidden=_is_tag)


def _first_fault(
    text: str, longest: int, *, allowed: str, is_hidden: Callable[[str], bool]
) -> str | None:
    if any(_is_control(each) and each not in allowed for each in text):
        return "control"
    if any(map(is_hidden, text)):
        return "invisible"
    if looks_empty(text):
        return "empty"
    if len(text) > longest:
        return "too_long"
    return "marks" if _longest_run_of_marks(text) > MOST_MARKS else None


def looks_empty(text: str) -> bool:
    """Whether nothing of the text would be seen."""
    return not any(_is_seen(each) for each in text)


def _is_seen(character: str) -> bool:
    return character not in BLANK_LETTERS and unicodedata.category(character)[0] in "LNPS"


def _is_control(character: str) -> bool:
    if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
        return True
    point = ord(character)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def _is_tag(character: str) -> bool:
    return ord(character) in TAGS


def _is_hidden_in_line(character: str) -> bool:
    if character in JOINERS:
        return False
    return character in BLANK_LETTERS or unicodedata.category(character) == "Cf"


def _longest_run_of_marks(text: str) -> int:
    runs = groupby(text, key=lambda each: unicodedata.category(each) in ("Mn", "Me"))
    return max((sum(1 for _each in run) for is_mark, run in runs if is_mark), default=0)


def is_mail(text: str) -> bool:
    """Whether mail could be sent there: one @ and a host with a dot."""
    name, at, host = text.partition("@")
    return bool(name and at) and "@" not in host and "." in host and " " not in text


class Line:
    """A validator for one line; an empty one passes only where it is `optional`."""

    fault = staticmethod(fault_in_line)
    longest = LONGEST_LINE

    def __init__(self, longest: int | None = None, *, optional: bool = False) -> None:
        self.longest = longest or self.longest
        self.optional = optional
        self.field_flags = {"maxlength": self.longest} | ({} if optional else {"required": True})

    def __call__(self, _form: Form, field: Field) -> None:
        text = field.data or ""
        if self.optional and not text:
            return
        found = self.fault(text, self.longest)
        if found is not None:
            raise StopValidation(SENTENCES[found])


class LongText(Line):
    """A validator for text of several lines."""

    fault = staticmethod(fault_in_text)
    longest = LONGEST_TEXT


def _line_field(field: type[Field], rule: Line, label: Any, **more: Any) -> Any:
    filters: Iterable[Callable[[Any], Any]] = (normal,)
    return field(label, validators=[rule], filters=filters, **more)


def line(label: Any, longest: int = LONGEST_LINE, *, optional: bool = False, **more: Any) -> Any:
    """A form field of one line."""
    return _line_field(StringField, Line(longest, optional=optional), label, **more)


def text(label: Any, longest: int = LONGEST_TEXT, *, optional: bool = False, **more: Any) -> Any:
    """A form field of several lines."""
    return _line_field(TextAreaField, LongText(longest, optional=optional), label, **more)
