/** Is the ballot this phone cast in the box, and is the box the one it was shown then? */
import { findBallot, readBoard } from './board.js';

/**
 * @typedef {import('./keystore.js').StoredReceipt} StoredReceipt
 * @typedef {'yes' | 'unknown' | 'no' | 'replaced'} Verdict
 * @typedef {{question: string, verdict: Verdict, head?: string}} Finding head: newest of the box
 */

const WORST_FIRST = /** @type {Verdict[]} */ (['no', 'replaced', 'unknown', 'yes']);

/**
 * Compare one box with what this phone kept: the head it was shown must still be part of the
 * chain, and its ballot must be there as the last of its voter.
 * @param {StoredReceipt} stored
 * @param {string} question
 * @param {Uint8Array} archive
 * @returns {Finding}
 */
export function compare(stored, question, archive) {
  try {
    const board = readBoard(archive);
    const found = findBallot(board, stored.trackers[question]);
    const isOwnBox = board.uuid === question && board.heads.includes(stored.heads[question]);
    if (!isOwnBox || found === 'missing') return { question, verdict: 'no' };
    const verdict = found === 'counted' ? 'yes' : 'replaced';
    return { question, verdict, head: board.heads.at(-1) };
  } catch {
    return { question, verdict: 'no' };
  }
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

