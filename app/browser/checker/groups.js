/** The two groups in which ballots are encrypted, for checking: fast, and on public data only. */
import {
  IDENTITY, ORDER, areEqual, negative, power, prepare, read, sum, written,
} from './edwards25519.js';
import { BELENIOS_2048 } from '../group/modp.js';

/**
 * @typedef {import('../group/group.js').Element} Element
 * @typedef {import('../group/group.js').Group} Group
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
  longest: 64,
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
