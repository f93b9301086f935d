"""The summary of a decision by the QM team, in every language of the site."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app import one_line

LONGEST = 1500


class SummaryForm(FlaskForm):
    german = one_line.text(_("Zusammenfassung auf Deutsch"), longest=LONGEST)
    english = one_line.text(_("Zusammenfassung auf Englisch"), longest=LONGEST)

    @property
    def summary(self) -> dict[str, str]:
        return {"de": self.german.data, "en": self.english.data}
