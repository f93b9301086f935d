import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  GENERATOR, IDENTITY, ORDER, elementText, elementTexts, generatorPower, hashToScalar,
  parseElement, parseKey, power, product, randomScalar, reduce,
} from '../../app/browser/group.js';
import { known } from './vectors.mjs';

const values = known.groups.Ed25519;

test('the published values of the group', () => {
  assert.equal(ORDER.toString(), values.q);
  assert.equal(elementText(GENERATOR), values.g);
  assert.equal(elementText(IDENTITY), values.identity);
  assert.equal(elementText(product([GENERATOR, GENERATOR])), values['2g']);
  const a = generatorPower(BigInt(values.a_exponent));
  assert.equal(elementText(a), values.a);
  assert.equal(elementText(product([a, GENERATOR])), values.a_times_g);
  assert.equal(elementText(power(a, -1n)), values.a_inverse);
});

test('texts of members come back as they were', () => {
  for (const text of [values.g, values.a, values.minus_g, values.identity]) {
    assert.equal(elementText(parseElement(text)), text);
  }
});

test('texts that are no members are refused', () => {
  for (const text of values.refuse) assert.throws(() => parseElement(text), /group\.element/, text);
});

test('the identity is no key', () => {
  assert.throws(() => parseKey(values.identity), /group\.element/);
});

test('powers of nothing and of the identity', () => {
  assert.ok(power(GENERATOR, 0n).equals(IDENTITY));
  assert.ok(power(GENERATOR, ORDER).equals(IDENTITY));
  assert.ok(power(IDENTITY, 5n).equals(IDENTITY));
});

test('hashes to a scalar as published', () => {
  const elements = values.hash_elements.map(parseElement);
  assert.equal(hashToScalar(values.hash_prefix, elements).toString(), values.hash);
  for (const { challenges, file } of known.ballots) {
    if (!file.startsWith('ed_')) continue;
    for (const { prefix, commitments, hash } of challenges) {
      assert.equal(hashToScalar(prefix, commitments.map(parseElement)).toString(), hash);
    }
  }
});

test('many texts at once are the texts one by one', () => {
  const elements = [1n, 2n, 99n].map(generatorPower);
  assert.deepEqual(elementTexts(elements), elements.map(elementText));
});

test('random scalars are below the order, spread, and use all their bits', () => {
  const drawn = Array.from({ length: 4000 }, randomScalar);
  assert.ok(drawn.every((scalar) => scalar >= 0n && scalar < ORDER));
  assert.equal(new Set(drawn).size, drawn.length);
  const upper = drawn.filter((scalar) => scalar > ORDER / 2n).length;
  assert.ok(upper > 1800 && upper < 2200, `${upper} of 4000 in the upper half`);
});

test('a candidate above the order is drawn again', (context) => {
  const fills = [new Uint8Array(32).fill(255), new Uint8Array(32).fill(1)];
  context.mock.method(globalThis.crypto, 'getRandomValues', (bytes) => {
    bytes.set(fills.shift());
    return bytes;
  });
  assert.equal(randomScalar(), BigInt(`0x${'01'.repeat(32)}`));
  assert.equal(fills.length, 0);
});

test('negative numbers are reduced into the range', () => {
  assert.equal(reduce(-1n), ORDER - 1n);
});
