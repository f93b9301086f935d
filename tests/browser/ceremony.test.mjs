import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupOf } from '../../app/browser/checker/groups.js';
import { coefficients, parseTrustees } from '../../app/browser/checker/trustees.js';
import {
  Misfit, checkCertificates, checkKey, gatherExponent, isOf, makeCertificate, makePolynomial,
  makeVerificationKey, nameOf, rehearse,
} from '../../app/browser/dkg.js';
import { spoken, stageOf } from '../../app/browser/ceremony_stage.js';
import { placeWithout } from '../../app/browser/silence.js';
import { pointOf } from '../../app/browser/credential.js';
import { parseKey } from '../../app/browser/group/group.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import {
  encryptionExponent, findCopy, lockSeed, makeSeed, openSeed, polynomialOf, signingExponent,
} from '../../app/browser/seed.js';
import { openShare, sealShare } from '../../app/browser/share.js';
import { known } from './vectors.mjs';

const [kat] = known.ceremony;
const GROUP = kat.group;
const certificates = written(kat);

/** @param {any} ceremony */
function written({ certs }) {
  return certs.map((each) => JSON.stringify(each));
}

for (const ceremony of known.ceremony) {
  const group = secretGroup(ceremony.group);
  const certs = written(ceremony);

  test(`exponents and name of the known ceremony, ${group.name}`, () => {
    assert.equal(nameOf(certs), ceremony.ceremony);
    ceremony.seeds.forEach((seed, at) => {
      const coefficients = polynomialOf(group, ceremony.ceremony, seed, 2);
      assert.equal(signingExponent(group, seed).toString(), ceremony.signing_exponents[at]);
      assert.equal(encryptionExponent(group, seed).toString(), ceremony.encryption_exponents[at]);
      assert.deepEqual(coefficients.map(String), ceremony.polynomials[at]);
      assert.ok(isOf(certs[at], seed));
    });
  });

  test(`the known sealed shares, byte for byte, and opened again, ${group.name}`, async () => {
    for (const message of ceremony.messages) {
      const { from, to } = message;
      const key = parseKey(group, JSON.parse(ceremony.certs[to - 1].message).encryption);
      const [first, second] = ceremony.polynomials[from - 1].map(BigInt);
      const share = (first + second * BigInt(to)) % group.order;
      const letter = { ceremony: message.ceremony, from, to, key, share };
      const exponent = BigInt(ceremony.encryption_exponents[to - 1]);
      assert.deepEqual(await sealShare(group, letter, BigInt(1000 + 10 * from + to)), message);
      assert.equal(await openShare(group, message, exponent), share);
      await assert.rejects(openShare(group, { ...message, to: to % 3 + 1 }, exponent));
    }
  });

  test(`the known seeds give the known parts, ${group.name}`, async () => {
    const owns = ceremony.seeds.map((seed, at) => ({ group: group.name, seed, index: at + 1 }));
    const posted = await Promise.all(owns.map((own) => makePolynomial(own, certs)));
    // Whole numbers are slow: there one of the three is enough.
    const gathering = group.name === GROUP ? owns : owns.slice(0, 1);
    for (const [at, own] of gathering.entries()) {
      const exponent = await gatherExponent(own, certs, passedTo(own.index, posted));
      assert.equal(exponent.toString(), ceremony.decryption_exponents[at]);
    }
  });
}

for (const { group: name, trustees, ...secrets } of known.pedersen) {
  test(`the known key of three, and what two of them weigh, ${name}`, () => {
    const parsed = parseTrustees(groupOf(name), trustees);
    assert.equal(parsed.publicKey, secrets.election_public_key);
    const points = secrets.decryption_exponents.map((each) => pointOf(secretGroup(name), BigInt(each)));
    assert.deepEqual([...parsed.owners.values()].map(({ publicKey }) => publicKey), points);
    const weights = coefficients(groupOf(name), parsed, new Set([1, 3])) ?? [];
    const found = [...weights].map(([owner, weight]) => [String(owner), String(weight)]);
    assert.deepEqual(Object.fromEntries(found), secrets.lagrange_1_3);
  });
}

/** What the server passes on to one trustee. */
function passedTo(index, polynomials) {
  return polynomials.map((each) => {
    const { coefexps, signature, messages } = JSON.parse(each);
    return { coefexps, signature, message: messages[index - 1] };
  });
}

/** A whole ceremony of three phones up to the document. */
async function ceremonyOf(seeds) {
  const owns = seeds.map((seed, at) => ({ group: GROUP, seed, index: at + 1 }));
  const certs = owns.map(makeCertificate);
  const polynomials = await Promise.all(owns.map((own) => makePolynomial(own, certs)));
  const exponents = await Promise.all(owns.map((own) => (
    gatherExponent(own, certs, passedTo(own.index, polynomials))
  )));
  const keys = owns.map((own, at) => JSON.parse(makeVerificationKey(own, exponents[at])));
  const parts = polynomials.map((each) => JSON.parse(each));
  const document = JSON.stringify([['Pedersen', {
    threshold: 2,
    certs: certs.map((each) => JSON.parse(each)),
    coefexps: parts.map(({ coefexps }) => coefexps),
    signatures: parts.map(({ signature }) => signature),
    verification_keys: keys,
  }]]);
  return { owns, certs, polynomials, exponents, document };
}

