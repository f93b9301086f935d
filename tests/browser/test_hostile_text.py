"""Hostile Markdown and HTML in a real browser, with no content policy that would hide a hole."""

import json
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.rich_text import render

VECTORS = json.loads((Path(__file__).parents[1] / "payloads" / "html_vectors.json").read_text())
RICH = [each for each in VECTORS if each["context"] in ("html", "markdown")]
CONTROL = [
    each
    for each in RICH
    if each["context"] == "html" and each["fires_unsanitised"] and each["needs"] == "auto"
]
OWN = "http://localhost/"
TAGS = "P BR STRONG EM UL OL LI BLOCKQUOTE CODE PRE HR H3 H4 A"
FOUND = """() => [...document.querySelectorAll('#text *')].map((one) => one.tagName)"""
TOUCH = """() => document.querySelectorAll('#text *').forEach((one) => {
  for (const kind of ['mouseover', 'mouseenter', 'focus', 'blur', 'pointerdown', 'animationend']) {
    one.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  if (one.tagName !== 'A') one.click?.();
})"""


class Watched:
    """A page that tells what ran on it and what it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.body = ""
        page.route("**/*", self._answer)
        page.add_init_script("window.fired = 0; window.alert = () => { window.fired += 1; };")

    def _answer(self, route) -> None:
        if route.request.url == OWN:
            html = f"<!doctype html><title>x</title><div id=text>{self.body}</div>"
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
            return
        self.asked.append(route.request.url)
        route.abort()

    def show(self, body: str) -> int:
        """Load a text, touch everything in it, and count the scripts that ran."""
        self.body, self.asked = body, []
        self.page.goto(OWN)
        self.page.evaluate(TOUCH)
        self.page.wait_for_timeout(15)
        return int(self.page.evaluate("window.fired"))


@pytest.fixture
def watched(open_phone) -> Watched:
    return Watched(open_phone())


def rendered(payload: str) -> str:
    with Flask("text").app_context():
        return str(render(payload))


@pytest.mark.needs("chromium")
def test_no_script_runs_and_nothing_is_loaded(watched):
    assert len(RICH) > 40
    for vector in RICH:
        fired = watched.show(rendered(vector["payload"]))
        assert fired == 0, vector["id"]
        assert watched.asked == [], vector["id"]
        assert set(watched.page.evaluate(FOUND)) <= set(TAGS.split()), vector["id"]


@pytest.mark.drill
@pytest.mark.needs("chromium")
def test_the_same_texts_do_harm_without_the_sanitiser(browser):
    """The control: the vectors bite where nothing stands between them and the page."""
    harmed = 0
    for vector in CONTROL:
        context = browser.new_context()
        watched = Watched(context.new_page())
        watched.page.on("dialog", lambda dialog: dialog.dismiss())
        harmed += bool(watched.show(vector["payload"]) or watched.asked)
        context.close()
    assert harmed >= 0.9 * len(CONTROL)
