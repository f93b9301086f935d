/**
 * The group Ed25519 for secrets, in constant time: an element is written as the 32 bytes of
 * RFC 8032 reversed, in lower-case hexadecimal.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { normalizeZ } from '@noble/curves/abstract/curve.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { reduce } from './group.js';

/** @typedef {InstanceType<typeof ed25519.Point>} Point */

const { Point } = ed25519;
const PATTERN = /^[0-9a-f]{64}$/;
const WINDOW = 6;

/** @param {string} text */
function decode(text) {
  try {
    return Point.fromBytes(hexToBytes(text).reverse());
  } catch {
    return null;
  }
}

/** @param {Point} point */
function textOf(point) {
  return bytesToHex(point.toBytes().reverse());
}

/** @param {Point} base @param {bigint} exponent */
function power(base, exponent) {
  const scalar = reduce(ED25519, exponent);
  return scalar === 0n || base.equals(Point.ZERO) ? Point.ZERO : base.multiply(scalar);
}

/** @type {import('./group.js').Group} */
export const ED25519 = {
  name: 'Ed25519',
  order: Point.Fn.ORDER,
  pattern: PATTERN,
  longest: 64,
  generator: Point.BASE,
  identity: Point.ZERO,
  parse(text) {
    if (!PATTERN.test(text)) throw new Error('json.canonical');
    const point = decode(text);
    if (!point?.isTorsionFree()) throw new Error('group.element');
    return point;
  },
  text: textOf,
  // One field inversion for all of them.
  texts: (points) => normalizeZ(Point, points).map(textOf),
  multiply: (left, right) => left.add(right),
  invert: (point) => point.negate(),
  power,
  generatorPower: (exponent) => power(Point.BASE, exponent),
  areEqual: (left, right) => left.equals(right),
  prepare: (point) => point.precompute(WINDOW, false),
};
