/** From the chosen answers to the body that is sent, and from the receipt to what is kept of it. */
import { castBody, makeBallot, tracker } from './ballot.js';
import { exponentOf, pointOf } from './credential.js';
import { secretGroup } from './group/secret.js';
import { unlockCode } from './keystore.js';
import { valuesOf } from './question.js';

/**
 * @typedef {import('./screen.js').Question} Question
 * @typedef {{question: string, ballot: string}} Cast
 */

/**
 * What a key of this phone is in a round's group.
 * @param {import('./keystore.js').StoredKey} key
 * @param {{group: string, term: string}} round
 */
export async function openKey(key, { group: name, term }) {
  const group = secretGroup(name);
  const exponent = exponentOf(group, term, await unlockCode(key));
  return { group, exponent, point: pointOf(group, exponent) };
}

/** Let the browser paint and answer taps between two questions. */
function nextTask() {
  return new Promise((resolve) => { setTimeout(resolve); });
}

/**
 * Encrypt every answer, one question a task.
 * @param {import('./keystore.js').StoredKey} key
 * @param {{group: string, term: string}} round
 * @param {Question[]} questions
 * @param {Map<string, number[]>} choices question -> indices of the answers
 * @param {(number: number) => void} progress
 * @returns {Promise<string>} the body to send
 */
export async function encryptAnswers(key, round, questions, choices, progress) {
  const { group, exponent, point } = await openKey(key, round);
  if (questions.some((question) => question.point !== point)) throw new Error('key.point');
  /** @type {Cast[]} */
  const ballots = [];
  for (const { question, order, election } of questions) {
    progress(ballots.length + 1);
    await nextTask();
    const values = valuesOf(order, choices.get(question) ?? []);
    ballots.push({ question, ballot: makeBallot(election, exponent, [values]) });
  }
  return castBody(group, ballots);
}

/**
 * What to keep of a receipt; throws when it is not about the ballots that were sent.
 * @param {string} body
 * @param {any} receipt
 * @returns {import('./keystore.js').StoredReceipt}
 */
export function readReceipt(body, receipt) {
  const sent = /** @type {Cast[]} */ (JSON.parse(body).ballots);
  const own = sent.map(({ question, ballot }) => [question, tracker(ballot)]);
  const given = new Map(receipt.ballots.map((/** @type {any} */ one) => [one.question, one]));
  const isOurs = given.size === own.length
    && own.every(([question, number]) => given.get(question)?.tracker === number)
    && /^[0-9a-f]{64}$/.test(receipt.receipt);
  if (!isOurs) throw new Error('receipt.foreign');
  return {
    receipt: receipt.receipt,
    trackers: Object.fromEntries(own),
    heads: Object.fromEntries(own.map(([question]) => [question, given.get(question).head])),
  };
}
