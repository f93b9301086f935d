import pytest

from voting.errors import InputError, RefusalError
from voting.protocol import canon
from voting.protocol.proof import Proof, shape

Q = 1009
PAIR = canon.record(
    lambda a, b, c: (a, b, c),
    {"a": canon.natural, "b": canon.text, "c": canon.true},
    optional={"c"},
)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a":0,"b":""}', (0, "", None)),
        (b'{"a":1073741823,"b":"\\"\\\\\\n"}', (2**30 - 1, '"\\\n', None)),
        ('{"a":7,"b":"Straße 😀","c":true}'.encode(), (7, "Straße 😀", True)),
    ],
)
def test_canonical_documents_are_read(data, value):
    assert canon.read(data, PAIR) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":0, "b":""}',
        b' {"a":0,"b":""}',
        b'{"a":0,"b":""}\n',
        b'\xef\xbb\xbf{"a":0,"b":""}',
        b'{"b":"","a":0}',
        b'{"a":0}',
        b'{"a":0,"b":"","d":1}',
        b'{"a":0,"b":"","c":null}',
        b'{"a":0,"b":"","c":false}',
        b'{"a":0,"b":"","c":1}',
        b'{"a":0,"a":0,"b":""}',
        b'{"a":-0,"b":""}',
        b'{"a":00,"b":""}',
        b'{"a":1.0,"b":""}',
        b'{"a":1e0,"b":""}',
        b'{"a":NaN,"b":""}',
        b'{"a":-1,"b":""}',
        b'{"a":1073741824,"b":""}',
        b'{"a":true,"b":""}',
        b'{"a":"0","b":""}',
        b'{"a":0,"b":"\\u0041"}',
        b'{"a":0,"b":"\\/"}',
        b'{"a":0,"b":"\\ud800"}',
        b'{"a":0,"b":"\xff"}',
        b'{"a":0,"b":"\t"}',
        b'{"a":' + b"9" * 5000 + b',"b":""}',
        b"[" * 100_000,
        b"null",
        b"[]",
        b"",
    ],
)
def test_anything_else_is_refused(data):
    with pytest.raises(RefusalError, match=r"json\.canonical"):
        canon.read(data, PAIR)


@pytest.mark.parametrize("text", ["1009", "-1", "+1", "01", "1.", "", " 1", "1 ", "1_0", "１", "x"])
def test_scalars_have_one_text(text):
    with pytest.raises(RefusalError, match=r"json\.canonical"):
        canon.read(canon.write({"challenge": text, "response": "1"}), shape(Q))


def test_a_number_is_no_scalar():
    with pytest.raises(RefusalError):
        canon.read(b'{"challenge":1,"response":"1"}', shape(Q))
    parsed = canon.read(b'{"challenge":"0","response":"1008"}', shape(Q))
    assert parsed == Proof(0, 1008)


@pytest.mark.parametrize("value", [["a"], ["a", 1, 2], "ab", {"a": 1}, [1, 2]])
def test_a_pair_is_a_word_and_a_value(value):
    with pytest.raises(RefusalError):
        canon.read(canon.write(value), canon.pair)


@pytest.mark.parametrize("text", ["e\u0301", "a\tb", "a\x7f", "\ud800", "a\nb", "\x00"])
def test_texts_that_are_not_written(text):
    with pytest.raises(InputError, match="text"):
        canon.require_text(text)


def test_texts_that_are_written():
    assert canon.require_text("é „x“\n", newline=True) == "é „x“\n"
    assert canon.write({"a": 'é"\\\n'}) == '{"a":"é\\"\\\\\\n"}'.encode()


def test_hashes():
    assert canon.hexadecimal(b"abc").startswith("ba7816bf8f01cfea")
    assert canon.base64(b"abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0"
