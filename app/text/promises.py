"""The promises of a round, the warnings beside them and how somebody might cheat, in words."""

from collections.abc import Mapping
from typing import Any

from app.catalogue import gettext

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

_VOTER_PAGE = _(
    "Und solange Ihr Gerät und die geladene Seite sauber sind, niemand die Verschlüsselung bricht"
    " und das Ergebnis selbst nichts verrät."
)
_LOCKED = _("Niemand sieht, wie Sie stimmen. Ihr Browser verschließt Ihre Stimme.")
_CLOSED = _(
    "Es gilt die Uhr des Servers. Bis zum Ende erfahren alle nur, wie viele Stimmen da"
    " sind. Die verschlossenen Stimmen lesen nur die, die abstimmen dürfen."
)
_ON_THE_ROLL = _(
    "Abstimmen kann nur, wer beim Öffnen auf der Liste stand. Wie viele das waren und wie viele"
    " abgestimmt haben, ist öffentlich."
)
_CARD = _(
    "Wer Ihre Karte gedruckt hat oder besitzt, könnte in Ihrem Namen abstimmen. Schon abgegebene"
    " Stimmen kann niemand damit lesen."
)
_MINIMUM = _("Bei weniger als %(minimum)d Stimmen wird nichts geöffnet. Gezählt wird nur einmal.")
_BOX = _("Ab dem Abstimmen können Sie prüfen, ob Ihre Stimme in der Urne ist.")
_LOOKING = _(
    "Das hilft, wenn jemand nachsieht. Prüfen 5 von 20 Personen ihren Beleg, fällt eine fehlende"
    " Stimme mit 25 Prozent auf, vier fehlende mit 72 Prozent."
)

