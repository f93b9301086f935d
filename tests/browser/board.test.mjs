import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBallot, readBoard } from '../../app/browser/board.js';
import { hexHash } from '../../app/browser/canonical.js';
import { writeEvidence } from '../../app/browser/evidence.js';
import { readEvents } from '../../app/browser/events.js';
import {
  compare, continues, firstOther, firstSeen, headsOf, requireContinued, verdictOf, withHeads,
} from '../../app/browser/inclusion.js';
import { archive, manifest } from './vectors.mjs';

const SEEN_HERE = /^archive\.|^events\.order$|^ballot\.duplicate$|^ballot\.election$/;
const OK = archive('ed_yna_multi/ok.bel.gz');

test('every accepted archive is read', () => {
  const accepted = manifest.entries.filter(({ expect_archive: verdict }) => verdict === 'accept');
  assert.ok(accepted.length > 10);
  for (const { file, uuid } of accepted) assert.equal(readBoard(archive(file)).uuid, uuid, file);
});

test('every archive with a broken chain, order or layout is refused', () => {
  const broken = manifest.entries.filter(({ reason_archive: reason }) => SEEN_HERE.test(reason));
  assert.ok(broken.length >= 9);
  for (const { file } of broken) assert.throws(() => readBoard(archive(file)), Error, file);
});

test('a changed byte is noticed wherever it is', () => {
  for (let index = 0; index < OK.length; index += 61) {
    const changed = OK.slice();
    changed[index] ^= 1;
    assert.throws(() => readBoard(changed), Error, `byte ${index}`);
  }
});

test('an archive cut at any event is a shorter board, cut elsewhere it is refused', () => {
  const whole = readBoard(OK);
  const lengths = new Set();
  for (let size = 512; size < OK.length; size += 512) {
    try {
      lengths.add(readBoard(OK.slice(0, size)).heads.length);
    } catch {
      // Most blocks end inside an event.
    }
    assert.throws(() => readBoard(OK.slice(0, size + 100)));
  }
  assert.deepEqual([...lengths], whole.heads.slice(1).map((_, index) => index + 1));
});

/** A receipt for the ballot at this place of the board. */
function receiptFor(board, place) {
  const { tracker, height } = board.ballots[place];
  return { receipt: '', trackers: { [board.uuid]: tracker }, heads: { [board.uuid]: board.heads[height] } };
}

test('the last ballot of a voter counts, an earlier one was replaced', () => {
  const board = readBoard(OK);
  const verdicts = board.ballots.map(({ tracker, credential }, place) => {
    const isLast = board.ballots.findLastIndex((one) => one.credential === credential) === place;
    assert.equal(findBallot(board, tracker), isLast ? 'counted' : 'replaced');
    return compare(receiptFor(board, place), board.uuid, OK).verdict;
  });
  assert.deepEqual(new Set(verdicts), new Set(['yes', 'replaced']));
  assert.equal(findBallot(board, 'x'.repeat(43)), 'missing');
});

test('a box without the ballot says no, one with another past is another box', () => {
  const board = readBoard(OK);
  const last = receiptFor(board, board.ballots.length - 1);
  const says = (stored, archived = OK) => compare(stored, board.uuid, archived).verdict;
  assert.equal(says(last), 'yes');
  assert.equal(compare(last, board.uuid, OK).head, board.heads.at(-1));
  assert.equal(says({ ...last, trackers: { [board.uuid]: 'y'.repeat(43) } }), 'no');
  assert.equal(says(last, archive('ed_threshold_2of3/ok.bel.gz')), 'no');
  assert.equal(says(last, new TextEncoder().encode('<!doctype html>')), 'no');
  assert.equal(says({ ...last, heads: { [board.uuid]: 'f'.repeat(64) } }), 'other');
  assert.equal(says({ ...last, before: { [board.uuid]: 'f'.repeat(64) } }), 'other');
  assert.equal(says({ ...last, before: { [board.uuid]: board.heads[0] } }), 'yes');
});

test('a box that was looked at must go on from there, one that was not keeps its heads', () => {
  const stored = {
    receipt: 'r', trackers: {}, heads: { a: '1', b: '2' }, before: { a: '0', b: '1' },
  };
  const kept = withHeads(stored, [{ question: 'a', head: '9' }, { question: 'b' }]);
  assert.deepEqual(kept.heads, { a: '9', b: '2' });
  assert.deepEqual(kept.before, { b: '1' });
  assert.equal(continues(kept, 'a', ['1', '9']), true);
  assert.equal(continues(kept, 'b', ['2']), false);
  assert.equal('before' in withHeads(kept, [{ question: 'b', head: '3' }]), false);
});

