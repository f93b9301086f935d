/** A holder's part of a count: the key, and what it makes of a published sum. */
import { canonical, hexHash } from './canonical.js';
import { pointOf } from './credential.js';
import { challengeOf, randomScalar, reduce } from './group/group.js';
import { secretGroup } from './group/secret.js';
import { proveKnowledge } from './proof.js';

/**
 * @typedef {import('./group/group.js').Group} Group
 * @typedef {import('./box.js').Checked} Checked
 * @typedef {{exponent: bigint, publicKey: string, document: string}} CountKey
 * @typedef {{hash: string, head: string}} Seen what this phone has opened of an election
 * @typedef {{question: string, partial: string, share: string}} Part
 */

/** A fresh key with the document that proves it. @param {Group} group @returns {CountKey} */
export function makeCountKey(group) {
  const exponent = randomScalar(group);
  const publicKey = pointOf(group, exponent);
  const pok = proveKnowledge(group, `pok|${group.name}|${publicKey}|`, exponent);
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
export function makePart({ uuid, phi, owner, alphas, group: name }, publicKey, exponent) {
  const group = secretGroup(name);
  const rows = alphas.map((row) => row.map((text) => {
    const alpha = group.parse(text);
    return { alpha, factor: group.power(alpha, exponent) };
  }));
  const plain = `decrypt|${phi}|${publicKey}|`;
  const partial = canonical({
    decryption_factors: rows.map((row) => row.map(({ factor }) => group.text(factor))),
    decryption_proofs: rows.map((row) => row.map(({ alpha }) => (
      proveEquality(group, plain, alpha, exponent)
    ))),
  });
  const share = canonical({
    owner,
    public_key: publicKey,
    partial_decryption: hexHash(partial),
    proofs: rows.map((row) => row.map(({ alpha, factor }) => {
      const bound = `${group.text(alpha)}|${group.text(factor)}`;
      return proveEquality(group, `strong-decrypt|${phi}|${publicKey}|${bound}|`, alpha, exponent);
    })),
  });
  return { question: uuid, partial, share };
}

/**
 * Prove that generator and base were raised by the same exponent.
 * @param {Group} group
 * @param {string} prefix
 * @param {import('./group/group.js').Element} base
 * @param {bigint} exponent
 */
function proveEquality(group, prefix, base, exponent) {
  const nonce = randomScalar(group);
  const commitments = [group.generatorPower(nonce), group.power(base, nonce)];
  const challenge = challengeOf(group, prefix, commitments);
  const response = reduce(group, nonce - exponent * challenge);
  return { challenge: challenge.toString(), response: response.toString() };
}
