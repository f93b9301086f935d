/** A holder's part of a count: the key, and what it makes of a published sum. */
import { canonical, hexHash } from './canonical.js';
import {
  NAME, elementText, generatorPower, hashToScalar, parseElement, power, randomScalar, reduce,
} from './group.js';
import { proveKnowledge } from './proof.js';

/**
 * @typedef {import('./group.js').Element} Element
 * @typedef {import('./box.js').Checked} Checked
 * @typedef {{exponent: bigint, publicKey: string, document: string}} CountKey
 * @typedef {{hash: string, head: string}} Seen what this phone has opened of an election
 * @typedef {{question: string, partial: string, share: string}} Part
 */

/** A fresh key with the document that proves it. @returns {CountKey} */
export function makeCountKey() {
  const exponent = randomScalar();
  const publicKey = elementText(generatorPower(exponent));
  const pok = proveKnowledge(`pok|${NAME}|${publicKey}|`, exponent);
  return { exponent, publicKey, document: canonical([['Single', { pok, public_key: publicKey }]]) };
}

/**
 * Refuse a second sum of the same election, the same sum under another name, and a box that does
 * not continue what was opened of it before.
 * @param {Map<string, Seen>} opened by election
 * @param {Checked} box
 */
export function requireUnopened(opened, { uuid, hash, heads }) {
  for (const [other, seen] of opened) {
    if ((other === uuid) !== (seen.hash === hash)) throw new Error('count.second_sum');
  }
  const before = opened.get(uuid);
  if (before && !heads.includes(before.head)) throw new Error('count.other_board');
}

/** @param {Checked} box @param {string} publicKey @param {bigint} exponent @returns {Part} */
export function makePart({ uuid, phi, owner, alphas }, publicKey, exponent) {
  const rows = alphas.map((row) => row.map((text) => {
    const alpha = parseElement(text);
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
    owner,
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
