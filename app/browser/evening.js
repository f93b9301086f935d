/**
 * The page of somebody who counts at a meeting: makes the evening key, and releases counts with it.
 *
 * What this script needs of the page:
 *   [data-evening="<address of the state>"][data-key="<address>"][data-until="<ISO moment>"]
 *     [data-worker][data-integrity]
 *   [data-state="offer|waiting|needed|working|lost|failed|full|absent|over"]    one shown at a time
 *   button[data-make], button[data-release], [data-list] in "needed", [data-slot="progress"],
 *   progress, [data-slot="there"]
 */
import { makeCountKey } from './count.js';
import { findCountKey, forgetCountKeys, storeCountKey } from './keystore.js';
import { fill, showState } from './page.js';
import { fillBoxes, releaseRound } from './release.js';
import { getJson, pageToken, postJson } from './request.js';

/**
 * @typedef {import('./release.js').Waiting} Waiting
 * @typedef {{own: string | null, is_over: boolean, may_count: boolean, there: number, most: number,
 *   rounds: Waiting[]}} State
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

/** @param {string} name */
function show(name) {
  if (name !== shown) showState(root, name);
  shown = name;
}

async function refresh() {
  const begun = turn;
  const answer = await getJson(root.dataset.evening ?? '');
  if (answer.status !== 200 || !answer.data) return;
  const name = await placeFor(answer.data);
  const asked = await openable(answer.data);
  // An answer from before a tap says nothing about what came after it.
  if (isBusy || begun !== turn) return;
  state = answer.data;
  fill(root, 'there', String(answer.data.there));
  fillBoxes(root, asked);
  show(name);
}

/** What there is to do here. @param {State} current */
async function placeFor(current) {
  if (current.is_over) {
    await forgetCountKeys(Date.now(), true);
    return 'over';
  }
  if ((await openable(current)).length) return 'needed';
  if (current.own && await findCountKey(current.own)) return 'waiting';
  if (current.own || isAsked(current)) return 'lost';
  if (!current.may_count) return 'absent';
  return current.there >= current.most ? 'full' : 'offer';
}

/** @param {State} current */
function isAsked({ rounds }) {
  return rounds.some(({ released }) => !released);
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
    fill(root, 'reason', error instanceof Error ? error.message : '');
    show('failed');
  }
}

async function make() {
  const key = makeCountKey();
  const until = Date.parse(root.dataset.until ?? '');
  await storeCountKey(key.publicKey, key.exponent, until);
  const { status } = await postJson(root.dataset.key ?? '', { document: key.document }, pageToken());
  if (status !== 200) throw new Error(`count.answer_${status}`);
}

async function release() {
  show('working');
  for (const waiting of state ? await openable(state) : []) {
    const exponent = await findCountKey(waiting.public_key);
    if (exponent === null) throw new Error('count.no_key');
    await releaseRound(waiting, exponent, root, (share) => { progress.value = share; });
  }
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
forgetCountKeys(Date.now()).then(follow, () => show('failed'));
