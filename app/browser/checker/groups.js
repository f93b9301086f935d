/** The two groups in which ballots are encrypted, behind the same operations on public data. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  IDENTITY, ORDER, areEqual, negative, power, prepare, read, sum, written,
} from './edwards25519.js';
import { BELENIOS_2048 } from './modp.js';

/**
 * @typedef {any} Element a point of the curve, a bigint modulo p: opaque outside its group
 * @typedef {{
 *   name: string, order: bigint, pattern: RegExp, generator: Element, identity: Element,
 *   parse: (text: string) => Element, text: (element: Element) => string,
 *   texts: (elements: Element[]) => string[],
 *   multiply: (left: Element, right: Element) => Element, invert: (element: Element) => Element,
 *   power: (base: Element, exponent: bigint) => Element,
 *   generatorPower: (exponent: bigint) => Element,
 *   areEqual: (left: Element, right: Element) => boolean,
 *   prepare: (element: Element) => Element,
 * }} Group
 */

const PATTERN = /^[0-9a-f]{64}$/;
/** How many checked elements are remembered: rolls and keys come again in each question. */
const REMEMBERED = 1024;
/** @type {Map<string, Element>} */
const members = new Map();

/** @param {string} text */
function member(text) {
  const element = members.get(text) ?? read(BigInt(`0x${text}`));
  if (!element) throw new Error('group.element');
  if (members.size >= REMEMBERED) members.clear();
  members.set(text, element);
  return element;
}

/** @param {Element[]} elements */
function textsOf(elements) {
  return written(elements).map((number) => number.toString(16).padStart(64, '0'));
}

const GENERATOR = prepare(member('6'.repeat(62) + '58'));

/** @type {Group} */
const ED25519 = {
  name: 'Ed25519',
  order: ORDER,
  pattern: PATTERN,
  generator: GENERATOR,
  identity: IDENTITY,
  parse(text) {
    if (!PATTERN.test(text)) throw new Error('json.canonical');
    return member(text);
  },
  text: (element) => textsOf([element])[0],
  texts: textsOf,
  multiply: sum,
  invert: negative,
  power,
  generatorPower: (exponent) => power(GENERATOR, exponent),
  areEqual,
  prepare,
};

const GROUPS = new Map([ED25519, BELENIOS_2048].map((group) => [group.name, group]));

/** @param {string} name @returns {Group} */
export function groupOf(name) {
  const group = GROUPS.get(name);
  if (!group) throw new Error('unsupported');
  return group;
}

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
