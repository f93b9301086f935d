/**
 * Powers modulo the prime of BELENIOS-2048 for public data only: which products are made shows the
 * exponent, and what one power needed is kept for the next. `group/modp.js` is for secrets.
 */
import { P, Q } from '../group/modp.js';

/**
 * @typedef {{squares: bigint[], raised: number, table: bigint[][] | null}} Base
 *   squares: base^(2^i) as far as they were needed; raised: how often it was
 */

/** How many ciphertexts are known, 70 kB each: more than a question has. */
const CIPHERTEXTS = 64;
/** How many generators, keys and credentials are: they come again with each ballot or box. */
const KEYS = 128;
/** From this power on a table, 2 MB, costs less than what it saves. */
const OFTEN = 256;
/** Bits of an odd digit. */
const DIGIT = 4;

/** @type {Map<bigint, Base>} those asked for last stand last */
const ciphertexts = new Map();
/** @type {Map<bigint, Base>} */
const keys = new Map();

/** @param {Map<bigint, Base>} known @param {number} most @param {bigint} number @returns {Base} */
function find(known, most, number) {
  const base = known.get(number) ?? { squares: [number], raised: 0, table: null };
  known.delete(number);
  known.set(number, base);
  if (known.size > most) known.delete(/** @type {bigint} */ (known.keys().next().value));
  return base;
}

/** @param {Base} base @param {number} count */
function squaresOf({ squares }, count) {
  while (squares.length < count) {
    const last = squares[squares.length - 1];
    squares.push(last * last % P);
  }
  return squares;
}

/**
 * The product of the bases, raised: their squares are put together by the odd digits of the exponent,
 * so that all powers of one base share the squares, and all bases the rest (Yao 1976).
 * @param {Base[]} factors
 * @param {bigint} exponent not negative
 */
function raise(factors, exponent) {
  const binary = exponent.toString(2);
  const piles = Array.from({ length: 2 ** (DIGIT - 1) }, () => 1n);
  for (const squares of factors.map((base) => squaresOf(base, binary.length))) {
    for (let end = binary.length; end > 0;) {
      const digit = Number.parseInt(binary.slice(Math.max(0, end - DIGIT), end), 2);
      if (digit % 2) piles[digit >> 1] = piles[digit >> 1] * squares[binary.length - end] % P;
      end -= digit % 2 ? DIGIT : 1;
    }
  }
  return gather(piles);
}

/** The first pile, times the second to the third power, the third to the fifth, ...
 * @param {bigint[]} piles */
function gather([first, ...piles]) {
  let [running, pairs] = [1n, 1n];
  for (const pile of piles.reverse()) {
    running = running * pile % P;
    pairs = pairs * running % P;
  }
  return pairs * pairs % P * running % P * first % P;
}

/** number^(digit·256^place) for each digit from 1 to 255, the lowest place first.
 * @param {bigint} number */
function tableOf(number) {
  let step = number;
  return Array.from({ length: 32 }, () => {
    const row = [step];
    while (row.length < 255) row.push(row[row.length - 1] * step % P);
    step = row[254] * step % P;
    return row;
  });
}

/** @param {bigint[][]} table @param {bigint} exponent */
function lookUp(table, exponent) {
  const digits = exponent.toString(16).padStart(64, '0');
  return table.reduce((result, row, place) => {
    const digit = Number.parseInt(digits.slice(62 - 2 * place, 64 - 2 * place), 16);
    return digit ? result * row[digit - 1] % P : result;
  }, 1n);
}

/** @param {bigint} exponent */
function reduced(exponent) {
  return ((exponent % Q) + Q) % Q;
}

/** Powers of what comes again. @param {bigint} number @param {bigint} exponent */
export function power(number, exponent) {
  const base = find(keys, KEYS, number);
  base.raised += 1;
  if (base.raised === OFTEN) base.table = tableOf(number);
  return base.table ? lookUp(base.table, reduced(exponent)) : raise([base], reduced(exponent));
}

/** The power of the product of ciphertexts. @param {bigint[]} numbers @param {bigint} exponent */
export function powerOfProduct(numbers, exponent) {
  const bases = numbers.map((number) => find(ciphertexts, CIPHERTEXTS, number));
  return raise(bases, reduced(exponent));
}

/** Is this number in the group? @param {bigint} number */
export function isMember(number) {
  return number > 0n && number < P && raise([find(ciphertexts, CIPHERTEXTS, number)], Q) === 1n;
}
