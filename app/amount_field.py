"""A form field for money: euros as people type them, integer cents as we keep them."""

from flask_babel import gettext
from wtforms import StringField

from app import text, typed_amount


class AmountField(StringField):
    """Euros as typed; `data` is integer cents, None where nothing was typed."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else text.amount(self.data).strip("€" + text.NBSP)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        try:
            self.data = typed_amount.parse(typed)
        except typed_amount.AmountTooLarge:
            raise ValueError(gettext("Der Betrag ist zu groß.")) from None
        except typed_amount.NotAnAmount:
            raise ValueError(
                gettext(
                    "„%(typed)s“ ist kein Betrag. Schreiben Sie zum Beispiel 1.480,50.",
                    typed=typed[:40],
                )
            ) from None

    @property
    def cents(self) -> int:
        """The amount of a field that was not left empty."""
        return int(self.data or 0)
