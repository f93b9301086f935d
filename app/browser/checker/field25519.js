/**
 * Numbers modulo 2^255 - 19 as twelve doubles, for public data only: a limb holds 21 or 22 bits,
 * positive or negative. A column of products of such limbs stays below 2^49, so whoever multiplies
 * may add up to sixteen times as much before doubles stop being exact; BigInt needs twice the time.
 */

/** @typedef {Float64Array} Numeral */

export const PRIME = 2n ** 255n - 19n;
const LIMBS = 12;
const PLACES = Array.from({ length: LIMBS + 1 }, (_, at) => Math.ceil(21.25 * at));
// Adding and taking away this much rounds to a multiple of 2^21 or 2^22.
const ROUND_21 = 1.5 * 2 ** 73;
const ROUND_22 = 1.5 * 2 ** 74;
const UNIT_21 = 2 ** -21;
const UNIT_22 = 2 ** -22;

/** @param {bigint} number below 2^255 @returns {Numeral} */
export function numeral(number) {
  const limbs = new Float64Array(LIMBS);
  for (let at = 0; at < LIMBS; at += 1) {
    const width = PLACES[at + 1] - PLACES[at];
    limbs[at] = Number(BigInt.asUintN(width, number >> BigInt(PLACES[at])));
  }
  return limbs;
}

/** The number below the prime. @param {Numeral} limbs */
export function numberOf(limbs) {
  let number = 0n;
  for (let at = LIMBS - 1; at >= 0; at -= 1) {
    number = (number << BigInt(PLACES[at + 1] - PLACES[at])) + BigInt(limbs[at]);
  }
  return ((number % PRIME) + PRIME) % PRIME;
}

/** out = a + b, not carried. @param {Numeral} out @param {Numeral} a @param {Numeral} b */
export function add(out, a, b) {
  for (let at = 0; at < LIMBS; at += 1) out[at] = a[at] + b[at];
}

/** out = a - b, not carried. @param {Numeral} out @param {Numeral} a @param {Numeral} b */
export function subtract(out, a, b) {
  for (let at = 0; at < LIMBS; at += 1) out[at] = a[at] - b[at];
}

/**
 * out = a·b, with small limbs again; `out` may be one of the two.
 * @param {Numeral} out @param {Numeral} a @param {Numeral} b
 */