test('the chain of a box gives its heads, a changed one others from there on', () => {
  const chain = [...readEvents(OK)].map(({ type, documents }) => (
    documents.length ? [type, hexHash(documents.at(-1))] : [type]
  ));
  const { heads } = readBoard(OK);
  assert.deepEqual(headsOf(chain), heads);
  const other = headsOf(chain.with(2, ['Ballot', 'f'.repeat(64)]));
  assert.deepEqual(other.slice(0, 2), heads.slice(0, 2));
  assert.equal(other.slice(2).some((head) => heads.includes(head)), false);
});

test('of boxes that do not go on the first is told with both heads', () => {
  const stored = { receipt: 'r', trackers: {}, heads: { a: '1', b: '2' } };
  const right = { question: 'a', heads: ['0', '1', '3'] };
  assert.equal(firstOther(stored, [right]), undefined);
  const other = { question: 'b', heads: ['0', '9'] };
  assert.deepEqual(firstOther(stored, [right, other]), { seen: '2', given: '9' });
  assert.deepEqual(firstOther(stored, [{ question: 'b', heads: [] }]), { seen: '2', given: undefined });
});

test('what else is kept of a round outlives a look at its boxes', () => {
  const stored = { receipt: 'r', trackers: {}, heads: { a: '1' }, until: '2027', member: 'm' };
  const kept = withHeads(stored, [{ question: 'a', head: '2' }]);
  assert.deepEqual(kept, { ...stored, heads: { a: '2' } });
});

test('a box is kept when it is told of for the first time, until its day', () => {
  const told = (heads, rest = {}) => (
    { member: 'm', rounds: { r: { until: null, is_void: false, heads, ...rest } } }
  );
  const first = { receipt: '', trackers: {}, heads: { a: '1' }, member: 'm', until: undefined };
  const none = new Map();
  const kept = firstSeen(none, told({ a: '1' }), 0);
  assert.deepEqual(kept, new Map([['r', first]]));
  assert.deepEqual(firstSeen(kept, told({ a: '2' }), 0), none);
  assert.equal(firstSeen(kept, told({ a: '1', b: '1' }), 0).size, 1);
  assert.deepEqual(firstSeen(none, told({ a: '1' }, { is_void: true }), 0), none);
  const until = '2027-01-01T00:00:00+01:00';
  const day = Date.parse(until);
  assert.equal(firstSeen(none, told({ a: '1' }, { until }), day - 1).get('r').until, until);
  assert.deepEqual(firstSeen(none, told({ a: '1' }, { until }), day), none);
});

test('the evidence of a phone that did not vote names no receipt and no ballot', () => {
  const stored = { receipt: '', trackers: {}, heads: { a: 'f' } };
  const given = [{ question: 'a', archive: new Uint8Array() }];
  const written = JSON.parse(writeEvidence('round', stored, given, new Date(0)));
  assert.equal('receipt' in written, false);
  assert.deepEqual(written.boxes, [{ question: 'a', seen: ['f'], given: '' }]);
});

test('the evidence holds what was seen and the box that was given', () => {
  const board = readBoard(OK);
  const stored = { ...receiptFor(board, 0), receipt: 'r', before: { [board.uuid]: 'f' } };
  const given = [{ question: board.uuid, archive: OK }];
  const written = JSON.parse(writeEvidence('round', stored, given, new Date(0)));
  const [box] = written.boxes;
  assert.equal(written.at, '1970-01-01T00:00:00.000Z');
  assert.deepEqual(box.seen, ['f', stored.heads[board.uuid]]);
  assert.equal(box.tracker, board.ballots[0].tracker);
  assert.deepEqual(new Uint8Array(Buffer.from(box.given, 'base64')), OK);
});

test('one answer for several boxes: the worst, and unknown when one was not seen', () => {
  const stored = { receipt: '', trackers: { a: '1', b: '2' }, heads: {} };
  const answer = (...verdicts) => verdictOf(stored, verdicts.map((verdict, index) => (
    { question: 'ab'[index], verdict }
  )));
  assert.equal(answer('yes', 'yes'), 'yes');
  assert.equal(answer('yes', 'no'), 'no');
  assert.equal(answer('other', 'no'), 'other');
  assert.equal(answer('unknown', 'no'), 'no');
  assert.equal(answer('yes', 'unknown'), 'unknown');
  assert.equal(answer('yes', 'replaced'), 'replaced');
  assert.equal(answer('yes'), 'unknown');
});

test('a holder opens no box that does not go on from the own receipt', () => {
  const stored = { receipt: 'r', trackers: {}, heads: { a: '2' }, before: { a: '1' } };
  requireContinued(stored, { uuid: 'a', heads: ['1', '2', '3'] });
  requireContinued(stored, { uuid: 'b', heads: ['7'] });
  requireContinued(undefined, { uuid: 'a', heads: ['7'] });
  for (const heads of [['1', '3'], ['2', '3'], []]) {
    assert.throws(() => requireContinued(stored, { uuid: 'a', heads }), /count\.other_board/);
  }
});
