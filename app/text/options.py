"""Sentences about own answers: how they are ticked, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.catalogue import gettext, ngettext

TAKEN = ("chosen", "drawn", "middle")


def first_answers(words: Sequence[str], counts: Sequence[Mapping[str, Any]]) -> list[str]:
    """The answers that a choice took, or its middle grade; the words stand in their order."""
    return [said for said, each in zip(words, counts, strict=True) if each["mark"] in TAKEN]


def ticks_sentence(fewest: int, most: int, places: int) -> str:
    """How a choice between own options is made, and how many are taken; of grades none is."""
    if places == 0:
        return gettext("Jede Person gibt eine Note. Angesagt wird die mittlere Note.")
    taken = ngettext(
        "Ausgewählt wird %(num)d Antwort.", "Ausgewählt werden %(num)d Antworten.", places
    )
    return f"{_ticks(fewest, most)} {taken}"


def _ticks(fewest: int, most: int) -> str:
    if fewest == most:
        return ngettext(
            "Man kreuzt %(num)d Antwort an.", "Man kreuzt genau %(num)d Antworten an.", most
        )
    if fewest <= 1:
        return gettext("Man kreuzt bis zu %(most)d Antworten an.", most=most)
    return gettext("Man kreuzt %(fewest)d bis %(most)d Antworten an.", fewest=fewest, most=most)


def lot_sentences(lot: Mapping[str, Any]) -> list[str]:
    """How a lot between level answers was drawn, for people who want to draw it again."""
    return [
        gettext("Diese Antworten lagen gleichauf. Zwischen ihnen hat das Los entschieden."),
        gettext(
            "Gelost wird durch Rechnen. Jede Antwort bekommt eine Losnummer."
            " Die kleinste Losnummer kommt zuerst."
        ),
        gettext(
            "Die Losnummer ist die Prüfsumme (SHA-256) einer Zeile. Darin stehen: das Register bis"
            " zum Eintrag %(entry)d, mit dem die Abstimmung zu war, der Stand der Urne, die Frage"
            " und die Nummer der Antwort.",
            entry=lot["entry"],
        ),
        gettext(
            "Das alles stand fest, bevor ausgezählt wurde. Im Eintrag steht eine Zufallszahl, die"
            " vorher niemand kannte."
        ),
    ]


def picked_sentence(found: Mapping[str, Any]) -> str:
    """How many votes a choice was made from, how many an option needed, and what is still open."""
    said = [
        ngettext(
            "%(num)d Person hat abgestimmt.", "%(num)d Personen haben abgestimmt.", found["ballots"]
        )
    ]
    if (found.get("needed") or 0) > 1:
        said.append(
            ngettext("Nötig war %(num)d Stimme.", "Nötig waren %(num)d Stimmen.", found["needed"])
        )
    if found.get("open_places"):
        said.append(
            ngettext("%(num)d Platz ist offen.", "%(num)d Plätze sind offen.", found["open_places"])
        )
    return " ".join(said)
