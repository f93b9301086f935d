"""Which column of a file means what: guessed by its header, corrected by people."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _

from app import catalogue, one_line
from app.language import LANGUAGES
from app.roster.importing_areas import Fault
from app.text import ROSTER_COLUMNS

UNREAD = ""

# Other words for the columns; compared without case, blanks and signs.
ALSO: dict[str, tuple[str, ...]] = {
    "member": ("Mitgliedsnummer", "Personennummer", "Personen-ID", "ID", "member id", "Person"),
    "name": ("Vor- und Nachname", "Vorname Name", "Vorname Nachname", "full name", "Mitglied"),
    "mail": ("Mail", "Mailadresse", "E-Mail-Adresse", "email address"),
    "language": ("lang", "Muttersprache"),
    "may_be_named": ("Einwilligung", "Zustimmung", "consent", "darf genannt werden"),
    "segment": ("Segment", "group", "Bereich"),
    "seat": ("Sitznummer", "Sitz-Nr.", "Sitz Nr", "Platz", "seat number", "seat no"),
    "label": (
        "Partner",
        "Einrichtung",
        "Institution",
        "Organisation",
        "organization",
        "seat label",
    ),
    "position": ("Reihenfolge im Sitz", "order", "order in seat"),
    "kind": ("Funktion", "Amt", "type", "function"),
    "rank": ("Listenplatz", "Rangfolge"),
    "starts_on": ("Start", "von", "ab", "seit", "from", "start date", "Anfang"),
    "ends_on": ("End", "bis", "until", "to", "end date"),
    "end_reason": ("Grund", "Ende Grund", "reason", "end reason"),
    "source": ("Quelle", "Herkunft", "gewählt durch"),
    "is_dual_role": ("dual role", "hat Doppelrolle"),
    "dual_role": ("arbeitet bei", "dual role at", "employer"),
}

# Rights and areas never come from a file.
NEVER = (
    *("Rolle", "Rollen", "role", "roles", "Recht", "Rechte", "Berechtigung", "permission"),
    *("permissions", "rights", "Gebiet", "Quartier", "area", "area id", "Moderation", "admin"),
)


def header_at(rows: Sequence[Sequence[str]]) -> int:
    """The index of the first row that says something; of nothing, the first."""
    return next((index for index, row in enumerate(rows) if any(row)), 0)


def guess(header: Iterable[str]) -> list[str]:
    """The field of each column, UNREAD where the header says nothing known or says it again."""
    found: list[str] = []
    for title in header:
        field = _FIELDS.get(_plain(title), UNREAD)
        found.append(UNREAD if field in found else field)
    return found


def forbidden(header: Iterable[str]) -> list[str]:
    """The titles that must not be in a roster."""
    return [title for title in header if _plain(title) in _NEVER]


def faults(fields: Sequence[str], row: int) -> list[Fault]:
    """What is wrong with a choice of fields for the columns; `row` is that of the header."""
    found = [
        Fault(row, name(field), _("Diese Spalte gibt es zweimal."))
        for field in ROSTER_COLUMNS
        if fields.count(field) > 1
    ]
    if not {"name", "member", "seat"} & set(fields):
        found.append(Fault(row, name("name"), _("Diese Spalte fehlt.")))
    return found


def name(field: str) -> str:
    """The title of a field in the language of the moment."""
    return catalogue.gettext(ROSTER_COLUMNS[field])


def _plain(title: str) -> str:
    return "".join(filter(str.isalnum, (one_line.normal(title) or "").casefold()))


def _known() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field, title in ROSTER_COLUMNS.items():
        own = (field, title, *(catalogue.find(language, title) for language in LANGUAGES))
        for each in (*own, *ALSO[field]):
            found.setdefault(_plain(each), field)
    return found


_FIELDS = _known()
_NEVER = frozenset(map(_plain, NEVER))
