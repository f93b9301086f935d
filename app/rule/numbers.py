"""What the number of a rule means, as a sentence."""

from collections.abc import Callable

from app.catalogue import gettext, ngettext

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

NUMBERS: dict[str, Callable[[int], str]] = {
    "body.seats.resident": lambda n: ngettext(
        "Die Bewohnerschaft hat %(num)d Sitz.", "Die Bewohnerschaft hat %(num)d Sitze.", n
    ),
    "body.seats.partner": lambda n: ngettext(
        "Partner haben %(num)d Sitz.", "Partner haben %(num)d Sitze.", n
    ),
    "member.min_age": lambda n: ngettext(
        "Mitmachen darf man ab %(num)d Jahr.", "Mitmachen darf man ab %(num)d Jahren.", n
    ),
    "term.months": lambda n: ngettext(
        "Eine Amtszeit dauert %(num)d Monat.", "Eine Amtszeit dauert %(num)d Monate.", n
    ),
    "election.threshold_percent": lambda n: gettext(
        "Gewählt ist, wer ein Ja von mindestens %(num)d Prozent der Wählenden hat.", num=n
    ),
    "quorum.fixed": lambda n: ngettext(
        "Mindestens %(num)d muss da sein.", "Mindestens %(num)d müssen da sein.", n
    ),
    "ballot.min_turnout": lambda n: ngettext(
        "Eine geheime Urne wird ab %(num)d Stimme ausgezählt.",
        "Eine geheime Urne wird ab %(num)d Stimmen ausgezählt.",
        n,
    ),
    "resubmission_limit": lambda n: gettext(
        "Ein abgelehnter Antrag darf %(num)d Mal wiederkommen.", num=n
    ),
    "flat_rate_percent": lambda n: gettext(
        "Für kleine Ausgaben ohne Beleg gibt es %(num)d Prozent.", num=n
    ),
    "own_share_percent": lambda n: gettext(
        "Antragstellende zahlen mindestens %(num)d Prozent selbst.", num=n
    ),
    "speakers": lambda n: ngettext(
        "Für das Gremium spricht %(num)d Person.",
        "Für das Gremium sprechen %(num)d Personen.",
        n,
    ),
    "invite_days": lambda n: ngettext(
        "Eingeladen wird spätestens %(num)d Tag vorher.",
        "Eingeladen wird spätestens %(num)d Tage vorher.",
        n,
    ),
    "minutes_days": lambda n: ngettext(
        "Das Protokoll ist spätestens nach %(num)d Tag da.",
        "Das Protokoll ist spätestens nach %(num)d Tagen da.",
        n,
    ),
    "absence_limit": lambda n: ngettext(
        "Wer %(num)d Sitzung ohne Grund fehlt, verliert den Sitz.",
        "Wer %(num)d Sitzungen ohne Grund fehlt, verliert den Sitz.",
        n,
    ),
    "objection.days": lambda n: ngettext(
        "Einwände sind %(num)d Tag lang möglich.", "Einwände sind %(num)d Tage lang möglich.", n
    ),
    "archive.keep_months": lambda n: ngettext(
        "Die Urne wird nach %(num)d Monat gelöscht.",
        "Die Urne wird nach %(num)d Monaten gelöscht.",
        n,
    ),
}

# What nought means, where a sentence with a number would be odd.
NONE_AT_ALL: dict[str, str] = {
    "body.seats.resident": _("Die Bewohnerschaft hat keinen Sitz."),
    "body.seats.partner": _("Partner haben keinen Sitz."),
    "election.threshold_percent": _("Für eine Wahl gibt es keine Mindestzahl von Ja-Stimmen."),
    "resubmission_limit": _("Ein abgelehnter Antrag darf nicht wiederkommen."),
    "flat_rate_percent": _("Für jede Ausgabe braucht es einen Beleg."),
    "own_share_percent": _("Antragstellende müssen nichts selbst zahlen."),
    "applicant_presents_from_eur": _("Jeden Antrag stellt man in der Sitzung selbst vor."),
    "speakers": _("Niemand spricht für das Gremium."),
    "objection.days": _("Einwände sind nicht möglich."),
}
