/** A trustee's one secret, the exponents made from it, and the copy that a passphrase opens. */
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { randomCharacters, stretch } from './credential.js';
import { readBase64Url, writeBase64Url } from './secret.js';

/** @typedef {import('./group/group.js').Group} Group */

const LENGTH = 22;
const SEED = /^[1-9A-HJ-NP-Za-km-z]{22}$/;
const COPY = /^kv1[A-Za-z0-9_-]{88}$/;
const KIND = 'kv1';
const SALT_BYTES = 16;
const IV_BYTES = 12;
const HARDNESS = { N: 2 ** 16, r: 8, p: 1, dkLen: 32 };

/** 22 random characters, more than 128 bits. */
export function makeSeed() {
  return randomCharacters(LENGTH);
}

/** @param {Group} group @param {string} seed */
export function signingExponent(group, seed) {
  return stretch(group, `kv-trustee-sign|${group.name}|${seed}`);
}

/** @param {Group} group @param {string} seed */
export function encryptionExponent(group, seed) {
  return stretch(group, `kv-trustee-enc|${group.name}|${seed}`);
}

/** The coefficients of a trustee in a ceremony. @param {Group} group @param {string} ceremony
 * @param {string} seed @param {number} threshold */
export function polynomialOf(group, ceremony, seed, threshold) {
  return Array.from({ length: threshold }, (_, k) => (
    stretch(group, `kv-trustee-coef|${group.name}|${ceremony}|${k}|${seed}`)
  ));
}

/**
 * The safety copy: one line of text that only the passphrase opens.
 * @param {string} seed
 * @param {string} passphrase
 * @param {(share: number) => void} [onProgress]
 */
export async function lockSeed(seed, passphrase, onProgress) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await keyOf(passphrase, salt, onProgress);
  const plain = new TextEncoder().encode(seed);
  const data = await crypto.subtle.encrypt(cipher(iv), key, plain);
  return KIND + writeBase64Url(new Uint8Array([...salt, ...iv, ...new Uint8Array(data)]));
}

/**
 * Open a safety copy; null when it is none, or the passphrase is another one.
 * @param {string} copy
 * @param {string} passphrase
 * @param {(share: number) => void} [onProgress]
 */
export async function openSeed(copy, passphrase, onProgress) {
  const line = findCopy(copy);
  if (!line) return null;
  const bytes = readBase64Url(line.slice(KIND.length));
  const iv = bytes.slice(SALT_BYTES, SALT_BYTES + IV_BYTES);
  const key = await keyOf(passphrase, bytes.slice(0, SALT_BYTES), onProgress);
  try {
    const data = bytes.slice(SALT_BYTES + IV_BYTES);
    const plain = await crypto.subtle.decrypt(cipher(iv), key, data);
    const seed = new TextDecoder().decode(plain);
    return SEED.test(seed) ? seed : null;
  } catch {
    return null;
  }
}

/** The line of the copy in a file, an address or what was typed with blanks. @param {string} text
 * @returns {string | null} */
export function findCopy(text) {
  const joined = text.replaceAll(/\s*\n\s*/g, '\n').split(/[\n#]/)
    .map((line) => line.replaceAll(/\s/g, ''));
  return joined.find((line) => COPY.test(line)) ?? null;
}

/** @param {string} passphrase @param {Uint8Array} salt
 * @param {(share: number) => void} [onProgress] */
async function keyOf(passphrase, salt, onProgress) {
  const text = new TextEncoder().encode(passphrase.normalize('NFC'));
  const bytes = new Uint8Array(await scryptAsync(text, salt, { ...HARDNESS, onProgress }));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** @param {Uint8Array<ArrayBuffer>} iv */
function cipher(iv) {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode('kv-trustee-seed') };
}
