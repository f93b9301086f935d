import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCanonical } from '../../app/browser/canonical.js';
import { makePaperBallot, paperPoint } from '../../app/browser/paper_ballot.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import { electionOf } from './vectors.mjs';

const CODE = 'uNPWmH-7ZA2fq-KxTb9c-D3hJsr';
const PAPER = { round: 'hT3yWbN8kQ2LmR', code: CODE, number: 2 };
const YES = [1, 0, 0];
const NO = [0, 1, 0];

/** @param {object} [other] */
function ballot(other) {
  return makePaperBallot({ ...PAPER, election: electionOf(), values: YES, ...other });
}

/** Every scalar that a ballot's proofs show. @param {string} text */
function scalars(text) {
  return text.match(/(?<="(?:challenge|response)":")[0-9]+/g) ?? [];
}

test('two screens with the same secret and answer make the same bytes', () => {
  assert.equal(ballot(), ballot());
});

test('another answer, number, code or round shares no scalar and no ciphertext', () => {
  const first = ballot();
  const others = [
    { values: NO }, { number: 3 }, { code: 'uNPWmH-7ZA2fq-KxTb9c-D3hJss' },
    { round: 'aT3yWbN8kQ2LmR' }, { election: electionOf({ answers: ['a', 'b', 'c'] }) },
  ].map(ballot);
  for (const other of others) {
    assert.ok(scalars(first).every((each) => !scalars(other).includes(each)));
    const [{ choices }] = parseCanonical(first).answers;
    const [{ choices: theirs }] = parseCanonical(other).answers;
    choices.forEach(({ alpha }) => assert.ok(theirs.every((each) => each.alpha !== alpha)));
  }
});

test('no scalar is used twice in one ballot', () => {
  const found = scalars(ballot());
  assert.equal(new Set(found).size, found.length);
});

test('a ballot is signed by the point of its number', () => {
  for (const group of ['Ed25519', 'BELENIOS-2048'].map(secretGroup)) {
    const made = ballot({ election: electionOf({ group }) });
    assert.equal(parseCanonical(made).credential, paperPoint(group, PAPER.round, 2, CODE));
    assert.notEqual(
      paperPoint(group, PAPER.round, 2, CODE), paperPoint(group, PAPER.round, 3, CODE),
    );
  }
});