test('three phones make a key that the checker accepts, and rehearse with it', async () => {
  const { certs, exponents, document } = await ceremonyOf([makeSeed(), makeSeed(), makeSeed()]);
  const { owners } = parseTrustees(groupOf('Ed25519'), document);
  assert.deepEqual(
    [...owners.values()].map(({ publicKey }) => publicKey),
    exponents.map((each) => pointOf(secretGroup(GROUP), each)),
  );
  assert.match(checkKey(GROUP, document, certs), /^[0-9a-f]{64}$/);
  assert.throws(() => checkKey(GROUP, document, certificates), /ceremony.other_key/);
  assert.match(rehearse(GROUP, document, 2, exponents[1]), /^\{"challenge":"\d+","response":"\d+"\}$/);
  assert.throws(() => rehearse(GROUP, document, 2, exponents[0]), /ceremony.rehearsal/);
});

test('a part that does not fit is named by its sender', async () => {
  const { owns, certs, polynomials } = await ceremonyOf(kat.seeds);
  const wrong = passedTo(1, polynomials);
  wrong[2] = { ...wrong[2], message: passedTo(2, polynomials)[2].message };
  await assert.rejects(gatherExponent(owns[0], certs, wrong), (error) => (
    error instanceof Misfit && error.sender === 3
  ));
  const other = passedTo(1, await Promise.all(owns.map((own) => (
    makePolynomial({ ...own, seed: own.index === 2 ? makeSeed() : own.seed }, certs)
  ))));
  await assert.rejects(gatherExponent(owns[0], certs, other), { sender: 2 });
});

test('parts and key that are not the compared ones stop the ceremony', async () => {
  const { certs, document } = await ceremonyOf(kat.seeds);
  const state = {
    state: 'gathering', group: GROUP, certificate: certs[0], certificates: certs, compared_parts: true, posted: [],
  };
  const own = { copy: 'kv1', attempt: 1, parts: nameOf(certs) };
  assert.equal(stageOf(state, own), 'exchange');
  assert.equal(stageOf(state, { ...own, parts: undefined }), 'compare_parts');
  assert.throws(() => stageOf({ ...state, certificates }, own), /ceremony.changed/);
  const keyed = { ...state, state: 'keyed', document, compared_key: true };
  const key = checkKey(GROUP, document, certs);
  assert.equal(stageOf(keyed, { ...own, key }), 'rehearse');
  assert.equal(stageOf(keyed, own), 'compare_key');
  assert.throws(() => stageOf(keyed, { ...own, key: '0'.repeat(64) }), /ceremony.changed/);
  assert.equal(spoken(key), key.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 '));
});

test('certificates that are doubled, moved or too few are refused', () => {
  const doubled = [1, 2, 3].map((index) => makeCertificate({ group: GROUP, seed: kat.seeds[0], index }));
  assert.throws(() => checkCertificates(GROUP, doubled), /ceremony.certificates/);
  assert.throws(() => checkCertificates(GROUP, certificates.slice(0, 2)), /ceremony.certificates/);
  assert.throws(() => checkCertificates(GROUP, certificates.toReversed()), /trustees.pedersen/);
});

test('only the passphrase opens the safety copy, however it was kept', async () => {
  const seed = makeSeed();
  const copy = await lockSeed(seed, 'grüne Birne im Keller');
  assert.match(copy, /^kv1[\w-]{88}$/);
  const file = `Schlüssel-Teil, Rat\n${copy.slice(0, 30)} ${copy.slice(30)}\n`;
  assert.equal(findCopy(file), copy);
  assert.equal(findCopy(`https://kiez.example/commission/keys/1#${copy}`), copy);
  assert.equal(await openSeed(file, 'gru\u0308ne Birne im Keller'), seed);
  assert.equal(await openSeed(copy, 'grüne Birne im keller'), null);
  assert.equal(await openSeed(copy.slice(0, -1), 'grüne Birne im Keller'), null);
});

test('whose part is lost is told so while the key is in force', () => {
  const state = /** @type {any} */ ({ state: 'in_force', lost: true });
  const own = { copy: '', attempt: 1 };
  assert.equal(stageOf(state, own), 'lost');
  assert.equal(stageOf({ ...state, lost: false }, own), 'done');
  assert.equal(stageOf({ ...state, state: 'ended' }, own), 'ended');
});

test('without an answer a page keeps what it says, and never stays empty', () => {
  assert.equal(placeWithout(0, ''), 'silent');
  assert.equal(placeWithout(503, 'needed'), 'needed');
  assert.equal(placeWithout(401, 'needed'), 'signed_out');
  assert.equal(placeWithout(403, ''), 'signed_out');
});
