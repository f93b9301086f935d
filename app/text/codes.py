"""Codes of the domain in the words of a language."""

from app.catalogue import gettext
from app.rule.questions import PARAMETERS

# Marks a sentence for the catalogues; it is translated where it is shown.
_ = str

WORDS: dict[str, str] = {
    # outcomes
    "adopted": _("Angenommen"),
    "rejected": _("Abgelehnt"),
    "not_quorate": _("Nicht beschlussfähig"),
    "segment_failed": _("Nicht angenommen: zu wenige Bewohner-Stimmen"),
    "too_few_ballots": _("Nicht ausgezählt"),
    "postponed": _("Vertagt"),
    "circular_after": _("Umlauf folgt"),
    "cannot_open": _("Nicht eröffnet"),
    "poll_only": _("Meinungsbild"),
    "poll": _("Meinungsbild"),
    "practice": _("Proberunde"),
    "annulled": _("Aufgehoben"),
    # what a body's vote is
    "decision": _("Entscheidung"),
    "recommendation": _("Empfehlung"),
    # how somebody was invited
    "mail": _("E-Mail"),
    "letter": _("Brief"),
    # how somebody without mail was told of a decision
    "post": _("mit einem Brief"),
    "office": _("im Büro abgeholt"),
    "spoken": _("am Telefon oder im Gespräch"),
    # how somebody's coming was noted
    "desk": _("QM-Team"),
    "phone": _("eigenes Handy"),
    "door": _("Tür"),
    # meetings
    "planned": _("Geplant"),
    "invited": _("Eingeladen"),
    "running": _("Läuft"),
    # rounds and questions
    "draft": _("Entwurf"),
    "announced": _("Angesagt"),
    "open": _("Offen"),
    "last_call": _("Letzter Aufruf"),
    "closed": _("Geschlossen"),
    "void": _("Ungültig"),
    "paper": _("auf Papier"),
    "telephone": _("am Telefon"),
    "way_open": _("Offen abgestimmt"),
    "way_roll_call": _("Offen abgestimmt, mit Namen"),
    "way_paper": _("Auf Papier, nachgetragen"),
    "listed": _("Vorgesehen"),
    "taken_out": _("Herausgenommen"),
    "counted": _("Ausgezählt"),
    "confirmed": _("Bestätigt"),
    "published": _("Veröffentlicht"),
    # minutes
    "corrected": _("Berichtigt"),
    # proposals
    "admitted": _("Zugelassen"),
    "scheduled": _("Steht zur Abstimmung"),
    "recommended": _("Empfohlen"),
    "not_recommended": _("Nicht empfohlen"),
    "approved": _("Bewilligt"),
    "withdrawn": _("Zurückgezogen"),
    "cancelled": _("Abgesagt"),
    "settled": _("Abgerechnet"),
    "completed": _("Abgeschlossen"),
    # what happened to the money of a pot
    "pot_change": _("Topf festgelegt"),
    "approve": _("Bewilligt"),
    "reduce": _("Gekürzt"),
    "pay": _("Ausgezahlt"),
    "withdraw": _("Antrag zurückgezogen"),
    "cancel": _("Aktion abgesagt"),
    "annul": _("Beschluss aufgehoben"),
    "settle": _("Abgerechnet"),
    "repay": _("Zurückgezahlt"),
    "complete": _("Abgeschlossen"),
    "ended": _("Beendet"),
    # what comes of a choice between own options, and of one of them
    "chosen": _("Ausgewählt"),
    "none_chosen": _("Nichts ausgewählt"),
    "runoff": _("Stichwahl nötig"),
    "tie_lot": _("Durch Los entschieden"),
    "tie_repeat": _("Gleichstand: Es wird noch einmal abgestimmt"),
    "tie_reject": _("Gleichstand: Nichts ausgewählt"),
    "tied": _("Gleichauf"),
    "drawn": _("Durch Los ausgewählt"),
    "graded": _("Bewertet"),
    "middle": _("Mittlere Note"),
    # answers, seats, bodies, people
    "yes": _("Ja"),
    "no": _("Nein"),
    "abstain": _("Enthaltung"),
    "invalid": _("Ungültig"),
    "no_answer": _("Keine Antwort"),
    "resident": _("Bewohnerschaft"),
    "partner": _("Partner"),
    "present": _("Anwesend"),
    "absent": _("Abwesend"),
    "recused": _("Befangen"),
    "vacant": _("Unbesetzt"),
    "council": _("Quartiersrat"),
    "jury": _("Aktionsfondsjury"),
    "steering_round": _("Steuerungsrunde"),
    "selection_body": _("Auswahlgremium"),
    "senate": _("Senatsverwaltung"),
    "bezirk": _("Bezirk"),
    "qm": _("QM-Team"),
    "member": _("Mitglied"),
    "speaker": _("Sprecher:in"),
    "trustee": _("Zählkommission"),
    "applicant": _("Wer einen Antrag gestellt hat"),
    "deputy": _("Vertretung"),
    "reserve": _("Nachrückliste"),
    "officer": _("QM-Team"),
    "holder": _("Mit eigenem Sitz"),
    "pool": _("Von der Nachrückliste"),
    "votes": _("Jemand vom Sitz stimmt mit"),
    "moderator": _("Moderation"),
    "administrator": _("Verwaltung"),
    "coordinator": _("Gebietskoordination"),
    # how a seat was won, why it was lost or a place on the reserve list left
    "ballot": _("Wahl mit Stimmzetteln"),
    "assembly": _("Wahl in einer Versammlung"),
    "en_bloc": _("Wahl der ganzen Liste"),
    "lot": _("Los"),
    "quota_lot": _("Los nach Gruppen"),
    "appointed": _("Benennung"),
    "open_door": _("Offene Teilnahme"),
    "reserve_list": _("Nachgerückt"),
    "term_end": _("Ende der Amtszeit"),
    "moved": _("Weggezogen"),
    "resigned": _("Rücktritt"),
    "replaced": _("Die Einrichtung schickt jemand anderen"),
    "absence": _("Zu oft gefehlt"),
    "moved_up": _("Nachgerückt"),
    "declined": _("Möchte nicht nachrücken"),
    "other": _("Anderer Grund"),
    # lines of the list of what has to be set up
    "todo": _("Noch offen"),
    "partly": _("Reicht für den Anfang"),
    "done": _("Erledigt"),
    "by_itself": _("Geschieht von selbst"),
    # on which level a steering round meets
    "local": _("im Gebiet"),
    "district": _("im Bezirk"),
    "state": _("in ganz Berlin"),
    # where an officer saw what is noted of a member
    "person": _("Seite über Sie"),
    "seat": _("Seite über Ihren Sitz"),
    "card": _("Seite über Ihre Karte"),
    "export": _("Liste des Gremiums als Datei"),
    # why a card is replaced
    "card_lost": _("Die Karte ist verloren"),
    "card_stolen": _("Die Karte ist gestohlen oder kopiert"),
    "card_broken": _("Die Karte ist kaputt"),
    "locked_out": _("Mit „Mehr Schutz“ kommt die Person nicht mehr hinein"),
    # acts that wait for a second person
    "waiting": _("Wartet auf zweite Person"),
    "close_early": _("Vorzeitig schließen"),
    "confirm_result": _("Ergebnis bestätigen"),
    "void_round": _("Abstimmung abbrechen"),
    "adopt_rules": _("Regeln in Kraft setzen"),
    "replace_card": _("Verlorene Karte ersetzen"),
    "replace_card_home": _("Verlorene Karte ohne Besuch ersetzen"),
    "annul_decision": _("Beschluss aufheben"),
    "correct_summary": _("Zusammenfassung berichtigen"),
    "change_roster": _("Besetzung trotz angesagter Abstimmung ändern"),
    "hand_over_area": _("Gebiet an ein neues QM-Team übergeben"),
    "undo_handover": _("Übergabe an ein neues QM-Team zurücknehmen"),
    "open_epoch": _("Nach einer Wiederherstellung weiterarbeiten"),
    "count_again": _("Noch einmal auszählen"),
    "pay_grant": _("Auszahlung bestätigen"),
    "return_paper": _("Papier ohne Stimme zurücknehmen"),
    "remove_text": _("Text aus dem Register entfernen"),
    # why a text was removed
    "names_somebody": _("Der Text nennt einen Namen"),
    "tells_of_somebody": _("Der Text verrät etwas über eine Person"),
    "insults_somebody": _("Der Text beleidigt jemanden"),
    # entries of the decision log
    "log_rules_adopted": _("Regeln in Kraft gesetzt"),
    "log_round_announced": _("Abstimmung angesagt"),
    "log_round_opened": _("Abstimmung eröffnet"),
    "log_round_closed": _("Abstimmung geschlossen"),
    "log_counted": _("Frage ausgezählt"),
    "log_decision": _("Entscheidung veröffentlicht"),
    "log_void": _("Abstimmung abgebrochen"),
    "log_poll_announced": _("Meinungsbild angesagt"),
    "log_poll_opened": _("Meinungsbild eröffnet"),
    "log_poll_counted": _("Meinungsbild ausgezählt"),
    "log_boxes_deleted": _("Urnen gelöscht"),
    "log_commission_key": _("Schlüssel der Zählkommission gilt"),
    "log_commission_key_ended": _("Schlüssel der Zählkommission beendet"),
    "log_commission_part_lost": _("Teil des Schlüssels verloren"),
    "log_card_replaced": _("Karten ersetzt"),
    "log_roster_released": _("Besetzung für Änderungen freigegeben"),
    "log_objection": _("Einwand erhoben"),
    "log_objection_answered": _("Einwand beantwortet"),
    "log_annulled": _("Entscheidung aufgehoben"),
    "log_corrected": _("Zusammenfassung berichtigt"),
    "log_hand_vote_opened": _("Offene Abstimmung eröffnet"),
    "log_hand_vote_counted": _("Offene Abstimmung gezählt"),
    "log_entered_by_two": _("Von zwei Personen eingetragen"),
    "log_round_repeated": _("Abstimmung wiederholt"),
    "log_round_extended": _("Abstimmung verlängert"),
    "log_handover": _("Übergabe an ein neues QM-Team"),
    "log_epoch_opened": _("Nach einer Wiederherstellung weiter"),
    "log_count_again": _("Noch einmal ausgezählt"),
    "log_access_restored": _("Zugang wiederhergestellt"),
    "log_bundles_changed": _("Programme im Browser geändert"),
    "log_pot_changed": _("Geld eines Fonds geändert"),
    "log_money_shared": _("Geld verteilt"),
    "log_grant_changed": _("Bewilligung geändert"),
    "log_text_removed": _("Text entfernt"),
    # what happened at a person's entrance
    "new_device": _("Anmeldung auf einem neuen Gerät"),
    "code_refused": _("Richtige Passphrase, aber falscher Code"),
    "recovery_used": _("Ein Notfall-Code wurde benutzt"),
    "recovery_codes_made": _("Neue Notfall-Codes"),
    "passphrase_set": _("Neue Passphrase"),
    "passphrase_removed": _("Passphrase entfernt"),
    "app_set_up": _("App für Codes eingerichtet"),
    "passkey_added": _("Neuer Passkey"),
    "passkey_removed": _("Passkey entfernt"),
    "copy_deleted": _("Kopie des Wahlschlüssels gelöscht"),
    "invited_to_count": _("Das QM-Team hat Sie als Schlüsselperson eingeladen"),
    "protection_lifted": _("Mehr Schutz aufgehoben, mit der neuen Karte"),
    "name_changed": _("Name geändert"),
    "mail_changed": _("E-Mail-Adresse geändert"),
    # what somebody reports while voting
    "missing": _("Meine Stimme fehlt"),
    "not_mine": _("Ich soll abgestimmt haben, war es aber nicht"),
    "differs": _("Das Handy zeigt etwas anderes"),
    "not_listed": _("Ich stehe nicht auf der Liste"),
    "watched": _("Jemand hat zugesehen oder mich gedrängt"),
    "being_examined": _("Wird geprüft"),
    "answered": _("Beantwortet"),
    # entries of the decision log
    "rules_adopted": _("Regeln beschlossen"),
    "round_announced": _("Abstimmung angesagt"),
    "round_opened": _("Abstimmung geöffnet"),
    "round_closed": _("Abstimmung geschlossen"),
    "hand_vote_opened": _("Abstimmung ohne Urne geöffnet"),
    "hand_vote_counted": _("Von Menschen ausgezählt"),
    "round_repeated": _("Abstimmung wiederholt"),
    "boxes_deleted": _("Urnen gelöscht, wie angesagt"),
    "round_extended": _("Ende verschoben, weil die Seite nicht erreichbar war"),
    "card_replaced": _("Karte ersetzt"),
    "objection": _("Einwand"),
    "objection_answered": _("Einwand beantwortet"),
    "roster_released": _("Besetzung zum Ändern freigegeben"),
    "entered_by_two": _("Zu zweit eingetragen"),
    "pot_changed": _("Topf geändert"),
    "money_shared": _("Geld aufgeteilt"),
    "grant_changed": _("Bewilligung geändert"),
    "handover": _("Übergabe an ein neues QM-Team"),
    "access_restored": _("Zugang der Verwaltung neu eingerichtet"),
    "commission_key": _("Schlüssel der Zählkommission gilt"),
    "commission_key_ended": _("Schlüssel der Zählkommission gilt nicht mehr"),
    "commission_part_lost": _("Ein Schlüssel-Teil der Zählkommission ist verloren"),
    "bundles_changed": _("Programme im Browser geändert"),
    # a counting commission
    "gathering": _("Schlüssel entsteht"),
    "keyed": _("Schlüssel wird geprobt"),
    "in_force": _("Schlüssel gilt"),
}

