/**
 * Points of the curve edwards25519 for public data only: a check raises the same few points again
 * and again, so what one power needed is kept for the next. `group/ed25519.js` is for secrets.
 */
import {
  PRIME, add, halfRoot, invert, multiply, numberOf, numeral, subtract,
} from './field25519.js';

/**
 * @typedef {import('./field25519.js').Numeral} Numeral
 * @typedef {{x: Numeral, y: Numeral, z: Numeral, t: Numeral}} Point x/z, y/z and x·y/z
 * @typedef {{plus: Numeral, minus: Numeral, t: Numeral, z: Numeral}} Addend y + x, y - x, 2d·t, 2z
 */

export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const ROOT = numeral(19681161376707505956807079304988542015446066515923890162744021073123829784752n);
const [ONE, MINUS_ONE, DD, D_ONCE] = [1n, PRIME - 1n, 2n * D % PRIME, D].map(numeral);
const ZERO = numeral(0n);
/** How many 16^i·P an exponent needs. */
const DIGITS = 64;
/** How many points' doublings are kept, 24 kB each: more than a question has ciphertexts. */
const KEPT = 64;

const [A, B, C, E, F, G, H] = Array.from({ length: 7 }, () => new Float64Array(12));

/** @param {Numeral} x @param {Numeral} y @returns {Point} */
function affine(x, y) {
  const t = new Float64Array(12);
  multiply(t, x, y);
  return { x, y, z: ONE.slice(), t };
}

/** @returns {Point} */
function neutral() {
  return { x: new Float64Array(12), y: ONE.slice(), z: ONE.slice(), t: new Float64Array(12) };
}

/** point = the neutral one. @param {Point} point */
function clear({ x, y, z, t }) {
  x.fill(0);
  y.set(ONE);
  z.set(ONE);
  t.fill(0);
}

export const IDENTITY = neutral();

/** @returns {Addend} */
function blank() {
  return {
    plus: new Float64Array(12), minus: new Float64Array(12),
    t: new Float64Array(12), z: new Float64Array(12),
  };
}

/** @param {Point} point @param {Addend} [made] is written anew @returns {Addend} */
function addendOf({ x, y, z, t }, made = blank()) {
  add(made.plus, y, x);
  subtract(made.minus, y, x);
  multiply(made.t, t, DD);
  add(made.z, z, z);
  return made;
}

/** sum += addend, or -= where `sign` is negative (Hisil and others 2008, complete for this curve).
 * @param {Point} sum @param {Addend} addend @param {number} sign */
function put(sum, addend, sign) {
  const { x, y, z, t } = sum;
  subtract(E, y, x);
  multiply(A, E, sign > 0 ? addend.minus : addend.plus);
  add(E, y, x);
  multiply(B, E, sign > 0 ? addend.plus : addend.minus);
  multiply(C, t, addend.t);
  multiply(F, z, addend.z);
  subtract(E, B, A);
  add(H, B, A);
  add(G, F, C);
  subtract(F, F, C);
  const [less, more] = sign > 0 ? [F, G] : [G, F];
  multiply(x, E, less);
  multiply(y, more, H);
  multiply(t, E, H);
  multiply(z, less, more);
}

/** point = 2·point. @param {Point} point */
function double({ x, y, z, t }) {
  multiply(A, x, x);
  multiply(B, y, y);
  multiply(C, z, z);
  multiply(E, x, y);
  add(E, E, E);
  subtract(G, B, A);
  add(C, C, C);
  subtract(F, G, C);
  add(H, A, B);
  subtract(H, ZERO, H);
  multiply(x, E, F);
  multiply(y, G, H);
  multiply(t, E, H);
  multiply(z, F, G);
}

/** @param {Point} point @returns {Point} */
function copy({ x, y, z, t }) {
  return { x: x.slice(), y: y.slice(), z: z.slice(), t: t.slice() };
}

/** @param {Point} left @param {Point} right @returns {Point} */
export function sum(left, right) {
  const made = copy(left);
  put(made, addendOf(right, MOVED), 1);
  return made;
}

/** @param {Point} point @returns {Point} */
export function negative({ x, y, z, t }) {
  const made = copy({ x, y, z, t });
  subtract(made.x, ZERO, x);
  subtract(made.t, ZERO, t);
  return made;
}

/** @type {Map<Point, Addend[]>} the points raised last; the oldest chain is written anew */
const chains = new Map();

/** The points 16^i·P. @param {Point} point */
function chainOf(point) {
  const known = chains.get(point);
  if (known) return known;
  const chain = spareChain();
  const last = copy(point);
  for (const addend of chain) {
    addendOf(last, addend);
    for (let times = 0; times < 4; times += 1) double(last);
  }
  chains.set(point, chain);
  return chain;
}

/** @returns {Addend[]} */
function spareChain() {
  const [oldest] = chains;
  if (chains.size < KEPT) return Array.from({ length: DIGITS }, blank);
  chains.delete(oldest[0]);
  return oldest[1];
}

/** Digits of `bits` bits from -half to half - 1, the lowest first.
 * @param {bigint} exponent @param {number} bits @param {number} count */
