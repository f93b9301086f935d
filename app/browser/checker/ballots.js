/** One ballot, checked completely: its form, its signature and every proof in it. */
import { base64Hash } from '../canonical.js';
import { parseKey, productOf } from '../group/group.js';
import { isKnowledge, isOneOf, proofShape } from './proofs.js';
import { choicesOf } from './setup.js';
import { array, matching, read, record, text } from './shape.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {import('./proofs.js').Point} Point
 * @typedef {import('./proofs.js').Statement} Statement
 * @typedef {import('./setup.js').Election} Election
 * @typedef {import('./setup.js').Question} Question
 * @typedef {{credential: string, tracker: string, points: Point[][]}} Ballot
 */

const SIGNATURE = ',"signature":{"hash":';
/** @type {Map<string, import('./shape.js').Shape<any>>} */
const shapes = new Map();

/** @param {Group} group */
function ballotShape(group) {
  const known = shapes.get(group.name);
  if (known) return known;
  const proof = proofShape(group);
  const element = matching(group.pattern);
  const shape = record({
    election_uuid: text,
    election_hash: text,
    credential: element,
    answers: array(record({
      choices: array(record({ alpha: element, beta: element })),
      individual_proofs: array(array(proof)),
      overall_proof: array(proof),
      '?blank_proof': array(proof),
    })),
    signature: record({ hash: text, proof }),
  });
  shapes.set(group.name, shape);
  return shape;
}

/**
 * Throws with the class of the first thing that is wrong.
 * @param {Election} election
 * @param {string} document
 * @param {Set<string>} roll
 * @returns {Ballot}
 */
export function checkBallot(election, document, roll) {
  const { group, phi, questions, uuid } = election;
  const ballot = read(document, ballotShape(group));
  if (ballot.election_uuid !== uuid || ballot.election_hash !== phi) {
    throw new Error('ballot.election');
  }
  if (!roll.has(ballot.credential)) throw new Error('ballot.credential');
  requireShapes(questions, ballot.answers);
  const points = ballot.answers.map((/** @type {any} */ { choices }) => (
    choices.map((/** @type {any} */ { alpha, beta }) => [group.parse(alpha), group.parse(beta)])
  ));
  checkSignature(group, ballot, document);
  const context = `${phi}|${ballot.credential}`;
  questions.forEach((question, index) => {
    checkAnswer(election, question, context, ballot.answers[index], points[index]);
  });
  return { credential: ballot.credential, tracker: base64Hash(document), points };
}

/** @param {Question[]} questions @param {any[]} answers */
function requireShapes(questions, answers) {
  const fit = answers.length === questions.length
    && answers.every((answer, index) => hasShape(questions[index], answer));
  if (!fit) throw new Error('ballot.shape');
}

/** @param {Question} question @param {any} answer */
function hasShape(question, answer) {
  const { blank_proof: blank, choices, individual_proofs: individual, overall_proof: all } = answer;
  const expected = choicesOf(question);
  const totals = question.max - question.min + 1;
  return choices.length === expected
    && individual.length === expected
    && individual.every((/** @type {any[]} */ proofs) => proofs.length === 2)
    && all.length === totals + (question.blank ? 1 : 0)
    && (question.blank ? blank?.length === 2 : blank === undefined);
}

/** @param {Group} group @param {any} ballot @param {string} document */
function checkSignature(group, { credential, signature }, document) {
  const key = parseKey(group, credential);
  const hash = base64Hash(`${document.slice(0, document.lastIndexOf(SIGNATURE))}}`);
  if (signature.hash !== hash || !isKnowledge(group, key, `sig|${hash}|`, signature.proof)) {
    throw new Error('ballot.signature');
  }
}

/**
 * @param {Election} election
 * @param {Question} question
 * @param {string} context
 * @param {any} answer
 * @param {Point[]} points
 */
function checkAnswer({ group, key }, question, context, answer, points) {
  const texts = answer.choices.map((/** @type {any} */ { alpha, beta }) => `${alpha},${beta}`);
  const all = `${context}|${texts.join(',')}`;
  const counted = points.slice(question.blank ? 1 : 0);
  const sum = /** @type {Point} */ ([0, 1].map((side) => (
    productOf(group, counted.map((point) => point[side]))
  )));
  const summed = isShort(question, counted.length) ? counted : [sum];
  const totals = Array.from({ length: question.max - question.min + 1 }, (_, index) => (
    less(summed, question.min + index)
  ));
  const holds = points.every((point, index) => (
    isOneOf(group, key, `prove|${context}|${texts[index]}|`, [less([point], 0), less([point], 1)],
      answer.individual_proofs[index])
  )) && (question.blank
    ? isOneOf(group, key, `bproof0|${all}|`, [less([points[0]], 0), less(summed, 0)],
      answer.blank_proof)
      && isOneOf(group, key, `bproof1|${all}|`, [less([points[0]], 1), ...totals],
        answer.overall_proof)
    : isOneOf(group, key, `prove|${all}|${group.texts(sum).join(',')}|`, totals,
      answer.overall_proof));
  if (!holds) throw new Error('ballot.proof');
}

/** Does raising all counted ciphertexts cost less than the squares of their sum, which are worth five
 * powers? @param {Question} question @param {number} count */
function isShort({ blank, max, min }, count) {
  return (count - 1) * (max - min + (blank ? 2 : 1)) < 5;
}

/** The statement that the sum of these ciphertexts hides `number`. @param {Point[]} points
 * @param {number} number @returns {Statement} */
function less(points, number) {
  return { alphas: points.map(([alpha]) => alpha), betas: points.map(([, beta]) => beta), number };
}