TONES = {
    "good": {
        "in_force",
        *("chosen", "middle"),
        "adopted",
        "recommended",
        "approved",
        "confirmed",
        "published",
        "admitted",
        *("completed", "done", "drawn", "tie_lot"),
    },
    "bad": {
        "none_chosen",
        "tie_reject",
        "rejected",
        "segment_failed",
        "void",
        "annulled",
        "not_recommended",
    },
    "warm": {
        *("todo", "last_call", "waiting", "recused", "circular_after", "postponed"),
        *("being_examined", "runoff", "tie_repeat", "tied"),
    },
    "cool": {"graded", "open", "running", "announced", "scheduled", "counted"},
    "poll": {"poll", "poll_only"},
    "practice": {"practice"},
}
_TONE_OF = {code: tone for tone, codes in TONES.items() for code in codes}

# Who could open single ballots of a round, by who holds its count key.
TRUSTS: dict[str, str] = {
    "office": _("Der Betreiber könnte einzelne Stimmen öffnen."),
    "evening": _("Nur alle mit Abendschlüssel gemeinsam könnten einzelne Stimmen öffnen."),
    "commission": _("Nur zwei aus der Zählkommission gemeinsam könnten einzelne Stimmen öffnen."),
}
# Who may read the box of a round after the close.
AUDIENCES: dict[str, str] = {
    "public": _("Die Urne ist öffentlich. Wer will, rechnet das Ergebnis nach."),
    "members": _(
        "Die Urne dürfen nur die Mitglieder lesen. Sie melden sich dafür mit ihrer Karte an."
    ),
}