export function multiply(out, a, b) {
  const a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4], a5 = a[5], a6 = a[6], a7 = a[7], a8
    = a[8], a9 = a[9], a10 = a[10], a11 = a[11];
  const b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3], b4 = b[4], b5 = b[5], b6 = b[6], b7 = b[7], b8
    = b[8], b9 = b[9], b10 = b[10], b11 = b[11];
  let c0 = a0 * b0 + 19 * (a4 * b8 + a8 * b4) + 38 * (a1 * b11 + a2 * b10 + a3 * b9 + a5 * b7 + a6 *
    b6 + a7 * b5 + a9 * b3 + a10 * b2 + a11 * b1);
  let c1 = a0 * b1 + a1 * b0 + 19 * (a2 * b11 + a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 +
    a8 * b5 + a9 * b4 + a10 * b3 + a11 * b2);
  let c2 = a0 * b2 + a2 * b0 + 2 * a1 * b1 + 19 * (a3 * b11 + a4 * b10 + a6 * b8 + a7 * b7 + a8 *
    b6 + a10 * b4 + a11 * b3) + 38 * (a5 * b9 + a9 * b5);
  let c3 = a0 * b3 + a3 * b0 + 2 * (a1 * b2 + a2 * b1) + 19 * (a4 * b11 + a7 * b8 + a8 * b7 + a11 *
    b4) + 38 * (a5 * b10 + a6 * b9 + a9 * b6 + a10 * b5);
  let c4 = a0 * b4 + a4 * b0 + 2 * (a1 * b3 + a2 * b2 + a3 * b1) + 19 * a8 * b8 + 38 * (a5 * b11 +
    a6 * b10 + a7 * b9 + a9 * b7 + a10 * b6 + a11 * b5);
  let c5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + 19 * (a6 * b11 + a7 * b10 +
    a8 * b9 + a9 * b8 + a10 * b7 + a11 * b6);
  let c6 = a0 * b6 + a2 * b4 + a3 * b3 + a4 * b2 + a6 * b0 + 2 * (a1 * b5 + a5 * b1) + 19 * (a7 *
    b11 + a8 * b10 + a10 * b8 + a11 * b7) + 38 * a9 * b9;
  let c7 = a0 * b7 + a3 * b4 + a4 * b3 + a7 * b0 + 2 * (a1 * b6 + a2 * b5 + a5 * b2 + a6 * b1) + 19 *
    (a8 * b11 + a11 * b8) + 38 * (a9 * b10 + a10 * b9);
  let c8 = a0 * b8 + a4 * b4 + a8 * b0 + 2 * (a1 * b7 + a2 * b6 + a3 * b5 + a5 * b3 + a6 * b2 + a7 *
    b1) + 38 * (a9 * b11 + a10 * b10 + a11 * b9);
  let c9 = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 +
    a9 * b0 + 19 * (a10 * b11 + a11 * b10);
  let c10 = a0 * b10 + a2 * b8 + a3 * b7 + a4 * b6 + a6 * b4 + a7 * b3 + a8 * b2 + a10 * b0 + 2 *
    (a1 * b9 + a5 * b5 + a9 * b1) + 19 * a11 * b11;
  let c11 = a0 * b11 + a3 * b8 + a4 * b7 + a7 * b4 + a8 * b3 + a11 * b0 + 2 * (a1 * b10 + a2 * b9 +
    a5 * b6 + a6 * b5 + a9 * b2 + a10 * b1);
  let rest = 0;
  rest = (c0 + ROUND_22) - ROUND_22; c0 -= rest; c1 += rest * UNIT_22;
  rest = (c1 + ROUND_21) - ROUND_21; c1 -= rest; c2 += rest * UNIT_21;
  rest = (c2 + ROUND_21) - ROUND_21; c2 -= rest; c3 += rest * UNIT_21;
  rest = (c3 + ROUND_21) - ROUND_21; c3 -= rest; c4 += rest * UNIT_21;
  rest = (c4 + ROUND_22) - ROUND_22; c4 -= rest; c5 += rest * UNIT_22;
  rest = (c5 + ROUND_21) - ROUND_21; c5 -= rest; c6 += rest * UNIT_21;
  rest = (c6 + ROUND_21) - ROUND_21; c6 -= rest; c7 += rest * UNIT_21;
  rest = (c7 + ROUND_21) - ROUND_21; c7 -= rest; c8 += rest * UNIT_21;
  rest = (c8 + ROUND_22) - ROUND_22; c8 -= rest; c9 += rest * UNIT_22;
  rest = (c9 + ROUND_21) - ROUND_21; c9 -= rest; c10 += rest * UNIT_21;
  rest = (c10 + ROUND_21) - ROUND_21; c10 -= rest; c11 += rest * UNIT_21;
  rest = (c11 + ROUND_21) - ROUND_21; c11 -= rest; c0 += rest * 19 * UNIT_21;
  rest = (c0 + ROUND_22) - ROUND_22; c0 -= rest; c1 += rest * UNIT_22;
  rest = (c1 + ROUND_21) - ROUND_21; c1 -= rest; c2 += rest * UNIT_21;
  out[0] = c0; out[1] = c1; out[2] = c2; out[3] = c3;
  out[4] = c4; out[5] = c5; out[6] = c6; out[7] = c7;
  out[8] = c8; out[9] = c9; out[10] = c10; out[11] = c11;
}

/** out = a^(2^times), times at least 1. @param {Numeral} out @param {Numeral} a @param {number} times */
function squareAgain(out, a, times) {
  multiply(out, a, a);
  for (let done = 1; done < times; done += 1) multiply(out, out, out);
}

/** a^(2^250 - 1) and a^11, which inverses and roots share. @param {Numeral} a */
function ladder(a) {
  const [eleven, low, high, more] = Array.from({ length: 4 }, () => new Float64Array(LIMBS));
  const raise = (/** @type {Numeral} */ out, /** @type {Numeral} */ base, /** @type {number} */ times,
    /** @type {Numeral} */ by) => { squareAgain(more, base, times); multiply(out, more, by); };
  multiply(low, a, a);
  raise(high, low, 2, a);
  multiply(eleven, high, low);
  raise(low, eleven, 1, high);
  raise(low, low, 5, low);
  const ten = low.slice();
  raise(high, low, 10, low);
  raise(low, high, 20, high);
  raise(low, low, 10, ten);
  const fifty = low.slice();
  raise(high, low, 50, low);
  raise(low, high, 100, high);
  raise(low, low, 50, fifty);
  return { long: low, eleven };
}

/** out = 1/a, 0 for 0. @param {Numeral} out @param {Numeral} a */
export function invert(out, a) {
  const { long, eleven } = ladder(a);
  squareAgain(long, long, 5);
  multiply(out, long, eleven);
}

/** out = a^((p - 5) / 8), from which a root is made. @param {Numeral} out @param {Numeral} a */
export function halfRoot(out, a) {
  const base = a.slice();
  const { long } = ladder(base);
  squareAgain(long, long, 2);
  multiply(out, long, base);
}
