"""A document of an item is chosen; what it is shows in its bytes, not in its name."""

import io
import zipfile
from typing import NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from app import one_line

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 120
MOST_ENTRIES = 5_000
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."
STARTS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
}
OPEN_KINDS = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
OFFICE_KINDS = {
    "word/document.xml": ("wordprocessingml.document", ".docx"),
    "xl/workbook.xml": ("spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": ("presentationml.presentation", ".pptx"),
}
MACROS = ("vbaproject.bin", "basic/script-lc.xml")


class Kind(NamedTuple):
    media_type: str
    ending: str


class DocumentForm(FlaskForm):
    file = FileField(
        _("Datei"),
        description=_("PDF, Bild (PNG, JPEG), OpenDocument oder Office. Höchstens 5 MB."),
    )
    content: bytes = b""
    kind: Kind | None = None

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(gettext("Bitte wählen Sie eine Datei."))
        self.content = field.data.read(MOST_BYTES + 1)
        if len(self.content) > MOST_BYTES:
            raise ValidationError(gettext("Diese Datei ist zu groß. Höchstens 5 MB gehen."))
        self.kind = kind_of(self.content)
        if self.kind is None:
            raise ValidationError(
                gettext("Diese Art von Datei geht nicht. Speichern Sie sie zum Beispiel als PDF.")
            )

    @property
    def name(self) -> str:
        """The name of the file without folders, with the ending that its content has."""
        ending = self.kind.ending if self.kind else ""
        typed = one_line.normal((self.file.data.filename or "").replace("\\", "/")) or ""
        stem = typed.rpartition("/")[2].rpartition(".")[0][:LONGEST_NAME]
        if one_line.fault_in_line(stem):
            stem = "unterlage"
        return stem + ending


def kind_of(content: bytes) -> Kind | None:
    """What these bytes are; None for what is not taken, files with macros among them."""
    for start, (media_type, ending) in STARTS.items():
        if content.startswith(start):
            return Kind(media_type, ending)
    return _packed(content) if content.startswith(b"PK\x03\x04") else None


def _packed(content: bytes) -> Kind | None:
    """What a ZIP file is by the list of its parts; nothing large is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = [each.lower() for each in file.namelist()]
            if len(names) > MOST_ENTRIES or any(each.endswith(MACROS) for each in names):
                return None
            return _open_document(file) or _office(names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None


def _open_document(file: zipfile.ZipFile) -> Kind | None:
    """OpenDocument says what it is in a first part that is not compressed."""
    first = file.infolist()[0] if file.infolist() else None
    if first is None or first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        return None
    said = file.read(first).decode("ascii", "replace")
    ending = OPEN_KINDS.get(said.removeprefix(OPEN_DOCUMENT))
    return Kind(said, ending) if ending and said.startswith(OPEN_DOCUMENT) else None


def _office(names: list[str]) -> Kind | None:
    if "[content_types].xml" not in names:
        return None
    found = (OFFICE_KINDS[name] for name in names if name in OFFICE_KINDS)
    media_type, ending = next(found, ("", ""))
    return Kind(OFFICE + media_type, ending) if ending else None
