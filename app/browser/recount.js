/**
 * Counting a closed round again in the reader's browser.
 *
 * What this script needs of the page: a [data-recount] with one
 *   [data-box="<question>"][data-archive="<address>"][data-words="<JSON: words of the answers>"] for
 *   each question, [data-strong="<address>"] where it was counted; progress;
 *   button[data-start][data-round][data-worker][data-integrity] (hidden without script);
 *   [data-state="working|right|early|wrong|other|withheld|offline"], with a [data-verdict] in
 *   "right", "early" and "wrong", and a[data-evidence] in "other"
 */
import { draw, verdictOf } from './checker/verdict.js';
import { offer, writeEvidence } from './evidence.js';
import { readEvents } from './events.js';
import { continues, withHeads } from './inclusion.js';
import { findReceipt, keepReceipt } from './keystore.js';
import { showState } from './page.js';
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

/** @param {HTMLElement} place @returns {string[]} */
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
  const stored = await findReceipt(round).catch(() => undefined);
  if (!stored) return true;
  const seen = boxes.filter(({ question }) => question in stored.heads).map((box) => (
    { ...box, heads: [...readEvents(box.archive)].map(({ hash }) => hash) }
  ));
  if (seen.every(({ question, heads }) => continues(stored, question, heads))) {
    await keepReceipt(round, withHeads(stored, seen.map(({ question, heads }) => (
      { question, head: heads.at(-1) }
    ))));
    return true;
  }
  const link = /** @type {HTMLAnchorElement} */ (root.querySelector('a[data-evidence]'));
  offer(link, writeEvidence(round, stored, seen, new Date()));
  return false;
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
}
