/** Is the question on this screen the one that was announced and that the ballot is made for? */
import { canonical, hexHash, isNormal, parseCanonical, requireKeys } from './canonical.js';

/**
 * @typedef {{wording: Record<string, string>, options: Record<string, string[]>, order: string[],
 *   fewest: number, most: number}} Shown what a member can see, in every language
 * @typedef {Shown & {question: string, digest: string, election: string,
 *   amount_cents: number | null, is_poll?: boolean, is_practice?: boolean}} Announced
 */

const BLANK = 'blank';
const ELECTION = [
  'version', 'description', 'name', 'group', 'public_key', 'questions', 'uuid', '?administrator',
  '?credential_authority',
];

/** @template T @param {Record<string, T>} texts @returns {Record<string, T>} */
function sorted(texts) {
  return Object.fromEntries(Object.keys(texts).sort().map((key) => [key, texts[key]]));
}

/** Digest of wording, options and order in every language at once. @param {Shown} shown */
export function digestOf({ wording, options, order }) {
  return hexHash(canonical({ wording: sorted(wording), options: sorted(options), order }));
}

/** The first 16 digits in four groups. @param {string} digest */
export function checkMark(digest) {
  return /** @type {string[]} */ (digest.slice(0, 16).match(/.{4}/g)).join(' ');
}

/**
 * Throw unless digest, election document and what is shown say the same.
 * @param {{round: string, group: string}} about
 * @param {Announced} question
 */
export function requireAnnounced({ round, group }, question) {
  const digest = digestOf(question);
  const election = parseCanonical(question.election);
  requireKeys(election, ELECTION);
  const announced = parseCanonical(election.description);
  const facts = [
    [digest, question.digest],
    [digest, announced.digest],
    [round, announced.round],
    [question.question, announced.question],
    [question.question, election.uuid],
    [question.amount_cents ?? null, announced.amount_cents ?? null],
    [question.is_poll ?? false, announced.poll ?? false],
    [question.is_practice ?? false, announced.practice ?? false],
    [canonical([1, group, 1]), canonical([election.version, election.group, announced.kv])],
    [canonical([electionQuestion(question)]), canonical(election.questions)],
  ];
  if (facts.some(([shown, meant]) => shown !== meant) || !isReadable(question)) {
    throw new Error('question.digest');
  }
}

/** The election's question as it must be written; a blank is no answer. @param {Shown} shown */
function electionQuestion({ wording, order, fewest, most }) {
  const answers = order.filter((answer) => answer !== BLANK);
  const blank = order.includes(BLANK) ? { blank: true } : {};
  return { answers, ...blank, min: fewest, max: most, question: wording.de };
}

/**
 * What a ballot says of each answer, 0 or 1: a blank one stands last on screen and first here.
 * @param {string[]} order
 * @param {number[]} chosen
 */
export function valuesOf(order, chosen) {
  const values = order.map((_, index) => Number(chosen.includes(index)));
  return order.at(-1) === BLANK ? [...values.slice(-1), ...values.slice(0, -1)] : values;
}

/** Every language has every option, and no text hides another. @param {Shown} shown */
function isReadable({ wording, options, order }) {
  const texts = [...Object.values(wording), ...Object.values(options).flat()];
  return canonical(Object.keys(sorted(wording))) === canonical(Object.keys(sorted(options)))
    && Object.values(options).every((labels) => labels.length === order.length)
    && texts.every((text) => text !== '' && isNormal(text));
}
