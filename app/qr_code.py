"""An address or a text as a picture for the camera of a phone."""

import segno


def picture(text: str) -> str:
    """The picture as a data address."""
    code = segno.make(text, micro=False, error="m")
    return code.svg_data_uri(border=3, dark="#000", light="#fff")
