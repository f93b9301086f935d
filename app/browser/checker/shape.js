/** What a document must look like: readers of exact types and key order, as functions. */
import { parseCanonical, requireKeys } from '../canonical.js';

/** @template T @typedef {(value: any) => T} Shape */

const NATURAL_LIMIT = 2 ** 30;
const DIGEST = /^[0-9a-f]{64}$/;
const SCALAR = /^(?:0|[1-9][0-9]*)$/;

/** @returns {never} */
function refuse() {
  throw new Error('json.canonical');
}

/**
 * Parse a document of this shape; throws `json.canonical` for any other spelling of it.
 * @template T
 * @param {string} document
 * @param {Shape<T>} shape
 */
export function read(document, shape) {
  return shape(parse(document));
}

/** @param {string} document @returns {any} */
export function parse(document) {
  try {
    const value = parseCanonical(document);
    // JSON may spell half a surrogate pair; no text of ours holds one.
    if (/\\u[dD][89a-fA-F]/.test(document) && !isWhole(value)) refuse();
    return value;
  } catch {
    return refuse();
  }
}

/** @param {any} value @returns {boolean} */
function isWhole(value) {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isWhole(member));
}

/** @type {Shape<string>} */
export const text = (value) => (typeof value === 'string' ? value : refuse());

/** @type {Shape<number>} */
export const natural = (value) => (
  Number.isInteger(value) && value >= 0 && value < NATURAL_LIMIT ? value : refuse()
);

/** @type {Shape<true>} */
export const only = (value) => (value === true ? value : refuse());

/** @type {Shape<string>} */
export const digest = (value) => matching(DIGEST)(value);

/** @param {RegExp} pattern @returns {Shape<string>} */
export function matching(pattern) {
  return (value) => (typeof value === 'string' && pattern.test(value) ? value : refuse());
}

/** The decimal text of a number below the order. @param {bigint} order @returns {Shape<bigint>} */
export function scalar(order) {
  const limit = order.toString().length;
  return (value) => {
    if (typeof value !== 'string' || value.length > limit || !SCALAR.test(value)) refuse();
    const number = BigInt(value);
    return number < order ? number : refuse();
  };
}

/** @template T @param {Shape<T>} of @returns {Shape<T[]>} */
export function array(of) {
  return (value) => (Array.isArray(value) ? value.map((member) => of(member)) : refuse());
}

/**
 * An object with exactly these keys in this order; those with a question mark may be absent.
 * @param {Record<string, Shape<any>>} fields
 * @returns {Shape<any>}
 */
export function record(fields) {
  const keys = Object.keys(fields);
  return (value) => {
    requireKeys(value, keys);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => (
      [name, (fields[name] ?? fields[`?${name}`])(member)]
    )));
  };
}
