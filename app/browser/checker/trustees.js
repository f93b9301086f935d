/** The trustees document: who holds the count keys, and that they really hold them. */
import { parseKey, productOf } from '../group/group.js';
import { checkPedersen, inverse, pedersenShape } from './pedersen.js';
import { isKnowledge, proofShape } from './proofs.js';
import { array, read, record, text } from './shape.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {import('../group/group.js').Element} Element
 * @typedef {{number: number, index: number, publicKey: string, key: Element}} Owner
 * @typedef {{threshold: number, owners: Owner[], key: Element}} Entry
 * @typedef {{entries: Entry[], owners: Map<number, Owner>, publicKey: string}} Trustees
 */

/** @param {Group} group @param {string} document @returns {Trustees} */
export function parseTrustees(group, document) {
  const contents = read(document, array((value) => entryShape(group, value)));
  /** @type {Entry[]} */
  const entries = [];
  for (const { kind, content } of contents) {
    const first = entries.reduce((sum, { owners }) => sum + owners.length, 1);
    entries.push(kind === 'Single'
      ? checkSingle(group, content, first)
      : checkThreshold(group, content, first));
  }
  if (!entries.length) throw new Error('trustees.key');
  return {
    entries,
    owners: new Map(entries.flatMap(({ owners }) => owners.map((owner) => [owner.number, owner]))),
    publicKey: group.text(productOf(group, entries.map(({ key }) => key))),
  };
}

/** @param {Group} group @param {any} value */
function entryShape(group, value) {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== 'string') {
    throw new Error('json.canonical');
  }
  const [kind, content] = value;
  const single = record({ pok: proofShape(group), public_key: text });
  if (kind === 'Single') return { kind, content: single(content) };
  if (kind === 'Pedersen') return { kind, content: pedersenShape(group)(content) };
  throw new Error('unsupported');
}

/** @param {Group} group @param {any} content @param {number} number @returns {Entry} */
function checkSingle(group, content, number) {
  const owner = checkOwner(group, content, number, 1);
  return { threshold: 1, owners: [owner], key: owner.key };
}

/** @param {Group} group @param {any} content @param {number} first @returns {Entry} */
function checkThreshold(group, content, first) {
  const key = checkPedersen(group, content);
  const owners = content.verification_keys.map((/** @type {any} */ each, /** @type {number} */ at) => (
    checkOwner(group, each, first + at, at + 1)
  ));
  return { threshold: content.threshold, owners, key };
}

/**
 * @param {Group} group
 * @param {{public_key: string, pok: import('./proofs.js').Proof}} held
 * @param {number} number
 * @param {number} index
 * @returns {Owner}
 */
function checkOwner(group, { public_key: publicKey, pok }, number, index) {
  const key = parseKey(group, publicKey);
  if (!isKnowledge(group, key, `pok|${group.name}|${publicKey}|`, pok)) {
    throw new Error('trustees.pok');
  }
  return { number, index, publicKey, key };
}

/**
 * The exponents of the factors to be used, by owner; null while some of them lack.
 * @param {Group} group
 * @param {Trustees} trustees
 * @param {Set<number>} present
 * @returns {Map<number, bigint> | null}
 */
export function coefficients({ order }, { entries }, present) {
  /** @type {Map<number, bigint>} */
  const exponents = new Map();
  for (const { owners, threshold } of entries) {
    const used = owners.filter(({ number }) => present.has(number)).slice(0, threshold);
    if (used.length < threshold) return null;
    const indices = used.map(({ index }) => index);
    for (const { number, index } of used) exponents.set(number, lagrange(index, indices, order));
  }
  return exponents;
}

/** @param {number} index @param {number[]} indices @param {bigint} order */
function lagrange(index, indices, order) {
  return indices.filter((other) => other !== index).reduce((product, other) => (
    product * BigInt(other) * inverse(BigInt(other - index), order) % order
  ), 1n);
}
