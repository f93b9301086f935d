/**
 * Makes with the browser's modules what the tests check with the server's: reads one JSON request
 * from standard input, writes one JSON answer.
 */
import { readFileSync } from 'node:fs';
import { makeBallot, tracker } from '../../app/browser/ballot.js';
import { findBallot, readBoard } from '../../app/browser/board.js';
import { checkBox } from '../../app/browser/box.js';
import { makeCountKey, makePart, requireUnopened } from '../../app/browser/count.js';
import { exponentOf, isCode, makeCode, pointOf, proveEnrolment } from '../../app/browser/credential.js';
import {
  gatherExponent, makeCertificate, makePolynomial, makeVerificationKey,
} from '../../app/browser/dkg.js';
import { secretGroup } from '../../app/browser/group/secret.js';
import { digestOf, requireAnnounced } from '../../app/browser/question.js';
import { lockSeed, makeSeed } from '../../app/browser/seed.js';
import { makeSecret, parseSecret, secretText, signinKey, verifierOf } from '../../app/browser/secret.js';

/** What one trustee gets of the second acts of all. */
function passedTo(index, polynomials) {
  return polynomials.map((each) => {
    const { coefexps, signature, messages } = JSON.parse(each);
    return { coefexps, signature, message: messages[index - 1] };
  });
}

/** All acts of three trustees, and the safety copy of each. */
async function makeKey(group, passphrase) {
  const owns = [1, 2, 3].map((index) => ({ group, seed: makeSeed(), index }));
  const certificates = owns.map(makeCertificate);
  const polynomials = await Promise.all(owns.map((own) => makePolynomial(own, certificates)));
  const keys = await Promise.all(owns.map(async (own) => {
    const posted = passedTo(own.index, polynomials);
    return makeVerificationKey(own, await gatherExponent(own, certificates, posted));
  }));
  const copies = await Promise.all(owns.map(({ seed }) => lockSeed(seed, passphrase)));
  return { certificates, polynomials, keys, copies };
}

/** What the device of a key holder makes of a box, or why it makes nothing of it. */
async function openBox({ archive, strong, expected, exponent, opened = {} }) {
  try {
    const bytes = Uint8Array.from(Buffer.from(archive, 'base64'));
    const box = await checkBox({ archive: bytes, strong }, expected, () => undefined);
    requireUnopened(new Map(Object.entries(opened)), box);
    return makePart(box, expected.publicKey, BigInt(exponent));
  } catch (error) {
    return { reason: error.message };
  }
}

const ACTS = {
  parts: ({ boxes }) => Promise.all(boxes.map(openBox)),
  commission: ({ group = 'Ed25519', passphrase }) => makeKey(group, passphrase),
  ballots: ({ election, exponent, choices }) => choices.map((values) => {
    const ballot = makeBallot(election, BigInt(exponent), values);
    return { ballot, tracker: tracker(ballot) };
  }),
  codes: ({ group: name, term, nonce, count }) => Array.from({ length: count }, () => {
    const [code, group] = [makeCode(), secretGroup(name)];
    const exponent = exponentOf(group, term, code);
    const proof = proveEnrolment(group, term, nonce, exponent);
    return { code, exponent: exponent.toString(), point: pointOf(group, exponent), proof };
  }),
  countKey: ({ group }) => makeCountKey(secretGroup(group)).document,
  readCodes: ({ group, term, codes }) => codes.map((code) => (
    { isCode: isCode(code), exponent: exponentOf(secretGroup(group), term, code).toString() }
  )),
  cards: async ({ count }) => Promise.all(Array.from({ length: count }, async () => {
    const secret = makeSecret();
    return {
      words: secretText(secret), signin: await signinKey(secret), verifier: await verifierOf(secret),
    };
  })),
  readWords: ({ texts }) => texts.map((text) => parseSecret(text) && [...parseSecret(text)]),
  board: ({ archive, trackers }) => {
    const board = readBoard(Uint8Array.from(Buffer.from(archive, 'base64')));
    return { ...board, found: trackers.map((one) => findBallot(board, one)) };
  },
  question: ({ round, group, question }) => {
    requireAnnounced({ round, group }, question);
    return digestOf(question);
  },
};

const { act, ...content } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(await ACTS[act](content)));
