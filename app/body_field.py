"""A form field that asks for the body, where an area has several that vote."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.models import Body


class BodyField(RadioField):
    """Call `offer` before validating; a single body is chosen without a question."""

    bodies: Sequence[Body] = ()

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, coerce=int, **more)
        # Templates choose the markup by this name.
        self.type = RadioField.__name__

    def offer(self, bodies: Sequence[Body]) -> None:
        self.bodies = bodies
        self.choices = [SelectChoice(body.id, body.name) for body in bodies]
        if len(bodies) == 1:
            self.data = bodies[0].id

    @property
    def is_asked(self) -> bool:
        return len(self.bodies) > 1

    @property
    def body(self) -> Body:
        """The chosen one, after validating."""
        return next(body for body in self.bodies if body.id == self.data)

    def pre_validate(self, form: FlaskForm) -> None:
        if not self.bodies:
            raise ValidationError(gettext("Es gibt noch kein Gremium, das abstimmt."))
        if self.data not in {body.id for body in self.bodies}:
            raise ValidationError(gettext("Bitte wählen Sie ein Gremium."))
