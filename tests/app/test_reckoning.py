"""How the needed number came about: groups, base and rounding, in whole numbers."""

import pytest

from app import text

ROLL = {"residents": 11, "partners": 6}


def said(app, majority, base_count, required, base="present", prefix=""):
    rule = {"majority": majority, "base": base, "base_count": base_count, "required": required}
    with app.test_request_context(f"{prefix}/"):
        return text.reckoning_sentences(rule, ROLL)


@pytest.mark.parametrize(
    ("majority", "base", "required", "step"),
    [
        ("two_thirds", 17, 12, "Zwei Drittel von 17 sind 11,33. Das wird aufgerundet."),
        ("two_thirds", 18, 12, "Zwei Drittel von 18 sind genau 12."),
        ("two_thirds", 25, 17, "Zwei Drittel von 25 sind 16,66. Das wird aufgerundet."),
        ("three_quarters", 10, 8, "Drei Viertel von 10 sind 7,5. Das wird aufgerundet."),
        ("three_quarters", 12, 9, "Drei Viertel von 12 sind genau 9."),
        ("more_than_half", 9, 5, "Die Hälfte von 9 ist 4,5. Es muss mehr sein."),
        ("more_than_half", 12, 7, "Die Hälfte von 12 ist 6. Es muss mehr sein."),
    ],
)
def test_base_and_rounding_stand_there(app, majority, base, required, step):
    lines = said(app, majority, base, required)
    assert lines == [
        "Auf der Liste standen 11 Sitze der Bewohnerschaft und 6 Sitze der Partner.",
        f"Gezählt wird von allen auf der Liste: {base}.",
        step,
        f"Nötig waren also {required} Ja.",
    ]


@pytest.mark.parametrize("base", ["present", "all_seats", "filled_seats", "cast", "yes_no"])
def test_each_base_has_its_words(app, base):
    assert "17" in said(app, "two_thirds", 17, 12, base)[1]


def test_unanimity_is_not_rounded(app):
    assert len(said(app, "unanimous", 17, 17)) == 3
