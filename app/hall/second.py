"""What the hall says a second time, in another language than German."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask_babel import force_locale
from markupsafe import Markup
from sqlmodel import Session

from app import attendance, electoral_roll, language, wording
from app.models import Meeting

Both = Callable[..., str]


def offered() -> list[str]:
    """The languages that the hall can say everything in again."""
    return [each for each in language.LANGUAGES if each != language.DEFAULT]


def usual(held: Session, meeting: Meeting) -> str:
    """The language of most members beside German, otherwise one that the body offers, or none."""
    spoken = Counter(each.language for each in attendance.members_at(held, meeting))
    found = [code for code, _count in spoken.most_common()]
    rules = electoral_roll.rules_in_force(held, meeting.body_id)
    found += wording.offered(rules.parameters if rules else {})
    return next((code for code in found if code in offered()), "")


def speaker(code: str) -> Both:
    """A function that says something on the page, and again in this language beside it.

    It takes a sentence that is translated when it is needed, or a function and what that takes.
    """

    def both(say: Any, *args: Any, **facts: Any) -> str:
        own = str(say(*args, **facts) if callable(say) else say)
        if not code or code == language.current():
            return own
        with force_locale(language.locale(code)):
            other = str(say(*args, **facts) if callable(say) else say)
        return beside(own, other, code)

    return both


def beside(own: str, other: str, code: str) -> str:
    """Words with those of another language; once where they are the same."""
    if not other or other == own:
        return own
    return Markup('{} <span class="also" lang="{}">{}</span>').format(own, code, other)
