import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import RefusalError
from voting.log import canonical

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def test_keys_stand_in_the_order_of_rfc_8785() -> None:
    published = {
        "€": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "😀": "Emoji: Grinning Face",
        "\x80": "Control",
        "ö": "Latin Small Letter O With Diaeresis",
    }
    written = json.loads(canonical.write(published), object_pairs_hook=list)
    assert [value for _, value in written] == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_strings_are_escaped_as_in_rfc_8785() -> None:
    published = '€$\x0f\nA\'B"\\\\"/'
    expected = b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'
    assert canonical.write(published) == expected
    assert canonical.write("\b\t\f\r\x7f\u2028") == '"\\b\\t\\f\\r\x7f\u2028"'.encode()


def test_literals_and_nesting() -> None:
    value = {"b": [True, False, None, 0, -7], "a": {"z": {}, "": []}}
    assert canonical.write(value) == b'{"a":{"":[],"z":{}},"b":[true,false,null,0,-7]}'


@given(values)
def test_reading_returns_what_was_written(value: object) -> None:
    assert canonical.read(canonical.write(value)) == value


@given(st.dictionaries(texts, st.integers(0, 9), min_size=2, max_size=6))
def test_the_order_of_insertion_does_not_matter(value: dict[str, int]) -> None:
    assert canonical.write(dict(reversed(value.items()))) == canonical.write(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1\n",
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"1" * 5000,
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1, "b":2}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000F"',
        b'"\\u000a"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b'\xef\xbb\xbf"a"',
        '"ä"'.encode("utf-16"),
        b'"\\u00e4"',
        b"[1,]",
        b"[" * 100_000,
        b"[" * 40 + b"]" * 40,
        '{"\U0001f600":1,"\ufb33":1}'.encode()[:-1],
        '{"\ufb33":1,"\U0001f600":1}'.encode(),
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(RefusalError) as refusal:
        canonical.read(data)
    assert refusal.value.reason == "log.canonical"


@pytest.mark.parametrize(
    "value",
    [1.0, 2**53, -(2**53), b"a", {1: "a"}, {"\udfff": 1}, "\ud800", {1, 2}, object()],
)
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(RefusalError) as refusal:
        canonical.write({"value": value})
    assert refusal.value.reason == "log.value"
