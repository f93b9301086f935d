"""Amounts, days, moments, numbers and check marks as people read them."""

import re
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from app.catalogue import language

BERLIN = ZoneInfo("Europe/Berlin")
NBSP = "\u00a0"
REMEMBERED = 1024
MEGABYTE = 1_000_000
NUMBER = re.compile(r"((?:[A-Z]-)?\b\d{4}-\d+)")
LONG = {"de": "EEEE, d. MMMM y", "en": "EEEE, d MMMM y"}
SHORT = {"de": "dd.MM.y", "en": "dd/MM/y"}
LONG_TIME = {"de": f"EEEE, d. MMMM y, HH:mm{NBSP}'Uhr'", "en": "EEEE, d MMMM y, HH:mm"}
CLOCK = {"de": f"HH:mm{NBSP}'Uhr'", "en": "HH:mm"}


def amount(cents: int) -> str:
    """Euros with cents only where there are some; Babel's own patterns confuse readers."""
    euros, rest = divmod(abs(cents), 100)
    sign = "\u2212" if cents < 0 else ""
    if language() == "en":
        return f"{sign}€{euros:,}" + (f".{rest:02}" if rest else "")
    grouped = f"{euros:,}".replace(",", ".")
    return f"{sign}{grouped}" + (f",{rest:02}" if rest else "") + f"{NBSP}€"


def plain_number(cents: int) -> str:
    """Euros for machines: "1480.50"."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def day(value: date | str) -> str:
    """ "Dienstag, 10. November 2026"; stored ISO texts are read too."""
    return _day(value, LONG[language()], language())


def short_day(value: date | str) -> str:
    return _day(value, SHORT[language()], language())


def moment(value: datetime | str) -> str:
    """ "Dienstag, 10. November 2026, 18:00 Uhr" in Berlin."""
    return _moment(value, LONG_TIME[language()], language())


def clock(value: datetime | str) -> str:
    return _moment(value, CLOCK[language()], language())


def iso(value: date | str) -> str:
    """The value of a `datetime` attribute: with offset, to the second."""
    local = _local(value)
    return local.isoformat(timespec="seconds") if isinstance(local, datetime) else local.isoformat()


def percent(part: int, whole: int) -> str:
    """ "67 %", rounded to the nearest whole number."""
    rounded = (200 * part + whole) // (2 * whole)
    return f"{rounded}%" if language() == "en" else f"{rounded}{NBSP}%"


def file_size(size: int) -> str:
    """ "1,4 MB", or whole kilobytes where it is less."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    text = f"{size / MEGABYTE:.1f}{NBSP}MB"
    return text if language() == "en" else text.replace(".", ",")


def around_numbers(words: str) -> list[str]:
    """The same words in parts; every second one is the number of an application or a decision."""
    return NUMBER.split(words)


def check_mark(digest: str) -> str:
    """The Prüfzeichen of a question: four groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


@lru_cache(maxsize=REMEMBERED)
def _day(value: date | str, pattern: str, spoken: str) -> str:
    return format_date(_local(value), pattern, spoken)


@lru_cache(maxsize=REMEMBERED)
def _moment(value: datetime | str, pattern: str, spoken: str) -> str:
    return format_datetime(_local(value), pattern, locale=spoken)


def _local(value: date | str) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value.astimezone(BERLIN) if isinstance(value, datetime) else value
