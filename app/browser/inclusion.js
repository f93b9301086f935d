/** Is the ballot this phone cast in the box, and is the box the one it was shown then? */
import { findBallot, readBoard } from './board.js';
import { hexHash } from './canonical.js';

/**
 * @typedef {import('./keystore.js').StoredReceipt} StoredReceipt
 * @typedef {'yes' | 'unknown' | 'no' | 'other' | 'replaced'} Verdict
 * @typedef {{question: string, verdict: Verdict, head?: string}} Finding head: newest of the box
 */

const WORST_FIRST = /** @type {Verdict[]} */ (['other', 'no', 'replaced', 'unknown', 'yes']);

/**
 * Compare one box with what this phone kept: its ballot must be there as the last of its voter, and
 * the heads it was shown must still be part of the chain (otherwise it is another box).
 * @param {StoredReceipt} stored
 * @param {string} question
 * @param {Uint8Array} archive
 * @returns {Finding}
 */
export function compare(stored, question, archive) {
  try {
    const board = readBoard(archive);
    const found = findBallot(board, stored.trackers[question]);
    if (found === 'missing' || board.uuid !== question) return { question, verdict: 'no' };
    if (!continues(stored, question, board.heads)) return { question, verdict: 'other' };
    const verdict = found === 'counted' ? 'yes' : 'replaced';
    return { question, verdict, head: board.heads.at(-1) };
  } catch {
    return { question, verdict: 'no' };
  }
}

/**
 * Does the box go on from everything that this phone has seen of it?
 * @param {StoredReceipt} stored
 * @param {string} question
 * @param {string[]} heads
 */
export function continues({ heads: seen, before }, question, heads) {
  const earlier = before?.[question];
  return heads.includes(seen[question]) && (!earlier || heads.includes(earlier));
}

/**
 * The heads of a box, from what its events are made of.
 * @param {[string, string?][]} chain type and hash of the payload, the oldest first
 */
export function headsOf(chain) {
  /** @type {string[]} */
  const heads = [];
  chain.forEach(([type, payload], height) => {
    heads.push(hexHash(JSON.stringify({ parent: heads.at(-1), height, type, payload })));
  });
  return heads;
}

/**
 * The first box that does not go on: the head that this phone has seen, and the newest one of what
 * it was given instead (none where nothing was).
 * @param {StoredReceipt} stored
 * @param {{question: string, heads: string[]}[]} boxes
 * @returns {{seen: string, given: string | undefined} | undefined}
 */
export function firstOther(stored, boxes) {
  const other = boxes.find(({ question, heads }) => !continues(stored, question, heads));
  return other && { seen: stored.heads[other.question], given: other.heads.at(-1) };
}

/**
 * What this phone is told of for the first time: from now on these boxes must have these heads.
 * @param {Map<string, StoredReceipt>} kept by round
 * @param {import('./witness.js').Answer} told
 * @param {number} now nothing is kept of boxes whose day has come
 * @returns {Map<string, StoredReceipt>} by round, without a receipt
 */
export function firstSeen(kept, { member, rounds }, now) {
  return new Map(Object.entries(rounds).flatMap(([round, { until, is_void: isVoid, heads }]) => {
    const known = kept.get(round)?.heads ?? {};
    const isKnown = Object.keys(heads).every((question) => question in known);
    if (isKnown || isVoid || (until !== null && Date.parse(until) <= now)) return [];
    return [[round, { receipt: '', trackers: {}, heads, member, until: until ?? undefined }]];
  }));
}

/**
 * Refuse a box that does not go on from what this phone was shown of it.
 * @param {StoredReceipt | undefined} stored
 * @param {{uuid: string, heads: string[]}} box
 */
export function requireContinued(stored, { uuid, heads }) {
  if (stored && uuid in stored.heads && !continues(stored, uuid, heads)) {
    throw new Error('count.other_board');
  }
}

/**
 * What to keep after the boxes were looked at: each one must have these heads from now on.
 * @param {StoredReceipt} stored
 * @param {{question: string, head?: string}[]} findings
 * @returns {StoredReceipt}
 */
export function withHeads(stored, findings) {
  const seen = findings.filter(({ head }) => head);
  const heads = Object.fromEntries(seen.map(({ question, head }) => [question, head]));
  const { before = {}, ...kept } = stored;
  const left = Object.entries(before).filter(([question]) => !(question in heads));
  return {
    ...kept,
    heads: { ...stored.heads, ...heads },
    ...(left.length ? { before: Object.fromEntries(left) } : {}),
  };
}

/**
 * One answer for all boxes of the round; a box that was not examined leaves it open.
 * @param {StoredReceipt} stored
 * @param {Finding[]} findings
 * @returns {Verdict}
 */
export function verdictOf(stored, findings) {
  const examined = findings.map(({ question }) => question);
  const isWhole = Object.keys(stored.trackers).every((question) => examined.includes(question));
  const given = findings.map(({ verdict }) => verdict);
  return WORST_FIRST.find((verdict) => (
    given.includes(verdict) || (verdict === 'unknown' && !isWhole)
  )) ?? 'unknown';
}

