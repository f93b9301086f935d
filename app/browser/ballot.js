/** One encrypted, proven and signed ballot for one election, and the body that carries several. */
import { base64Hash, canonical } from './canonical.js';
import { parseKey, productOf, randomScalar, reduce } from './group/group.js';
import { secretGroup } from './group/secret.js';
import { proveKnowledge, proveOneOf } from './proof.js';

/**
 * @typedef {import('./group/group.js').Element} Element
 * @typedef {import('./group/group.js').Group} Group
 * @typedef {{answers: string[], blank?: boolean, min: number, max: number, question: string}}
 *   Question
 * @typedef {{group: string, public_key: string, questions: Question[], uuid: string}} Election
 * @typedef {{value: number, exponent: bigint, alpha: Element, beta: Element, text: string}} Choice
 * @typedef {import('./proof.js').Sealing & {owner: string}} Sealing
 *   owner: election hash and credential
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
export function makeBallot(document, credential, values, draw) {
  const election = /** @type {Election} */ (JSON.parse(document));
  const group = secretGroup(election.group);
  const phi = base64Hash(document);
  const point = group.text(group.generatorPower(credential));
  const sealing = {
    group,
    key: electionKey(group, election.public_key),
    owner: `${phi}|${point}`,
    draw: draw ?? (() => randomScalar(group)),
  };
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: phi,
    credential: point,
    answers: election.questions.map((question, index) => (
      encryptAnswer(question, sealing, values[index])
    )),
  };
  const hash = base64Hash(canonical(unsigned));
  const proof = proveKnowledge(group, `sig|${hash}|`, credential, sealing.draw);
  return canonical({ ...unsigned, signature: { hash, proof } });
}

/** @type {{group: string, text: string, element: Element} | null} */
let lastKey = null;

/**
 * The elections of a round share their key: its table of powers is computed once for all.
 * @param {Group} group
 * @param {string} text
 */
function electionKey(group, text) {
  if (lastKey?.text !== text || lastKey.group !== group.name) {
    lastKey = { group: group.name, text, element: group.prepare(parseKey(group, text)) };
  }
  return lastKey.element;
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
function encrypt({ group, key, draw }, value) {
  const exponent = draw();
  const alpha = group.generatorPower(exponent);
  const ifNot = group.power(key, exponent);
  const ifChosen = group.multiply(ifNot, group.generator);
  const beta = value === 1 ? ifChosen : ifNot;
  return { value, exponent, alpha, beta, text: group.texts([alpha, beta]).join(',') };
}

/** @param {string} text */
function writeChoice(text) {
  const [alpha, beta] = text.split(',');
  return { alpha, beta };
}

/** @param {Sealing} sealing @param {Choice} choice */
function proveBit(sealing, { value, exponent, text }) {
  const prefix = `prove|${sealing.owner}|${text}|`;
  return proveOneOf(sealing, prefix, totals(value, exponent, 0, 1), value);
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

/** @param {Group} group @param {Choice[]} choices */
function combine(group, choices) {
  return {
    value: choices.reduce((sum, choice) => sum + choice.value, 0),
    exponent: reduce(group, choices.reduce((sum, choice) => sum + choice.exponent, 0n)),
  };
}

/** @param {Question} question @param {Sealing} sealing @param {string} all
 * @param {Choice[]} choices */
function proveTotal({ min, max }, sealing, all, choices) {
  const { group } = sealing;
  const { value, exponent } = combine(group, choices);
  const sums = group.texts([
    productOf(group, choices.map((choice) => choice.alpha)),
    productOf(group, choices.map((choice) => choice.beta)),
  ]);
  const statements = totals(value, exponent, min, max);
  return proveOneOf(sealing, `prove|${all}|${sums.join(',')}|`, statements, value - min);
}

/** @param {Question} question @param {Sealing} sealing @param {string} all
 * @param {Choice[]} choices */
function proveTotalOrBlank({ min, max }, sealing, all, [blank, ...rest]) {
  const { value, exponent } = combine(sealing.group, rest);
  const statements = [
    { exponent: blank.exponent, offset: blank.value - 1 }, ...totals(value, exponent, min, max),
  ];
  const index = blank.value === 1 ? 0 : value - min + 1;
  return proveOneOf(sealing, `bproof1|${all}|`, statements, index);
}

/** @param {Sealing} sealing @param {string} all @param {Choice[]} choices */
function proveBlank(sealing, all, [blank, ...rest]) {
  const { value, exponent } = combine(sealing.group, rest);
  const statements = [
    { exponent: blank.exponent, offset: blank.value }, { exponent, offset: value },
  ];
  return proveOneOf(sealing, `bproof0|${all}|`, statements, blank.value);
}

/**
 * The body to post. Its length depends on the questions only: it is filled up to the next step
 * as if every number in it had the greatest number of digits.
 * @param {Group} group
 * @param {{question: string, ballot: string}[]} ballots
 */
export function castBody(group, ballots) {
  const bare = canonical({ ballots, pad: '' });
  const length = new TextEncoder().encode(bare).length;
  const target = Math.ceil((length + missingDigits(group, ballots)) / BODY_STEP) * BODY_STEP;
  return canonical({ ballots, pad: 'x'.repeat(target - length) });
}

/** @param {Group} group @param {{ballot: string}[]} ballots */
function missingDigits({ order, longest }, ballots) {
  const text = ballots.map(({ ballot }) => ballot).join();
  const scalars = text.match(/(?<="(?:challenge|response)":")[0-9]+/g) ?? [];
  const elements = text.match(/(?<="(?:alpha|beta|credential)":")[0-9a-f]+/g) ?? [];
  return missing(scalars, (order - 1n).toString().length) + missing(elements, longest);
}

/** @param {string[]} numbers @param {number} most */
function missing(numbers, most) {
  return numbers.reduce((sum, number) => sum + most - number.length, 0);
}
