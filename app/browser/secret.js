/** The secret of a card: its spelling, the keys derived from it, the copy of the code it opens. */
import { bytesToHex } from '@noble/hashes/utils.js';

/** @typedef {Uint8Array<ArrayBuffer>} Secret sixteen bytes */

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
const WORDS = 8;
const SECRET_BYTES = 16;
const IV_BYTES = 12;
const WORD = /^[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]$/;

/** @returns {Secret} */
export function makeSecret() {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
}

/** Eight words of five letters, sixteen bits each. @param {Secret} secret */
export function secretText(secret) {
  return Array.from({ length: WORDS }, (_, index) => (
    writeWord(secret[2 * index] << 8 | secret[2 * index + 1])
  )).join('-');
}

/** @param {number} bits */
function writeWord(bits) {
  return CONSONANTS[bits >> 12] + VOWELS[bits >> 10 & 3] + CONSONANTS[bits >> 6 & 15]
    + VOWELS[bits >> 4 & 3] + CONSONANTS[bits & 15];
}

/** @param {string} word */
function readWord(word) {
  const [first, second, third, fourth, fifth] = word;
  return CONSONANTS.indexOf(first) << 12 | VOWELS.indexOf(second) << 10
    | CONSONANTS.indexOf(third) << 6 | VOWELS.indexOf(fourth) << 4 | CONSONANTS.indexOf(fifth);
}

/**
 * Read the words as scanned or typed: capitals, blanks and hyphens do not matter.
 * @param {string} text
 * @returns {Secret | null} null when it is not the text of a card
 */
export function parseSecret(text) {
  const words = text.trim().toLowerCase().split(/[\s\p{Pd}\u2212]+/u);
  if (words.length !== WORDS || !words.every((word) => WORD.test(word))) return null;
  return Uint8Array.from(words.map(readWord).flatMap((bits) => [bits >> 8, bits & 255]));
}

/** @param {Secret} secret @param {string} info @param {KeyUsage} usage */
async function derivation(secret, info, usage) {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, [usage]);
  const parameters = {
    name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode(info),
  };
  return { material, parameters };
}

/** What the server is shown to sign in, 64 hexadecimal digits. @param {Secret} secret */
export async function signinKey(secret) {
  return bytesToHex(await signinBytes(secret));
}

/** What the server keeps of a card, 64 hexadecimal digits. @param {Secret} secret */
export async function verifierOf(secret) {
  const digest = await crypto.subtle.digest('SHA-256', await signinBytes(secret));
  return bytesToHex(new Uint8Array(digest));
}

/** @param {Secret} secret */
async function signinBytes(secret) {
  const { material, parameters } = await derivation(secret, 'kv-card-signin', 'deriveBits');
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, material, 256));
}

/** @param {Secret} secret */
async function wrapKey(secret) {
  const { material, parameters } = await derivation(secret, 'kv-card-wrap', 'deriveKey');
  const kind = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(parameters, material, kind, false, ['encrypt', 'decrypt']);
}

/** @param {Uint8Array<ArrayBuffer>} iv @param {string} term */
function cipher(iv, term) {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(term) };
}

/**
 * The copy of the voting code that only this card opens.
 * @param {Secret} secret
 * @param {string} term
 * @param {string} code
 */
export async function wrapCode(secret, term, code) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(code);
  const data = await crypto.subtle.encrypt(cipher(iv, term), await wrapKey(secret), plain);
  return writeBase64Url(new Uint8Array([...iv, ...new Uint8Array(data)]));
}

/**
 * Open the copy; throws when another card or another term made it, or it was altered.
 * @param {Secret} secret
 * @param {string} term
 * @param {string} wrapped
 */
export async function unwrapCode(secret, term, wrapped) {
  const bytes = readBase64Url(wrapped);
  const iv = bytes.slice(0, IV_BYTES);
  const data = bytes.slice(IV_BYTES);
  const plain = await crypto.subtle.decrypt(cipher(iv, term), await wrapKey(secret), data);
  return new TextDecoder().decode(plain);
}

/** @param {Uint8Array} bytes */
export function writeBase64Url(bytes) {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @param {string} text */
export function readBase64Url(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