BODY_TASKS: dict[str, str] = {
    "council": _("Der Quartiersrat empfiehlt. Endgültig entscheidet die Steuerungsrunde."),
    "jury": _("Die Aktionsfondsjury entscheidet allein. Ihre Abstimmung ist die Entscheidung."),
    "steering_round": _("Hier sprechen Senat, Bezirk und QM-Team. Sie entscheiden gemeinsam."),
    "selection_body": _("Dieses Gremium empfiehlt, wer ein Projekt umsetzen soll."),
}

STAND_INS: dict[str | None, str] = {
    "deputy": _("Vertritt den Sitz, %(why)s."),
    "pool": _("Vertritt den Sitz aus dem Pool, %(why)s."),
    "reserve_list": _("Vertritt den Sitz von der Nachrückliste, %(why)s."),
    None: _("Niemand stimmt ab, %(why)s."),
}
GAPS: dict[str, str] = {
    "absent": _("weil niemand vom Sitz da ist"),
    "recused": _("weil jemand vom Sitz befangen ist"),
    "vacant": _("weil der Sitz unbesetzt ist"),
}

# Residents sit in bodies that agree by talking because their council sent them.
COUNCIL_SEATS = _("Aus dem Quartiersrat")

# What a person may do, as the page about rights says it; app/policy.py says who may.
ACTIONS: dict[str, str] = {
    "read_public": _("Öffentliche Seiten lesen: Gebiete, Entscheidungen, Abstimmungen prüfen"),
    "doubt": _("Melden, was nicht stimmt, und einen Einwand erheben"),
    "enter": _("Sich anmelden: mit Karte, Passphrase und Code oder Passkey"),
    "leave": _("Sich abmelden"),
    "prove": _("Noch einmal zeigen, dass man es selbst ist"),
    "set_up_access": _("Den eigenen Zugang einrichten und ändern"),
    "use_own_account": _("Das eigene Konto ansehen"),
    "change_protection": _("Für neue Geräte mehr verlangen als die Karte, und das ändern"),
    "stop_devices": _("Eigene Geräte abmelden"),
    "stop_own_card": _("Die eigene Karte sperren, und eine neue stoppen"),
    "read_own_data": _("Ansehen und herunterladen, was über einen selbst gespeichert ist"),
    "own_data": _("Die eigenen Daten ändern und löschen lassen"),
    "correct_own_entry": _("Den eigenen Namen und die eigene E-Mail-Adresse ändern, und gehen"),
    "read_proposals": _("Anträge lesen"),
    "read_minutes": _("Protokolle der eigenen Gremien lesen, mit Namen"),
    "comment": _("Zu Anträgen etwas schreiben"),
    "correct_own_proposal": _(
        "Den eigenen Antrag ansehen, ändern und den Namen löschen, mit dem Link aus der E-Mail"
    ),
    "vote": _("Abstimmen, mit einem Sitz"),
    "count": _("Bei einer Sitzung mitzählen, mit einem Sitz"),
    "open_sum": _("Mit dem eigenen Schlüssel-Teil eine Summe öffnen"),
    "hold_key": _(
        "Einen Schlüssel-Teil der Zählkommission anlegen und halten, wenn man benannt ist"
    ),
    "edit_proposals": _("Anträge eintragen und ändern"),
    "run_rounds": _("Sitzungen und Abstimmungen leiten"),
    "use_table": _("Am Rechentisch Beträge und Auflagen vorschlagen"),
    "take_notes": _("In einer Sitzung Punkte aufrufen und Notizen schreiben"),
    "keep_money": _("Fonds und Töpfe führen, Bewilligungen ansehen"),
    "settle_grants": _("Bewilligungen auszahlen, abrechnen und beenden"),
    "agree_payment": _("Als zweite Person einer Auszahlung zustimmen"),
    "confirm": _("Als zweite Person bestätigen"),
    "edit_roster": _("Gremien, Sitze, Mitglieder und Regeln pflegen"),
    "print_cards": _("Karten drucken und sperren"),
    "enter_papers": _("Papiere eintragen und Stimmen zählen, zu zweit"),
    "preview_deletion": _("Vorher nachsehen, was nach Ablauf der Fristen gelöscht wird"),
    "invite_officers": _("Zugänge im QM-Team vergeben und beenden"),
    "hand_over_area": _("Das Gebiet mit einer zweiten Person an ein neues QM-Team übergeben"),
    "remove_text": _("Einen Text mit einer zweiten Person aus dem Register entfernen"),
    "agree_removal": _("Als zweite Person zustimmen, dass ein Text entfernt wird"),
    "restore": _("Nach einer Wiederherstellung fragen, ob es weitergehen darf"),
    "agree_restore": _("Als zweite Person zustimmen, dass es danach weitergeht"),
    "coordinate": _("Begleitete Gebiete lesen: Gremien, Sitzungen, Anträge, ohne E-Mail-Adressen"),
    "state_opinion": _("Zu einem Antrag eine Stellungnahme abgeben"),
}

