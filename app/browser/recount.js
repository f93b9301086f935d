/**
 * Counting a closed round again in the reader's browser.
 *
 * What this script needs of the page: a [data-recount] with one
 *   [data-box="<question>"][data-archive="<address>"][data-words="<JSON: what voters read>"] for
 *   each question, [data-strong="<address>"] where it was counted, [data-chain="<address>"] where
 *   everybody may read it: then the phone compares unasked; progress;
 *   button[data-start][data-round][data-worker][data-integrity] (hidden without script);
 *   [data-state="working|right|early|wrong|other|withheld|offline"], with a [data-verdict] in
 *   "right", "early" and "wrong", and a[data-report], a[data-evidence] in "other"
 */
import { draw, verdictOf } from './checker/verdict.js';
import { carry, offer, writeEvidence } from './evidence.js';
import { readEvents } from './events.js';
import { firstOther, headsOf, withHeads } from './inclusion.js';
import { findReceipt, keepReceipt } from './keystore.js';
import { showState } from './page.js';
import { getBytes, getJson } from './request.js';
import { loadWorker } from './worker.js';

/**
 * @typedef {import('./checker/account.js').Account} Account
 * @typedef {{question: string, archive: Uint8Array, strong: string | null}} Box
 */

const MOST_WORKERS = 4;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-recount]'));
const progress = /** @type {HTMLProgressElement | null} */ (root?.querySelector('progress'));
const start = /** @type {HTMLElement | null} */ (root?.querySelector('[data-start]'));

/** The box is for members only, or its day is over. */
class Withheld extends TypeError {}

/** @param {string} address */
async function download(address) {
  const response = await fetch(address, { cache: 'no-store' });
  if (response.status === 403 || response.status === 410) throw new Withheld();
  if (!response.ok) throw new TypeError(`status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {HTMLElement} place @returns {Promise<Box>} */
async function load({ dataset: { box = '', archive = '', strong } }) {
  return {
    question: box,
    archive: await download(archive),
    strong: strong ? new TextDecoder().decode(await download(strong)) : null,
  };
}

/** @param {HTMLElement} place @returns {import('./checker/verdict.js').Words} */
function wordsOf({ dataset: { words = '' } }) {
  return JSON.parse(words);
}

/** @param {Worker} worker @param {Box} box @param {(share: number) => void} tell
 * @returns {Promise<Account>} */
function checkBox(worker, { question, archive, strong }, tell) {
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new TypeError('worker'));
    worker.onmessage = ({ data: { share, account } }) => {
      if (share !== undefined) tell(share);
      else if (account.uuid && account.uuid !== question) {
        resolve({ verdict: 'wrong', reason: 'ballot.election', height: null });
      } else resolve(account);
    };
    worker.postMessage({ archive, strong });
  });
}

/** Share the boxes out among workers; the answers stand in the order of the boxes.
 * @param {() => Worker} startWorker @param {Box[]} boxes @returns {Promise<Account[]>} */
async function checkAll(startWorker, boxes) {
  const shares = boxes.map(() => 0);
  /** @type {Account[]} */
  const accounts = [];
  const waiting = [...boxes.keys()];
  const work = async () => {
    const worker = startWorker();
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      const place = at;
      accounts[place] = await checkBox(worker, boxes[place], (share) => {
        shares[place] = share;
        if (progress) progress.value = shares.reduce((sum, one) => sum + one) / boxes.length;
      });
    }
    worker.terminate();
  };
  const most = Math.min(navigator.hardwareConcurrency, MOST_WORKERS, boxes.length);
  await Promise.all(Array.from({ length: most }, work));
  return accounts;
}

/** Whether the boxes go on from what this phone has seen of them; what it has seen now is kept.
 * @param {string} round @param {Box[]} boxes */
async function isContinued(round, boxes) {
  const seen = boxes.map(({ question, archive }) => (
    { question, archive, heads: [...readEvents(archive)].map(({ hash }) => hash) }
  ));
  return isFollowed(round, seen, () => Promise.resolve(seen));
}

/**
 * Compare boxes with what this phone keeps of them, if it keeps anything.
 * @param {string} round
 * @param {{question: string, heads: string[]}[]} boxes
 * @param {() => Promise<{question: string, archive: Uint8Array}[]>} loadGiven for the evidence
 */
async function isFollowed(round, boxes, loadGiven) {
  const stored = await findReceipt(round).catch(() => undefined);
  if (!stored) return true;
  const seen = boxes.filter(({ question }) => question in stored.heads);
  const other = firstOther(stored, seen);
  if (!other) {
    await keepReceipt(round, withHeads(stored, seen.map(({ question, heads }) => (
      { question, head: heads.at(-1) }
    ))));
    return true;
  }
  const given = (await loadGiven()).filter(({ question }) => question in stored.heads);
  const link = /** @type {HTMLAnchorElement} */ (root.querySelector('a[data-evidence]'));
  offer(link, writeEvidence(round, stored, given, new Date()));
  carry(root.querySelector('a[data-report]'), other);
  return false;
}

/** @param {HTMLElement} place */
async function loadChain({ dataset: { box = '', chain = '' } }) {
  const { status, data } = await getJson(chain);
  return status === 200 ? [{ question: box, heads: headsOf(data) }] : [];
}

/** @param {HTMLElement} place */
async function loadArchive({ dataset: { box = '', archive = '' } }) {
  return { question: box, archive: await getBytes(archive) ?? new Uint8Array() };
}

/** Every reader's browser asks for the chains: nobody sees from that who keeps a receipt.
 * @param {DOMStringMap} needed */
async function compareUnasked({ round = '' }) {
  const places = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-chain]')]);
  const boxes = (await Promise.all(places.map(loadChain))).flat();
  const isRight = await isFollowed(round, boxes, () => Promise.all(places.map(loadArchive)));
  if (!isRight) showState(root, 'other');
}

/** @param {DOMStringMap} needed */
async function recount({ worker = '', integrity = '', round = '' }) {
  showState(root, 'working');
  const places = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-box]')]);
  try {
    const startWorker = await loadWorker(worker, integrity);
    const boxes = await Promise.all(places.map(load));
    const accounts = await checkAll(startWorker, boxes);
    const verdict = verdictOf(accounts);
    if (verdict !== 'wrong' && !await isContinued(round, boxes)) showState(root, 'other');
    else {
      const { lang } = document.documentElement;
      root.querySelector(`[data-state=${verdict}] [data-verdict]`)
        ?.replaceChildren(...draw(accounts, lang, places.map(wordsOf)));
      showState(root, verdict);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    showState(root, error instanceof Withheld ? 'withheld' : 'offline');
  }
}

if (start) {
  start.hidden = false;
  start.addEventListener('click', () => recount(start.dataset));
  compareUnasked(start.dataset).catch(() => undefined);
}
