"""Built static files: hashed names and integrity values from the bundle's manifest."""

import json
from pathlib import Path
from typing import Any

from flask import Flask

STATIC = Path(__file__).parent / "static"
BUILT = STATIC / "built"


class AssetsMissing(RuntimeError):
    """The browser bundle was not built; `make setup` does it."""


def init_app(app: Flask) -> None:
    manifest = _manifest()
    app.jinja_env.globals.update(
        asset=lambda name: f"/static/built/{manifest[name]['file']}",
        integrity=lambda name: manifest[name]["integrity"],
    )
    app.extensions["assets"] = manifest


def _manifest() -> dict[str, Any]:
    path = BUILT / "manifest.json"
    if not path.exists():
        raise AssetsMissing("app/static/built/manifest.json is missing: run `make setup`")
    return json.loads(path.read_text())