# What stopped a count, and what helps.
COUNT_FAULTS: dict[str, str] = {
    "key": _(
        "Der Schlüssel zum Auszählen fehlt auf dem Computer oder ist ein anderer. Wer den Computer "
        "betreibt, muss ihn zuerst zurücklegen."
    ),
    "board": _(
        "Die Urne ließ sich nicht prüfen. Wer den Computer betreibt, muss zuerst nach dem Grund "
        "sehen."
    ),
}

# How far somebody of a counting commission is with the own part of the key.
CEREMONY_STEPS: dict[str, str] = {
    "to_make": _("legt den Schlüssel-Teil noch an"),
    "made": _("hat den Schlüssel-Teil angelegt"),
    "compared": _("hat die Zeichen der Teile verglichen"),
    "exchanged": _("hat Teile ausgetauscht"),
    "checked": _("hat alle Teile geprüft"),
    "key_compared": _("hat die Zeichen des Schlüssels verglichen"),
    "rehearsed": _("hat die Probe-Auszählung gemacht"),
    "lost": _("hat den Schlüssel-Teil als verloren gemeldet"),
}
# Why a ceremony began again; a part that does not fit is named with both persons.
CEREMONY_FAULTS: dict[str, str] = {
    "parts": _("Die Zeichen der drei Teile waren nicht gleich."),
    "key": _("Die Zeichen des Schlüssels waren nicht gleich."),
    "asked": _("Eine Person hat einen neuen Anfang verlangt."),
    "share": _(
        "Der Teil von Schlüsselperson %(sender)s für Schlüsselperson %(receiver)s passt nicht."
    ),
}

