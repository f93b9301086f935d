/** The ballot of a paper: made from the secret of the numbers, the same bytes on two screens. */
import { makeBallot } from './ballot.js';
import { base64Hash } from './canonical.js';
import { exponentOf, pointOf, proveEnrolment, stretch } from './credential.js';
import { secretGroup } from './group/secret.js';

/** @typedef {import('./group/group.js').Group} Group */

/** @param {string} round @param {number} number */
function termOf(round, number) {
  return `${round}-paper-${number}`;
}

/** The public point of a number. @param {Group} group @param {string} round
 * @param {number} number @param {string} code */
export function paperPoint(group, round, number, code) {
  return pointOf(group, exponentOf(group, termOf(round, number), code));
}

/**
 * Show the server that this screen knows the secret; good for one officer only.
 * @param {Group} group
 * @param {string} round
 * @param {string} officer
 * @param {string} code
 */
export function provePossession(group, round, officer, code) {
  const term = termOf(round, 1);
  return proveEnrolment(group, term, officer, exponentOf(group, term, code));
}

/**
 * Secret scalars that another screen draws alike; another answer never gets the same ones.
 * @param {Group} group
 * @param {string} secret
 * @returns {() => bigint}
 */
export function drawFrom(group, secret) {
  let index = 0;
  return () => {
    const label = `kv-paper|${secret}|${index}`;
    index += 1;
    return stretch(group, label);
  };
}

/**
 * @param {{round: string, code: string, number: number, election: string, values: number[]}} paper
 * @returns {string}
 */
export function makePaperBallot({ round, code, number, election, values }) {
  const group = secretGroup(JSON.parse(election).group);
  const exponent = exponentOf(group, termOf(round, number), code);
  const context = `${round}|${base64Hash(election)}|${number}|${values.join('')}`;
  return makeBallot(election, exponent, [values], drawFrom(group, `${code}|${context}`));
}
