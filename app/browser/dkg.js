/** The three acts by which a trustee's phone takes part in making a threshold key. */
import { canonical, hexHash } from './canonical.js';
import { groupOf } from './checker/groups.js';
import {
  certsMessage, checkCertificate, checkCoefficients, evaluate, isSigned, signedShape,
} from './checker/pedersen.js';
import { digest, matching, natural, read, record, text } from './checker/shape.js';
import { parseTrustees } from './checker/trustees.js';
import {
  NAME, ORDER, elementText, generatorPower, parseKey, power, randomScalar, reduce,
} from './group.js';
import { proveKnowledge } from './proof.js';
import { encryptionExponent, polynomialOf, signingExponent } from './seed.js';
import { openShare, sealShare } from './share.js';

/**
 * @typedef {import('./checker/pedersen.js').Signed} Signed
 * @typedef {{seed: string, index: number}} Own the own seed and position
 * @typedef {{coefexps: any, signature: any, message: any}} Posted what a trustee published in the
 *   second round, with the one sealed share that is for the reader
 */

export const SIZE = 3;
export const THRESHOLD = 2;
const GROUP = groupOf(NAME);
const SIGNED = signedShape(GROUP);
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

/** @param {bigint} exponent @param {string} message */
function sign(exponent, message) {
  return proveKnowledge(`sigmsg|${message}|`, exponent);
}

/** @param {bigint} exponent @param {string} message */
function signed(exponent, message) {
  return { message, signature: sign(exponent, message) };
}

/** The first act: the own public keys, certified. @param {Own} own */
export function makeCertificate({ seed, index }) {
  const exponent = signingExponent(seed);
  return canonical(signed(exponent, canonical({
    context: { group: NAME, size: SIZE, threshold: THRESHOLD, index },
    verification: elementText(generatorPower(exponent)),
    encryption: elementText(generatorPower(encryptionExponent(seed))),
  })));
}

/** Whether a certificate is of this seed. @param {string} certificate @param {string} seed */
export function isOf(certificate, seed) {
  const { verification } = JSON.parse(JSON.parse(certificate).message);
  return verification === elementText(generatorPower(signingExponent(seed)));
}

/** What names a ceremony, and is compared aloud. @param {string[]} certificates */
export function nameOf(certificates) {
  return hexHash(`[${certificates.join()}]`);
}

/** Check all certificates; what they say, in order. Throws what is wrong.
 * @param {string[]} certificates */
export function checkCertificates(certificates) {
  const parsed = certificates.map((certificate, at) => {
    const found = /** @type {Signed} */ (read(certificate, SIGNED));
    checkCertificate(GROUP, found, { size: SIZE, threshold: THRESHOLD, index: at + 1 });
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
export async function makePolynomial({ seed, index }, certificates) {
  const keys = checkCertificates(certificates).map(({ encryption }) => parseKey(encryption));
  const ceremony = nameOf(certificates);
  const exponent = signingExponent(seed);
  const coefficients = polynomialOf(ceremony, seed, THRESHOLD);
  const coefexps = coefficients.map((each) => elementText(generatorPower(each)));
  const certs = certificates.map((each) => read(each, SIGNED));
  const messages = await Promise.all(keys.map(async (key, at) => {
    const envelope = await sealShare({
      ceremony, from: index, to: at + 1, key, share: valueAt(coefficients, at + 1),
    }, randomScalar());
    return signed(exponent, canonical(envelope));
  }));
  return canonical({
    coefexps: signed(exponent, canonical({ coefexps })),
    signature: sign(exponent, certsMessage(certs, coefexps)),
    messages,
  });
}

/** @param {bigint[]} coefficients @param {number} index */
function valueAt(coefficients, index) {
  return coefficients.reduceRight((value, each) => reduce(value * BigInt(index) + each), 0n);
}

/**
 * The own part of the key, from everything that was published and sealed.
 * @param {Own} own
 * @param {string[]} certificates
 * @param {Posted[]} posted
 * @returns {Promise<bigint>} throws Misfit with the sender of what is wrong
 */
export async function gatherExponent(own, certificates, posted) {
  const keys = checkCertificates(certificates);
  const shares = await Promise.all(posted.map(async (each, at) => {
    try {
      const row = checkPosted(certificates, keys, each, at);
      return await checkedShare(own, nameOf(certificates), keys[at], each, { at, row });
    } catch {
      throw new Misfit(at + 1);
    }
  }));
  return shares.reduce((sum, share) => reduce(sum + share), 0n);
}

/** @param {string[]} certificates @param {any[]} keys @param {Posted} posted @param {number} at */
function checkPosted(certificates, keys, { coefexps, signature }, at) {
  const content = {
    certs: certificates.map((each) => read(each, SIGNED)),
    coefexps: { [at]: read(canonical(coefexps), SIGNED) },
    signatures: { [at]: read(canonical({ message: '', signature }), SIGNED).signature },
    threshold: THRESHOLD,
  };
  return checkCoefficients(GROUP, content, at, GROUP.parse(keys[at].verification));
}

/** @param {Own} own @param {string} ceremony @param {any} sender @param {Posted} posted
 * @param {{at: number, row: any[]}} published */
async function checkedShare({ seed, index }, ceremony, sender, { message }, { at, row }) {
  const letter = read(canonical(message), SIGNED);
  const envelope = read(letter.message, ENVELOPE);
  const isMine = envelope.ceremony === ceremony && envelope.from === at + 1
    && envelope.to === index;
  const signer = GROUP.parse(sender.verification);
  if (!isMine || !isSigned(GROUP, signer, letter.message, letter.signature)) {
    throw new Error('ceremony.envelope');
  }
  const share = await openShare(envelope, encryptionExponent(seed));
  const expected = evaluate(GROUP, row, BigInt(index));
  if (share >= ORDER || GROUP.text(expected) !== elementText(generatorPower(share))) {
    throw new Error('ceremony.share');
  }
  return share;
}

/** The third act: the public half of the own part. @param {Own} own @param {bigint} exponent */
export function makeVerificationKey({ seed }, exponent) {
  const publicKey = elementText(generatorPower(exponent));
  return canonical({
    pok: proveKnowledge(`pok|${NAME}|${publicKey}|`, exponent),
    public_key: publicKey,
    signature: sign(signingExponent(seed), publicKey),
  });
}

/** Check the whole key and that it was made of these certificates; its digits are compared aloud.
 * @param {string} trustees the document @param {string[]} certificates */
export function checkKey(trustees, certificates) {
  parseTrustees(GROUP, trustees);
  const [[, { certs }]] = JSON.parse(trustees);
  const isOurs = canonical(certs) === `[${certificates.join()}]`;
  if (!isOurs) throw new Error('ceremony.other_key');
  return hexHash(trustees);
}

/**
 * Open a known sum with a part restored from the safety copy, and prove to have it.
 * @param {string} trustees
 * @param {number} index
 * @param {bigint} exponent
 */
export function rehearse(trustees, index, exponent) {
  const [[, { verification_keys: keys }]] = JSON.parse(trustees);
  const ownKey = parseKey(keys[index - 1].public_key);
  const nonce = randomScalar();
  const sum = { alpha: generatorPower(nonce), beta: power(ownKey, nonce).add(generatorPower(1n)) };
  const opened = sum.beta.add(power(sum.alpha, exponent).negate());
  if (!opened.equals(generatorPower(1n))) throw new Error('ceremony.rehearsal');
  return canonical(proveKnowledge(`kv-rehearsal|${hexHash(trustees)}|`, exponent));
}
