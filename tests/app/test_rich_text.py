"""Rich text: what people type can be formatted, and nothing else."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nh3
import pytest

from app import rich_text

VECTORS = json.loads((Path(__file__).parents[1] / "payloads" / "html_vectors.json").read_text())
IDS = [vector["id"] for vector in VECTORS]
ALLOWED = {"a": {"href", "rel"}, "ol": {"start"}}
SHORT_LIST = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a"}
SHORT_LIST |= {"h3", "h4"}


class Elements(HTMLParser):
    """Elements and attributes of a fragment, and its text."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.text = ""
        self.feed(str(html))

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, _data):
        self.found.append(("!--", {}))

    def handle_decl(self, _decl):
        self.found.append(("!", {}))

    def handle_pi(self, _data):
        self.found.append(("?", {}))


def faults(html):
    """Every element and attribute that is not on the short list."""
    for tag, attributes in Elements(html).found:
        if tag not in SHORT_LIST:
            yield tag
        for name, value in attributes.items():
            if name not in ALLOWED.get(tag, ()):
                yield f"{tag}[{name}]"
            if name == "href" and not re.match("(https?://|mailto:)", value, re.IGNORECASE):
                yield value
            if name == "rel" and value != rich_text.REL:
                yield value


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_hostile_text_leaves_nothing_but_the_short_list(vector):
    assert list(faults(rich_text.render(vector["payload"]))) == []


@pytest.mark.parametrize("around", ["- {}", "> {}", "**{}**", "[x]({})", "## {}", "a\n{}\nb"])
def test_hostile_text_inside_markdown_leaves_nothing_either(around):
    for vector in VECTORS:
        assert list(faults(rich_text.render(around.format(vector["payload"])))) == []


def test_the_check_itself_finds_what_is_hostile():
    hostile = [vector for vector in VECTORS if vector["context"] == "html"]
    found = [vector["id"] for vector in hostile if list(faults(vector["payload"]))]
    assert len(found) >= 0.9 * len(hostile)


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_a_second_sanitizer_finds_nothing_left_to_take(vector):
    html = str(rich_text.render(vector["payload"]))
    again = nh3.clean(
        html,
        tags=SHORT_LIST,
        attributes={"a": {"href", "rel"}, "ol": {"start"}, "*": set()},
        url_schemes=set(rich_text.PROTOCOLS),
        link_rel=None,
    )
    assert Elements(again).found == Elements(html).found
    assert Elements(again).text == Elements(html).text


def test_markdown_becomes_the_markup_it_means():
    html = rich_text.render(
        "# Titel\n\nEin *leises* **Wort**.\n\n3. drei\n4. vier\n\n> Zitat\n\n---"
    )
    tags = [tag for tag, _attributes in Elements(html).found]
    assert tags == ["h3", "p", "em", "strong", "ol", "li", "li", "blockquote", "p", "hr"]
    assert Elements(html).found[4] == ("ol", {"start": "3"})


def test_links_lead_out_with_one_relation_and_never_to_our_own_buttons():
    html = rich_text.render("[a](https://a.example/?x=1&y=2 't') <mailto:b@c.example> [d](/desk/)")
    links = [attributes for tag, attributes in Elements(html).found if tag == "a"]
    assert links == [
        {"href": "https://a.example/?x=1&y=2", "rel": rich_text.REL},
        {"href": "mailto:b@c.example", "rel": rich_text.REL},
        {"rel": rich_text.REL},
    ]


def test_pictures_become_links_because_one_that_loads_is_a_beacon():
    html = rich_text.render("![Hof](https://a.example/hof.png)")
    assert [tag for tag, _attributes in Elements(html).found] == ["p", "a"]


@pytest.mark.parametrize(
    "benign",
    [
        "3 < 5 und 5 > 3",
        "Fußgänger & Radfahrer",
        "-5 °C im Hof",
        "@Nachbarn: bitte lesen",
        "حديقة الحي",
        "Tuğba Çelik’s Idee 🌱",
        "= gleich viele",
    ],
)
def test_ordinary_text_is_shown_as_typed(benign):
    assert Elements(rich_text.render(benign)).text.strip() == benign


def test_control_characters_and_broken_surrogates_are_dropped():
    assert Elements(rich_text.render("a\x00b\x1bc\ud800d\x9fe")).text.strip() == "abcde"


def test_no_more_than_the_longest_text_is_read():
    html = rich_text.render("a" * (rich_text.LONGEST + 5))
    assert len(Elements(html).text.strip()) == rich_text.LONGEST


def test_nothing_else_imports_the_sanitizer():
    sources = (Path(__file__).parents[2] / "app").rglob("*.py")
    importers = {each.name for each in sources if "import bleach" in each.read_text()}
    assert importers == {"rich_text.py"}
