"""What members fill in besides their ballot."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField

from app import one_line

LONGEST_REASON = 500


class RecusalForm(FlaskForm):
    reason = one_line.line(
        _("Warum?"),
        longest=LONGEST_REASON,
        optional=True,
        description=_("Das liest nur das QM-Team."),
    )
    may_be_named = BooleanField(_("Mein Name darf dabeistehen"))
