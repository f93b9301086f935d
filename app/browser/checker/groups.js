/** The two groups in which ballots are encrypted, for checking: fast, and on public data only. */
import {
  IDENTITY, ORDER, areEqual, negative, power, prepare, read, sum, written,
} from './edwards25519.js';
import * as residues from './residues.js';
import { BELENIOS_2048 as SECRET_BELENIOS_2048 } from '../group/modp.js';

/**
 * @typedef {import('../group/group.js').Element} Element
 * @typedef {import('../group/group.js').Group & {
 *   powerOfProduct: (elements: Element[], exponent: bigint) => Element,
 * }} Group
 */

const PATTERN = /^[0-9a-f]{64}$/;
/** How many checked elements are remembered: rolls and keys come again in each question. */
const REMEMBERED = 1024;

/**
 * Read each text once while it is remembered.
 * @param {(text: string) => Element | null} read null for what is no member
 * @returns {(text: string) => Element}
 */
function remembering(read) {
  /** @type {Map<string, Element>} */
  const members = new Map();
  return (text) => {
    const element = members.get(text) ?? read(text);
    if (element === null) throw new Error('group.element');
    if (members.size >= REMEMBERED) members.clear();
    members.set(text, element);
    return element;
  };
}

const pointAt = remembering((text) => read(BigInt(`0x${text}`)));
const residueAt = remembering((text) => (residues.isMember(BigInt(text)) ? BigInt(text) : null));

/** @param {Element[]} elements */
function textsOf(elements) {
  return written(elements).map((number) => number.toString(16).padStart(64, '0'));
}

const GENERATOR = prepare(pointAt('6'.repeat(62) + '58'));

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
    return pointAt(text);
  },
  text: (element) => textsOf([element])[0],
  texts: textsOf,
  multiply: sum,
  invert: negative,
  power,
  generatorPower: (exponent) => power(GENERATOR, exponent),
  powerOfProduct: (elements, exponent) => power(elements.reduce(sum), exponent),
  areEqual,
  prepare,
};

/** @type {Group} */
const BELENIOS_2048 = {
  ...SECRET_BELENIOS_2048,
  parse(text) {
    if (!SECRET_BELENIOS_2048.pattern.test(text)) throw new Error('json.canonical');
    return residueAt(text);
  },
  invert: (element) => residues.power(element, -1n),
  power: residues.power,
  generatorPower: (exponent) => residues.power(SECRET_BELENIOS_2048.generator, exponent),
  powerOfProduct: residues.powerOfProduct,
  prepare: (element) => element,
};

const GROUPS = new Map([ED25519, BELENIOS_2048].map((group) => [group.name, group]));

/** @param {string} name @returns {Group} */
export function groupOf(name) {
  const group = GROUPS.get(name);
  if (!group) throw new Error('unsupported');
  return group;
}
