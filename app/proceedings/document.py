"""The minutes as a document: for members with names and notes, for the public without."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.catalogue import gettext as _
from app.catalogue import language
from app.models import MinutesCorrection
from app.proceedings import presence, vote_words
from app.proceedings.block import (
    Block,
    Document,
    Facts,
    Quote,
    Section,
    Table,
    Text,
    paragraphs,
)
from app.proceedings.record import ATTENDANCE, OTHER_VOTES, Record, section_of
from app.text import clock, day, moment, short_day, word

Told = dict[str, Any]


def for_members(record: Record) -> Document:
    """Everything: names, notes of the talk, and every correction with the words it replaced."""
    return _document(record, is_public=False)


def for_everybody(record: Record) -> Document:
    """What was decided and how; no names but those whose owners agreed, nothing of the talk."""
    return _document(record, is_public=True)


def title(record: Record) -> str:
    on = short_day(record.meeting.starts_at)
    return _("Protokoll: %(body)s, %(day)s", body=record.facts["body"], day=on)


def _document(record: Record, *, is_public: bool) -> Document:
    names = {} if is_public else record.names
    sections = [_meeting(record), _attendance(record, names)]
    for position, item in enumerate(record.facts["items"], start=1):
        sections.append(_item(record, position, item, names))
    if record.facts["rounds"]:
        blocks = vote_words.of_rounds(record.facts["rounds"], record.recused, names)
        sections.append(Section(OTHER_VOTES, _("Weitere Abstimmungen"), blocks))
    if not is_public:
        sections = [_with_words(record, section) for section in sections]
    if record.corrections:
        sections.append(_versions(record, is_public=is_public))
    notes = [_standing(record), _audience(is_public=is_public)]
    return Document(title(record), language(), notes, sections)


def _standing(record: Record) -> str:
    stored = record.stored
    if stored is None or stored.approved_at is None:
        return _("Entwurf. Das Gremium hat dieses Protokoll noch nicht genehmigt.")
    approved = day(stored.approved_at)
    if stored.approved_as == "vote":
        return _("Das Gremium hat es am %(day)s durch Abstimmung genehmigt.", day=approved)
    return _("Das Gremium hat es am %(day)s ohne Widerspruch genehmigt.", day=approved)


def _audience(*, is_public: bool) -> str:
    if is_public:
        return _("Öffentliche Fassung: Namen und Gespräche stehen nicht darin.")
    return _("Nur für Mitglieder und das QM-Team. Bitte nicht weitergeben.")


def _meeting(record: Record) -> Section:
    facts = record.facts
    rows = [
        (_("Gremium"), facts["body"]),
        (_("Ort"), facts["place"]),
        (_("Beginn"), moment(facts["began_at"])),
        (_("Ende"), moment(facts["closed_at"]) if facts["closed_at"] else _("läuft noch")),
        (_("Fassung"), str(record.version)),
    ]
    return Section("", _("Sitzung"), [Facts(rows)])


def _attendance(record: Record, names: Mapping[int, str]) -> Section:
    people = record.facts["people"]
    blocks: list[Block] = []
    if not people:
        blocks.append(Text(_("Es ist niemand als anwesend eingetragen.")))
    if people:
        blocks.append(_count_table(record))
    if entered := record.facts.get("entered_at"):
        blocks.append(
            Text(_("Zeiten wurden nachgetragen, zuletzt am %(moment)s.", moment=moment(entered)))
        )
    if people and names:
        blocks.append(_name_table(record, names))
    return Section(ATTENDANCE, _("Wer da war"), blocks)


def _count_table(record: Record) -> Table:
    facts = record.facts
    found = presence.counts(facts["people"], facts["segments"], facts["closed_at"])
    return Table(
        caption=_("Wie viele da waren, nach Gruppen"),
        columns=[_("Ab"), *(word(each) for each in facts["segments"]), _("Zusammen")],
        rows=[[clock(at), *map(str, counts), str(sum(counts))] for at, counts in found],
    )


def _name_table(record: Record, names: Mapping[int, str]) -> Table:
    return Table(
        caption=_("Wer da war, mit Zeiten"),
        columns=[_("Name"), _("Gruppe"), _("Sitz"), _("Von wann bis wann")],
        rows=[
            [names[each["member"]], word(each["segment"]), _place(each), _times(each)]
            for each in record.facts["people"]
        ],
    )


def _place(person: Told) -> str:
    if person["capacity"] == "holder":
        return str(person["seat"])
    return " ".join([word(person["capacity"]), str(person["seat"] or "")]).strip()


def _times(person: Told) -> str:
    return ", ".join(
        _("%(start)s bis %(end)s", start=clock(start), end=clock(end))
        if end
        else _("ab %(start)s", start=clock(start))
        for start, end in person["times"]
    )


def _item(record: Record, position: int, item: Told, names: Mapping[int, str]) -> Section:
    name = _("TOP %(position)d: %(title)s", position=position, title=item["title"])
    votes = vote_words.of_rounds(item["rounds"], record.recused, names)
    return Section(section_of(item["id"]), name, [*map(Text, _span(item)), *votes])


def _span(item: Told) -> Iterator[str]:
    if item["began_at"] and item["ended_at"]:
        start, end = clock(item["began_at"]), clock(item["ended_at"])
        yield _("%(start)s bis %(end)s", start=start, end=end)
    elif item["began_at"]:
        yield _("ab %(start)s", start=clock(item["began_at"]))


def _with_words(record: Record, section: Section) -> Section:
    """The words of the section before its votes, and at the end what stood there before."""
    if not section.key:
        return section
    # A point of the agenda begins with its times.
    times = [each for each in section.blocks[:1] if isinstance(each, Text)]
    said = paragraphs(record.words(section.key))
    earlier = [
        block
        for correction, _officer in record.corrections
        if correction.section == section.key
        for block in _earlier(correction)
    ]
    rest = section.blocks[len(times) :]
    return section._replace(blocks=[*times, *said, *rest, *earlier])


def _earlier(correction: MinutesCorrection) -> list[Block]:
    told = _("Mit Fassung %(version)d berichtigt. Vorher stand hier:", version=correction.version)
    return [Text(told), Quote(correction.before or _("(nichts)"))]


def _versions(record: Record, *, is_public: bool) -> Section:
    """Every correction: when, where, and for members also by whom."""
    columns = [_("Fassung"), _("Wann"), *([] if is_public else [_("Wer"), _("Wo")])]
    rows = [
        [
            str(correction.version),
            moment(correction.corrected_at),
            *([] if is_public else [officer.name, _where(record, correction.section)]),
        ]
        for correction, officer in record.corrections
    ]
    caption = _("Fassung 1 ist der Entwurf aus der Sitzung")
    return Section("", _("Berichtigungen"), [Table(caption, columns, rows)])


def _where(record: Record, section: str) -> str:
    for position, item in enumerate(record.facts["items"], start=1):
        if section == section_of(item["id"]):
            return _("TOP %(position)d", position=position)
    return _("Wer da war") if section == ATTENDANCE else _("Weitere Abstimmungen")
