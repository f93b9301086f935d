"""A refusal becomes a status and a sentence, as a page or as JSON."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from app import upload

View = TypeVar("View", bound=Callable[..., object])
REFUSALS: dict[str, tuple[int, Any]] = {
    "signed_out": (401, _("Bitte scannen Sie Ihre Karte noch einmal.")),
    "foreign_request": (400, _("Diese Anfrage kam von einer anderen Seite. Bitte noch einmal.")),
    "form_too_old": (400, _("Diese Seite war zu lange offen. Bitte noch einmal.")),
    "bad_request": (400, _("Diese Anfrage haben wir nicht verstanden.")),
    "forbidden": (403, _("Das dürfen Sie hier nicht.")),
    "archived": (403, _("Dieses Gebiet ist ein Archiv. Man kann es lesen, aber nichts ändern.")),
    "set_back": (
        409,
        _("Die Datenbank ist älter als das, was schon festgehalten war. Es lässt sich nur lesen."),
    ),
    "not_found": (404, _("Diese Seite gibt es nicht.")),
    "method_not_allowed": (405, _("Das geht auf dieser Seite nicht.")),
    "gone": (410, _("Das gibt es nicht mehr.")),
    "box_gone": (
        410,
        _("Diese Urne ist gelöscht, wie es angesagt war. Ergebnis und Prüfsummen bleiben."),
    ),
    "box_for_members": (
        403,
        _("Diese Urne ist nur für die Mitglieder. Melden Sie sich mit Ihrer Karte an."),
    ),
    "too_large": (413, _("Das ist zu groß. Höchstens 256 kB sind erlaubt.")),
    "file_too_large": (413, _("Diese Datei ist zu groß. Höchstens 5 MB gehen.")),
    "document_too_long": (
        413,
        _("Dieses Dokument ist zu lang für eine Datei. Lesen Sie es auf der Seite."),
    ),
    "throttled": (
        429,
        _("Zu viele Versuche. Bitte warten Sie %(retry_after)s Sekunden und versuchen es dann."),
    ),
    "failed": (500, _("Bei uns ist etwas schiefgegangen. Es wurde nichts gespeichert.")),
    "busy": (503, _("Gerade ist viel los. Bitte in %(retry_after)s Sekunden noch einmal.")),
    "card_unknown": (422, _("Diese Karte kennen wir nicht. Bitte prüfen Sie die Wörter.")),
    "card_revoked": (410, _("Diese Karte gilt nicht mehr. Das QM-Team gibt Ihnen eine neue.")),
    "card_changed": (
        409,
        _("Jemand war schneller. Diese Karten sind inzwischen andere: %(names)s. Laden Sie neu."),
    ),
    "spare_unknown": (409, _("Eine Ersatzkarte mit der Nummer %(number)d gibt es nicht.")),
    "spare_given": (409, _("Ersatzkarte %(number)d hat schon jemand anderes.")),
    "link_unknown": (410, _("Dieser Link gilt nicht mehr.")),
    "second_factor_needed": (403, _("Mit einem Link allein können Sie sich hier nicht anmelden.")),
    "mail_in_use": (409, _("Mit dieser E-Mail-Adresse gibt es schon einen Zugang.")),
    "access_incomplete": (403, _("Bitte richten Sie zuerst Ihren Zugang ein.")),
    "trustee_access_missing": (
        403,
        _("Dafür braucht eine Schlüsselperson mehr als die Karte. Das QM-Team lädt Sie dazu ein."),
    ),
    "own_case": (
        403,
        _("Das betrifft Sie selbst. Bitten Sie jemand anderes aus dem QM-Team."),
    ),
    "confirm_again": (403, _("Bitte laden Sie die Seite neu und bestätigen Sie noch einmal.")),
    "passkey_refused": (422, _("Der Passkey ließ sich nicht prüfen. Bitte noch einmal.")),
    "mail_missing": (409, _("Es fehlt die E-Mail-Adresse. Tragen Sie sie zuerst ein.")),
    "not_yourself": (409, _("Ihren eigenen Zugang beendet eine andere Person der Verwaltung.")),
    "last_administrator": (
        409,
        _("Sie sind allein in der Verwaltung. Laden Sie zuerst jemand anderen als Verwaltung ein."),
    ),
    "holds_key_part": (
        409,
        _("Sie halten einen Teil eines Schlüssels. Erst muss dieser Schlüssel enden."),
    ),
    "request_waits": (
        409,
        _("Eine Anfrage von Ihnen wartet auf eine zweite Person. Das hier geht erst danach."),
    ),
    "last_way_in": (409, _("Ohne diesen Passkey kommen Sie nicht mehr herein.")),
    "proof_needed": (403, _("Dieses Gerät muss mehr zeigen als die Karte.")),
    "proof_wrong": (422, _("Das stimmt nicht. Bitte noch einmal.")),
    "key_proof_broken": (400, _("Der Wahlschlüssel ließ sich nicht prüfen. Bitte noch einmal.")),
    "key_exists": (409, _("Es gibt schon einen Wahlschlüssel zu Ihrer Karte.")),
    "malformed": (400, _("Diese Stimme ist nicht lesbar. Es wurde nichts gespeichert.")),
    "incomplete": (400, _("Es fehlt eine Antwort. Es wurde nichts gespeichert.")),
    "proof_broken": (400, _("Diese Stimme ist nicht gültig. Es wurde nichts gespeichert.")),
    "evening_keys_missing": (
        409,
        _("Zum Auszählen fehlen Abendschlüssel: %(there)d von mindestens %(needed)d sind da."),
    ),
    "evening_holder_left": (
        409,
        _("Wer mitzählt, muss da sein. Nicht mehr da: %(names)s. Jemand anderes zählt mit."),
    ),
    "commission_missing": (
        409,
        _(
            "Es fehlt die Zählkommission: Ihr Schlüssel gilt noch nicht. "
            "Der Weg dorthin steht beim Gremium unter „Zählkommission“."
        ),
    ),
    "commission_other_group": (
        409,
        _(
            "Der Schlüssel der Zählkommission passt nicht zur Regel, womit Stimmen verschlüsselt "
            "werden (%(group)s). Benennen Sie beim Gremium eine neue Zählkommission."
        ),
    ),
    "evening_keys_full": (409, _("Es zählen schon %(most)d Personen mit. Mehr geht nicht.")),
    "not_present": (409, _("Dafür müssen Sie bei der Sitzung als anwesend eingetragen sein.")),
    "count_key_broken": (400, _("Der Abendschlüssel ließ sich nicht prüfen. Bitte noch einmal.")),
    "commission_there": (
        409,
        _("Für diese Amtszeit gibt es schon eine Zählkommission. Lösen Sie sie zuerst auf."),
    ),
    "ceremony_moved_on": (
        409,
        _("Inzwischen ist es weitergegangen. Laden Sie die Seite neu."),
    ),
    "ceremony_broken": (400, _("Dieser Teil stimmt nicht. Es wurde nichts gespeichert.")),
    "release_incomplete": (409, _("Inzwischen ist etwas anderes zu zählen. Bitte neu laden.")),
    "release_broken": (
        400,
        _("Dieser Teil der Auszählung stimmt nicht. Es wurde nichts gespeichert."),
    ),
    "not_entitled": (403, _("Bei dieser Abstimmung stimmen Sie nicht mit.")),
    "question_unknown": (404, _("Diese Frage gibt es in dieser Abstimmung nicht.")),
    "not_open": (409, _("Die Abstimmung ist noch nicht offen.")),
    "closed": (409, _("Die Abstimmung ist zu. Ihre Stimme ist nicht angekommen.")),
    "superseded": (409, _("Sie haben danach noch einmal abgestimmt. Die neuere Stimme zählt.")),
    "already_done": (409, _("Das ist schon geschehen. Bitte laden Sie die Seite neu.")),
    "not_yet_closable": (
        409,
        _("Es haben noch nicht alle abgestimmt. Nutzen Sie „Letzter Aufruf“."),
    ),
    "second_person_needed": (403, _("Das muss eine zweite Person bestätigen.")),
    "confirmation_expired": (409, _("Die 30 Minuten sind um. Bitte fragen Sie noch einmal an.")),
    "no_term": (409, _("Am Tag der Sitzung läuft keine Amtszeit. Legen Sie zuerst eine an.")),
    "rules_missing": (409, _("Es fehlen Regeln: %(names)s. Legen Sie sie zuerst fest.")),
    "proposal_fixed": (409, _("Die Abstimmung ist angesagt. Der Wortlaut steht jetzt fest.")),
    "discussion_closed": (409, _("Die Aussprache ist zu. Die Abstimmung ist geöffnet.")),
    "not_the_day": (409, _("Das geht nur am Tag der Sitzung, bis sie zu Ende ist.")),
    "not_counted": (409, _("Hier gibt es noch kein Ergebnis. Bitte warten Sie die Auszählung ab.")),
    "meeting_over": (409, _("Diese Sitzung ist vorbei. Daran lässt sich nichts mehr ändern.")),
    "times_needed": (
        409,
        _("Die Sitzung ist schon länger her. Tragen Sie ein, wer von wann bis wann da war."),
    ),
    "vote_outside": (409, _("Zu dieser Zeit war keine Sitzung.")),
    "voted_at_missing": (
        409,
        _("Diese Sitzung ist vorbei. Sagen Sie zuerst, um wie viel Uhr abgestimmt wurde."),
    ),
    "minutes_too_early": (409, _("Die Sitzung läuft noch. Danach können Sie das tun.")),
    "minutes_fixed": (409, _("Das Gremium hat das Protokoll genehmigt. Es steht jetzt fest.")),
    "minutes_not_on_agenda": (
        409,
        _("Genehmigt wird in einer späteren Sitzung. Setzen Sie das dort auf die Tagesordnung."),
    ),
    "minutes_unsettled": (
        409,
        _("Ein Ergebnis ist noch nicht bestätigt. Erst danach kann das Gremium genehmigen."),
    ),
    "minutes_not_adopted": (
        409,
        _("Das Gremium hat darüber abgestimmt und nicht zugestimmt, oder das Ergebnis fehlt noch."),
    ),
    "minutes_not_approved": (409, _("Das Gremium hat das Protokoll noch nicht genehmigt.")),
    "meeting_not_now": (409, _("Diese Sitzung kann heute nicht beginnen. Es ist nicht ihr Tag.")),
    "meeting_not_running": (409, _("Die Sitzung läuft nicht. Beginnen Sie sie zuerst.")),
    "round_open": (409, _("Eine Abstimmung ist noch offen. Schließen Sie sie zuerst.")),
    "round_uncounted": (
        409,
        _("Eine Abstimmung ist noch nicht ausgezählt. Danach lässt sich die Sitzung beenden."),
    ),
    "agenda_empty": (409, _("Auf der Tagesordnung steht noch nichts.")),
    "agenda_open": (409, _("Legen Sie zuerst die Tagesordnung fest.")),
    "too_late_to_undo": (
        409,
        _("Seitdem ist schon etwas geschehen. Darum lässt sich das nicht mehr zurücknehmen."),
    ),
    "stay_counted": (
        409,
        _("Mit dieser Person wurde schon abgestimmt. Tragen Sie ein, wann sie gegangen ist."),
    ),
    "item_used": (409, _("Dieser Punkt war schon dran oder hat eine Abstimmung. Er bleibt.")),
    "notes_changed": (409, _("Jemand anderes hat hier auch geschrieben. Laden Sie die Seite neu.")),
    "too_many_documents": (409, _("Zu einem Punkt gehen höchstens 10 Unterlagen.")),
    "seat_taken": (409, _("Dieser Sitz ist schon besetzt.")),
    "member_seated": (409, _("Diese Person hat schon einen Sitz.")),
    "member_deputy": (
        409,
        _("Diese Person ist Vertretung in diesem Gremium. Beenden Sie das zuerst."),
    ),
    "member_listed": (
        409,
        _("Diese Person steht auf der Nachrückliste. Nutzen Sie „Nachrücken“."),
    ),
    "seat_vacant": (409, _("Dieser Sitz ist leer. Besetzen Sie ihn zuerst.")),
    "seat_held": (
        409,
        _("Dieser Sitz ist noch besetzt. Beenden Sie zuerst die Mitgliedschaft."),
    ),
    "seat_given_up": (409, _("Diesen Sitz gibt es nicht mehr.")),
    "segment_unknown": (409, _("Diese Gruppe gibt es in diesem Gremium nicht.")),
    "speakers_enough": (
        409,
        _("Nach den Regeln gibt es höchstens so viele Sprecher:innen: %(most)d."),
    ),
    "speaker_not_resident": (
        409,
        _("Nach den Regeln spricht nur jemand aus der Bewohnerschaft für das Gremium."),
    ),
    "nobody_listed": (
        409,
        _("Aus dieser Gruppe steht niemand auf der Nachrückliste."),
    ),
    "term_backwards": (409, _("Die Amtszeit endet, bevor sie beginnt.")),
    "terms_overlap": (
        409,
        _("In dieser Zeit läuft schon eine andere Amtszeit. Sie endet am %(end)s."),
    ),
    "no_ballots": (409, _("Dieses Gremium stimmt nicht mit Stimmzetteln ab.")),
    "roll_unclear": (
        409,
        _("Wer abstimmen darf, steht noch nicht fest. Es fehlt eine Regel: %(names)s"),
    ),
    "recusal_closed": (
        409,
        _("Nicht mehr möglich. Stimmen Sie nicht ab und sagen Sie es dem QM-Team."),
    ),
    "recusal_by_officer": (
        409,
        _("Das QM-Team hat Sie eingetragen. Sagen Sie dort, dass es nicht stimmt."),
    ),
    "card_needs_second": (
        409,
        _("Erst muss eine zweite Person zustimmen, weil es schon eine Karte gibt: %(names)s"),
    ),
    "roster_bound": (
        409,
        _(
            "Eine Abstimmung ist angesagt. Darum ist die Besetzung fest. Eine zweite Person kann"
            " sie mit Ihnen für 30 Minuten freigeben: auf der Seite des Gremiums."
        ),
    ),
    "choice_needs_box": (
        409,
        _("Eigene Antworten gehen nur geheim. Offen oder auf Papier geht nur Ja oder Nein."),
    ),
    "no_poll": (409, _("Zu diesen Fragen gibt es kein Meinungsbild.")),
    "rules_bound": (409, _("Über diesen Entwurf wird abgestimmt. Bis dahin steht er fest.")),
    "rules_kept": (409, _("Dieser Entwurf stand schon zur Abstimmung. Darum bleibt er stehen.")),
    "rules_need_vote": (409, _("Über neue Regeln stimmt das Gremium selbst ab.")),
    "rules_unchanged": (409, _("Der Entwurf sagt dasselbe wie die Regeln, die schon gelten.")),
    "pot_missing": (
        409,
        _("Für %(year)d gibt es in diesem Fonds noch kein Geld. Legen Sie es fest."),
    ),
    "pot_short": (409, _("So viel ist nicht im Topf. Es fehlen %(sum)s.")),
    "above_cap": (409, _("Das ist mehr, als eine Aktion höchstens bekommt: %(sum)s zu viel.")),
    "above_request": (409, _("Das ist mehr, als beantragt ist.")),
    "above_reservation": (409, _("Das ist mehr, als für diesen Antrag reserviert ist: %(sum)s.")),
    "below_paid": (409, _("Es ist schon mehr ausgezahlt.")),
    "above_approved": (409, _("Das ist mehr, als bewilligt ist.")),
    "above_due": (409, _("Das ist mehr, als zurückzuzahlen ist: %(sum)s zu viel.")),
    "wrong_state": (409, _("Das geht bei dieser Bewilligung nicht mehr. Bitte laden Sie neu.")),
    "not_completed": (
        409,
        _("Das geht erst, wenn abgerechnet ist und keine Auflage mehr offen ist."),
    ),
    "lot_needed": (
        409,
        _("Das Geld reicht nicht für alle mit gleich vielen Ja-Stimmen. Erst das Los."),
    ),
    "nothing_to_vote": (
        409,
        _("Auf dem Tisch liegt kein Antrag, über den abgestimmt werden kann."),
    ),
    "objection_unset": (409, _("Einwände sind hier nicht möglich. Die Regeln nennen keine Frist.")),
    "objection_late": (409, _("Die Frist für Einwände war am %(day)s zu Ende.")),
    "objection_not_yours": (
        403,
        _("Einen Einwand erheben kann nur, wer über diese Frage abstimmen durfte."),
    ),
    "objection_made": (409, _("Sie haben schon einen Einwand erhoben. Er wird geprüft.")),
    "decision_annulled": (409, _("Diese Entscheidung ist schon aufgehoben.")),
    "annul_needs_vote": (
        409,
        _("Nach den Regeln muss das Gremium selbst zustimmen. Wählen Sie diese Abstimmung aus."),
    ),
    "annul_rules": (
        409,
        _("Regeln lassen sich nicht aufheben. Das Gremium beschließt eine neue Fassung."),
    ),
    "summary_unchanged": (409, _("Der neue Text sagt dasselbe wie der alte.")),
    "no_vote_item": (409, _("Über diesen Punkt wird nicht abgestimmt.")),
    "wording_missing": (
        409,
        _("Eine Frage fehlt noch in diesen Sprachen: %(names)s. Ergänzen Sie sie zuerst."),
    ),
    "last_call_outside": (
        409,
        _("Einen letzten Aufruf gibt es nur in der Sitzung. Im Umlauf gilt das gesagte Ende."),
    ),
    "circular_forbidden": (409, _("Nach den Regeln geht hier keine Abstimmung im Umlauf.")),
    "end_missing": (
        409,
        _("Das Ende der Abstimmung fehlt oder ist schon vorbei. Legen Sie es zuerst fest."),
    ),
    "nobody_practises": (
        409,
        _("Für eine Proberunde braucht das Gremium mindestens zwei Mitglieder mit Wahlschlüssel."),
    ),
    "amend_not_allowed": (409, _("Nach den Regeln darf das Gremium das nicht ändern.")),
    "no_question_left": (409, _("Keine Frage kann geöffnet werden: %(names)s.")),
    "papers_fixed": (
        409,
        _("Die Abstimmung ist offen. Wer auf Papier abstimmt, steht jetzt fest."),
    ),
    "papers_missing": (
        409,
        _("Es fehlen Papiernummern. Zwei Personen legen sie an, jede auf einem eigenen Gerät."),
    ),
    "papers_out": (
        409,
        _("Es sind noch Papiere unterwegs. Tragen Sie sie ein oder nehmen Sie sie zurück."),
    ),
    "paper_unknown": (409, _("Diese Papiernummer gehört nicht zu dieser Frage.")),
    "paper_used": (409, _("Diese Papiernummer ist schon eingetragen. Jede zählt nur einmal.")),
    "paper_waits": (409, _("Das haben Sie schon eingetragen. Jetzt ist die zweite Person dran.")),
    "paper_not_enterer": (
        403,
        _("Nur die zwei Personen, die die Papiernummern angelegt haben, tragen Papiere ein."),
    ),
    "papers_by_commission": (
        403,
        _("In diesem Gremium tragen nur die Schlüsselpersonen der Zählkommission Papiere ein."),
    ),
    "officer_needed": (
        403,
        _("Eine der zwei Personen muss aus dem QM-Team sein oder beide aus der Zählkommission."),
    ),
    "reason_missing": (400, _("Bitte geben Sie einen Grund an.")),
    "reason_names": (
        400,
        _(
            "Hier steht der Name einer Person aus dem Gebiet. Das lässt sich später nicht löschen."
            " Bitte schreiben Sie es ohne Namen."
        ),
    ),
    "answers_missing": (
        409,
        _("Es fehlen noch Antworten. Rufen Sie alle Namen auf oder notieren Sie „ohne Antwort“."),
    ),
    "answers_changed": (
        409,
        _("Die Antworten wurden inzwischen geändert. Bitte lesen Sie sie noch einmal."),
    ),
    "open_not_allowed": (409, _("Nach den Regeln stimmt dieses Gremium geheim ab.")),
    "open_by_rule": (409, _("Nach den Regeln wird hier offen abgestimmt.")),
    "ways_fixed": (409, _("Wie abgestimmt wird, steht seit der Ansage fest.")),
    "hand_count_missing": (
        409,
        _("Die Stimmen sind noch nicht gezählt. Das machen zwei Personen."),
    ),
    "count_above_roll": (
        409,
        _("Das sind %(votes)d Stimmen. Auf der Liste stehen aber nur %(roll)d."),
    ),
    "present_differs": (
        409,
        _("Nach der Liste waren %(present)d Sitze anwesend. Bitte zählen Sie noch einmal nach."),
    ),
    "residents_differ": (409, _("So viele Stimmen aus der Bewohnerschaft kann es nicht geben.")),
}
STATUS_CODES = {
    400: "bad_request",
    401: "signed_out",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    410: "gone",
    413: "too_large",
    500: "failed",
}
LOCKED = {"55P03", "40P01"}
RETRY_SECONDS = 5


class Refused(Exception):
    """A lawful refusal: a code of the table above and the facts its sentence names."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def sentence(code: str, facts: dict[str, Any]) -> str:
    """The refusal in the person's language."""
    return str(REFUSALS[code][1]) % facts if facts else str(REFUSALS[code][1])


