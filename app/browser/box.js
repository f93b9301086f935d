/** A box that waits for its keys, checked from its first vote to its sum. */
import { verify } from './checker/verify.js';
import { readEvents } from './events.js';

/**
 * @typedef {{archive: Uint8Array, strong: string | null}} Box with the proofs of those who were there
 * @typedef {{question: string, publicKey: string, minimum: number}} Expected
 * @typedef {{uuid: string, group: string, phi: string, hash: string, heads: string[],
 *   trustees: string, owner: number, alphas: string[][]}} Checked hash: of the sum; heads: of the board, the last one
 *   last; owner: the number of the own key; alphas: what the key is applied to
 */

/**
 * Throws what is wrong with it.
 * @param {Box} box
 * @param {Expected} expected
 * @param {(done: number, all: number) => unknown} onEvent
 * @returns {Promise<Checked>}
 */
export async function checkBox({ archive, strong }, { question, publicKey, minimum }, onEvent) {
  const found = await verify(archive, strong, { onEvent });
  if (found.verdict === 'refused') throw new Error(found.reason);
  const { setup: { election, trustees }, tally } = found.board;
  const own = [...trustees.owners.values()].find((owner) => owner.publicKey === publicKey);
  if (found.stage !== 'tallied' || !tally || election.uuid !== question || !own) {
    throw new Error('count.other_box');
  }
  if (found.counted < minimum) throw new Error('count.too_few');
  const events = [...readEvents(archive)];
  return {
    uuid: election.uuid,
    group: election.group.name,
    phi: election.phi,
    hash: tally.hash,
    heads: events.map(({ hash }) => hash),
    trustees: events[0].documents[1],
    owner: own.number,
    alphas: tally.points.map((row) => row.map(([alpha]) => election.group.text(alpha))),
  };
}
