import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupOf } from '../../app/browser/checker/groups.js';
import { randomScalar } from '../../app/browser/group/group.js';
import { P } from '../../app/browser/group/modp.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import { known } from './vectors.mjs';

const GROUP = groupOf('BELENIOS-2048');
const SECRET = secretGroup('BELENIOS-2048');
const ORDER = GROUP.order;
const EDGES = [0n, 1n, 2n, 15n, 16n, 255n, 256n, 2n ** 255n, ORDER - 1n, ORDER, ORDER + 1n, -1n];

/** @param {number} count */
function elements(count) {
  return Array.from({ length: count }, () => SECRET.generatorPower(randomScalar(SECRET)));
}

test('powers and inverses are those of the group for secrets', () => {
  for (const element of [1n, ...elements(3)]) {
    for (const exponent of [...EDGES, randomScalar(SECRET)]) {
      assert.equal(GROUP.power(element, exponent), SECRET.power(element, exponent), `${exponent}`);
    }
    assert.equal(GROUP.invert(element), SECRET.invert(element));
  }
});

test('powers go on when their base has become one with a table', () => {
  const [base] = elements(1);
  let expected = 1n;
  for (let exponent = 0n; exponent < 300n; exponent += 1n) {
    assert.equal(GROUP.power(base, exponent), expected, `${exponent}`);
    expected = SECRET.multiply(expected, base);
  }
  for (const exponent of [...EDGES, randomScalar(SECRET), randomScalar(SECRET)]) {
    assert.equal(GROUP.power(base, exponent), SECRET.power(base, exponent), `${exponent}`);
  }
});

for (const name of ['Ed25519', 'BELENIOS-2048']) {
  test(`${name}: the power of a product is the product of the powers`, () => {
    const group = groupOf(name);
    const factors = [5n, 6n, 7n, 6n].map((exponent) => group.generatorPower(exponent));
    for (const exponent of [0n, 1n, group.order - 1n, randomScalar(secretGroup(name)), -3n]) {
      const expected = group.generatorPower(24n * exponent);
      assert.ok(group.areEqual(group.powerOfProduct(factors, exponent), expected));
    }
    assert.ok(group.areEqual(group.powerOfProduct([group.identity], 5n), group.identity));
  });
}

test('more bases than are kept do not disturb each other', () => {
  for (const base of [...elements(140), ...elements(140)]) {
    assert.equal(GROUP.power(base, 3n), base * base % P * base % P);
    assert.equal(GROUP.powerOfProduct([base], 3n), GROUP.power(base, 3n));
  }
});

test('elements outside the subgroup are no members, each time, and neither are their products', () => {
  const cofactor = (P - 1n) / ORDER;
  const rootOfUnity = (/** @type {bigint} */ order) => {
    let found = 1n;
    for (let base = 2n; found === 1n; base += 1n) found = modularPower(base, (P - 1n) / order);
    return found;
  };
  assert.equal(cofactor % 6n, 0n);
  const [member] = elements(1);
  for (const root of [P - 1n, rootOfUnity(3n), rootOfUnity(6n), 2n]) {
    for (const number of [root, root * member % P]) {
      for (const text of [String(number), String(number)]) {
        assert.throws(() => GROUP.parse(text), /^Error: group\.element$/);
        assert.throws(() => SECRET.parse(text), /^Error: group\.element$/);
      }
    }
  }
});

/** @param {bigint} base @param {bigint} exponent */
function modularPower(base, exponent) {
  return [...exponent.toString(2)].reduce((result, bit) => (
    result * result % P * (bit === '1' ? base : 1n) % P
  ), 1n);
}

test('numbers that are not written as members of the group are refused', () => {
  const { refuse } = known.groups['BELENIOS-2048'];
  for (const text of [...refuse, '0', String(P), String(P + 1n), '-1', '01', '1.0', '0x1']) {
    assert.throws(() => GROUP.parse(text), /^Error: (group\.element|json\.canonical)$/, text);
  }
  assert.equal(GROUP.parse('1'), GROUP.identity);
});
