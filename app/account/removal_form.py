"""Why a text has to go from the decision log."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.text import word
from voting.log.kind import GROUNDS


class RemovalForm(FlaskForm):
    """One of the few reasons; nobody types another text."""

    ground = RadioField(
        _("Warum muss er weg?"),
        choices=lambda: [(ground, word(ground)) for ground in GROUNDS],
        validators=[InputRequired(_("Bitte wählen Sie einen Grund."))],
    )
