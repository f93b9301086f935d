"""Own answers are typed at the desk in every language, with how many are ticked and taken."""

import pytest
from sqlmodel import Session, select

from app.models import AgendaItem, Question, Round
from tests.app import builder
from tests.app.builder import Browser, Council

TYPED = {
    "title_de": "Neuer Name",
    "wording_de": "Wie soll der Platz heißen?",
    "kind": "choice",
    "options_de": "Anger\nLinde\r\n\n Markt ",
    "fewest": "1",
    "most": "2",
    "places": "1",
    "has_blank": "y",
}
IN_ENGLISH = {
    "title_en": "New name",
    "wording_en": "What should the square be called?",
    "options_en": "Green\nLime tree\nMarket",
}


@pytest.fixture
def address(held: Session, area: Council) -> str:
    builder.set_rules(held, area, majority__other="more_than_half")
    item: AgendaItem = builder.build_item(held, area, title="Name")
    return f"/desk/agenda-items/{item.id}/question"


def asked(held: Session) -> Question:
    held.rollback()
    return held.exec(select(Question)).one()


def test_own_answers_become_a_question_in_every_language(
    held: Session, moderator: Browser, address: str
) -> None:
    answer = moderator.post(address, data=TYPED | IN_ENGLISH)
    question = asked(held)
    assert question.options["de"] == ["Anger", "Linde", "Markt", "Keine davon"]
    assert question.options["en"][:3] == ["Green", "Lime tree", "Market"]
    assert question.answers == ("option-1", "option-2", "option-3", "blank")
    assert (question.fewest, question.most, question.places) == (1, 2, 1)
    page = moderator.get(answer.location).text
    assert "Man kreuzt bis zu 2 Antworten an." in page
    assert "Lime tree" in moderator.get(f"/en{answer.location}").text
    assert moderator.post(f"{answer.location}/announce").status_code == 303


def test_answers_are_missing_in_a_language_until_they_are_typed(
    held: Session, moderator: Browser, address: str
) -> None:
    german = moderator.post(address, data=TYPED | {**IN_ENGLISH, "options_en": ""}).location
    assert "Das Gremium bietet auch an: Englisch." in moderator.get(german).text
    assert moderator.post(f"{german}/announce").status_code == 409
    wording = f"/desk/questions/{asked(held).id}/wording"
    shown = moderator.get(wording).text
    assert "Anger\nLinde\nMarkt" in shown.replace("\r", "")
    assert moderator.post(wording, data=TYPED | IN_ENGLISH).status_code == 303
    assert moderator.post(f"{german}/announce").status_code == 303


def test_a_choice_can_become_a_question_for_yes_or_no(
    held: Session, moderator: Browser, address: str
) -> None:
    moderator.post(address, data=TYPED)
    wording = f"/desk/questions/{asked(held).id}/wording"
    assert moderator.post(wording, data=TYPED | {"kind": "yes_no"}).status_code == 303
    question = asked(held)
    assert (question.answers, question.most) == (("yes", "no", "abstain"), 1)


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"options_de": ""}, "Bitte füllen Sie dieses Feld aus."),
    ({"options_de": "Anger"}, "Bitte schreiben Sie 2 bis 20 Zeilen auf."),
    ({"options_de": "Anger\nAnger"}, "Zwei Zeilen sind gleich."),
    ({"options_de": "Anger\nLin\u200bde"}, "unsichtbares Zeichen"),
    ({"options_de": f"Anger\n{'x' * 121}"}, "Das ist zu lang."),
    (
        IN_ENGLISH | {"options_en": "Green\nLime tree"},
        "so viele Zeilen sein wie auf Deutsch",
    ),
    ({"options_en": IN_ENGLISH["options_en"]}, "Bitte füllen Sie dieses Feld aus."),
    ({"most": "4"}, "Das passt nicht zu den Antworten"),
    ({"fewest": "3"}, "Das passt nicht zu den Antworten"),
    ({"most": ""}, "Bitte füllen Sie dieses Feld aus."),
    ({"most": "0"}, "Bitte geben Sie eine Zahl von 1 bis 20 ein."),
    ({"places": "4"}, "So viele Antworten gibt es nicht."),
]


def test_answers_that_do_not_fit_are_refused_and_kept(
    held: Session, moderator: Browser, address: str
) -> None:
    for changed, sentence in REFUSED:
        answer = moderator.post(address, data=TYPED | changed)
        assert answer.status_code == 422, changed
        assert sentence in answer.text, changed
        assert 'value="Neuer Name"' in answer.text
    assert held.exec(select(Round)).all() == []


GRADED = TYPED | {
    "title_de": "Farbe",
    "wording_de": "Wie gefällt Ihnen diese Farbe?",
    "kind": "grade",
}


def test_each_proposal_gets_a_grade_in_a_question_of_its_own(
    held: Session, moderator: Browser, address: str
) -> None:
    answer = moderator.post(address, data=GRADED | {"options_de": "Blau\nGrün", "most": ""})
    held.rollback()
    first, second = held.exec(select(Question).order_by(Question.position)).all()  # type: ignore[arg-type]
    assert (first.title, second.title) == ({"de": "Farbe: Blau"}, {"de": "Farbe: Grün"})
    assert second.wording["de"] == "Wie gefällt Ihnen diese Farbe? – Grün"
    assert (first.kind, first.fewest, first.most, first.places) == ("grade", 1, 1, 0)
    assert first.options["de"] == [
        *("sehr gut", "gut", "mittel", "schlecht", "sehr schlecht"),
        "Enthaltung",
    ]
    assert moderator.post(f"{answer.location}/announce").status_code == 409
    for question in (first, second):
        form = f"/desk/questions/{question.id}/wording"
        assert 'name="kind"' not in moderator.get(form).text
        words = {
            f"{name}_de": getattr(question, column)["de"]
            for name, column in (("title", "title"), ("wording", "wording"))
        }
        english = {"title_en": "Colour", "wording_en": "How do you like it?"}
        assert moderator.post(form, data=words | english).status_code == 303
    held.rollback()
    assert first.kind == "grade"
    assert moderator.post(f"{answer.location}/announce").status_code == 303


def test_one_question_does_not_become_several(
    held: Session, moderator: Browser, address: str
) -> None:
    moderator.post(address, data=TYPED)
    wording = f"/desk/questions/{asked(held).id}/wording"
    assert 'value="grade"' not in moderator.get(wording).text
    assert moderator.post(wording, data=GRADED).status_code == 422
    assert asked(held).kind == "choice"


def test_proposals_are_named_in_every_language_that_asks_for_grades(
    held: Session, moderator: Browser, address: str
) -> None:
    typed = GRADED | IN_ENGLISH | {"options_en": ""}
    assert moderator.post(address, data=typed).status_code == 422
    assert held.exec(select(Round)).all() == []
