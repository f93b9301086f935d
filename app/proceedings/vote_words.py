"""The votes of a meeting in words: what was asked, who could vote, what came of it and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.catalogue import gettext as _
from app.catalogue import language, ngettext
from app.proceedings.block import Block, Facts, Heading, Items, Quote, Table, Text
from app.text import (
    amount,
    clock,
    lot_sentences,
    majority_sentence,
    missing_sentence,
    moment,
    quorum_sentence,
    resident_majority_sentence,
    roll_sentence,
    rules_title,
    word,
)

Told = dict[str, Any]
Recused = Mapping[str, Sequence[Told]]
Row = tuple[str, str]


def of_rounds(rounds: Sequence[Told], recused: Recused, names: Mapping[int, str]) -> list[Block]:
    """All rounds; a seat's objection names the member where `names` has the name."""
    return [block for each in rounds for block in _round(each, recused, names)]


def _round(told: Told, recused: Recused, names: Mapping[int, str]) -> Iterator[Block]:
    yield Heading(_round_title(told))
    yield Text(" ".join(_how(told)))
    for question in told["questions"]:
        yield from _question(told, question, recused.get(question["id"], ()), names)
    if told["pot"]:
        yield Facts(list(_pot_rows(told["pot"])))


def _pot_rows(pot: Told) -> Iterator[Row]:
    yield _("Vorher im Topf"), amount(pot["available_cents"])
    if pot["short_cents"]:
        yield _("Es fehlten"), amount(pot["short_cents"])
    yield _("Danach im Topf"), amount(pot["left_cents"])


def _round_title(told: Told) -> str:
    kind = _("Meinungsbild") if told["is_poll"] else _("Abstimmung")
    if told.get("voted_at"):
        return _("%(kind)s um %(time)s", kind=kind, time=clock(told["voted_at"]))
    if told["opened_at"] and told["closed_at"]:
        start, end = clock(told["opened_at"]), clock(told["closed_at"])
        return _("%(kind)s, %(start)s bis %(end)s", kind=kind, start=start, end=end)
    return kind


def _how(told: Told) -> Iterator[str]:
    yield {
        "secret": _("Die Abstimmung war geheim."),
        "open": _("Die Abstimmung war offen, mit der Hand."),
        "roll_call": _("Die Abstimmung war offen, mit Namen."),
        "paper": _("Die Abstimmung war geheim, auf Papier. Das Ergebnis wurde nachgetragen."),
    }[told["way"]]
    if told.get("voted_at") and told["opened_at"]:
        yield _("Eingetragen wurde sie am %(moment)s.", moment=moment(told["opened_at"]))
    if told["is_poll"]:
        yield _("Es war ein Meinungsbild. Es entscheidet nichts.")
    if told["repeat_reason"]:
        yield _("Es war eine Wiederholung. Grund: %(reason)s", reason=told["repeat_reason"])
    if told["state"] == "void":
        yield _("Die Abstimmung ist ungültig. Grund: %(reason)s", reason=told["void_reason"])
    if told["state"] == "open":
        yield _("Die Abstimmung läuft noch.")


def _question(
    told: Told, question: Told, recused: Sequence[Told], names: Mapping[int, str]
) -> Iterator[Block]:
    yield Heading(in_words(question["title"]), level=2)
    yield Quote(in_words(question["wording"]))
    if question["conditions"]:
        yield Text(_("Auflagen:"))
        yield Items([in_words(each) for each in question["conditions"]])
    if question["state"] is not None:
        yield from _result(told, question, recused)
        if names and question["answers"]:
            yield _answers(question["answers"], names)
    elif told["state"] != "void":
        yield Text(_("Das Ergebnis ist noch nicht bestätigt."))
    if question["objections"]:
        yield Text(_("Einwände ins Protokoll:"))
        yield Items([_objection(each, names) for each in question["objections"]])


def in_words(by_language: Mapping[str, str]) -> str:
    """In the reader's language, otherwise in German."""
    return by_language.get(language()) or by_language["de"]


def _result(told: Told, question: Told, recused: Sequence[Told]) -> Iterator[Block]:
    outcome = question["outcome"] or {}
    if outcome.get("yes") is not None:
        yield _tally(outcome)
    elif outcome.get("counts"):
        yield _ticks(question["options"], outcome)
        if outcome.get("lot"):
            yield from _lot(question["options"], outcome["lot"])
    elif outcome.get("code") == "too_few_ballots":
        yield Text(
            _(
                "Nicht ausgezählt: Es waren weniger als %(minimum)d Stimmen."
                " So bleibt geheim, wer wie gestimmt hat.",
                minimum=outcome["minimum"],
            )
        )
    if outcome.get("reveals_all"):
        yield Text(_("Alle haben gleich gestimmt. Darum zeigt das Ergebnis jede Stimme."))
    yield Facts([*_outcome_rows(told, question, outcome), *_rule_rows(told, question, recused)])


