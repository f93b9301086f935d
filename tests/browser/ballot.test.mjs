import assert from 'node:assert/strict';
import { test } from 'node:test';
import { castBody, makeBallot, tracker } from '../../app/browser/ballot.js';
import { base64Hash, parseCanonical } from '../../app/browser/canonical.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import { archive, electionOf, known } from './vectors.mjs';
import { readBoard } from '../../app/browser/board.js';

const CREDENTIAL = 123456789n;
const GROUPS = ['Ed25519', 'BELENIOS-2048'].map(secretGroup);
const [ED25519, BELENIOS_2048] = GROUPS;

for (const group of GROUPS) {
  test(`a ballot has the shape of its question, in ${group.name}`, () => {
    const election = electionOf({ group });
    const ballot = parseCanonical(makeBallot(election, CREDENTIAL, [[0, 1, 0]]));
    assert.equal(ballot.election_hash, base64Hash(election));
    assert.equal(ballot.credential, known.groups[group.name].a);
    const [answer] = ballot.answers;
    assert.equal(answer.choices.length, 3);
    assert.deepEqual(answer.individual_proofs.map((proofs) => proofs.length), [2, 2, 2]);
    assert.equal(answer.overall_proof.length, 1);
    assert.ok(!('blank_proof' in answer));
  });
}

test('a blank comes first and brings its own proof', () => {
  const election = electionOf({ min: 0, max: 2, blank: true });
  const [answer] = parseCanonical(makeBallot(election, CREDENTIAL, [[1, 0, 0, 0]])).answers;
  assert.equal(answer.choices.length, 4);
  assert.equal(answer.overall_proof.length, 4);
  assert.equal(answer.blank_proof.length, 2);
});

test('unlawful choices make no ballot', () => {
  const tooFew = [[0, 0, 0]];
  const tooMany = [[1, 1, 0]];
  for (const values of [tooFew, tooMany, [[1, 0]], [[2, -1, 0]], [[1, 0, 0, 0]]]) {
    assert.throws(() => makeBallot(electionOf(), CREDENTIAL, values), /ballot\.shape/);
  }
  const withBlank = electionOf({ blank: true });
  assert.throws(() => makeBallot(withBlank, CREDENTIAL, [[1, 1, 0, 0]]), /ballot\.shape/);
});

test('the same answer never gives the same ciphertext or proof', () => {
  const scalars = new Set();
  for (let round = 0; round < 5; round += 1) {
    const text = makeBallot(electionOf(), CREDENTIAL, [[1, 0, 0]]);
    for (const [, scalar] of text.matchAll(/"(?:alpha|beta|challenge|response)":"([^"]+)"/g)) {
      scalars.add(scalar);
    }
  }
  assert.equal(scalars.size, 5 * (2 * 3 + 2 * 7 + 2));
});

for (const [group, times, length] of [[ED25519, 20, 4096], [BELENIOS_2048, 3, 8192]]) {
  test(`every choice gives a body of one length, in ${group.name}`, () => {
    const choices = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    const lengths = choices.flatMap((values) => Array.from({ length: times }, () => {
      const ballot = makeBallot(electionOf({ group }), CREDENTIAL, [values]);
      return Buffer.byteLength(castBody(group, [{ question: '11111111111111', ballot }]));
    }));
    assert.deepEqual(new Set(lengths), new Set([length]));
  });
}

const NUMBERS = [
  [ED25519, 'challenge', 60, 76, 3920], [BELENIOS_2048, 'response', 60, 77, 3920],
  [BELENIOS_2048, 'alpha', 600, 617, 3390], [BELENIOS_2048, 'credential', 600, 617, 3390],
];
for (const [group, name, fewer, most, rest] of NUMBERS) {
  test(`a body near its step is as long with ${fewer} digits as with ${most}, ${name}`, () => {
    const ballot = (digits) => `{"${name}":"${'9'.repeat(digits)}"}`;
    const sizes = [fewer, most].flatMap((digits) => [...Array(60).keys()].map((extra) => {
      const question = 'q'.repeat(rest + extra);
      return Buffer.byteLength(castBody(group, [{ question, ballot: ballot(digits) }]));
    }));
    assert.deepEqual(sizes.slice(0, 60), sizes.slice(60));
    assert.deepEqual(new Set(sizes), new Set([4096, 8192]));
  });
}

test('trackers are those of the board', () => {
  const expected = known.ballots.find(({ file }) => file === 'ed_yna_multi/ok.bel.gz');
  const board = readBoard(archive(expected.file));
  assert.equal(board.ballots[expected.ballot].tracker, expected.tracker);
  assert.equal(tracker('abc'), 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0');
});
