/** Zero-knowledge proofs of a ballot: knowledge of an exponent, and "at least one of these". */
import { generatorPower, hashToScalar, power, randomScalar, reduce } from './group.js';

/**
 * @typedef {import('./group.js').Element} Element
 * @typedef {{challenge: string, response: string}} Proof
 */

/** @param {bigint} challenge @param {bigint} response @returns {Proof} */
function writeProof(challenge, response) {
  return { challenge: challenge.toString(), response: response.toString() };
}

/**
 * Prove knowledge of the exponent, bound to the prefix.
 * @param {string} prefix
 * @param {bigint} exponent
 * @param {() => bigint} [draw] secret scalars
 */
export function proveKnowledge(prefix, exponent, draw = randomScalar) {
  const nonce = draw();
  const challenge = hashToScalar(prefix, [generatorPower(nonce)]);
  return writeProof(challenge, reduce(nonce - exponent * challenge));
}

/**
 * Prove that at least one of these ciphertexts hides 0, without showing which one.
 *
 * A ciphertext is (g^exponent, key^exponent * g^offset). Whoever encrypted knows both numbers, so
 * the commitments g^response * a^challenge and key^response * b^challenge of the statements that
 * do not hold need one secret power of the key each.
 * @param {string} prefix
 * @param {Element} key election key
 * @param {{exponent: bigint, offset: number}[]} statements
 * @param {number} trueIndex index of a statement with offset 0
 * @param {() => bigint} [draw] secret scalars
 * @returns {Proof[]}
 */
export function proveOneOf(prefix, key, statements, trueIndex, draw = randomScalar) {
  const nonce = draw();
  const drafts = statements.map((statement, index) => (
    index === trueIndex ? commit(key, nonce) : simulate(key, statement, draw)
  ));
  const hash = hashToScalar(prefix, drafts.flatMap((draft) => draft.commitments));
  const others = drafts.reduce((sum, draft) => sum + draft.challenge, 0n);
  const challenge = reduce(hash - others);
  return drafts.map((draft, index) => (
    index === trueIndex
      ? writeProof(challenge, reduce(nonce - statements[index].exponent * challenge))
      : writeProof(draft.challenge, draft.response)
  ));
}

/** @param {Element} key @param {bigint} nonce */
function commit(key, nonce) {
  return { challenge: 0n, response: 0n, commitments: [generatorPower(nonce), power(key, nonce)] };
}

/** @param {Element} key @param {{exponent: bigint, offset: number}} statement
 * @param {() => bigint} draw */
function simulate(key, { exponent, offset }, draw) {
  const challenge = draw();
  const response = draw();
  const both = reduce(response + exponent * challenge);
  const second = power(key, both).add(generatorPower(BigInt(offset) * challenge));
  return { challenge, response, commitments: [generatorPower(both), second] };
}
