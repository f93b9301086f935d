"""Rules of the house that a reader of one file cannot see; each has a sample that breaks it."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Blueprint

import app as shell
from app import create_app, policy
from app.policy import Action, requires
from tests.app import builder

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("voting/**/*.py"), ROOT / "wsgi.py"])
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))

Rule = Callable[[ast.AST], bool]
# Reading the clock, as a call: module or class, and the function.
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"),
}  # fmt: skip
TRANSACTION = re.compile(r"\s*(BEGIN|COMMIT)\b", re.IGNORECASE)
UNSAFE_TEMPLATE = re.compile(r"\|\s*safe\b|autoescape|\bMarkup\b")
ROLE_TEST = re.compile(r"\.role\s*(==|!=|\bin\b)|has_role")


def imports(node: ast.AST) -> set[str]:
    """The modules and names that a statement brings in."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module or "", *(alias.name for alias in node.names)}
    return set()


def is_commit(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "commit"
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(TRANSACTION.match(node.value))
    )


def reads_clock(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = node.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return (name, node.func.attr) in CLOCKS


def is_broad_except(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    names = {getattr(each, "id", None) for each in caught}
    return node.type is None or not names.isdisjoint({"Exception", "BaseException"})


def uses_markup(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in {"Markup", "markupsafe"} or bool(imports(node) & {"Markup", "markupsafe"})


def imports_bleach(node: ast.AST) -> bool:
    return any(name.partition(".")[0] == "bleach" for name in imports(node))


def compares_role(node: ast.AST) -> bool:
    """A comparison of somebody's role: only the policy's table knows what a role may do."""
    return isinstance(node, ast.Compare) and any(
        isinstance(each, ast.Attribute) and each.attr == "role"
        for each in (node.left, *node.comparators)
    )


def imports_shell(node: ast.AST) -> bool:
    foreign = {"app", "flask", "sqlalchemy", "sqlmodel", "random", "secrets"}
    modules = {node.module or ""} if isinstance(node, ast.ImportFrom) else imports(node)
    return any(name.partition(".")[0] in foreign for name in modules)


RULES: dict[str, tuple[Rule, str, set[str], str]] = {
    "one place commits": (is_commit, "app", {"app/db.py"}, "held.commit()"),
    "one place begins": (is_commit, "app", {"app/db.py"}, "c.execute('BEGIN IMMEDIATE')"),
    "one clock": (reads_clock, "", {"app/db.py"}, "datetime.now(UTC)"),
    "one clock, by module": (reads_clock, "", {"app/db.py"}, "x = datetime.date.today()"),
    "no broad except": (
        is_broad_except, "", set(), "try:\n x()\nexcept (OSError, Exception):\n y()",
    ),
    "no bare except": (is_broad_except, "", set(), "try:\n x()\nexcept:\n y()"),
    "one place for HTML": (
        uses_markup, "app", {"app/rich_text.py"}, "from markupsafe import Markup",
    ),
    "one importer of bleach": (
        imports_bleach, "", {"app/rich_text.py"}, "import bleach.sanitizer",
    ),
    "roles stand in the policy": (
        compares_role, "app", {"app/models/member.py"}, "if user.role == 'moderator': x()",
    ),
    "voting stands alone": (imports_shell, "voting", set(), "from app import db"),
}  # fmt: skip


def find(rule: Rule, source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if rule(node):
            yield getattr(node, "lineno", 0)


@pytest.fixture(scope="module")
def broken():
    """Where each rule is broken; every file is read once for all of them."""
    found = {name: [] for name in RULES}
    for file in SOURCES:
        path = str(file.relative_to(ROOT))
        held = {
            name: rule
            for name, (rule, folder, exceptions, _sample) in RULES.items()
            if path.startswith(folder) and path not in exceptions
        }
        for node in ast.walk(ast.parse(file.read_text())):
            for name, rule in held.items():
                if rule(node):
                    found[name].append(f"{path}:{getattr(node, 'lineno', 0)}")
    return found


@pytest.mark.parametrize("name", RULES)
def test_the_code_keeps_the_rule(broken, name):
    assert broken[name] == []


@pytest.mark.parametrize("name", RULES)
def test_the_rule_sees_code_that_breaks_it(name):
    rule, _folder, _exceptions, sample = RULES[name]
    assert list(find(rule, sample)), sample


@pytest.mark.parametrize("name", [name for name in RULES if RULES[name][2]])
def test_the_exception_is_still_needed(name):
    rule, _folder, exceptions, _sample = RULES[name]
    assert all(list(find(rule, (ROOT / each).read_text())) for each in exceptions)


def test_there_is_code_to_look_at():
    assert len(SOURCES) > 50
    assert TEMPLATES


@pytest.mark.parametrize("pattern", [UNSAFE_TEMPLATE, ROLE_TEST], ids=["escaping", "roles"])
def test_templates_keep_the_rules(pattern):
    broken = [
        f"{file.relative_to(ROOT)}: {found.group()}"
        for file in TEMPLATES
        for found in pattern.finditer(file.read_text())
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        (UNSAFE_TEMPLATE, "{{ body | safe }}"),
        (UNSAFE_TEMPLATE, "{{ body|safe }}"),
        (UNSAFE_TEMPLATE, "{% autoescape false %}"),
        (ROLE_TEST, "{% if current_user.role == 'moderator' %}"),
    ],
)
def test_the_patterns_see_templates_that_break_them(pattern, sample):
    assert pattern.search(sample)


def test_every_endpoint_is_marked(app):
    assert len(app.view_functions) > 10
    for name, view in app.view_functions.items():
        assert isinstance(view.action, Action), name


def test_every_action_has_a_row_and_is_asked_for(app):
    assert set(policy.POLICY) == set(Action)
    asked = {view.action for view in app.view_functions.values()}
    assert asked == set(Action)


def test_an_endpoint_without_a_mark_stops_the_start(settings, monkeypatch):
    class Room:
        blueprint = Blueprint("annex", __name__)

    Room.blueprint.add_url_rule("/annex", "hall", lambda: "open to all")
    monkeypatch.setattr(shell, "ROOMS", (*shell.ROOMS, Room))
    with pytest.raises(RuntimeError, match=r"annex\.hall"):
        create_app(settings)


def test_a_marked_endpoint_does_not(settings, monkeypatch):
    """The control of the test above: it is the mark that matters."""

    class Room:
        blueprint = Blueprint("annex", __name__)

    view = requires(Action.READ_PUBLIC)(lambda: "open to all")
    Room.blueprint.add_url_rule("/annex", "hall", view)
    monkeypatch.setattr(shell, "ROOMS", (*shell.ROOMS, Room))
    app = create_app(settings)
    assert app.test_client().get("/annex").text == "open to all"
    app.extensions["engine"].dispose()


def test_an_endpoint_registered_later_answers_403(own_app, held, area):
    own_app.add_url_rule("/annex", "annex", lambda: "open to all")
    for person in (None, area.members[0], area.moderators[0]):
        cookie = builder.sign_in(held, person) if person else None
        browser = builder.browse(own_app, held, cookie)
        answer = browser.get("/annex")
        assert answer.status_code == 403
        assert "open to all" not in answer.text
