/** Checking zero-knowledge proofs: every commitment is computed anew and hashed. */
import { challengeOf } from '../group/group.js';
import { record, scalar } from './shape.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {import('../group/group.js').Element} Element
 * @typedef {{challenge: bigint, response: bigint}} Proof
 * @typedef {[Element, Element]} Point a ciphertext
 * @typedef {{alphas: Element[], betas: Element[], number: number}} Statement some r makes the product
 *   of the alphas g^r and that of the betas y^r · g^number
 */

/** @param {Group} group */
export function proofShape(group) {
  return record({ challenge: scalar(group.order), response: scalar(group.order) });
}

/**
 * g^response times element^challenge.
 * @param {Group} group
 * @param {Element} element
 * @param {Proof} proof
 */
function commitment(group, element, { challenge, response }) {
  return group.multiply(group.generatorPower(response), group.power(element, challenge));
}

/**
 * Does the prover know the exponent of this key?
 * @param {Group} group
 * @param {Element} key
 * @param {string} prefix
 * @param {Proof} proof
 */
export function isKnowledge(group, key, prefix, proof) {
  return proof.challenge === challengeOf(group, prefix, [commitment(group, key, proof)]);
}

/**
 * Is key = g^x and factor = base^x for one x?
 * @param {Group} group
 * @param {{key: Element, base: Element, factor: Element}} claim
 * @param {string} prefix
 * @param {Proof} proof
 */
export function isEquality(group, { key, base, factor }, prefix, proof) {
  const second = group.multiply(
    group.power(base, proof.response), group.power(factor, proof.challenge),
  );
  return proof.challenge === challengeOf(group, prefix, [commitment(group, key, proof), second]);
}

/**
 * Does at least one of these statements hold?
 * @param {Group} group
 * @param {Element} key election key
 * @param {string} prefix
 * @param {Statement[]} statements
 * @param {Proof[]} proofs
 */
export function isOneOf(group, key, prefix, statements, proofs) {
  const { multiply, powerOfProduct } = group;
  const commitments = statements.flatMap(({ alphas, betas, number }, index) => {
    const { challenge, response } = proofs[index];
    const first = multiply(group.generatorPower(response), powerOfProduct(alphas, challenge));
    const second = multiply(group.power(key, response), powerOfProduct(betas, challenge));
    const offset = group.generatorPower(-BigInt(number) * challenge);
    return [first, number ? multiply(second, offset) : second];
  });
  const total = proofs.reduce((sum, { challenge }) => sum + challenge, 0n) % group.order;
  return total === challengeOf(group, prefix, commitments);
}
