/** One encrypted, proven and signed ballot for one election, and the body that carries several. */
import { base64Hash, canonical } from './canonical.js';
import {
  GENERATOR, SCALAR_DIGITS, elementText, elementTexts, generatorPower, parseKey, power, product,
  randomScalar, reduce,
} from './group.js';
import { proveKnowledge, proveOneOf } from './proof.js';

/**
 * @typedef {import('./group.js').Element} Element
 * @typedef {{answers: string[], blank?: boolean, min: number, max: number, question: string}}
 *   Question
 * @typedef {{public_key: string, questions: Question[], uuid: string}} Election
 * @typedef {{value: number, exponent: bigint, alpha: Element, beta: Element, text: string}} Choice
 * @typedef {{key: Element, owner: string, draw: () => bigint}} Sealing
 *   owner: election hash and credential; draw: secret scalars
 */

const BODY_STEP = 4096;

/**
 * Make the canonical text of a ballot.
 * @param {string} document canonical election document
 * @param {bigint} credential secret exponent of the voter
 * @param {number[][]} values per question 0 or 1 per choice; a blank choice comes first
 * @param {() => bigint} [draw] secret scalars; a paper's come from its own secret
 * @returns {string}
 */
export function makeBallot(document, credential, values, draw = randomScalar) {
  const election = /** @type {Election} */ (JSON.parse(document));
  const phi = base64Hash(document);
  const point = elementText(generatorPower(credential));
  const sealing = { key: electionKey(election.public_key), owner: `${phi}|${point}`, draw };
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: phi,
    credential: point,
    answers: election.questions.map((question, index) => (
      encryptAnswer(question, sealing, values[index])
    )),
  };
  const hash = base64Hash(canonical(unsigned));
  const proof = proveKnowledge(`sig|${hash}|`, credential, draw);
  return canonical({ ...unsigned, signature: { hash, proof } });
}

/** @type {{text: string, point: Element} | null} */
let lastKey = null;

/**
 * The elections of a round share their key: its table of multiples is computed once for all.
 * @param {string} text
 */
function electionKey(text) {
  if (lastKey?.text !== text) lastKey = { text, point: parseKey(text).precompute(6, false) };
  return lastKey.point;
}

/** The number under which a ballot is found on the board. @param {string} ballot */
export function tracker(ballot) {
  return base64Hash(ballot);
}

/** @param {Question} question @param {Sealing} sealing @param {number[]} values */
function encryptAnswer(question, sealing, values) {
  requireLawful(question, values);
  const choices = values.map((value) => encrypt(sealing, value));
  const answer = {
    choices: choices.map(({ text }) => writeChoice(text)),
    individual_proofs: choices.map((choice) => proveBit(sealing, choice)),
  };
  const all = `${sealing.owner}|${choices.map((choice) => choice.text).join(',')}`;
  if (!question.blank) return { ...answer, overall_proof: proveTotal(question, sealing, all, choices) };
  return {
    ...answer,
    overall_proof: proveTotalOrBlank(question, sealing, all, choices),
    blank_proof: proveBlank(sealing, all, choices),
  };
}

/** @param {Question} question @param {number[]} values */
function requireLawful({ answers, blank, min, max }, values) {
  const chosen = values.slice(blank ? 1 : 0);
  const total = chosen.reduce((sum, value) => sum + value, 0);
  const isBlank = blank && values[0] === 1;
  if (chosen.length !== answers.length || values.some((value) => value !== 0 && value !== 1)) {
    throw new Error('ballot.shape');
  }
  if (isBlank ? total !== 0 : total < min || total > max) throw new Error('ballot.shape');
}

/** @param {Sealing} sealing @param {number} value @returns {Choice} */
function encrypt({ key, draw }, value) {
  const exponent = draw();
  const alpha = generatorPower(exponent);
  const ifNot = power(key, exponent);
  const ifChosen = ifNot.add(GENERATOR);
  const beta = value === 1 ? ifChosen : ifNot;
  return { value, exponent, alpha, beta, text: elementTexts([alpha, beta]).join(',') };
}

/** @param {string} text */
function writeChoice(text) {
  const [alpha, beta] = text.split(',');
  return { alpha, beta };
}

/** @param {Sealing} sealing @param {Choice} choice */
function proveBit({ key, owner, draw }, { value, exponent, text }) {
  return proveOneOf(`prove|${owner}|${text}|`, key, totals(value, exponent, 0, 1), value, draw);
}

/**
 * The statements "this hides k" for k from min to max.
 * @param {number} value what it hides
 * @param {bigint} exponent
 * @param {number} min
 * @param {number} max
 */
function totals(value, exponent, min, max) {
  return Array.from({ length: max - min + 1 }, (_, index) => (
    { exponent, offset: value - min - index }
  ));
}

/** @param {Choice[]} choices */
function combine(choices) {
  return {
    value: choices.reduce((sum, choice) => sum + choice.value, 0),
    exponent: reduce(choices.reduce((sum, choice) => sum + choice.exponent, 0n)),
  };
}

/** @param {Question} question @param {Sealing} sealing @param {string} all
 * @param {Choice[]} choices */
function proveTotal({ min, max }, { key, draw }, all, choices) {
  const { value, exponent } = combine(choices);
  const sums = elementTexts([
    product(choices.map((choice) => choice.alpha)), product(choices.map((choice) => choice.beta)),
  ]);
  const statements = totals(value, exponent, min, max);
  return proveOneOf(`prove|${all}|${sums.join(',')}|`, key, statements, value - min, draw);
}

/** @param {Question} question @param {Sealing} sealing @param {string} all
 * @param {Choice[]} choices */
function proveTotalOrBlank({ min, max }, { key, draw }, all, [blank, ...rest]) {
  const { value, exponent } = combine(rest);
  const statements = [
    { exponent: blank.exponent, offset: blank.value - 1 }, ...totals(value, exponent, min, max),
  ];
  const index = blank.value === 1 ? 0 : value - min + 1;
  return proveOneOf(`bproof1|${all}|`, key, statements, index, draw);
}

/** @param {Sealing} sealing @param {string} all @param {Choice[]} choices */
function proveBlank({ key, draw }, all, [blank, ...rest]) {
  const { value, exponent } = combine(rest);
  const statements = [
    { exponent: blank.exponent, offset: blank.value }, { exponent, offset: value },
  ];
  return proveOneOf(`bproof0|${all}|`, key, statements, blank.value, draw);
}

/**
 * The body to post. Its length depends on the questions only: it is filled up to the next step
 * as if every scalar had the greatest number of digits.
 * @param {{question: string, ballot: string}[]} ballots
 */
export function castBody(ballots) {
  const bare = canonical({ ballots, pad: '' });
  const length = new TextEncoder().encode(bare).length;
  const target = Math.ceil((length + missingDigits(ballots)) / BODY_STEP) * BODY_STEP;
  return canonical({ ballots, pad: 'x'.repeat(target - length) });
}

/** @param {{ballot: string}[]} ballots */
function missingDigits(ballots) {
  const scalars = ballots.flatMap(({ ballot }) => (
    ballot.match(/(?<="(?:challenge|response)":")[0-9]+/g) ?? []
  ));
  return scalars.reduce((sum, scalar) => sum + SCALAR_DIGITS - scalar.length, 0);
}