# Where an officer saw what is noted of somebody, as the officer reads it.
LOOKED_AT: dict[str, str] = {
    "person": _("Seite über die Person"),
    "seat": _("Seite über den Sitz"),
    "card": _("Seite über die Karte"),
    "export": _("Liste des Gremiums als Datei"),
}

# What an item of an agenda is there for.
ITEM_KINDS: dict[str, str] = {
    "information": _("Information"),
    "discussion": _("Aussprache"),
    "vote": _("Abstimmung"),
    "minutes": _("Protokoll der letzten Sitzung"),
}
# Who may listen to a meeting.
VISIBILITIES: dict[str, str] = {
    "public": _("Die Sitzung ist öffentlich. Alle dürfen zuhören."),
    "registered_guests": _("Gäste dürfen zuhören. Bitte melden Sie sich vorher im Büro an."),
    "closed": _("Die Sitzung ist nicht öffentlich."),
}

OUTCOME_PHRASES: dict[str, str] = {
    "chosen": _("entschieden"),
    "none_chosen": _("nichts ausgewählt"),
    "graded": _("bewertet"),
    "runoff": _("Stichwahl nötig"),
    "tie_lot": _("durch Los entschieden"),
    "tie_repeat": _("Gleichstand, es wird noch einmal abgestimmt"),
    "tie_reject": _("Gleichstand, nichts ausgewählt"),
    "adopted": _("angenommen"),
    "rejected": _("abgelehnt"),
    "not_quorate": _("nicht beschlussfähig"),
    "segment_failed": _("nicht angenommen: zu wenige Bewohner-Stimmen"),
    "too_few_ballots": _("nicht ausgezählt"),
    "postponed": _("vertagt"),
    "circular_after": _("Umlauf folgt"),
    "cannot_open": _("nicht eröffnet"),
}