function digitsOf(exponent, bits, count) {
  const binary = exponent.toString(2).padStart(bits * count, '0');
  const digits = new Int32Array(count);
  let carried = 0;
  for (let at = 0; at < count; at += 1) {
    const end = binary.length - at * bits;
    const digit = Number.parseInt(binary.slice(end - bits, end), 2) + carried;
    carried = digit >= 2 ** (bits - 1) ? 1 : 0;
    digits[at] = digit - carried * 2 ** bits;
  }
  return digits;
}

/** One point for each digit from 1 to 8, and one to add them up. */
const PILES = Array.from({ length: 9 }, neutral);
const MOVED = blank();

/**
 * exponent·P: the points 16^i·P are put together by their digit, so that two powers of one point
 * share all doublings (Yao 1976).
 * @param {Point} point
 * @param {bigint} exponent not negative, below 2^253
 * @returns {Point}
 */
function raise(point, exponent) {
  const chain = chainOf(point);
  PILES.forEach(clear);
  digitsOf(exponent, 4, DIGITS).forEach((digit, at) => {
    if (digit) put(PILES[Math.abs(digit)], chain[at], digit);
  });
  const [running, ...piles] = PILES;
  const total = neutral();
  for (const pile of piles.reverse()) {
    put(running, addendOf(pile, MOVED), 1);
    put(total, addendOf(running, MOVED), 1);
  }
  return total;
}

const WINDOW = 6;
const WINDOWS = 43;
/** @type {WeakMap<Point, Addend[][]>} multiples of points that are raised all the time */
const tables = new WeakMap();

/** @param {Point} point */
export function prepare(point) {
  if (tables.has(point)) return point;
  const base = copy(point);
  tables.set(point, Array.from({ length: WINDOWS }, () => {
    const step = addendOf(base);
    const row = [step];
    const last = copy(base);
    while (row.length < 2 ** (WINDOW - 1)) {
      put(last, step, 1);
      row.push(addendOf(last));
    }
    for (let times = 0; times < WINDOW; times += 1) double(base);
    return row;
  }));
  return point;
}

/** @param {Point} point @param {bigint} exponent @returns {Point} */
export function power(point, exponent) {
  const scalar = ((exponent % ORDER) + ORDER) % ORDER;
  const table = tables.get(point);
  if (!table) return raise(point, scalar);
  const total = neutral();
  digitsOf(scalar, WINDOW, WINDOWS).forEach((digit, at) => {
    if (digit) put(total, table[at][Math.abs(digit) - 1], digit);
  });
  return total;
}

/** @param {Point} left @param {Point} right */
export function areEqual(left, right) {
  return isSame(left.x, right.z, right.x, left.z) && isSame(left.y, right.z, right.y, left.z);
}

/** Is a·b = c·d? @param {Numeral} a @param {Numeral} b @param {Numeral} c @param {Numeral} d */
function isSame(a, b, c, d) {
  multiply(A, a, b);
  multiply(B, c, d);
  return numberOf(A) === numberOf(B);
}

/**
 * The point with this y, big-endian with the sign of x on top; null where it is not on the curve,
 * not written in its one form or not in the subgroup.
 * @param {bigint} written
 * @returns {Point | null}
 */
export function read(written) {
  const number = BigInt.asUintN(255, written);
  if (number >= PRIME) return null;
  const y = numeral(number);
  const x = rootFor(y);
  if (!x) return null;
  const found = numberOf(x);
  const sign = written >> 255n;
  if (found === 0n && sign) return null;
  if ((found & 1n) !== sign) subtract(x, ZERO, x);
  const point = affine(x, y);
  return areEqual(raise(point, ORDER), IDENTITY) ? point : null;
}

/** An x of the curve -x² + y² = 1 + d·x²·y², null where there is none. @param {Numeral} y */
function rootFor(y) {
  const [u, v, x, rest] = Array.from({ length: 4 }, () => new Float64Array(12));
  multiply(rest, y, y);
  subtract(u, rest, ONE);
  multiply(v, rest, D_ONCE);
  add(v, v, ONE);
  multiply(rest, v, v);
  multiply(rest, rest, v);
  multiply(x, rest, u);
  multiply(rest, rest, rest);
  multiply(rest, rest, v);
  multiply(rest, rest, u);
  halfRoot(rest, rest);
  multiply(x, x, rest);
  multiply(rest, x, x);
  multiply(rest, rest, v);
  if (isSame(rest, ONE, u, ONE)) return x;
  if (!isSame(rest, ONE, u, MINUS_ONE)) return null;
  multiply(x, x, ROOT);
  return x;
}

/** The numbers that `read` reads, with one inversion for all. @param {Point[]} points */
export function written(points) {
  const products = [ONE];
  for (const { z } of points) {
    const next = new Float64Array(12);
    multiply(next, products[products.length - 1], z);
    products.push(next);
  }
  const inverse = new Float64Array(12);
  invert(inverse, products[points.length]);
  const numbers = points.map(() => 0n);
  for (let at = points.length - 1; at >= 0; at -= 1) {
    const { x, y, z } = points[at];
    multiply(A, inverse, products[at]);
    multiply(inverse, inverse, z);
    multiply(B, x, A);
    multiply(C, y, A);
    numbers[at] = numberOf(C) | (numberOf(B) & 1n) << 255n;
  }
  return numbers;
}
