"""What moderators fill in about minutes."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField

from app import one_line


class CorrectForm(FlaskForm):
    """`version` is the one whose words were corrected; somebody else may have been quicker."""

    version = HiddenField()
    words = one_line.text(
        _("Text dieses Abschnitts"),
        optional=True,
        description=_("Was hier vorher stand, bleibt für die Mitglieder sichtbar."),
    )

    def follows(self, version: int) -> bool:
        """Whether nobody corrected anything meanwhile; if not, the form says so and goes on."""
        if self.version.data == str(version):
            return True
        self.version.data = str(version)
        self.words.errors = [
            gettext("Jemand hat das Protokoll inzwischen berichtigt. Prüfen Sie den Text.")
        ]
        return False
