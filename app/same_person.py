"""Whether two accounts are one person's: somebody of the QM team may also have a seat."""

from app import one_line
from app.models import Member, Officer
from app.same_name import key_of


def are_same(one: Member | Officer, other: Member | Officer) -> bool:
    """The same account, the same mail address, or names that look the same.

    Two people of one name count as one here: somebody else can be asked instead.
    """
    if type(one) is type(other) and one.id == other.id:
        return True
    return key_of(one.name) == key_of(other.name) or bool(_addresses(one) & _addresses(other))


def _addresses(person: Member | Officer) -> set[str]:
    """As they sign in: capitals and blanks around them do not matter."""
    known = (person.mail, getattr(person, "login", None))
    return {(one_line.normal(each) or "").casefold() for each in known if each}