MAJORITIES: dict[tuple[str, str], str] = {
    ("more_than_half", "present"): _("Mehr als die Hälfte der Anwesenden muss Ja sagen."),
    ("more_than_half", "all_seats"): _("Mehr als die Hälfte aller Sitze muss Ja sagen."),
    ("more_than_half", "filled_seats"): _("Mehr als die Hälfte der besetzten Sitze muss Ja sagen."),
    ("more_than_half", "cast"): _("Mehr als die Hälfte aller Stimmen muss Ja sein."),
    ("more_than_half", "yes_no"): _("Mehr als die Hälfte der Ja- und Nein-Stimmen muss Ja sein."),
    ("two_thirds", "present"): _("Zwei Drittel der Anwesenden müssen Ja sagen."),
    ("two_thirds", "all_seats"): _("Zwei Drittel aller Sitze müssen Ja sagen."),
    ("two_thirds", "filled_seats"): _("Zwei Drittel der besetzten Sitze müssen Ja sagen."),
    ("two_thirds", "cast"): _("Zwei Drittel aller Stimmen müssen Ja sein."),
    ("two_thirds", "yes_no"): _("Zwei Drittel der Ja- und Nein-Stimmen müssen Ja sein."),
    ("three_quarters", "present"): _("Drei Viertel der Anwesenden müssen Ja sagen."),
    ("three_quarters", "all_seats"): _("Drei Viertel aller Sitze müssen Ja sagen."),
    ("three_quarters", "filled_seats"): _("Drei Viertel der besetzten Sitze müssen Ja sagen."),
    ("three_quarters", "cast"): _("Drei Viertel aller Stimmen müssen Ja sein."),
    ("three_quarters", "yes_no"): _("Drei Viertel der Ja- und Nein-Stimmen müssen Ja sein."),
    ("unanimous", "present"): _("Alle Anwesenden müssen Ja sagen."),
    ("unanimous", "all_seats"): _("Alle Sitze müssen Ja sagen."),
    ("unanimous", "filled_seats"): _("Alle besetzten Sitze müssen Ja sagen."),
    ("unanimous", "cast"): _("Alle Stimmen müssen Ja sein."),
    ("unanimous", "yes_no"): _("Es darf keine Nein-Stimme geben."),
}
# The columns of a roster in a file.
ROSTER_COLUMNS: dict[str, str] = {
    "member": _("Nummer der Person"),
    "name": _("Name"),
    "mail": _("E-Mail"),
    "language": _("Sprache"),
    "may_be_named": _("Name darf öffentlich stehen"),
    "segment": _("Gruppe"),
    "seat": _("Sitz"),
    "label": _("Bezeichnung des Sitzes"),
    "position": _("Reihenfolge"),
    "kind": _("Art"),
    "rank": _("Rang"),
    "starts_on": _("Beginn"),
    "ends_on": _("Ende"),
    "end_reason": _("Grund des Endes"),
    "source": _("Wie bestimmt"),
    "is_dual_role": _("Doppelrolle"),
    "dual_role": _("Doppelrolle bei"),
}


