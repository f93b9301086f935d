/** The encrypted sum of a box, what the key holders made of it, and the counts. */
import { canonical, hexHash } from '../canonical.js';
import { productOf } from '../group/group.js';
import { isEquality, proofShape } from './proofs.js';
import { choicesOf } from './setup.js';
import { array, digest, matching, natural, read, record, text } from './shape.js';
import { coefficients } from './trustees.js';

/**
 * @typedef {import('../group/group.js').Element} Element
 * @typedef {import('./proofs.js').Point} Point
 * @typedef {import('./setup.js').Election} Election
 * @typedef {import('./trustees.js').Owner} Owner
 * @typedef {import('./trustees.js').Trustees} Trustees
 * @typedef {{document: string, hash: string, counted: number, points: Point[][]}} Tally
 * @typedef {{owner: Owner, hash: string, factors: Element[][]}} Partial
 */

/**
 * The sum of the ballots that count.
 * @param {Election} election
 * @param {Point[][][]} ballots
 * @returns {Tally}
 */
export function tallyOf({ group, questions }, ballots) {
  const points = questions.map((question, at) => (
    Array.from({ length: choicesOf(question) }, (_, choice) => /** @type {Point} */ (
      [0, 1].map((side) => productOf(group, ballots.map((ballot) => ballot[at][choice][side])))
    ))
  ));
  const document = canonical(points.map((row) => row.map(([alpha, beta]) => (
    { alpha: group.text(alpha), beta: group.text(beta) }
  ))));
  return { document, hash: hexHash(document), counted: ballots.length, points };
}

/**
 * Read a published sum; throws where its form is wrong.
 * @param {Election} election
 * @param {string} document
 */
export function requireTally({ group, questions }, document) {
  const element = matching(group.pattern);
  const rows = read(document, array(array(record({ alpha: element, beta: element }))));
  if (!fits(rows, questions.map(choicesOf))) throw new Error('tally.mismatch');
  for (const { alpha, beta } of rows.flat()) [alpha, beta].forEach(group.parse);
}

/** @param {any[][]} rows @param {number[]} lengths */
function fits(rows, lengths) {
  return rows.length === lengths.length && rows.every((row, at) => row.length === lengths[at]);
}

/**
 * Check a partial decryption with its version 1 proofs.
 * @param {Election} election
 * @param {Tally} tally
 * @param {Owner} owner
 * @param {string} document
 * @returns {Partial}
 */
export function checkPartial(election, tally, owner, document) {
  const { group, phi } = election;
  const partial = read(document, record({
    decryption_factors: array(array(matching(group.pattern))),
    decryption_proofs: array(array(proofShape(group))),
  }));
  const lengths = tally.points.map((row) => row.length);
  if (!Object.values(partial).every((rows) => fits(rows, lengths))) {
    throw new Error('decryption.shape');
  }
  const factors = partial.decryption_factors.map((/** @type {string[]} */ row) => (
    row.map((factor) => group.parse(factor))
  ));
  const prefix = `decrypt|${phi}|${owner.publicKey}|`;
  const holds = eachFactor(tally, factors, (base, factor, row, choice) => (
    isEquality(group, { key: owner.key, base, factor }, prefix,
      partial.decryption_proofs[row][choice])
  ));
  if (!holds) throw new Error('decryption.proof');
  return { owner, hash: hexHash(document), factors };
}

/**
 * @param {Tally} tally
 * @param {Element[][]} factors
 * @param {(base: Element, factor: Element, row: number, choice: number) => boolean} check
 */
function eachFactor({ points }, factors, check) {
  return points.every((row, at) => row.every(([alpha], choice) => (
    check(alpha, factors[at][choice], at, choice)
  )));
}

/**
 * Check our own document beside the archive, which binds each factor to its ciphertext.
 * @param {Election} election
 * @param {Tally | null} tally
 * @param {Map<number, Partial>} partials
 * @param {string} document
 */
export function checkStrong(election, tally, partials, document) {
  const { group, phi, uuid } = election;
  const strong = readStrong(group, document);
  const isBound = strong.election_uuid === uuid && strong.election_hash === phi
    && strong.group === group.name && strong.encrypted_tally === tally?.hash;
  if (!isBound || !tally) throw new Error('strong.binding');
  if (strong.trustees.map(({ owner }) => owner).join() !== [...partials.keys()].sort((a, b) => a - b).join()) {
    throw new Error('strong.missing');
  }
  for (const share of strong.trustees) {
    const partial = /** @type {Partial} */ (partials.get(share.owner));
    checkShare(election, tally, partial, share);
  }
}

/** @param {import('../group/group.js').Group} group @param {string} document */
function readStrong(group, document) {
  const shape = record({
    version: natural,
    kind: text,
    election_uuid: text,
    election_hash: text,
    group: text,
    encrypted_tally: digest,
    trustees: array(record({
      owner: natural,
      public_key: text,
      partial_decryption: digest,
      proofs: array(array(proofShape(group))),
    })),
  });
  /** @type {any} */
  let strong;
  try {
    strong = read(document, shape);
  } catch {
    throw new Error('strong.form');
  }
  const owners = strong.trustees.map((/** @type {any} */ { owner }) => owner);
  const isAscending = owners.every((/** @type {number} */ owner, /** @type {number} */ at) => (
    at === 0 || owners[at - 1] < owner
  ));
  if (strong.version !== 1 || strong.kind !== 'strong-decryption' || !isAscending) {
    throw new Error('strong.form');
  }
  return strong;
}

/** @param {Election} election @param {Tally} tally @param {Partial} partial @param {any} share */
function checkShare({ group, phi }, tally, { owner, hash, factors }, share) {
  if (share.public_key !== owner.publicKey || share.partial_decryption !== hash) {
    throw new Error('strong.binding');
  }
  if (!fits(share.proofs, factors.map((row) => row.length))) throw new Error('strong.form');
  const holds = eachFactor(tally, factors, (base, factor, row, choice) => {
    const prefix = `strong-decrypt|${phi}|${owner.publicKey}|${group.text(base)}|${group.text(factor)}|`;
    return isEquality(group, { key: owner.key, base, factor }, prefix, share.proofs[row][choice]);
  });
  if (!holds) throw new Error('strong.proof');
}

/**
 * The counts of each question, a blank first; null while key holders lack.
 * @param {Election} election
 * @param {Trustees} trustees
 * @param {Tally} tally
 * @param {Map<number, Partial>} partials
 * @returns {number[][] | null}
 */
export function decrypt({ group }, trustees, tally, partials) {
  const exponents = coefficients(group, trustees, new Set(partials.keys()));
  if (!exponents) return null;
  const counts = powersOf(group, tally.counted);
  return tally.points.map((row, at) => row.map(([, beta], choice) => {
    const factor = [...exponents].reduce((product, [number, exponent]) => {
      const { factors } = /** @type {Partial} */ (partials.get(number));
      return group.multiply(product, group.power(factors[at][choice], exponent));
    }, group.identity);
    const count = counts.get(group.text(group.multiply(beta, group.invert(factor))));
    if (count === undefined) throw new Error('result.not_computable');
    return count;
  }));
}

/** g^m -> m for every possible count. @param {import('../group/group.js').Group} group @param {number} most */
function powersOf(group, most) {
  /** @type {Map<string, number>} */
  const known = new Map();
  let power = group.identity;
  for (let count = 0; count <= most; count += 1) {
    known.set(group.text(power), count);
    power = group.multiply(power, group.generator);
  }
  return known;
}
