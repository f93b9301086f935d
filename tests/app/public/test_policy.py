"""The page about rights is the policy's own table in plain words."""

import re

import pytest

from app.models import confirmation
from app.policy import POLICY, Action
from app.text import codes
from app.visitor import Role


def test_every_action_has_words():
    assert set(codes.ACTIONS) == set(Action)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_row_of_the_table_is_on_the_page(client, prefix):
    page = client.get(f"{prefix}/policy")
    assert page.status_code == 200
    rows = re.findall(r"<th scope=\"row\">(.*?)</th>\s*<td[^>]*>(.*?)</td>", page.text, re.DOTALL)
    assert len(rows) == len(POLICY)
    for (_action, allowed), (action, roles) in zip(rows, POLICY.items(), strict=True):
        named = [each.strip() for each in " ".join(allowed.split()).split(",")]
        assert len(named) == (1 if Role.RESIDENT in roles else len(roles)), action


def test_every_act_of_two_people_is_named(client):
    page = client.get("/policy").text
    for act in confirmation.ACTS:
        assert f"<li>{codes.WORDS[act]}</li>" in page


def test_the_page_follows_the_table(client, monkeypatch):
    """The control: another table makes another page."""
    before = client.get("/policy").text
    monkeypatch.setitem(POLICY, Action.VOTE, frozenset({Role.MEMBER, Role.MODERATOR}))
    assert client.get("/policy").text != before