TITLES: Mapping[str, str] = {
    "P1": _("Geheim abstimmen"),
    "P2": _("Eine Stimme für jeden"),
    "P3": _("Gespeichert mit dem Beleg"),
    "P4": _("Selbst nachprüfen"),
    "P5": _("Zu ist zu"),
    "P6": _("Wer abstimmen kann"),
    "P7": _("Das Register"),
    "P8": _("Ihre Daten"),
    "P9": _("Immer zwei Personen"),
    "P10": _("Nicht bei zu wenigen Stimmen"),
    "P11": _("Wenn die Seite ausfällt"),
    "P12": _("Wenn etwas schiefgeht"),
    "P13": _("Die Frage bleibt, wie sie war"),
    "P14": _("Einwand erheben"),
    "P15": _("Neues Handy"),
}
# By code: the sentences of the promise, then as long as what they are true.
WORDS: Mapping[str, tuple[str, ...]] = {
    "P1.evening": (
        _LOCKED,
        _(
            "Auszählen können nur %(holders)d Personen aus dem Saal, alle zusammen. Ihre Schlüssel"
            " bleiben auf ihren Handys und werden nach der Sitzung gelöscht. Fehlt eine Person,"
            " wird nichts geöffnet. Dann wird in einer neuen Abstimmung noch einmal abgestimmt."
        ),
    ),
    "P1.evening_to_come": (
        _LOCKED,
        _(
            "Auszählen können nur zwei oder drei Personen aus dem Saal, alle zusammen. Ohne sie"
            " wird die Abstimmung nicht geöffnet."
        ),
    ),
    "P1.commission": (
        _LOCKED,
        _("Auszählen können nur zwei der drei Personen aus der Zählkommission, zusammen."),
    ),
    "P1.office": (
        _("Mitglieder und QM-Team sehen nicht, wie Sie stimmen."),
        _("Der Betreiber könnte einzelne Stimmen öffnen."),
    ),
    "P1.open": (
        _("Diese Abstimmung ist nicht geheim."),
        _("Alle heben die Hand. Alle im Raum sehen, wer wie stimmt."),
    ),
    "P1.roll_call": (
        _("Diese Abstimmung ist nicht geheim."),
        _("Alle werden mit Namen aufgerufen. Alle im Raum hören, wer wie stimmt."),
    ),
    "P1.paper": (_("Abgestimmt wird auf Papier. Wer die Zettel zählt, sieht die Handschrift."),),
    "P2": (
        _("Sie haben eine Stimme. Sie können bis zum Ende noch einmal abstimmen."),
        _("Nur die letzte Stimme zählt. Auf Papier geht es einmal."),
    ),
    "P2.open": (_("Sie haben eine Stimme. Zwei Personen zählen, jede für sich."),),
    "P2.roll_call": (_("Sie haben eine Stimme. Aufgerufen wird nur, wer auf der Liste steht."),),
    "P2.paper": (_("Sie haben eine Stimme. Zwei Personen zählen, jede für sich."),),
    "P3": (
        _(
            "Sehen Sie den Beleg, dann ist Ihre Stimme gespeichert, auch wenn gleich danach der"
            " Strom ausfällt. Ohne Beleg senden Sie noch einmal. Doppelt stimmen Sie nie ab."
        ),
    ),
    "P3.weak": (
        _(
            "Sehen Sie den Beleg, dann ist Ihre Stimme angekommen. Fällt gleich danach der Strom"
            " aus, kann sie verloren gehen. Prüfen Sie später mit dem Beleg."
        ),
    ),
    "P4.public": (
        _BOX,
        _("Nach dem Ende kann jeder nachzählen, auch mit einem Programm, das nicht von uns ist."),
    ),
    "P4.members": (_BOX, _("Nach dem Ende können nur die Mitglieder nachzählen.")),
    "P4.gone": (
        _(
            "Nachzählen geht nicht mehr. Die Urne ist gelöscht, wie es angesagt war. Ergebnis und"
            " Prüfsummen bleiben."
        ),
    ),
    "P4.hand": (_("Es gibt keine Urne, die man später nachzählen kann."),),
    "P5.evening": (_CLOSED,),
    "P5.commission": (_CLOSED,),
    "P5.office": (_CLOSED, _("Der Betreiber könnte schon vorher zählen.")),
    "P6": (_ON_THE_ROLL, _CARD),
    "P6.keyless": (
        _ON_THE_ROLL,
        _(
            "Ohne Wahlschlüssel waren beim Öffnen: %(keyless)d von %(roll)d. Für sie hätte der"
            " Betreiber einen Schlüssel erfinden können."
        ),
        _CARD,
    ),
    "P6.hand": (_("Abstimmen kann nur, wer auf der Liste steht und da ist."),),
    "P7": (
        _("Jede Entscheidung steht im Register. Es ist noch nicht bezeugt."),
        _(
            "Der Betreiber könnte es ändern. Merken würde es, wer eine Kopie hat. Für ein"
            " bezeugtes Register fehlen noch Zeugen von außen."
        ),
    ),
    "P8": (
        _("Ihre persönlichen Daten können gelöscht werden. Die Entscheidung bleibt."),
        _("Hier dauert das höchstens 7 Tage, in Sicherungen 35."),
    ),
    "P9": (
        _(
            "Niemand aus dem QM-Team kann allein früher schließen, abbrechen, ein Ergebnis"
            " bestätigen oder aufheben oder eine verlorene Karte ersetzen."
        ),
        _(
            "Es braucht eine zweite Person. Gründe stehen öffentlich da, von Karten nur die Zahl."
            " Nach dem Öffnen ändert niemand mehr die Liste."
        ),
    ),
    "P10.evening": (_MINIMUM,),
    "P10.commission": (_MINIMUM,),
    "P10.office": (_MINIMUM, _("Daran muss sich auch der Betreiber mit seinem Schlüssel halten.")),
    "P11": (
        _(
            "Ist die Seite in der letzten Stunde länger als 5 Minuten nicht erreichbar, dauert die"
            " Abstimmung um diese Zeit länger. Das steht im Register."
        ),
    ),
    "P11.meeting": (
        _(
            "Fällt die Seite in der Sitzung aus, wird nicht von selbst verlängert. Das QM-Team"
            " schließt erst, wenn alle abgestimmt haben, oder nach einem letzten Aufruf."
        ),
    ),
    "P12": (
        _(
            "Störungen meldet diese Seite noch nicht von selbst. Wenn etwas nicht stimmt, melden"
            " Sie es bitte. Wie viele Meldungen es gibt, ist öffentlich."
        ),
    ),
    "P13": (
        _(
            "Was zur Abstimmung gestellt wurde, bleibt, wie es war: Wortlaut in jeder Sprache,"
            " Summe, Auflagen, Regeln und Liste. Später kommt nur eine Zusammenfassung dazu."
        ),
    ),
    "P13.hand": (
        _(
            "Was zur Abstimmung gestellt wurde, bleibt, wie es war: Wortlaut in jeder Sprache,"
            " Summe, Auflagen, Regeln und Liste. Später kommt nur eine Zusammenfassung dazu."
        ),
    ),
    "P14.roll": (
        _("Wer abstimmen durfte, kann %(days)d Tage lang Einwand erheben."),
        _(
            "Der Einwand steht gleich öffentlich da, die Antwort nennt einen Grund. Eine"
            " aufgehobene Entscheidung bleibt sichtbar."
        ),
    ),
    "P14.residents": (
        _("Wer abstimmen durfte oder hier wohnt, kann %(days)d Tage lang Einwand erheben."),
        _(
            "Der Einwand steht gleich öffentlich da, die Antwort nennt einen Grund. Eine"
            " aufgehobene Entscheidung bleibt sichtbar."
        ),
    ),
    "P14.unset": (
        _("Wie lange man einen Einwand erheben kann, hat das Gremium nicht festgelegt."),
    ),
    "P14.none": (_("Einwände sind nach den Regeln nicht möglich."),),
    "P15": (
        _(
            "Neues Handy, leeres Handy oder Tablet im Saal: Scannen Sie Ihre Karte noch einmal und"
            " stimmen Sie ab."
        ),
    ),
}
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "P1.evening": (
        _("Das gilt, solange wenigstens eine dieser Personen ihren Schlüssel nicht missbraucht."),
        _VOTER_PAGE,
    ),
    "P1.evening_to_come": (
        _("Das gilt, solange wenigstens eine dieser Personen ihren Schlüssel nicht missbraucht."),
        _VOTER_PAGE,
    ),
    "P1.commission": (
        _("Das gilt, solange nicht zwei dieser Personen ihre Schlüssel missbrauchen."),
        _VOTER_PAGE,
        _("Gehen zwei der drei Schlüssel verloren, ist die Abstimmung ungültig."),
    ),
    "P1.office": (
        _(
            "Der Schlüssel liegt auf dem Server, in einer Datei neben Datenbank und Sicherung."
            " Gibt der Betreiber ihn weiter, gilt auch der erste Satz nicht mehr."
        ),
    ),
    "P3": (_("Das gilt, solange die Festplatte nichts als gespeichert meldet, was fehlt."),),
    "P4.public": (_LOOKING,),
    "P4.members": (_LOOKING,),
    "P5.evening": (_("Das gilt, solange nicht alle mit Abendschlüssel die Regeln brechen."),),
    "P5.commission": (
        _("Das gilt, solange nicht zwei aus der Zählkommission die Regeln brechen."),
    ),
    "P6": (_("Das gilt, solange der Betreiber keinen Wahlschlüssel erfindet."),),
    "P9": (_("Das gilt, solange die zwei sich nicht absprechen."),),
    "P10.evening": (
        _("Das gilt, solange eine Person mit Abendschlüssel eine zweite Zählung ablehnt."),
    ),
    "P10.commission": (
        _("Das gilt, solange zwei aus der Zählkommission eine zweite Zählung ablehnen."),
    ),
    "P13": (_("Ihr Stimmzettel vergleicht das Prüfzeichen mit dem Text, den er zeigt."),),
    "P15": (
        _(
            "Das gilt, solange die Karte nicht gesperrt ist, die Amtszeit läuft und Sie die Kopie"
            " auf dem Server nicht gelöscht haben. Sonst hilft der Notfall-Code."
        ),
    ),
}
WARNINGS: Mapping[str, str] = {
    "watched": _(
        "Wir können nicht verhindern, dass jemand hinter Ihnen steht oder verlangt, Ihren"
        " Bildschirm zu sehen."
    ),
    "unanimous": _("Wenn alle gleich stimmen, zeigt das Ergebnis jede Stimme."),
    "few_papers": _("Die zwei Zählenden könnten erkennen, wie Sie stimmen."),
}


def promise_title(number: str) -> str:
    """What a promise is about."""
    return gettext(TITLES[number])


def promise_words(code: str, figures: Mapping[str, Any]) -> str:
    """A promise, or what is said in its place."""
    return " ".join(gettext(each, **figures) for each in WORDS[code])


def promise_condition(code: str) -> str:
    """As long as what it is true; empty where it needs nothing."""
    return " ".join(gettext(each) for each in CONDITIONS.get(code, ()))


def promise_warning(code: str) -> str:
    """What nobody can promise."""
    return gettext(WARNINGS[code])
