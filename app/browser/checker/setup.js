/** What an election begins with: the election document, who holds the keys, the roll. */
import { base64Hash, hexHash } from '../canonical.js';
import { parseKey } from '../group/group.js';
import { groupOf } from './groups.js';
import { array, digest, natural, only, parse, read, record, text } from './shape.js';
import { parseTrustees } from './trustees.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {import('../group/group.js').Element} Element
 * @typedef {{answers: string[], blank?: true, min: number, max: number, question: string}} Question
 * @typedef {{uuid: string, phi: string, name: string, description: string, group: Group,
 *   publicKey: string, key: Element, questions: Question[]}} Election
 * @typedef {{election: Election, trustees: import('./trustees.js').Trustees,
 *   roll: Set<string>}} Setup
 */

const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,}$/;
const QUESTION = record({
  answers: array(text), '?blank': only, min: natural, max: natural, question: text,
});
const ELECTION = record({
  version: natural,
  description: text,
  name: text,
  group: text,
  public_key: text,
  questions: array(questionShape),
  uuid: text,
  '?administrator': text,
  '?credential_authority': text,
});
const HASHES = record({ election: digest, trustees: digest, credentials: digest });

/** @param {any} value @returns {Question} */
function questionShape(value) {
  if (value && typeof value === 'object' && 'type' in value) throw new Error('unsupported');
  return QUESTION(value);
}

/** The number of ciphertexts of one ballot: a blank takes the first. @param {Question} question */
export function choicesOf({ answers, blank }) {
  return answers.length + (blank ? 1 : 0);
}

/**
 * @param {string[]} documents election, trustees, public credentials and their hashes
 * @returns {Setup}
 */
export function parseSetup([election, trustees, credentials, hashes]) {
  const named = read(hashes, HASHES);
  const isNamed = named.election === hexHash(election)
    && named.trustees === hexHash(trustees)
    && named.credentials === hexHash(credentials);
  if (!isNamed) throw new Error('archive.event');
  const parsed = parseElection(election);
  const keys = parseTrustees(parsed.group, trustees);
  if (keys.publicKey !== parsed.publicKey) throw new Error('trustees.key');
  return { election: parsed, trustees: keys, roll: parseRoll(parsed.group, credentials) };
}

/** @param {string} document @returns {Election} */
export function parseElection(document) {
  const { version } = parse(document) ?? {};
  if (Number.isInteger(version) && version !== 1) throw new Error('unsupported');
  const parsed = read(document, ELECTION);
  const group = groupOf(parsed.group);
  if (!UUID.test(parsed.uuid)) throw new Error('setup.uuid');
  if (!parsed.questions.length || !parsed.questions.every(isCountable)) {
    throw new Error('setup.question');
  }
  return {
    uuid: parsed.uuid,
    phi: base64Hash(document),
    name: parsed.name,
    description: parsed.description,
    group,
    publicKey: parsed.public_key,
    key: group.prepare(parseKey(group, parsed.public_key)),
    questions: parsed.questions,
  };
}

/** @param {Question} question */
function isCountable({ answers, min, max }) {
  return min <= max && max <= answers.length && max >= 1;
}

/** @param {Group} group @param {string} document */
function parseRoll(group, document) {
  const points = read(document, array(text));
  for (const point of points) {
    if (point.includes(',')) throw new Error('unsupported');
    parseKey(group, point);
  }
  const roll = new Set(points);
  if (roll.size !== points.length) throw new Error('credentials.duplicate');
  return roll;
}
