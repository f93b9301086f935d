/**
 * The page of somebody who counts at a meeting: makes the evening key, and releases counts with it.
 *
 * What this script needs of the page:
 *   [data-evening="<address of the state>"][data-key="<address>"][data-until="<ISO moment>"]
 *     [data-worker][data-integrity]
 *   [data-state="offer|waiting|needed|working|thanks|opened|lost|failed|full|absent|over|silent|
 *     signed_out"]   one shown at a time
 *   button[data-make], button[data-release], [data-list] in "needed", progress,
 *   [data-slot=there], [data-slot=given][data-words] and [data-slot=missing] in "thanks",
 *   details[data-sums] with a list for the sums that were opened, [data-reason="<codes>"] and [data-slot=reason]
 */
import { makeCountKey } from './count.js';
import { isAsked, isSpent } from './evening_key.js';
import { secretGroup } from './group/secret.js';
import { findCountKey, forgetCountKeys, storeCountKey } from './keystore.js';
import { fill, showReason, showState, stayAwake } from './page.js';
import { fillBoxes, fillSums, releaseRound } from './release.js';
import { getJson, pageToken, postJson } from './request.js';
import { placeWithout } from './silence.js';

/**
 * @typedef {import('./release.js').Waiting} Waiting
 * @typedef {import('./release.js').Sum} Sum
 * @typedef {import('./evening_key.js').State} State
 */

const PAUSE_MS = 2000;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-evening]'));
const progress = /** @type {HTMLProgressElement} */ (root.querySelector('progress'));
let shown = '';
let isBusy = false;
/** How many acts were done: an answer that was asked for before the last one is too old. */
let turn = 0;
/** @type {State | null} */
let state = null;
/** @type {Sum[]} what this phone opened with the last tap */
let sums = [];

/** @param {string} name */
function show(name) {
  if (name !== shown) showState(root, name);
  shown = name;
}

async function refresh() {
  const begun = turn;
  const { status, data } = await getJson(root.dataset.evening ?? '');
  const isThere = status === 200 && data;
  const name = isThere ? await placeFor(data) : placeWithout(status, shown);
  const asked = isThere ? await openable(data) : [];
  // An answer from before a tap says nothing about what came after it.
  if (isBusy || begun !== turn) return;
  if (isThere) describe(data, asked);
  show(name);
}

/** @param {State} current @param {Waiting[]} asked */
function describe(current, asked) {
  state = current;
  fill(root, 'there', String(current.there));
  fillBoxes(root, asked);
  const given = current.rounds.find(({ released }) => released);
  if (given) describeGiven(given);
}

/** How many keys are there, and whose are not. @param {Waiting} given */
function describeGiven({ there, needed, missing }) {
  const part = /** @type {HTMLElement} */ (root.querySelector('[data-slot=given]'));
  const words = part.dataset.words ?? '';
  fill(root, 'given', words.replace('{there}', String(there)).replace('{needed}', String(needed)));
  fill(root, 'missing', missing.join(', '));
}

/** What there is to do here. @param {State} current */
async function placeFor(current) {
  if ((await openable(current)).length) return 'needed';
  if (isSpent(current)) {
    await forgetCountKeys(Date.now(), [String(current.meeting)]);
    return 'over';
  }
  if (isAsked(current)) return 'lost';
  if (current.rounds.length) return 'thanks';
  if (current.own) return placeOfHolder(current.own);
  if (!current.may_count) return 'absent';
  return current.there >= current.most ? 'full' : 'offer';
}

/** @param {string} publicKey the own one */
async function placeOfHolder(publicKey) {
  if (await findCountKey(publicKey) === null) return 'lost';
  return sums.length ? 'opened' : 'waiting';
}

/** The rounds that wait for a key which is on this phone. @param {State} current */
async function openable({ rounds }) {
  const found = await Promise.all(rounds.map(async (waiting) => (
    !waiting.released && await findCountKey(waiting.public_key) !== null
  )));
  return rounds.filter((_, index) => found[index]);
}

/**
 * Do what was tapped, once; what goes wrong stays on the page until it is loaded anew.
 * @param {() => Promise<void>} work
 */
async function act(work) {
  if (isBusy) return;
  isBusy = true;
  try {
    await work();
    turn += 1;
    isBusy = false;
    await refresh();
  } catch (error) {
    fail(error);
  }
}

/** @param {unknown} error */
function fail(error) {
  showReason(root, error);
  show('failed');
}

async function make() {
  if (!state) return;
  const key = makeCountKey(secretGroup(state.group));
  const meeting = String(state.meeting);
  const until = Date.parse(root.dataset.until ?? '');
  await storeCountKey(key.publicKey, key.exponent, { meeting, until });
  const { status, code } = await postJson(
    root.dataset.key ?? '', { document: key.document }, pageToken(),
  );
  if (status !== 200) throw new Error(code ?? `count.answer_${status}`);
}

async function release() {
  show('working');
  sums = [];
  for (const waiting of state ? await openable(state) : []) {
    const exponent = await findCountKey(waiting.public_key);
    if (exponent === null) throw new Error('count.no_key');
    sums.push(...await releaseRound(waiting, exponent, root, (share) => {
      progress.value = share;
    }));
  }
  fillSums(root, sums);
}

async function follow() {
  try {
    if (document.visibilityState === 'visible' && !isBusy) await refresh();
  } finally {
    setTimeout(follow, PAUSE_MS);
  }
}

root.querySelectorAll('[data-make]').forEach((button) => {
  button.addEventListener('click', () => act(make));
});
root.querySelectorAll('[data-release]').forEach((button) => {
  button.addEventListener('click', () => act(release));
});
stayAwake();
forgetCountKeys(Date.now()).then(follow, fail);
