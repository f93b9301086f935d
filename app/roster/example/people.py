"""Examples of who votes: deputies, shared seats, residents and partners, the recused."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext

from app.roster.example.evening import Evening
from voting.rules import outcome, roll
from voting.rules.outcome import Turnout
from voting.rules.roll import Reserve, Roll, Seat

FIRST, OTHER_HOLDER = 1, 101
DEPUTY, POOL_PARTNER, POOL_RESIDENT = 201, 202, 203
POOL = (Reserve(1, POOL_PARTNER, "partner"), Reserve(2, POOL_RESIDENT, "resident"))


def _roll(
    evening: Evening,
    *,
    absent: Iterable[int] = (),
    recused: Iterable[int] = (),
    first: tuple[int, ...] = (FIRST,),
    **rules: Any,
) -> Roll[int]:
    """Everybody is here but these; `first` holds the first seat, which has a deputy."""
    segments = ["resident"] * evening.residents + ["partner"] * evening.partners
    seats = [
        Seat(number, segment, (number,))  # type: ignore[arg-type]
        for number, segment in enumerate(segments, start=FIRST)
    ]
    seats[0] = Seat(FIRST, "resident", first, (DEPUTY,))
    here = {holder for seat in seats for holder in seat.holders} - set(absent)
    return roll.resolve(
        seats,
        evening.rules(**rules),
        present=here | {DEPUTY, POOL_PARTNER, POOL_RESIDENT},
        recused=list(recused),
        reserves=POOL,
    )


def _deputy_mode(evening: Evening) -> dict[Any, str]:
    rolls = {
        mode: _roll(evening, absent=[FIRST], deputy__mode=mode, deputy__on_absence=True)
        for mode in ("none", "personal", "pool", "reserve_list")
    }
    return {
        mode: gettext(
            "Sie sind %(seats)d, 1 fehlt. Dann stimmen %(entitled)d ab.",
            seats=evening.seats,
            entitled=found.facts.entitled,
        )
        for mode, found in rolls.items()
    }


def _deputy_flag(name: str, **state: Any) -> Callable[[Evening], dict[Any, str]]:
    """The example of a flag: the first seat is in this state, and its deputy is here."""

    def hint(evening: Evening) -> dict[Any, str]:
        rolls = {
            flag: _roll(evening, **{"deputy__mode": "personal", name: flag, **state})
            for flag in (True, False)
        }
        return {
            flag: gettext(
                "Eine Vertretung ist da. Von %(seats)d Sitzen stimmen %(entitled)d ab.",
                seats=evening.seats,
                entitled=found.facts.entitled,
            )
            for flag, found in rolls.items()
        }

    return hint


def _segment_bound(evening: Evening) -> dict[Any, str]:
    ranks = {each.member: each.rank for each in POOL}
    sent = {
        bound: _roll(
            evening,
            absent=[FIRST],
            deputy__mode="pool",
            deputy__on_absence=True,
            deputy__segment_bound=bound,
        ).entries[0]
        for bound in (True, False)
    }
    return {
        bound: gettext(
            "Jemand aus der Bewohnerschaft fehlt. Auf der Liste steht zuerst ein Partner, dann"
            " jemand aus der Bewohnerschaft: Platz %(rank)d vertritt.",
            rank=ranks[entry.member],
        )
        for bound, entry in sent.items()
    }


def _shared_seat(evening: Evening) -> dict[Any, str]:
    rolls = {
        reading: _roll(
            evening,
            first=(FIRST, OTHER_HOLDER),
            recused=[FIRST],
            recusal__shared_seat=reading,
            deputy__mode="none",
        )
        for reading in ("person", "seat")
    }
    return {
        reading: gettext(
            "Sie haben %(seats)d Sitze, alle sind da. Dann stimmen %(entitled)d ab.",
            seats=evening.seats,
            entitled=found.facts.entitled,
        )
        for reading, found in rolls.items()
    }


def _resident_majority(evening: Evening) -> dict[Any, str]:
    """As many partners as residents cast: one resident who is here is silent."""
    partners = min(evening.partners, evening.residents - 1)
    if partners < 1:
        return {}
    here = roll.RollFacts(
        seats=2 * partners + 1, residents=partners + 1, partners=partners, vacant=0
    )
    turnout = Turnout(2 * partners, partners, partners)
    return {
        reading: gettext(
            "%(residents)d aus der Bewohnerschaft und %(partners)d Partner sind da. 1 aus der"
            " Bewohnerschaft stimmt nicht ab: %(verdict)s",
            residents=partners + 1,
            partners=partners,
            verdict=_verdict(evening, here, turnout, reading),
        )
        for reading in ("off", "present", "cast")
    }


def _verdict(evening: Evening, here: roll.RollFacts, turnout: Turnout, reading: str) -> str:
    rules = evening.rules(resident_majority=reading, quorum__rule="none", ballot__secrecy="open")
    stopped = outcome.at_opening(here, rules) or outcome.at_close(here, rules, turnout)
    return gettext("Das Ergebnis gilt nicht.") if stopped else gettext("Das Ergebnis gilt.")


def _publish(_evening: Evening) -> dict[Any, str]:
    return {
        "count": gettext("Zum Beispiel: „Befangen: 2“."),
        "seat": gettext("Zum Beispiel: „Befangen: Sitz 3 und Sitz 8“."),
        "name": gettext("Zum Beispiel: „Befangen: Aylin Kara, Sitz 8“."),
    }


HINTS: dict[str, Callable[[Evening], dict[Any, str]]] = {
    "resident_majority": _resident_majority,
    "recusal.shared_seat": _shared_seat,
    "recusal.publish": _publish,
    "deputy.mode": _deputy_mode,
    "deputy.on_absence": _deputy_flag("deputy__on_absence", absent=[FIRST]),
    "deputy.on_recusal": _deputy_flag("deputy__on_recusal", recused=[FIRST]),
    "deputy.on_vacant": _deputy_flag("deputy__on_vacant", first=()),
    "deputy.segment_bound": _segment_bound,
}
