"""Whom the rows of a file mean: by number, or by name and mail where that is certain."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.models import Member
from app.roster import column
from app.roster.edit import Edit, merge
from app.roster.importing_areas import Fault
from app.roster.line import NEW, Line
from app.roster.standing import Standing
from app.same_name import key_of

PERSONAL = ("name", "mail", "language", "may_be_named")
BLANK = {"mail": None, "language": "de", "may_be_named": False}


@dataclass(frozen=True)
class Unclear:
    """A row that may mean one of several people, somebody new, or an error in the file."""

    row: int
    name: str
    reason: str
    candidates: Sequence[Member] = ()
    asks_who: bool = True


@dataclass
class People:
    """Who is meant in each row, and what could not be decided."""

    standing: Standing
    by_row: dict[int, Edit] = field(default_factory=dict)
    unclear: list[Unclear] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _known: dict[object, Edit] = field(default_factory=dict)

    def of(self, member: Member) -> Edit:
        """The one edit of a member, whoever asks."""
        return self._known.setdefault(member.id, Edit(noun="person", stored=member))

    def new(self, key: object) -> Edit:
        """The one edit of a person who is not known yet."""
        return self._known.setdefault(key, Edit(noun="person"))

    def ask(self, line: Line, reason: str, candidates: Sequence[Member] = ()) -> Edit | None:
        """Note that a row is unclear; nobody is meant by it so far."""
        name = line.values["name"]
        found = candidates or self.standing.by_name.get(key_of(name), [])
        self.unclear.append(Unclear(line.row, name, reason, found))
        return None


def identify(standing: Standing, lines: Sequence[Line], chosen: Mapping[int, int]) -> People:
    """Find or make the person of each line; `chosen` answers by row what was unclear."""
    people = People(standing)
    mentioned = [line for line in lines if line.kind != "seat"]
    twice = set(_twice(line for line in mentioned if _number(line, chosen) is None))
    for line in mentioned:
        number = _number(line, chosen)
        if number is not None:
            person = _by_number(people, line, number)
        elif line.row in twice:
            person = people.ask(line, _("Der Name steht zweimal in der Datei."))
        else:
            person = _by_name(people, line)
        if person is not None:
            people.by_row[line.row] = person
            people.faults.extend(merge(person, line, PERSONAL))
    for person in people.by_row.values():
        if person.stored is None:
            person.values = BLANK | person.values
    return people


def _number(line: Line, chosen: Mapping[int, int]) -> int | None:
    said = line.get("member")
    return chosen.get(line.row) if said is None else int(said)


def _twice(lines: Iterator[Line]) -> Iterator[int]:
    """Rows whose name another row has too, while a mail address does not tell them apart."""
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        rows[key_of(line.values["name"])].append(line)
    for group in rows.values():
        if len(group) > 1 and not all(line.get("mail") for line in group):
            yield from (line.row for line in group)


def _by_number(people: People, line: Line, number: int) -> Edit | None:
    if number == NEW:
        if line.get("name") is None:
            people.faults.append(Fault(line.row, column.name("name"), _("Hier fehlt der Name.")))
            return None
        return people.new(("row", line.row))
    member = people.standing.members.get(number)
    if member is None:
        people.faults.append(
            Fault(line.row, column.name("member"), _("Diese Nummer gibt es in Ihrem Gebiet nicht."))
        )
        return None
    return people.of(member)


def _by_name(people: People, line: Line) -> Edit | None:
    name = key_of(line.values["name"])
    mail = (line.get("mail") or "").casefold()
    same = people.standing.by_name.get(name, [])
    exact = [member for member in same if mail and (member.mail or "").casefold() == mail]
    if len(exact) == 1:
        return people.of(exact[0])
    if len(same) == 1 and not (mail and same[0].mail):
        return people.of(same[0])
    if len(same) > 1:
        return people.ask(line, _("Mehrere Personen heißen so."), same)
    if same:
        return people.ask(line, _("Der Name ist bekannt, die E-Mail ist anders."), same)
    owners = people.standing.by_mail.get(mail, [])
    if owners:
        return people.ask(line, _("Die E-Mail gehört schon einer Person."), owners)
    return people.new((name, mail))