def _tally(outcome: Told) -> Table:
    answers = ("yes", "no", "abstain", *(("invalid",) if outcome.get("invalid") else ()))
    return Table(
        caption=_("Stimmen"),
        columns=[_("Abgegeben"), *(word(each) for each in answers)],
        rows=[[str(outcome["ballots"]), *(str(outcome[each]) for each in answers)]],
    )


def _ticks(options: Mapping[str, Sequence[str]], outcome: Told) -> Table:
    """What each of the own options got."""
    words = _words(options)
    return Table(
        caption=_("Stimmen"),
        columns=[_("Antwort"), _("Stimmen"), _("Ergebnis")],
        rows=[
            [name, str(each["votes"]), word(each["mark"]) if each["mark"] else "–"]
            for name, each in zip(words, outcome["counts"], strict=True)
        ],
    )


def _lot(options: Mapping[str, Sequence[str]], lot: Told) -> Iterator[Block]:
    """How the lot was drawn, and the slips in the order drawn."""
    words = _words(options)
    yield Text(" ".join(lot_sentences(lot)))
    yield Items(
        [
            _(
                "%(answer)s: Losnummer %(ticket)s aus der Zeile %(line)s",
                answer=words[slip["option"] - 1],
                ticket=slip["ticket"],
                line=slip["line"],
            )
            for slip in lot["slips"]
        ]
    )


def _words(options: Mapping[str, Sequence[str]]) -> Sequence[str]:
    return options.get(language()) or options["de"]


def _answers(answers: Sequence[Told], names: Mapping[int, str]) -> Table:
    return Table(
        caption=_("Wer was geantwortet hat"),
        columns=[_("Name"), _("Antwort")],
        rows=[[names[each["member"]], word(each["answer"])] for each in answers],
    )


def _outcome_rows(told: Told, question: Told, outcome: Told) -> Iterator[Row]:
    code = question["taken_out"] or outcome.get("code")
    is_annulled = question["state"] == "annulled"
    if is_annulled:
        yield _("Ergebnis"), word("annulled")
    elif code and not (told["is_poll"] and code == "too_few_ballots"):
        yield _("Ergebnis"), word(code)
    if question["requested_cents"] is not None:
        yield _("Beantragt"), amount(question["requested_cents"])
    if question["amount_cents"] is not None and code == "adopted" and not is_annulled:
        yield _("Beschlossen"), amount(question["amount_cents"])
    if question["funded"] is not None and not is_annulled:
        yield _("Geld"), _money(question)
    if outcome.get("required") is not None:
        yield _("Mehrheit"), _majority(outcome)
    if question["decision"]:
        yield _("Entscheidung"), question["decision"]


def _money(question: Told) -> str:
    if question["funded"]:
        return _("Das Geld ist im Topf reserviert.")
    return _("Das Geld im Topf reicht dafür nicht.")


def _majority(outcome: Told) -> str:
    numbers = (outcome["base_count"], outcome["required"], outcome["yes"])
    said = majority_sentence(outcome["majority"], outcome["base"], *numbers)
    return f"{said} {missing_sentence(outcome['missing'])}." if outcome["missing"] else said


def _rule_rows(told: Told, question: Told, recused: Sequence[Told]) -> Iterator[Row]:
    roll = question["roll"]
    if roll:
        yield _("Wer abstimmen durfte"), roll_sentence(roll, is_poll=told["is_poll"])
        if roll["recused"]:
            yield _("Befangen"), _recusals(roll["recused"], recused)
        if roll["quorum_need"] and roll["quorum_have"] is not None and not told["is_poll"]:
            numbers = (roll["quorum_have"], roll["quorum_base"], roll["quorum_need"])
            yield _("Beschlussfähigkeit"), quorum_sentence(*numbers)
        if roll["resident_majority"] == "present":
            sentence = resident_majority_sentence(roll["residents"], roll["partners"])
            yield _("Mehrheit der Bewohnerschaft"), sentence
    if told["rules_version"]:
        yield _("Regeln"), rules_title(told["rules_version"])


def _recusals(count: int, recused: Sequence[Told]) -> str:
    said = ngettext("%(num)d Sitz.", "%(num)d Sitze.", count)
    return " ".join([said, *(f"{_seat(each, each['name'])}." for each in recused)])


def _seat(told: Told, name: str | None) -> str:
    seat = _(
        "Sitz %(position)d (%(group)s)", position=told["position"], group=word(told["segment"])
    )
    return ", ".join(part for part in (seat, told.get("label"), name) if part)


def _objection(told: Told, names: Mapping[int, str]) -> str:
    seat = {"position": told["seat"], "segment": told["segment"]}
    return f"{_seat(seat, names.get(told['member']))}: {told['words']}"
