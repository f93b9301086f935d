import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areEqual, read } from '../../app/browser/checker/edwards25519.js';
import { PRIME, add, invert, multiply, numberOf, numeral } from '../../app/browser/checker/field25519.js';
import { groupOf } from '../../app/browser/checker/groups.js';
import { randomScalar } from '../../app/browser/group/group.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import { known } from './vectors.mjs';

const GROUP = groupOf('Ed25519');
const SECRET = secretGroup('Ed25519');
const ORDER = GROUP.order;
const values = known.groups.Ed25519;
const EDGES = [0n, 1n, 2n, 15n, 16n, ORDER - 1n, ORDER, ORDER + 1n, 2n ** 252n, -1n];

test('powers, products, inverses and texts are those of the library for secrets', () => {
  for (let times = 0; times < 8; times += 1) {
    const [first, second] = [randomScalar(SECRET), randomScalar(SECRET)];
    const secret = SECRET.generatorPower(first);
    const point = GROUP.parse(SECRET.text(secret));
    assert.equal(GROUP.text(GROUP.power(point, second)), SECRET.text(SECRET.power(secret, second)));
    assert.equal(GROUP.text(GROUP.generatorPower(second)), SECRET.text(SECRET.generatorPower(second)));
    assert.equal(GROUP.text(GROUP.invert(point)), SECRET.text(SECRET.invert(secret)));
    const product = GROUP.multiply(point, GROUP.generatorPower(second));
    assert.equal(GROUP.text(product), SECRET.text(SECRET.multiply(secret, SECRET.generatorPower(second))));
  }
});

test('exponents at the ends of their range, with a table and without one', () => {
  const point = GROUP.parse(values.a);
  const prepared = GROUP.prepare(GROUP.multiply(point, GROUP.identity));
  for (const exponent of EDGES) {
    const text = SECRET.text(SECRET.power(SECRET.parse(values.a), exponent));
    assert.equal(GROUP.text(GROUP.power(point, exponent)), text, `${exponent}`);
    assert.equal(GROUP.text(GROUP.power(prepared, exponent)), text, `${exponent}`);
  }
});

test('texts that are no members are refused, each time', () => {
  for (const text of [...values.refuse, ...values.refuse]) {
    assert.throws(() => GROUP.parse(text), /^Error: (group\.element|json\.canonical)$/, text);
  }
});

test('points outside the subgroup are no members, whatever is added to them', () => {
  const minusOne = PRIME - 1n;
  assert.equal(read(minusOne), null);
  assert.equal(read(0n), null);
  assert.equal(read(1n << 255n | 1n), null);
  assert.equal(read(PRIME + 1n), null);
  assert.ok(areEqual(/** @type {any} */ (read(1n)), GROUP.identity));
});

test('more points than are kept do not disturb each other', () => {
  const exponents = Array.from({ length: 70 }, () => randomScalar(SECRET));
  const points = exponents.map((exponent) => (
    GROUP.parse(SECRET.text(SECRET.generatorPower(exponent)))
  ));
  points.forEach((point, at) => {
    const doubled = SECRET.text(SECRET.generatorPower(exponents[at] * 2n));
    assert.equal(GROUP.text(GROUP.power(point, 2n)), doubled);
  });
});

test('products stay exact for the largest limbs that sums of four may have', () => {
  const limit = [22, 21, 21, 21, 22, 21, 21, 21, 22, 21, 21, 21].map((bits) => 2 ** (bits - 1));
  const out = new Float64Array(12);
  for (const signs of [() => 4, () => -4, (at) => (at % 2 ? 4 : -4), (at) => (at % 3 ? 4 : -4)]) {
    const left = Float64Array.from(limit, (limb, at) => limb * signs(at));
    const right = Float64Array.from(limit, (limb) => limb * 4);
    multiply(out, left, right);
    assert.equal(numberOf(out), numberOf(left) * numberOf(right) % PRIME);
    assert.ok(out.every((limb, at) => Math.abs(limb) <= limit[at] + 1));
  }
});

test('numbers of the field come back, and inverses are inverse', () => {
  const out = new Float64Array(12);
  for (const number of [0n, 1n, 19n, PRIME - 1n, randomScalar(SECRET), randomScalar(SECRET) * 7n]) {
    assert.equal(numberOf(numeral(number)), number);
    add(out, numeral(number), numeral(1n));
    assert.equal(numberOf(out), (number + 1n) % PRIME);
    invert(out, numeral(number));
    assert.equal(numberOf(out) * number % PRIME, number ? 1n : 0n);
  }
});