def answer(code: str, facts: dict[str, Any]) -> Response:
    """The refusal as JSON for a program, as a page for a person."""
    status = REFUSALS[code][0]
    message = sentence(code, facts)
    if wants_json():
        response = jsonify(error=code, message=message, **facts)
    else:
        page = render_template("errors/refused.html", status=status, code=code, message=message)
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if "retry_after" in facts:
        response.headers["Retry-After"] = str(facts["retry_after"])
    return response


def answers_json(view: View) -> View:
    """Mark a view for programs: it refuses in JSON whatever the request accepts."""
    view.answers_json = True  # type: ignore[attr-defined]
    return view


def wants_json() -> bool:
    if hasattr(current_app.view_functions.get(request.endpoint or ""), "answers_json"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.is_json or best == "application/json"


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, lambda _failure: answer("form_too_old", {}))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)


def _refused(refused: Refused) -> Response:
    """What was begun is taken back first: a page that says no reads a sound database."""
    _take_back()
    return answer(refused.code, refused.facts)


def _take_back() -> None:
    held = g.get("session")
    if held is not None:
        held.rollback()


def _http(failure: HTTPException) -> Response | HTTPException:
    if failure.code is None or failure.code < 400:
        return failure
    if failure.code == 413 and upload.most_bytes() is not None:
        return answer("file_too_large", {})
    return answer(STATUS_CODES.get(failure.code, "bad_request"), {})


def _database(failure: DBAPIError) -> Response:
    _take_back()
    if is_lock_timeout(failure):
        return answer("busy", {"retry_after": RETRY_SECONDS})
    raise failure


def is_lock_timeout(failure: DBAPIError) -> bool:
    """Whether another writer held the lock for too long (or a deadlock was broken)."""
    state = getattr(failure.orig, "sqlstate", None)
    return state in LOCKED or (
        isinstance(failure, OperationalError) and "locked" in str(failure.orig)
    )
