"""Built static files: hashed names and integrity values from the bundle's manifest."""

import json
from pathlib import Path
from typing import Any

from flask import Flask, current_app

STATIC = Path(__file__).parent / "static"
BUILT = STATIC / "built"


class AssetsMissing(RuntimeError):
    """The browser bundle was not built; `make setup` does it."""


def init_app(app: Flask) -> None:
    manifest = _manifest()
    app.jinja_env.globals.update(
        asset=lambda name: f"/static/built/{manifest[name]['file']}",
        integrity=lambda name: manifest[name]["integrity"],
        sha256=lambda name: manifest[name]["sha256"],
    )
    app.extensions["assets"] = manifest


def read(name: str) -> bytes:
    """The bytes of a built file."""
    manifest = current_app.extensions["assets"]
    return (BUILT / manifest[name]["file"]).read_bytes()


def _manifest() -> dict[str, Any]:
    path = BUILT / "manifest.json"
    if not path.exists():
        raise AssetsMissing("app/static/built/manifest.json is missing: run `make setup`")
    return json.loads(path.read_text())
