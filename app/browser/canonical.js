/** The one form in which documents are written, and the hashes taken of it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** @param {unknown} value */
export function canonical(value) {
  return JSON.stringify(value);
}

/**
 * Parse a document and refuse every other spelling of it: blanks, doubled keys, escapes.
 * @param {string} text
 * @returns {any}
 */
export function parseCanonical(text) {
  const value = JSON.parse(text);
  if (canonical(value) !== text) throw new Error('json.canonical');
  return value;
}

/**
 * Require exactly these keys in this order; a key with a question mark in front may be absent.
 * @param {unknown} value
 * @param {string[]} keys
 */
export function requireKeys(value, keys) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('json.canonical');
  }
  const present = Object.keys(value);
  const expected = keys
    .filter((key) => !key.startsWith('?') || present.includes(key.slice(1)))
    .map((key) => key.replace('?', ''));
  if (present.join() !== expected.join()) throw new Error('json.canonical');
}

/** @param {string | Uint8Array} content */
function digestBytes(content) {
  return sha256(typeof content === 'string' ? utf8ToBytes(content) : content);
}

/** Lower-case hexadecimal SHA-256. @param {string | Uint8Array} content */
export function hexHash(content) {
  return bytesToHex(digestBytes(content));
}

/** Base64 SHA-256 without padding, 43 characters. @param {string | Uint8Array} content */
export function base64Hash(content) {
  return btoa(String.fromCharCode(...digestBytes(content))).replace(/=+$/, '');
}

/** @param {string} text */
export function isNormal(text) {
  return text === text.normalize('NFC') && text.isWellFormed();
}