def word(code: str) -> str:
    return gettext(WORDS[code])


def parameter_name(name: str) -> str:
    """A parameter of the rules of procedure, asked as a question."""
    return gettext(PARAMETERS[name])


def tone(code: str) -> str:
    """The one colour and shape of a state: good, bad, warm, cool, poll, practice or still."""
    return _TONE_OF.get(code, "still")


def action_phrase(code: str) -> str:
    """What an action of the policy is, in plain words."""
    return gettext(ACTIONS[code])


def ceremony_step(code: str) -> str:
    """How far a trustee is."""
    return gettext(CEREMONY_STEPS[code])


def ceremony_fault(code: str, **pair: str) -> str:
    """Why a ceremony began again; `pair` names whose part did not fit for whom."""
    return gettext(CEREMONY_FAULTS[code], **pair)


def count_fault(code: str) -> str:
    """What stopped a count, as a sentence."""
    return gettext(COUNT_FAULTS[code])


def looked_at(page: str) -> str:
    """The kind of page on which an officer saw a member's record."""
    return gettext(LOOKED_AT[page])


def item_kind(code: str) -> str:
    """What an item of an agenda is there for."""
    return gettext(ITEM_KINDS[code])


def visibility_sentence(code: str) -> str:
    """Who may listen to a meeting."""
    return gettext(VISIBILITIES[code])


def outcome_phrase(code: str) -> str:
    """The outcome as the end of a sentence: "Hofbegrünung: angenommen"."""
    return gettext(OUTCOME_PHRASES[code])
