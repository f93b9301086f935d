"""What an answer to a rule means, as a sentence: on the form, in the rules, beside a change."""

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

ANSWERS: dict[str, dict[str | bool, str]] = {
    "member.residence": {
        "live": _("Mitmachen darf, wer im Gebiet wohnt."),
        "live_or_work": _("Mitmachen darf, wer im Gebiet wohnt oder arbeitet."),
    },
    "member.source.resident": {
        "ballot": _("Die Bewohnerschaft wählt ihre Mitglieder mit Stimmzetteln."),
        "assembly": _("Eine Versammlung wählt die Mitglieder der Bewohnerschaft."),
        "en_bloc": _("Die Mitglieder der Bewohnerschaft werden alle zusammen gewählt."),
        "lot": _("Die Mitglieder der Bewohnerschaft werden ausgelost."),
        "quota_lot": _("Die Mitglieder der Bewohnerschaft werden nach Gruppen ausgelost."),
        "appointed": _("Die Mitglieder der Bewohnerschaft werden berufen."),
        "open_door": _("Wer aus der Bewohnerschaft mitmachen will, macht mit."),
    },
    "member.source.partner": {
        "ballot": _("Die Partner werden mit Stimmzetteln gewählt."),
        "assembly": _("Eine Versammlung wählt die Partner."),
        "en_bloc": _("Die Partner werden alle zusammen gewählt."),
        "lot": _("Die Partner werden ausgelost."),
        "quota_lot": _("Die Partner werden nach Gruppen ausgelost."),
        "appointed": _("Die Partner werden berufen."),
        "open_door": _("Jeder Partner, der mitmachen will, macht mit."),
    },
    "election.ballot": {
        "approval": _("Bei einer Wahl kreuzt man alle an, die man will."),
        "yes_no_per_candidate": _("Bei einer Wahl sagt man zu jeder Person Ja oder Nein."),
        "en_bloc": _("Bei einer Wahl sagt man zur ganzen Liste Ja oder Nein."),
    },
    "election.yes_over_no": {
        True: _("Gewählt ist nur, wer mehr Ja als Nein hat."),
        False: _("Nein-Stimmen verhindern eine Wahl nicht."),
    },
    "lot.unfilled": {
        "open_to_others": _("Freie Plätze einer Gruppe gehen an andere."),
        "stay_vacant": _("Freie Plätze einer Gruppe bleiben leer."),
    },
    "quorum.rule": {
        "two_thirds": _("Zwei Drittel müssen da sein."),
        "more_than_half": _("Mehr als die Hälfte muss da sein."),
        "half": _("Mindestens die Hälfte muss da sein."),
        "fixed": _("Eine feste Zahl muss da sein."),
        "none": _("Es gibt keine Mindestzahl."),
    },
    "quorum.base": {
        "all_seats": _("Alle Sitze zählen, auch leere."),
        "filled_seats": _("Nur besetzte Sitze zählen."),
    },
    "quorum.recheck": {
        "continuous": _("Immer, wenn jemand kommt oder geht, wird neu gezählt."),
    },
    "no_quorum.effect": {
        "poll_only": _("Sind zu wenige da, gibt es nur ein Meinungsbild."),
        "postpone": _("Sind zu wenige da, wird der Antrag vertagt."),
        "circular_after": _("Sind zu wenige da, wird danach im Umlauf abgestimmt."),
    },
    "majority.funding": {
        "two_thirds": _("Bei Geld müssen zwei Drittel Ja sagen."),
        "more_than_half": _("Bei Geld muss mehr als die Hälfte Ja sagen."),
        "three_quarters": _("Bei Geld müssen drei Viertel Ja sagen."),
        "unanimous": _("Bei Geld müssen alle Ja sagen."),
    },
    "majority.other": {
        "two_thirds": _("Bei allem anderen müssen zwei Drittel Ja sagen."),
        "more_than_half": _("Bei allem anderen muss mehr als die Hälfte Ja sagen."),
        "three_quarters": _("Bei allem anderen müssen drei Viertel Ja sagen."),
        "unanimous": _("Bei allem anderen müssen alle Ja sagen."),
    },
    "majority.base": {
        "present": _("Gerechnet wird mit allen, die da sind und abstimmen dürfen."),
        "cast": _("Gerechnet wird mit allen abgegebenen Stimmen, auch Enthaltungen."),
        "yes_no": _("Gerechnet wird nur mit Ja und Nein."),
        "all_seats": _("Gerechnet wird mit allen Sitzen."),
        "filled_seats": _("Gerechnet wird mit allen besetzten Sitzen."),
    },
    "choice.rule": {
        "most_votes": _("Der Vorschlag mit den meisten Stimmen gewinnt."),
        "more_than_half": _("Ein Vorschlag gewinnt mit mehr als der Hälfte der Stimmen."),
    },
    "tie.rule": {
        "lot": _("Bei gleich vielen Stimmen entscheidet das Los."),
        "repeat": _("Bei gleich vielen Stimmen wird noch einmal abgestimmt."),
        "reject": _("Bei gleich vielen Stimmen ist alles abgelehnt."),
    },
    "resident_majority": {
        "off": _("Wie viele aus der Bewohnerschaft abstimmen, ist egal."),
        "present": _("Unter denen, die da sind, muss die Bewohnerschaft die Mehrheit haben."),
        "cast": _("Unter denen, die abstimmen, muss die Bewohnerschaft die Mehrheit haben."),
    },
    "recusal.rule": {
        "debate_no_vote": _("Befangene reden mit, aber stimmen nicht ab."),
        "leaves_room": _("Befangene gehen aus dem Raum."),
    },
    "recusal.quorum": {
        "counts_present": _("Befangene zählen als anwesend."),
        "leaves_presence": _("Befangene zählen als abwesend."),
        "leaves_both": _("Der Sitz von Befangenen wird gar nicht mitgezählt."),
    },
    "recusal.majority": {
        "leaves_base": _("Die Mehrheit wird ohne Befangene berechnet."),
        "stays_in_base": _("Die Mehrheit wird mit den Befangenen berechnet."),
    },
    "recusal.shared_seat": {
        "person": _("Teilen sich zwei einen Sitz, stimmt die Person ab, die nicht befangen ist."),
        "seat": _("Teilen sich zwei einen Sitz und ist eine befangen, stimmt der Sitz nicht ab."),
    },
    "recusal.publish": {
        "count": _("Öffentlich steht, wie viele befangen waren."),
        "seat": _("Öffentlich steht, welche Sitze befangen waren."),
        "name": _("Öffentlich steht der Name von Befangenen, wenn sie zustimmen."),
    },
    "deputy.mode": {
        "none": _("Es gibt keine Vertretung."),
        "personal": _("Jeder Sitz hat eigene Vertretungen."),
        "pool": _("Es gibt eine gemeinsame Liste von Vertretungen."),
        "reserve_list": _("Die Nachrückliste vertritt in ihrer Reihenfolge."),
    },
    "deputy.on_absence": {
        True: _("Fehlt jemand, stimmt die Vertretung ab."),
        False: _("Fehlt jemand, stimmt niemand für den Sitz ab."),
    },
    "deputy.on_recusal": {
        True: _("Ist jemand befangen, stimmt die Vertretung ab."),
        False: _("Ist jemand befangen, stimmt niemand für den Sitz ab."),
    },
    "deputy.on_vacant": {
        True: _("Für einen leeren Sitz stimmt die Vertretung ab."),
        False: _("Für einen leeren Sitz stimmt niemand ab."),
    },
    "deputy.segment_bound": {
        True: _("Die Vertretung kommt aus derselben Gruppe."),
        False: _("Die Vertretung darf aus einer anderen Gruppe kommen."),
    },
    "ballot.secrecy": {
        "secret": _("Abgestimmt wird geheim."),
        "open": _("Abgestimmt wird offen, mit der Hand."),
    },
    "small_roll.effect": {
        "open_vote": _("Sind es zu wenige für eine geheime Abstimmung, wird offen abgestimmt."),
        "postpone": _("Sind es zu wenige für eine geheime Abstimmung, wird vertagt."),
    },
    "circular.allowed": {
        "no": _("Abgestimmt wird nur in Sitzungen."),
        "yes": _("Das Gremium darf auch ohne Sitzung abstimmen."),
        "conditions": _("Ohne Sitzung wird nur in besonderen Fällen abgestimmt."),
    },
    "amount.edit": {
        "none": _("Über einen Antrag wird abgestimmt, wie er ist."),
        "reduce": _("Das Gremium darf weniger Geld beschließen."),
        "reduce_and_conditions": _("Das Gremium darf weniger Geld und Auflagen beschließen."),
    },
    "shortage.rule": {
        "cut_by_vote": _("Reicht das Geld nicht, stimmt das Gremium über kleinere Summen ab."),
        "rank_yes": _("Reicht das Geld nicht, geht es nach der Zahl der Ja-Stimmen."),
        "agenda_order": _("Reicht das Geld nicht, geht es nach der Tagesordnung."),
    },
    "meeting.public": {
        "public": _("Sitzungen sind öffentlich."),
        "registered_guests": _("Bei Sitzungen dürfen angemeldete Gäste zuhören."),
        "closed": _("Sitzungen sind nicht öffentlich."),
    },
    "speakers.segment": {
        "any": _("Für das Gremium darf jedes Mitglied sprechen."),
        "resident": _("Für das Gremium spricht nur, wer aus der Bewohnerschaft kommt."),
    },
    "moderation": {
        "qm": _("Das QM-Team leitet die Sitzungen."),
        "speakers": _("Die Sprecherinnen und Sprecher leiten die Sitzungen."),
    },
    "trust.meeting": {
        "evening": _("In der Sitzung zählen zwei oder drei Anwesende mit ihrem Telefon aus."),
        "commission": _("In der Sitzung zählt die Zählkommission aus."),
        "office": _(
            "In der Sitzung zählt der Server aus. Der Betreiber könnte einzelne Stimmen öffnen."
        ),
    },
    "trust.circular": {
        "commission": _("Bei einem Umlauf zählt die Zählkommission aus."),
        "office": _(
            "Bei einem Umlauf zählt der Server aus. Der Betreiber könnte einzelne Stimmen öffnen."
        ),
    },
    "objection.by": {
        "roll": _("Einwände darf erheben, wer abstimmen durfte."),
        "residents": _("Einwände darf die ganze Bewohnerschaft erheben."),
    },
    "annul.by": {
        "officers": _("Zwei Personen aus dem QM-Team können einen Beschluss aufheben."),
        "body": _("Einen Beschluss kann nur das Gremium selbst aufheben."),
    },
    "archive.publish": {
        "public": _("Alle dürfen die verschlossene Urne nach dem Ende prüfen."),
        "members": _("Nur Mitglieder dürfen die verschlossene Urne nach dem Ende prüfen."),
    },
    "ballot.group": {
        "ed25519": _("Ed25519 verschlüsselt die Stimmen. Das geht auf Handys schnell."),
        "belenios_2048": _(
            "BELENIOS-2048 verschlüsselt die Stimmen. "
            "Auch das Prüfprogramm von Debian 12 zählt dann nach. Handys brauchen länger."
        ),
    },
}
