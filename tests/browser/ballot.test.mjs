import assert from 'node:assert/strict';
import { test } from 'node:test';
import { castBody, makeBallot, tracker } from '../../app/browser/ballot.js';
import { base64Hash, parseCanonical } from '../../app/browser/canonical.js';
import { archive, electionOf, known } from './vectors.mjs';
import { readBoard } from '../../app/browser/board.js';

const CREDENTIAL = 123456789n;

test('a ballot has the shape of its question', () => {
  const election = electionOf();
  const ballot = parseCanonical(makeBallot(election, CREDENTIAL, [[0, 1, 0]]));
  assert.equal(ballot.election_hash, base64Hash(election));
  assert.equal(ballot.credential, known.groups.Ed25519.a);
  const [answer] = ballot.answers;
  assert.equal(answer.choices.length, 3);
  assert.deepEqual(answer.individual_proofs.map((proofs) => proofs.length), [2, 2, 2]);
  assert.equal(answer.overall_proof.length, 1);
  assert.ok(!('blank_proof' in answer));
});

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

test('every choice gives a body of one length', () => {
  const choices = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  const lengths = choices.flatMap((values) => Array.from({ length: 20 }, () => {
    const ballot = makeBallot(electionOf(), CREDENTIAL, [values]);
    return Buffer.byteLength(castBody([{ question: '11111111111111', ballot }]));
  }));
  assert.deepEqual(new Set(lengths), new Set([4096]));
});

test('a body that would nearly fill its step goes to the next one whatever the digits are', () => {
  const ballot = (digits) => `{"challenge":"${'9'.repeat(digits)}"}`;
  const sizes = [60, 76].flatMap((digits) => [...Array(40).keys()].map((extra) => (
    Buffer.byteLength(castBody([{ question: 'q'.repeat(3920 + extra), ballot: ballot(digits) }]))
  )));
  assert.deepEqual(sizes.slice(0, 40), sizes.slice(40));
  assert.deepEqual(new Set(sizes), new Set([4096, 8192]));
});

test('trackers are those of the board', () => {
  const expected = known.ballots.find(({ file }) => file === 'ed_yna_multi/ok.bel.gz');
  const board = readBoard(archive(expected.file));
  assert.equal(board.ballots[expected.ballot].tracker, expected.tracker);
  assert.equal(tracker('abc'), 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0');
});
