/** The sealed way of a share from one trustee's phone to another's; no server can read it. */
import { hexToBytes, bytesToHex } from '@noble/hashes/utils.js';
import { parseKey } from './group/group.js';

/**
 * @typedef {import('./group/group.js').Element} Element
 * @typedef {import('./group/group.js').Group} Group
 * @typedef {{ceremony: string, from: number, to: number, ephemeral: string, data: string}} Envelope
 */

const BYTES = 32;
// The key is used once, because the exponent behind it is.
const NONCE = new Uint8Array(12);

/**
 * @param {string} common the text of what both can compute
 * @param {string} info
 * @param {'encrypt' | 'decrypt'} use
 */
async function keyOf(common, info, use) {
  const text = new TextEncoder();
  const secret = text.encode(common);
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const parameters = {
    name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode(info),
  };
  const kind = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(parameters, material, kind, false, [use]);
}

/** @param {string} info */
function cipher(info) {
  return { name: 'AES-GCM', iv: NONCE, additionalData: new TextEncoder().encode(info) };
}

/** @param {Omit<Envelope, 'data'>} envelope */
function infoOf({ ceremony, from, to, ephemeral }) {
  return `kv-dkg|${ceremony}|${from}|${to}|${ephemeral}`;
}

/**
 * @param {Group} group
 * @param {{ceremony: string, from: number, to: number, key: Element, share: bigint}} letter
 * @param {bigint} exponent fresh for each letter
 * @returns {Promise<Envelope>}
 */
export async function sealShare(group, { ceremony, from, to, key, share }, exponent) {
  const ephemeral = group.text(group.generatorPower(exponent));
  const info = infoOf({ ceremony, from, to, ephemeral });
  const plain = hexToBytes(share.toString(16).padStart(2 * BYTES, '0'));
  const common = await keyOf(group.text(group.power(key, exponent)), info, 'encrypt');
  const data = await crypto.subtle.encrypt(cipher(info), common, new Uint8Array(plain));
  return { ceremony, from, to, ephemeral, data: bytesToHex(new Uint8Array(data)) };
}

/** The share; throws where the envelope was not sealed for this exponent.
 * @param {Group} group @param {Envelope} envelope @param {bigint} exponent */
export async function openShare(group, envelope, exponent) {
  const info = infoOf(envelope);
  const reached = group.power(parseKey(group, envelope.ephemeral), exponent);
  const common = await keyOf(group.text(reached), info, 'decrypt');
  const data = new Uint8Array(hexToBytes(envelope.data));
  const plain = await crypto.subtle.decrypt(cipher(info), common, data);
  return BigInt(`0x${bytesToHex(new Uint8Array(plain))}`);
}
