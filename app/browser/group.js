/**
 * The group Ed25519 as the ballot protocol writes it: an element is the 32 bytes of RFC 8032
 * reversed, in lower-case hexadecimal; a scalar is a decimal number below the group order.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { normalizeZ } from '@noble/curves/abstract/curve.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** @typedef {InstanceType<typeof ed25519.Point>} Element */

const { Point } = ed25519;

export const NAME = 'Ed25519';
export const ORDER = Point.Fn.ORDER;
export const GENERATOR = Point.BASE;
export const IDENTITY = Point.ZERO;

/** Decimal digits of the largest scalar; ballots are padded as if every scalar had this many. */
export const SCALAR_DIGITS = (ORDER - 1n).toString().length;

const ELEMENT = /^[0-9a-f]{64}$/;

/**
 * Read an element; throws unless it is canonical, on the curve and in the subgroup of order q.
 * @param {string} text
 * @returns {Element}
 */
export function parseElement(text) {
  const point = ELEMENT.test(text) ? decode(text) : null;
  if (!point?.isTorsionFree()) throw new Error('group.element');
  return point;
}

/** @param {string} text */
function decode(text) {
  try {
    return Point.fromBytes(hexToBytes(text).reverse());
  } catch {
    return null;
  }
}

/**
 * Read an element that serves as a key or credential, which the identity may not.
 * @param {string} text
 */
export function parseKey(text) {
  const point = parseElement(text);
  if (point.equals(IDENTITY)) throw new Error('group.element');
  return point;
}

/** @param {Element} point */
export function elementText(point) {
  return bytesToHex(point.toBytes().reverse());
}

/**
 * Texts of many elements with one field inversion for all of them.
 * @param {Element[]} points
 */
export function elementTexts(points) {
  return normalizeZ(Point, points).map(elementText);
}

/**
 * base^exponent with an exponent that must stay secret.
 * @param {Element} base
 * @param {bigint} exponent
 */
export function power(base, exponent) {
  const scalar = reduce(exponent);
  return scalar === 0n || base.equals(IDENTITY) ? IDENTITY : base.multiply(scalar);
}

/** @param {bigint} exponent */
export function generatorPower(exponent) {
  return power(GENERATOR, exponent);
}

/** @param {Element[]} elements */
export function product(elements) {
  return elements.reduce((total, element) => total.add(element), IDENTITY);
}

/** @param {bigint} number */
export function reduce(number) {
  const rest = number % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

/**
 * SHA-256 of the prefix and the texts of the elements, as a big-endian number modulo the order.
 * @param {string} prefix
 * @param {Element[]} elements
 */
export function hashToScalar(prefix, elements) {
  const digest = sha256(utf8ToBytes(prefix + elementTexts(elements).join(',')));
  return reduce(BigInt('0x' + bytesToHex(digest)));
}

/**
 * A uniform secret scalar: 253 random bits, drawn again while they are not below the order.
 * @returns {bigint}
 */
export function randomScalar() {
  const bytes = new Uint8Array(32);
  for (;;) {
    crypto.getRandomValues(bytes);
    bytes[0] &= 0x1f;
    const candidate = BigInt('0x' + bytesToHex(bytes));
    if (candidate < ORDER) {
      bytes.fill(0);
      return candidate;
    }
  }
}
