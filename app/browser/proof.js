/** Zero-knowledge proofs of a ballot: knowledge of an exponent, and "at least one of these". */
import { challengeOf, randomScalar, reduce } from './group/group.js';

/**
 * @typedef {import('./group/group.js').Element} Element
 * @typedef {import('./group/group.js').Group} Group
 * @typedef {{challenge: string, response: string}} Proof
 * @typedef {{group: Group, key: Element, draw: () => bigint}} Sealing
 *   key: of the election; draw: secret scalars
 */

/** @param {bigint} challenge @param {bigint} response @returns {Proof} */
function writeProof(challenge, response) {
  return { challenge: challenge.toString(), response: response.toString() };
}

/**
 * Prove knowledge of the exponent, bound to the prefix.
 * @param {Group} group
 * @param {string} prefix
 * @param {bigint} exponent
 * @param {() => bigint} [draw] secret scalars
 */
export function proveKnowledge(group, prefix, exponent, draw = () => randomScalar(group)) {
  const nonce = draw();
  const challenge = challengeOf(group, prefix, [group.generatorPower(nonce)]);
  return writeProof(challenge, reduce(group, nonce - exponent * challenge));
}

/**
 * Prove that at least one of these ciphertexts hides 0, without showing which one.
 *
 * A ciphertext is (g^exponent, key^exponent * g^offset). Whoever encrypted knows both numbers, so
 * the commitments g^response * a^challenge and key^response * b^challenge of the statements that
 * do not hold need one secret power of the key each.
 * @param {Sealing} sealing
 * @param {string} prefix
 * @param {{exponent: bigint, offset: number}[]} statements
 * @param {number} trueIndex index of a statement with offset 0
 * @returns {Proof[]}
 */
export function proveOneOf(sealing, prefix, statements, trueIndex) {
  const { group } = sealing;
  const nonce = sealing.draw();
  const drafts = statements.map((statement, index) => (
    index === trueIndex ? commit(sealing, nonce) : simulate(sealing, statement)
  ));
  const hash = challengeOf(group, prefix, drafts.flatMap((draft) => draft.commitments));
  const others = drafts.reduce((sum, draft) => sum + draft.challenge, 0n);
  const challenge = reduce(group, hash - others);
  return drafts.map((draft, index) => (
    index === trueIndex
      ? writeProof(challenge, reduce(group, nonce - statements[index].exponent * challenge))
      : writeProof(draft.challenge, draft.response)
  ));
}

/** @param {Sealing} sealing @param {bigint} nonce */
function commit({ group, key }, nonce) {
  const commitments = [group.generatorPower(nonce), group.power(key, nonce)];
  return { challenge: 0n, response: 0n, commitments };
}

/** @param {Sealing} sealing @param {{exponent: bigint, offset: number}} statement */
function simulate({ group, key, draw }, { exponent, offset }) {
  const challenge = draw();
  const response = draw();
  const both = reduce(group, response + exponent * challenge);
  const hidden = group.generatorPower(BigInt(offset) * challenge);
  const commitments = [
    group.generatorPower(both), group.multiply(group.power(key, both), hidden),
  ];
  return { challenge, response, commitments };
}
