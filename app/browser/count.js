/** A holder's part of a count: the key, and what it makes of a published sum. */
import { canonical, hexHash } from './canonical.js';
import { verify } from './checker/verify.js';
import { readEvents } from './events.js';
import {
  NAME, elementText, generatorPower, hashToScalar, parseElement, power, randomScalar, reduce,
} from './group.js';
import { proveKnowledge } from './proof.js';

/**
 * @typedef {import('./group.js').Element} Element
 * @typedef {import('./checker/verify.js').Board} Board
 * @typedef {{exponent: bigint, publicKey: string, document: string}} CountKey
 * @typedef {{hash: string, head: string}} Seen what this phone has opened of an election
 * @typedef {{question: string, partial: string, share: string}} Part
 * @typedef {{archive: Uint8Array, strong: string | null}} Box with the proofs of those who were there
 * @typedef {{question: string, publicKey: string, minimum: number}} Expected
 */

/** A fresh key with the document that proves it. @returns {CountKey} */
export function makeCountKey() {
  const exponent = randomScalar();
  const publicKey = elementText(generatorPower(exponent));
  const pok = proveKnowledge(`pok|${NAME}|${publicKey}|`, exponent);
  return { exponent, publicKey, document: canonical([['Single', { pok, public_key: publicKey }]]) };
}

/**
 * Check a whole box that is ready to be opened; throws what is wrong with it.
 * @param {Box} box
 * @param {Expected} expected
 * @param {(done: number, all: number) => unknown} onEvent
 * @returns {Promise<Board>}
 */
export async function checkBox({ archive, strong }, { question, publicKey, minimum }, onEvent) {
  const found = await verify(archive, strong, { onEvent });
  if (found.verdict === 'refused') throw new Error(found.reason);
  const { setup: { election, trustees } } = found.board;
  const isOwn = [...trustees.owners.values()].some((owner) => owner.publicKey === publicKey);
  if (found.stage !== 'tallied' || election.uuid !== question || !isOwn) {
    throw new Error('count.other_box');
  }
  if (found.counted < minimum) throw new Error('count.too_few');
  return found.board;
}

/** The trustees document of a box. @param {Uint8Array} archive */
export function trusteesOf(archive) {
  const [{ documents }] = readEvents(archive);
  return documents[1];
}

/**
 * Refuse a second sum of the same election, the same sum under another name, and a box that does
 * not continue what was opened of it before.
 * @param {Map<string, Seen>} opened by election
 * @param {Board} board
 * @param {Uint8Array} archive
 */
export function requireUnopened(opened, board, archive) {
  const { uuid } = board.setup.election;
  const hash = board.tally?.hash ?? '';
  for (const [other, seen] of opened) {
    if ((other === uuid) !== (seen.hash === hash)) throw new Error('count.second_sum');
  }
  const before = opened.get(uuid);
  const isContinued = !before || [...readEvents(archive)].some((event) => event.hash === before.head);
  if (!isContinued) throw new Error('count.other_board');
}

/** @param {Board} board @param {CountKey} key @returns {Part} */
export function makePart(board, { exponent, publicKey }) {
  const { election: { group, phi, uuid }, trustees } = board.setup;
  const tally = /** @type {import('./checker/tally.js').Tally} */ (board.tally);
  const owner = [...trustees.owners.values()].find((each) => each.publicKey === publicKey);
  // The checker's points are for public data only; what follows is secret.
  const rows = tally.points.map((row) => row.map(([checked]) => {
    const alpha = parseElement(group.text(checked));
    return { alpha, factor: power(alpha, exponent) };
  }));
  const plain = `decrypt|${phi}|${publicKey}|`;
  const partial = canonical({
    decryption_factors: rows.map((row) => row.map(({ factor }) => elementText(factor))),
    decryption_proofs: rows.map((row) => row.map(({ alpha }) => (
      proveEquality(plain, alpha, exponent)
    ))),
  });
  const share = canonical({
    owner: owner?.number,
    public_key: publicKey,
    partial_decryption: hexHash(partial),
    proofs: rows.map((row) => row.map(({ alpha, factor }) => {
      const bound = `${elementText(alpha)}|${elementText(factor)}`;
      return proveEquality(`strong-decrypt|${phi}|${publicKey}|${bound}|`, alpha, exponent);
    })),
  });
  return { question: uuid, partial, share };
}

/**
 * Prove that generator and base were raised by the same exponent.
 * @param {string} prefix
 * @param {Element} base
 * @param {bigint} exponent
 */
function proveEquality(prefix, base, exponent) {
  const nonce = randomScalar();
  const challenge = hashToScalar(prefix, [generatorPower(nonce), power(base, nonce)]);
  const response = reduce(nonce - exponent * challenge);
  return { challenge: challenge.toString(), response: response.toString() };
}
