"""How a meeting votes on paper, step by step, in simple words."""

from app.catalogue import gettext as _
from voting.rules.procedure import Procedure


def on_paper(procedure: Procedure) -> list[str]:
    """From naming those who count to what is kept for the desk."""
    return [
        _("Bestimmen Sie zwei Personen, die zählen. Beide sind nicht befangen."),
        _("Tragen Sie in die Liste ein, wer kommt und wer geht. Schreiben Sie die Uhrzeit dazu."),
        _("Lesen Sie die Frage vor."),
        _("Fragen Sie, wer befangen ist. Wer befangen ist, stimmt nicht ab."),
        _("Zählen Sie, wie viele Sitze da sind."),
        _(
            "Sehen Sie in die Tabelle zur Frage. Sie sagt, ob Sie abstimmen dürfen und wie viele"
            " Ja nötig sind. Sagen Sie diese Zahl laut."
        ),
        *(_secret(procedure) if procedure.is_secret else _by_hand()),
        _("Schreiben Sie die Zahlen auf das Zählblatt. Sagen Sie das Ergebnis laut."),
        _("Beide Personen unterschreiben. Alles kommt in einen Umschlag."),
        _("Später tragen zwei Personen es an zwei Bildschirmen ein."),
    ]


def _by_hand() -> list[str]:
    return [
        _("Lassen Sie mit der Hand abstimmen: erst Ja, dann Nein, dann Enthaltung."),
        _("Beide Personen zählen für sich und vergleichen ihre Zahlen."),
    ]


def _secret(procedure: Procedure) -> list[str]:
    steps = [
        _("Legen Sie so viele Zettel hin, wie Sitze abstimmen dürfen, mit der Schrift nach unten."),
        _("Jede Person nimmt einen Zettel. Niemand schreibt auf, wer welche Nummer hat."),
        _("Alle machen allein ein Kreuz, falten den Zettel und werfen ihn in einen Kasten."),
    ]
    least = procedure.parameters.get("ballot.min_turnout")
    if least is not None:
        steps.append(
            _(
                "Sind weniger als %(least)s Zettel im Kasten, bleibt er zu und nichts ist"
                " entschieden. So bleibt geheim, wer wie gestimmt hat.",
                least=least,
            )
        )
    return [
        *steps,
        _("Mischen Sie die Zettel. Zählen Sie dann zu zweit."),
        _("Ein Zettel ohne Kreuz oder mit zwei Kreuzen ist ungültig."),
    ]
