/** The voting code of a member and what is derived from it (see the protocol, credentials). */
import { hexHash } from './canonical.js';
import { proveKnowledge } from './proof.js';

/** @typedef {import('./group/group.js').Group} Group */

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 23;
const CODE = /^(?:[1-9A-HJ-NP-Za-km-z]{6}-){3}[1-9A-HJ-NP-Za-km-z]{6}$/;

/** 23 random characters and a check character, in four groups of six. @returns {string} */
export function makeCode() {
  const characters = randomCharacters(LENGTH);
  const whole = characters + checkCharacter(characters);
  return /** @type {string[]} */ (whole.match(/.{6}/g)).join('-');
}

/** Base58 characters, each as likely as any other. @param {number} length */
export function randomCharacters(length) {
  return Array.from({ length }, randomCharacter).join('');
}

function randomCharacter() {
  const byte = new Uint8Array(1);
  // 232 is the largest multiple of 58 in a byte: above it some characters would be more likely.
  do crypto.getRandomValues(byte); while (byte[0] >= 232);
  return ALPHABET[byte[0] % ALPHABET.length];
}

/** @param {string} characters the 23 characters before it */
export function checkCharacter(characters) {
  return ALPHABET[Number(BigInt('0x' + hexHash(`kv-code|${characters}`)) % 58n)];
}

/** @param {string} code */
export function isCode(code) {
  const bare = code.replaceAll('-', '');
  return CODE.test(code) && checkCharacter(bare.slice(0, LENGTH)) === bare[LENGTH];
}

/**
 * The code as scanned or pasted: blanks and hyphens do not matter, capitals do.
 * @param {string} text
 * @returns {string | null} null when it is no code
 */
export function parseCode(text) {
  const groups = text.replace(/[\s\p{Pd}\u2212]/gu, '').match(/.{1,6}/g) ?? [];
  const code = groups.join('-');
  return isCode(code) ? code : null;
}

/**
 * The secret exponent of a code in one group and term.
 * @param {Group} group
 * @param {string} term published id of body and term
 * @param {string} code with or without hyphens
 */
export function exponentOf(group, term, code) {
  return stretch(group, `kv-credential|${group.name}|${term}|${code.replaceAll('-', '')}`);
}

/** An exponent from a secret label: two hashes side by side.
 * @param {Group} group @param {string} label */
export function stretch({ order }, label) {
  return BigInt(`0x${hexHash(`${label}|0`)}${hexHash(`${label}|1`)}`) % order;
}

/** The public point of an exponent. @param {Group} group @param {bigint} exponent */
export function pointOf(group, exponent) {
  return group.text(group.generatorPower(exponent));
}

/**
 * Prove to the server that whoever registers the point knows its exponent.
 * @param {Group} group
 * @param {string} term
 * @param {string} nonce single-use value of the server
 * @param {bigint} exponent
 */
export function proveEnrolment(group, term, nonce, exponent) {
  const prefix = `kv-enrol|${term}|${nonce}|${pointOf(group, exponent)}|`;
  return proveKnowledge(group, prefix, exponent);
}
