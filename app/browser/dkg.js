/** The three acts by which a trustee's phone takes part in making a threshold key. */
import { canonical, hexHash } from './canonical.js';
import { groupOf } from './checker/groups.js';
import {
  certsMessage, checkCertificate, checkCoefficients, evaluate, isSigned, signedShape,
} from './checker/pedersen.js';
import { digest, matching, natural, read, record, text } from './checker/shape.js';
import { parseTrustees } from './checker/trustees.js';
import { pointOf } from './credential.js';
import { parseKey, randomScalar, reduce } from './group/group.js';
import { secretGroup } from './group/secret.js';
import { proveKnowledge } from './proof.js';
import { encryptionExponent, polynomialOf, signingExponent } from './seed.js';
import { openShare, sealShare } from './share.js';

/**
 * @typedef {import('./checker/pedersen.js').Signed} Signed
 * @typedef {import('./group/group.js').Group} Group
 * @typedef {{group: string, seed: string, index: number}} Own name of the group, own seed and
 *   position
 * @typedef {{coefexps: any, signature: any, message: any}} Posted what a trustee published in the
 *   second round, with the one sealed share that is for the reader
 */

export const SIZE = 3;
export const THRESHOLD = 2;
const ENVELOPE = record({
  ceremony: digest, from: natural, to: natural, ephemeral: text, data: matching(/^[0-9a-f]{96}$/),
});

/** A part that does not fit, and whose it is. */
export class Misfit extends Error {
  /** @param {number} sender */
  constructor(sender) {
    super('ceremony.share');
    this.sender = sender;
  }
}

/** A document with a signature, in a certificate's group. @param {string} group */
function signedIn(group) {
  return signedShape(groupOf(group));
}

/** @param {Group} group @param {bigint} exponent @param {string} message */
function sign(group, exponent, message) {
  return proveKnowledge(group, `sigmsg|${message}|`, exponent);
}

/** @param {Group} group @param {bigint} exponent @param {string} message */
function signed(group, exponent, message) {
  return { message, signature: sign(group, exponent, message) };
}

/** The first act: the own public keys, certified. @param {Own} own */
export function makeCertificate({ group: name, seed, index }) {
  const group = secretGroup(name);
  const exponent = signingExponent(group, seed);
  return canonical(signed(group, exponent, canonical({
    context: { group: name, size: SIZE, threshold: THRESHOLD, index },
    verification: pointOf(group, exponent),
    encryption: pointOf(group, encryptionExponent(group, seed)),
  })));
}

/** Whether a certificate is of this seed. @param {string} certificate @param {string} seed */
export function isOf(certificate, seed) {
  const { context, verification } = JSON.parse(JSON.parse(certificate).message);
  const group = secretGroup(context.group);
  return verification === pointOf(group, signingExponent(group, seed));
}

/** What names a ceremony, and is compared aloud. @param {string[]} certificates */
export function nameOf(certificates) {
  return hexHash(`[${certificates.join()}]`);
}

/** Check all certificates; what they say, in order. Throws what is wrong.
 * @param {string} name of the group @param {string[]} certificates */
export function checkCertificates(name, certificates) {
  const group = groupOf(name);
  const parsed = certificates.map((certificate, at) => {
    const found = /** @type {Signed} */ (read(certificate, signedShape(group)));
    checkCertificate(group, found, { size: SIZE, threshold: THRESHOLD, index: at + 1 });
    return JSON.parse(found.message);
  });
  const keys = parsed.flatMap(({ verification, encryption }) => [verification, encryption]);
  if (keys.length !== 2 * SIZE || new Set(keys).size !== keys.length) {
    throw new Error('ceremony.certificates');
  }
  return parsed;
}

/** The second act: the own coefficients, hidden, and a sealed share for everybody.
 * @param {Own} own @param {string[]} certificates */
export async function makePolynomial({ group: name, seed, index }, certificates) {
  const group = secretGroup(name);
  const keys = checkCertificates(name, certificates)
    .map(({ encryption }) => parseKey(group, encryption));
  const ceremony = nameOf(certificates);
  const exponent = signingExponent(group, seed);
  const coefficients = polynomialOf(group, ceremony, seed, THRESHOLD);
  const coefexps = coefficients.map((each) => pointOf(group, each));
  const certs = certificates.map((each) => read(each, signedIn(name)));
  const messages = await Promise.all(keys.map(async (key, at) => {
    const envelope = await sealShare(group, {
      ceremony, from: index, to: at + 1, key, share: valueAt(group, coefficients, at + 1),
    }, randomScalar(group));
    return signed(group, exponent, canonical(envelope));
  }));
  return canonical({
    coefexps: signed(group, exponent, canonical({ coefexps })),
    signature: sign(group, exponent, certsMessage(certs, coefexps)),
    messages,
  });
}

