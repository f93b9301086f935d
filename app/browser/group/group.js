/** What both groups have in common, whoever computes in them: keys, products, hashes, chance. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * @typedef {any} Element a point of the curve, a bigint modulo p: opaque outside its group
 * @typedef {{
 *   name: string, order: bigint, pattern: RegExp, longest: number,
 *   generator: Element, identity: Element,
 *   parse: (text: string) => Element, text: (element: Element) => string,
 *   texts: (elements: Element[]) => string[],
 *   multiply: (left: Element, right: Element) => Element, invert: (element: Element) => Element,
 *   power: (base: Element, exponent: bigint) => Element,
 *   generatorPower: (exponent: bigint) => Element,
 *   areEqual: (left: Element, right: Element) => boolean,
 *   prepare: (element: Element) => Element,
 * }} Group
 *   longest: characters of the longest element; prepare: the same element, raised faster from now on
 */

const BYTES = 32;

/** Read an element that serves as key or credential. @param {Group} group @param {string} text */
export function parseKey(group, text) {
  const element = group.parse(text);
  if (group.areEqual(element, group.identity)) throw new Error('group.element');
  return element;
}

/** @param {Group} group @param {Element[]} elements @returns {Element} */
export function productOf(group, elements) {
  return elements.reduce((total, element) => group.multiply(total, element), group.identity);
}

/** @param {Group} group @param {bigint} number */
export function reduce({ order }, number) {
  const rest = number % order;
  return rest < 0n ? rest + order : rest;
}

/**
 * SHA-256 of the prefix and the texts of the elements, as a number modulo the order.
 * @param {Group} group
 * @param {string} prefix
 * @param {Element[]} elements
 */
export function challengeOf(group, prefix, elements) {
  const digest = sha256(utf8ToBytes(prefix + group.texts(elements).join(',')));
  return BigInt('0x' + bytesToHex(digest)) % group.order;
}

/**
 * A uniform secret scalar: as many random bits as the order has, drawn again while they are not
 * below it.
 * @param {Group} group
 * @returns {bigint}
 */
export function randomScalar({ order }) {
  const bytes = new Uint8Array(BYTES);
  const spare = 8 * BYTES - order.toString(2).length;
  for (;;) {
    crypto.getRandomValues(bytes);
    bytes[0] &= 0xff >> spare;
    const candidate = BigInt('0x' + bytesToHex(bytes));
    if (candidate < order) {
      bytes.fill(0);
      return candidate;
    }
  }
}
