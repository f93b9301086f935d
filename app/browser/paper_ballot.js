/** The ballot of a paper: made from the secret of the numbers, the same bytes on two screens. */
import { makeBallot } from './ballot.js';
import { base64Hash, hexHash } from './canonical.js';
import { exponentOf, pointOf, proveEnrolment } from './credential.js';
import { ORDER } from './group.js';

/** @param {string} round @param {number} number */
function termOf(round, number) {
  return `${round}-paper-${number}`;
}

/** The public point of a number. @param {string} round @param {number} number
 * @param {string} code */
export function paperPoint(round, number, code) {
  return pointOf(exponentOf(termOf(round, number), code));
}

/**
 * Show the server that this screen knows the secret; good for one officer only.
 * @param {string} round
 * @param {string} officer
 * @param {string} code
 */
export function provePossession(round, officer, code) {
  const term = termOf(round, 1);
  return proveEnrolment(term, officer, exponentOf(term, code));
}

/**
 * Secret scalars that another screen draws alike; another answer never gets the same ones.
 * @param {string} secret
 * @returns {() => bigint}
 */
export function drawFrom(secret) {
  let index = 0;
  return () => {
    const label = `kv-paper|${secret}|${index}`;
    index += 1;
    return BigInt(`0x${hexHash(`${label}|0`)}${hexHash(`${label}|1`)}`) % ORDER;
  };
}

/**
 * @param {{round: string, code: string, number: number, election: string, values: number[]}} paper
 * @returns {string}
 */
export function makePaperBallot({ round, code, number, election, values }) {
  const exponent = exponentOf(termOf(round, number), code);
  const context = `${round}|${base64Hash(election)}|${number}|${values.join('')}`;
  return makeBallot(election, exponent, [values], drawFrom(`${code}|${context}`));
}