/** @param {Group} group @param {bigint[]} coefficients @param {number} index */
function valueAt(group, coefficients, index) {
  return coefficients.reduceRight((value, each) => reduce(group, value * BigInt(index) + each), 0n);
}

/**
 * The own part of the key, from everything that was published and sealed.
 * @param {Own} own
 * @param {string[]} certificates
 * @param {Posted[]} posted
 * @returns {Promise<bigint>} throws Misfit with the sender of what is wrong
 */
export async function gatherExponent(own, certificates, posted) {
  const group = secretGroup(own.group);
  const keys = checkCertificates(own.group, certificates);
  const shares = await Promise.all(posted.map(async (each, at) => {
    try {
      const row = checkPosted(own.group, certificates, keys[at], each, at);
      return await checkedShare(own, nameOf(certificates), keys[at], each, { at, row });
    } catch {
      throw new Misfit(at + 1);
    }
  }));
  return shares.reduce((sum, share) => reduce(group, sum + share), 0n);
}

/** @param {string} name @param {string[]} certificates @param {any} sender
 * @param {Posted} posted @param {number} at */
function checkPosted(name, certificates, sender, { coefexps, signature }, at) {
  const group = groupOf(name);
  const shape = signedShape(group);
  const content = {
    certs: certificates.map((each) => read(each, shape)),
    coefexps: { [at]: read(canonical(coefexps), shape) },
    signatures: { [at]: read(canonical({ message: '', signature }), shape).signature },
    threshold: THRESHOLD,
  };
  return checkCoefficients(group, content, at, group.parse(sender.verification));
}

/** @param {Own} own @param {string} ceremony @param {any} sender @param {Posted} posted
 * @param {{at: number, row: any[]}} published */
async function checkedShare({ group: name, seed, index }, ceremony, sender, { message }, { at, row }) {
  const [open, secret] = [groupOf(name), secretGroup(name)];
  const letter = read(canonical(message), signedShape(open));
  const envelope = read(letter.message, ENVELOPE);
  const isMine = envelope.ceremony === ceremony && envelope.from === at + 1
    && envelope.to === index;
  const signer = open.parse(sender.verification);
  if (!isMine || !isSigned(open, signer, letter.message, letter.signature)) {
    throw new Error('ceremony.envelope');
  }
  const share = await openShare(secret, envelope, encryptionExponent(secret, seed));
  const expected = evaluate(open, row, BigInt(index));
  if (share >= open.order || open.text(expected) !== pointOf(secret, share)) {
    throw new Error('ceremony.share');
  }
  return share;
}

/** The third act: the public half of the own part. @param {Own} own @param {bigint} exponent */
export function makeVerificationKey({ group: name, seed }, exponent) {
  const group = secretGroup(name);
  const publicKey = pointOf(group, exponent);
  return canonical({
    pok: proveKnowledge(group, `pok|${name}|${publicKey}|`, exponent),
    public_key: publicKey,
    signature: sign(group, signingExponent(group, seed), publicKey),
  });
}

/** Check the whole key and that it was made of these certificates; its digits are compared aloud.
 * @param {string} group @param {string} trustees the document @param {string[]} certificates */
export function checkKey(group, trustees, certificates) {
  parseTrustees(groupOf(group), trustees);
  const [[, { certs }]] = JSON.parse(trustees);
  const isOurs = canonical(certs) === `[${certificates.join()}]`;
  if (!isOurs) throw new Error('ceremony.other_key');
  return hexHash(trustees);
}

/**
 * Open a known sum with a part restored from the safety copy, and prove to have it.
 * @param {string} name of the group
 * @param {string} trustees
 * @param {number} index
 * @param {bigint} exponent
 */
export function rehearse(name, trustees, index, exponent) {
  const group = secretGroup(name);
  const [[, { verification_keys: keys }]] = JSON.parse(trustees);
  const ownKey = parseKey(group, keys[index - 1].public_key);
  const nonce = randomScalar(group);
  const alpha = group.generatorPower(nonce);
  const beta = group.multiply(group.power(ownKey, nonce), group.generator);
  const opened = group.multiply(beta, group.invert(group.power(alpha, exponent)));
  if (!group.areEqual(opened, group.generator)) throw new Error('ceremony.rehearsal');
  return canonical(proveKnowledge(group, `kv-rehearsal|${hexHash(trustees)}|`, exponent));
}
