"""What the hall says a second time, in another language than German."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask_babel import force_locale
from sqlmodel import Session

from app import attendance, language, rules_of_procedure, wording
from app.models import Meeting

Said = Callable[..., str]


def offered() -> list[str]:
    """The languages that the hall can say everything in again."""
    return [each for each in language.LANGUAGES if each != language.DEFAULT]


def usual(held: Session, meeting: Meeting) -> str:
    """The language of most members beside German, otherwise one that the body offers, or none."""
    spoken = Counter(each.language for each in attendance.members_at(held, meeting))
    found = [code for code, _count in spoken.most_common()]
    rules = rules_of_procedure.in_force(held, meeting.body_id)
    found += wording.offered(rules.parameters if rules else {})
    return next((code for code in found if code in offered()), "")


def translator(code: str) -> Said:
    """A function that says something in this language; nothing where the page speaks it itself."""

    def other(say: Any, *args: Any, **facts: Any) -> str:
        if not code or code == language.current():
            return ""
        with force_locale(language.locale(code)):
            return here(say, *args, **facts)

    return other


def here(say: Any, *args: Any, **facts: Any) -> str:
    """A sentence that is translated when it is needed, or what a function makes of the rest."""
    return str(say(*args, **facts) if callable(say) else say)
