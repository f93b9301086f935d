import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkCharacter, exponentOf, isCode, makeCode, parseCode, pointOf, proveEnrolment,
} from '../../app/browser/credential.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import { known } from './vectors.mjs';

const GROUP = secretGroup('Ed25519');
const published = known.credentials.find(({ group }) => group === 'Ed25519');

test('exponents and points of the published code in both groups', () => {
  for (const { group: name, term, code, exponent: expected, public: point } of known.credentials) {
    const group = secretGroup(name);
    const exponent = exponentOf(group, term, code);
    assert.equal(exponent.toString(), expected);
    assert.equal(pointOf(group, exponent), point);
    assert.ok(isCode(code));
  }
  assert.equal(known.credentials.length, 2);
});

test('hyphens do not change the exponent, the term does', () => {
  const bare = published.code.replaceAll('-', '');
  assert.equal(exponentOf(GROUP, published.term, bare).toString(), published.exponent);
  assert.notEqual(exponentOf(GROUP, 'other', bare).toString(), published.exponent);
});

test('new codes are well formed, different, and use the whole alphabet', () => {
  const codes = Array.from({ length: 300 }, makeCode);
  assert.ok(codes.every(isCode));
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(new Set(codes.join('').replaceAll('-', '')).size, 58);
});

test('a mistyped character is noticed', () => {
  const characters = published.code.replaceAll('-', '').slice(0, 23);
  assert.equal(checkCharacter(characters), published.code.at(-1));
  const wrong = `8${published.code.slice(1)}`;
  assert.ok(!isCode(wrong));
  assert.ok(!isCode(published.code.slice(0, -1)));
  assert.ok(!isCode(published.code.replaceAll('-', '')));
});

test('a code is read with blanks, hyphens of any kind, or none', () => {
  const { code } = published;
  for (const typed of [code, code.replaceAll('-', ' '), ` ${code.replaceAll('-', '\u2013')}\n`,
    code.replaceAll('-', '')]) {
    assert.equal(parseCode(typed), code);
  }
  for (const typed of ['', '-', code.toLowerCase(), code.slice(1), `${code}1`, `${code}-${code}`]) {
    assert.equal(parseCode(typed), null);
  }
});

test('characters are drawn without favour', (context) => {
  const drawn = [232, 255, ...Array.from({ length: 23 }, (_, index) => index)];
  context.mock.method(globalThis.crypto, 'getRandomValues', (bytes) => {
    bytes[0] = drawn.shift();
    return bytes;
  });
  assert.ok(makeCode().startsWith('123456-789ABC-DEFGHJ-KLMNP'));
});

test('a proof of possession is made anew each time', () => {
  const proofs = [1, 2].map(() => proveEnrolment(GROUP, 'term', 'nonce', 5n));
  assert.notEqual(proofs[0].response, proofs[1].response);
  assert.deepEqual(Object.keys(proofs[0]), ['challenge', 'response']);
});
