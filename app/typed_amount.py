"""Money as people type it, in German or English, read into integer cents."""

import re

MOST_CENTS = 10_000_000_00
CURRENCY = re.compile(r"^(?:€|euro?)|(?:€|euro?)$", re.IGNORECASE)
GROUP = r"[\s'’]"
FORMS = (
    # 1.480,50 · 1 480,50 · 1480,5 · 1.480,-
    re.compile(
        rf"([0-9]{{1,3}}(?:(?:\.|{GROUP})[0-9]{{3}})+|[0-9]+)(?:,([0-9]{{1,2}}|-{{1,2}}|–))?"
    ),
    # 1,480.50 · 1480.5
    re.compile(rf"([0-9]{{1,3}}(?:(?:,|{GROUP})[0-9]{{3}})+|[0-9]+)(?:\.([0-9]{{1,2}}))?"),
)


class NotAnAmount(ValueError):
    """Nothing that reads as euros and cents."""


class AmountTooLarge(ValueError):
    """More than any fund here ever holds."""


def parse(text: str) -> int:
    """Read "1.480,50", "1,480.50", "1480" or "1 480,5 €" as cents."""
    bare = CURRENCY.sub("", text.strip()).strip()
    found = next((match for form in FORMS if (match := form.fullmatch(bare))), None)
    if found is None:
        raise NotAnAmount(text)
    cents = int(re.sub(r"[^0-9]", "", found[1])) * 100 + _cents(found[2])
    if cents > MOST_CENTS:
        raise AmountTooLarge(text)
    return cents


def _cents(digits: str | None) -> int:
    if digits is None or not digits.isdigit():
        return 0
    return int(digits.ljust(2, "0"))
