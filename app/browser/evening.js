/**
 * The page of somebody who counts at a meeting: makes the evening key, and releases counts with it.
 *
 * What this script needs of the page:
 *   [data-evening="<address of the state>"][data-key="<address>"][data-until="<ISO moment>"]
 *   [data-state="offer|waiting|needed|working|lost|failed|full|absent|over"]    one shown at a time
 *   button[data-make], button[data-release], [data-list] in "needed", [data-slot="progress"],
 *   progress, [data-slot="there"]
 */
import { checkBox, makeCountKey, makePart, requireUnopened } from './count.js';
import { allOpened, findCountKey, forgetCountKeys, keepOpened, storeCountKey } from './keystore.js';
import { fill, showState } from './page.js';
import { getJson, pageToken, postJson } from './request.js';

/**
 * @typedef {{question: string, title: string, ballots: number, archive: string}} Box
 * @typedef {{round: string, public_key: string, released: boolean, there: number, needed: number,
 *   questions: Box[], address: string}} Waiting
 * @typedef {{own: string | null, is_over: boolean, may_count: boolean, there: number, most: number,
 *   rounds: Waiting[]}} State
 */

const PAUSE_MS = 2000;
const TRIES = 5;
const SLICE_MS = 40;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-evening]'));
const progress = /** @type {HTMLProgressElement} */ (root.querySelector('progress'));
let shown = '';
let isBusy = false;
/** @type {State | null} */
let state = null;

/** @param {string} name */
function show(name) {
  if (name !== shown) showState(root, name);
  shown = name;
}

async function refresh() {
  if (isBusy) return;
  const answer = await getJson(root.dataset.evening ?? '');
  if (answer.status === 200) {
    state = answer.data;
    await place(answer.data);
  }
}

/** @param {State} current */
async function place(current) {
  if (current.is_over) {
    await forgetCountKeys(Date.now(), true);
    return show('over');
  }
  fill(root, 'there', String(current.there));
  const asked = await openable(current);
  fillList(asked);
  if (asked.length) return show('needed');
  if (current.own && await findCountKey(current.own)) return show('waiting');
  if (current.own || isAsked(current)) return show('lost');
  if (!current.may_count) return show('absent');
  return show(current.there >= current.most ? 'full' : 'offer');
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

/** @param {Waiting[]} asked */
function fillList(asked) {
  const list = /** @type {HTMLElement} */ (root.querySelector('[data-list]'));
  const lines = asked.flatMap(({ questions }) => questions).map(({ title, ballots }) => {
    const line = document.createElement('li');
    const name = document.createElement('bdi');
    name.textContent = title;
    line.append(name, ` (${ballots})`);
    return line;
  });
  list.replaceChildren(...lines);
}

async function make() {
  if (isBusy) return;
  isBusy = true;
  const key = makeCountKey();
  const until = Date.parse(root.dataset.until ?? '');
  await storeCountKey(key.publicKey, key.exponent, until);
  const { status } = await postJson(root.dataset.key ?? '', { document: key.document }, pageToken());
  isBusy = false;
  if (status === 200) await refresh();
  else show('failed');
}

async function release() {
  if (isBusy || !state) return;
  isBusy = true;
  show('working');
  try {
    for (const waiting of await openable(state)) await releaseRound(waiting);
    isBusy = false;
    await refresh();
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    fill(root, 'reason', reason);
    show('failed');
  } finally {
    isBusy = false;
  }
}

/** Check every box of a round whole, then open them all. @param {Waiting} waiting */
async function releaseRound(waiting) {
  const exponent = await findCountKey(waiting.public_key);
  if (exponent === null) throw new Error('count.no_key');
  const opened = await allOpened();
  const parts = [];
  for (const [index, box] of waiting.questions.entries()) {
    const archive = await again(() => download(box.archive));
    const onEvent = progressOf(index, waiting.questions.length);
    const board = await checkBox(archive, box.question, waiting.public_key, onEvent);
    requireUnopened(opened, board);
    parts.push(makePart(board, { exponent, publicKey: waiting.public_key, document: '' }));
    await keepOpened(box.question, { hash: board.tally?.hash ?? '', head: board.head });
  }
  await again(async () => {
    const { status } = await postJson(waiting.address, { parts }, pageToken());
    if (status !== 200) throw new Error(`count.answer_${status}`);
  });
}

/**
 * Try a request that may be repeated, because the network in a hall is bad.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function again(work, tries = TRIES) {
  try {
    return await work();
  } catch (error) {
    if (tries <= 1) throw error;
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    return again(work, tries - 1);
  }
}

/** @param {string} address */
async function download(address) {
  const response = await fetch(address, { cache: 'no-store', credentials: 'same-origin' });
  if (!response.ok) throw new Error(`count.answer_${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Show how far the check is and leave the page time to breathe. @param {number} index
 * @param {number} count */
function progressOf(index, count) {
  let last = performance.now();
  return (/** @type {number} */ done, /** @type {number} */ all) => {
    progress.value = (index + done / all) / count;
    if (performance.now() - last < SLICE_MS) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => { last = performance.now(); resolve(undefined); });
    });
  };
}

async function follow() {
  if (document.visibilityState === 'visible') await refresh();
  setTimeout(follow, PAUSE_MS);
}

root.querySelectorAll('[data-make]').forEach((button) => button.addEventListener('click', make));
root.querySelectorAll('[data-release]').forEach((one) => one.addEventListener('click', release));
forgetCountKeys(Date.now()).then(follow, () => show('failed'));
