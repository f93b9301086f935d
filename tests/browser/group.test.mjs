import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64Hash } from '../../app/browser/canonical.js';
import { groupOf } from '../../app/browser/checker/groups.js';
import { readEvents } from '../../app/browser/events.js';
import { challengeOf, parseKey, productOf, randomScalar, reduce } from '../../app/browser/group/group.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import { archive, known } from './vectors.mjs';

const ED25519 = secretGroup('Ed25519');
const BELENIOS_2048 = secretGroup('BELENIOS-2048');
/** Both groups, for secrets and for checking. */
const ALL = Object.fromEntries([ED25519, BELENIOS_2048].flatMap((group) => [
  [group.name, group], [`${group.name} for checking`, groupOf(group.name)],
]));

/** The group of a published election, by the name of its file. @param {string} file */
function nameOf(file) {
  return file.startsWith('ed_') ? 'Ed25519' : 'BELENIOS-2048';
}

for (const [title, group] of Object.entries(ALL)) {
  const values = known.groups[group.name];
  const a = group.parse(values.a);
  const same = (element, text) => assert.equal(group.text(element), text);

  test(`${title}: the published values`, () => {
    assert.equal(group.order.toString(), values.q);
    same(group.generator, values.g);
    same(group.identity, values.identity);
    same(group.multiply(group.generator, group.generator), values['2g']);
    same(group.generatorPower(BigInt(values.a_exponent)), values.a);
    same(group.power(group.generator, BigInt(values.a_exponent)), values.a);
    same(productOf(group, [a, group.generator]), values.a_times_g);
    same(group.invert(a), values.a_inverse);
    same(group.power(a, -1n), values.a_inverse);
  });

  test(`${title}: texts of members come back as they were, others are refused`, () => {
    for (const text of [values.g, values.a, values.identity]) same(group.parse(text), text);
    for (const text of [...values.refuse, '', 'x', `${values.g} `, `0${values.g}`]) {
      assert.throws(() => group.parse(text), /^Error: (group\.element|json\.canonical)$/, text);
    }
    assert.throws(() => parseKey(group, values.identity), /group\.element/);
    same(parseKey(group, values.a), values.a);
  });

  test(`${title}: powers at the ends of the range, with a table and without one`, () => {
    const prepared = group.prepare(group.multiply(a, group.generator));
    for (const base of [group.generator, a, prepared]) {
      same(group.power(base, 0n), values.identity);
      same(group.power(base, group.order), values.identity);
      same(group.power(base, 1n), group.text(base));
      same(group.power(base, group.order + 1n), group.text(base));
      const [half, rest] = [group.order / 2n, group.order - group.order / 2n - 1n];
      const parts = [group.power(base, half), group.power(base, rest), base];
      same(productOf(group, parts), values.identity);
    }
    same(group.power(group.identity, 5n), values.identity);
  });

  test(`${title}: hashes to a scalar as published`, () => {
    const elements = values.hash_elements.map(group.parse);
    assert.equal(challengeOf(group, values.hash_prefix, elements).toString(), values.hash);
    // Numbers are members already, and need no power to be read.
    const read = group === BELENIOS_2048 ? BigInt : group.parse;
    const published = [...known.ballots, ...known.decryptions]
      .filter(({ file }) => nameOf(file) === group.name);
    for (const { challenges } of published) {
      for (const { prefix, commitments, hash } of challenges) {
        assert.equal(challengeOf(group, prefix, commitments.map(read)).toString(), hash);
      }
    }
    assert.ok(published.length >= 2);
  });

  test(`${title}: many texts at once are the texts one by one`, () => {
    const elements = [1n, 2n, 99n].map((exponent) => group.generatorPower(exponent));
    assert.deepEqual(group.texts(elements), elements.map(group.text));
    assert.ok(elements.every((element) => group.text(element).length <= group.longest));
  });
}

test('election hash and signed hash of the published ballots', () => {
  for (const { file, ballot, phi, signature_hash: signed } of known.ballots) {
    const [setup, ...rest] = readEvents(archive(file));
    assert.equal(base64Hash(setup.documents[0]), phi);
    const [document] = rest[ballot].documents;
    const cut = document.lastIndexOf(',"signature":');
    assert.equal(base64Hash(`${document.slice(0, cut)}}`), signed);
  }
});

test('an unknown group is refused by both', () => {
  for (const find of [groupOf, secretGroup]) {
    assert.throws(() => find('Ed448'), /unsupported/);
    assert.throws(() => find('constructor'), /unsupported/);
  }
});

for (const group of [ED25519, BELENIOS_2048]) {
  test(`${group.name}: random scalars are below the order, spread, and use all their bits`, () => {
    const drawn = Array.from({ length: 4000 }, () => randomScalar(group));
    assert.ok(drawn.every((scalar) => scalar >= 0n && scalar < group.order));
    assert.equal(new Set(drawn).size, drawn.length);
    const upper = drawn.filter((scalar) => scalar > group.order / 2n).length;
    assert.ok(upper > 1800 && upper < 2200, `${upper} of 4000 in the upper half`);
  });

  test(`${group.name}: negative numbers are reduced into the range`, () => {
    assert.equal(reduce(group, -1n), group.order - 1n);
    assert.equal(reduce(group, -group.order), 0n);
  });
}

test('a candidate above the order is drawn again', (context) => {
  const fills = [new Uint8Array(32).fill(255), new Uint8Array(32).fill(1)];
  context.mock.method(globalThis.crypto, 'getRandomValues', (bytes) => {
    bytes.set(fills.shift());
    return bytes;
  });
  assert.equal(randomScalar(BELENIOS_2048), BigInt(`0x${'01'.repeat(32)}`));
  assert.equal(fills.length, 0);
});
