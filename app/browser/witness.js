/**
 * This phone as a witness of its member's boxes: each must go on from what it has seen of it, from
 * the first time it is told of it. One small request tells whether anything has changed; the chain
 * is read only where it has.
 */
import {
  firstOther, firstSeen, headsOf, withHeads,
} from './inclusion.js';
import { keepReceipt, keepSeen, keptReceipts } from './keystore.js';
import { languagePrefix } from './page.js';
import { getBytes, getJson } from './request.js';

/**
 * @typedef {import('./keystore.js').StoredReceipt} StoredReceipt
 * @typedef {{until: string | null, is_void: boolean, heads: Record<string, string>}} Told a round
 * @typedef {{member: string, rounds: Record<string, Told>}} Answer
 * @typedef {{round: string, isThere: boolean, stored: StoredReceipt, seen: string, given?: string,
 *   questions: string[]}} Other a round whose boxes do not go on; isThere: the server knows it
 */

/** For this tab: the mark of the answer with which all was in order. */
const MARK = 'heads';

/**
 * The first round whose boxes do not go on; null where all do, or nothing can be said.
 * @param {AbortSignal} leaving from then on nothing new is kept
 * @returns {Promise<Other | null>}
 */
export async function findOther(leaving) {
  const now = Date.now();
  let kept = await keptReceipts(now);
  const answer = await ask(leaving, kept.size > 0);
  if (!answer) return null;
  const { told, mark } = answer;
  const seen = firstSeen(kept, told, now);
  if (seen.size) {
    await keepSeen(seen);
    kept = await keptReceipts(now);
  }
  let isWhole = true;
  for (const [round, stored] of kept) {
    const found = await compareRound(round, stored, told);
    if (found === 'silent') isWhole = false;
    else if (found) return found;
  }
  if (isWhole) sessionStorage.setItem(MARK, mark);
  return null;
}

/**
 * Every phone asks, whatever it keeps. What a phone that has forgotten all was told is new to it.
 * @param {AbortSignal} signal
 * @param {boolean} remembers
 * @returns {Promise<{told: Answer, mark: string} | null>} null: no answer, or nothing new
 */
async function ask(signal, remembers) {
  const mark = remembers ? sessionStorage.getItem(MARK) : null;
  const headers = { Accept: 'application/json', ...(mark ? { 'If-None-Match': mark } : {}) };
  try {
    const response = await fetch('/booth/heads', { cache: 'no-store', headers, signal });
    if (!response.ok) return null;
    return { told: await response.json(), mark: response.headers.get('ETag') ?? '' };
  } catch {
    return null;
  }
}

/** @param {string} round @param {StoredReceipt} stored @param {Answer} answer */
async function compareRound(round, stored, { member, rounds }) {
  const told = rounds[round];
  if (told?.is_void) return null;
  if (!told) return isMissed(stored, member) ? missed(round, stored) : null;
  const changed = Object.keys(stored.heads).filter((question) => (
    told.heads[question] !== stored.heads[question] || stored.before?.[question]
  ));
  const boxes = await boxesOf(round, changed);
  if (!boxes) return 'silent';
  const other = firstOther(stored, boxes);
  if (other) return { ...other, round, isThere: true, stored, questions: changed };
  await keep(round, stored, boxes, { until: told.until, member });
  return null;
}

/** Whether the server owes this member a box that it does not name.
 * @param {StoredReceipt} stored @param {string} member */
function isMissed(stored, member) {
  return stored.member === member && stored.until !== undefined;
}

/** @param {string} round @param {StoredReceipt} stored @returns {Other} */
function missed(round, stored) {
  const [seen] = Object.values(stored.heads);
  return { round, isThere: false, stored, seen, questions: Object.keys(stored.heads) };
}

/** @param {string} round @param {string[]} questions */
async function boxesOf(round, questions) {
  if (questions.length === 0) return [];
  const { status, data } = await getJson(`/booth/${round}/chains`);
  if (status !== 200) return null;
  return questions.map((question) => ({ question, heads: headsOf(data[question] ?? []) }));
}

/**
 * The first day that was named for the deletion stays: a later word cannot make the phone forget.
 * @param {string} round
 * @param {StoredReceipt} stored
 * @param {{question: string, heads: string[]}[]} boxes
 * @param {{until: string | null, member: string}} told
 */
async function keep(round, stored, boxes, { until, member }) {
  const seen = boxes.map(({ question, heads }) => ({ question, head: heads.at(-1) }));
  const named = { member, until: stored.until ?? until ?? undefined };
  const isKnown = named.member === stored.member && named.until === stored.until;
  if (seen.length || !isKnown) await keepReceipt(round, { ...withHeads(stored, seen), ...named });
}

/** Where "Etwas stimmt nicht" is said of a round that the server knows.
 * @param {Other} other */
export function placeToReport({ round, stored }) {
  const receipt = stored.receipt && `?beleg=${stored.receipt}`;
  return `${languagePrefix()}/abstimmung/${round}/melden${receipt}`;
}

/** The boxes as this phone gets them now, for the evidence; empty where it gets none.
 * @param {Other} other */
export function loadGiven({ round, questions }) {
  return Promise.all(questions.map(async (question) => ({
    question,
    archive: await getBytes(`/booth/${round}/${question}.bel`) ?? new Uint8Array(),
  })));
}
