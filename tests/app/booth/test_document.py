"""The booth is one document: same bytes for all, its own policy, one address."""

from app.booth import document
from tests.app import builder


def address(browser, round_):
    page = browser.get(f"/booth/{round_.id}/questions").text
    return page.partition(f"#{round_.id}/")[0].rpartition('href="')[2]


def test_same_bytes_for_members_languages_and_strangers(
    app, held, area, client_of, visitor, open_round
):
    round_ = open_round()
    first, second = client_of(area.members[0]), client_of(area.members[1])
    where = address(first, round_)
    assert where == address(second, round_)
    answers = [
        first.get(where),
        second.get(where),
        second.get(f"/en{where}"),
        visitor.get(where),
        builder.browse(app, held).get(where, headers={"Accept-Language": "tr"}),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_it_knows_nobody_and_no_token(client_of, area, open_round):
    round_ = open_round()
    browser = client_of(area.members[0])
    page = browser.get(address(browser, round_)).text
    for secret in ("Aylin", "Anger", "csrf", round_.id):
        assert secret not in page
    assert 'lang="de"' in page
    assert 'lang="en"' in page
    assert "<script src=" in page
    assert "integrity=" in page


def test_its_policy_and_its_age(client_of, area, open_round):
    round_ = open_round()
    browser = client_of(area.members[0])
    headers = browser.get(address(browser, round_)).headers
    policy = headers["Content-Security-Policy"]
    assert policy.endswith("; require-trusted-types-for 'script'")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "immutable" in headers["Cache-Control"]
    other = browser.get("/booth/").headers["Content-Security-Policy"]
    assert "require-trusted-types-for" not in other


def test_another_version_is_not_there(client_of, area, open_round):
    round_ = open_round()
    browser = client_of(area.members[0])
    where = address(browser, round_)
    changed = where[:-2] + ("0" if where[-2] != "0" else "1") + "/"
    assert browser.get(changed).status_code == 404


def test_the_address_follows_the_script(own_app):
    versions = set()
    for integrity in ("sha384-a", "sha384-b", "sha384-a"):
        own_app.extensions["assets"]["booth.js"]["integrity"] = integrity
        own_app.extensions.pop(document.EXTENSION, None)
        with own_app.app_context():
            versions.add(document.current().version)
    assert len(versions) == 2
