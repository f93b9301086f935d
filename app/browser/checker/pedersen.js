/** Threshold keys: several trustees of whom some suffice, and the traces of their ceremony. */
import { canonical } from '../canonical.js';
import { parseKey, productOf } from '../group/group.js';
import { isKnowledge, proofShape } from './proofs.js';
import { array, natural, parse, read, record, text } from './shape.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {import('../group/group.js').Element} Element
 * @typedef {import('./proofs.js').Proof} Proof
 * @typedef {{message: string, signature: Proof}} Signed
 */

const OLD_FIELDS = 'threshold,certs,coefexps,verification_keys';
const CERTIFICATE = record({
  context: record({ group: text, size: natural, threshold: natural, index: natural }),
  verification: text,
  encryption: text,
});
const COEFFICIENTS = record({ coefexps: array(text) });

/** A text and a trustee's signature under it. @param {Group} group */
export function signedShape(group) {
  return record({ message: text, signature: proofShape(group) });
}

/** @param {Group} group */
export function pedersenShape(group) {
  const signature = proofShape(group);
  const signed = signedShape(group);
  const shape = record({
    threshold: natural,
    certs: array(signed),
    coefexps: array(signed),
    signatures: array(signature),
    verification_keys: array(record({ pok: signature, public_key: text, signature })),
  });
  return (/** @type {any} */ value) => {
    if (Object.keys(value ?? {}).join() === OLD_FIELDS) throw new Error('trustees.pedersen');
    return shape(value);
  };
}

/**
 * Check everything but the proofs of possession; the part of the election key.
 * @param {Group} group
 * @param {any} content
 * @returns {Element}
 */
export function checkPedersen(group, content) {
  const { certs, coefexps, signatures, threshold, verification_keys: keys } = content;
  const size = certs.length;
  require([coefexps, signatures, keys].every(({ length }) => length === size));
  require(threshold >= 1 && threshold <= size);
  const signers = certs.map((/** @type {Signed} */ certificate, /** @type {number} */ at) => (
    checkCertificate(group, certificate, { size, threshold, index: at + 1 })
  ));
  const rows = signers.map((/** @type {Element} */ signer, /** @type {number} */ at) => (
    checkCoefficients(group, content, at, signer)
  ));
  signers.forEach((/** @type {Element} */ signer, /** @type {number} */ at) => {
    checkVerificationKey(group, keys[at], at + 1, signer, rows);
  });
  return productOf(group, rows.map((/** @type {Element[]} */ row) => row[0]));
}

/**
 * @param {Group} group
 * @param {Signed} certificate
 * @param {{size: number, threshold: number, index: number}} context
 */
export function checkCertificate(group, certificate, { size, threshold, index }) {
  const fields = parse(certificate.message);
  require(typeof fields !== 'object' || fields === null || 'context' in fields);
  const parsed = read(certificate.message, CERTIFICATE);
  const expected = { group: group.name, size, threshold, index };
  require(canonical(parsed.context) === canonical(expected));
  const signer = parseKey(group, parsed.verification);
  parseKey(group, parsed.encryption);
  require(isSigned(group, signer, certificate.message, certificate.signature));
  return signer;
}

/** @param {Group} group @param {any} content @param {number} at @param {Element} signer */
export function checkCoefficients(group, { certs, coefexps, signatures, threshold }, at, signer) {
  const { message, signature } = coefexps[at];
  const { coefexps: texts } = read(message, COEFFICIENTS);
  require(texts.length === threshold);
  const row = texts.map(group.parse);
  require(isSigned(group, signer, message, signature));
  require(isSigned(group, signer, certsMessage(certs, texts), signatures[at]));
  return row;
}

/** What a trustee signs over all certificates and the own coefficients.
 * @param {Signed[]} certs @param {string[]} coefexps */
export function certsMessage(certs, coefexps) {
  const documents = certs.map(({ message, signature: { challenge, response } }) => ({
    message, signature: { challenge: challenge.toString(), response: response.toString() },
  }));
  return `certs_sig|${canonical({ certs: documents, coefexps })}`;
}

/**
 * @param {Group} group
 * @param {any} held
 * @param {number} index
 * @param {Element} signer
 * @param {Element[][]} rows
 */
function checkVerificationKey(group, held, index, signer, rows) {
  const key = parseKey(group, held.public_key);
  const expected = productOf(group, rows.map((row) => evaluate(group, row, BigInt(index))));
  require(group.areEqual(key, expected));
  require(isSigned(group, signer, held.public_key, held.signature));
}

/** g^(f(index)) from the powers of a polynomial's coefficients, by Horner's rule.
 * @param {Group} group @param {Element[]} row @param {bigint} index */
export function evaluate(group, row, index) {
  return row.reduceRight((value, coefficient) => (
    group.multiply(group.power(value, index), coefficient)
  ), group.identity);
}

/** @param {Group} group @param {Element} signer @param {string} message @param {Proof} signature */
export function isSigned(group, signer, message, signature) {
  return isKnowledge(group, signer, `sigmsg|${message}|`, signature);
}

/** The inverse modulo a prime. @param {bigint} number @param {bigint} order */
export function inverse(number, order) {
  let [left, right, one, other] = [((number % order) + order) % order, order, 1n, 0n];
  while (left > 1n) {
    const quotient = right / left;
    [left, right] = [right - quotient * left, left];
    [one, other] = [other - quotient * one, one];
  }
  return ((one % order) + order) % order;
}

/** @param {boolean} holds */
function require(holds) {
  if (!holds) throw new Error('trustees.pedersen');
}
