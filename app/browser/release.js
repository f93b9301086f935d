/** A round is opened with one's key: every box is checked whole, then all parts are handed in. */
import { makePart, requireUnopened } from './count.js';
import { requireContinued } from './inclusion.js';
import { allOpened, findReceipt, keepOpened } from './keystore.js';
import { pageToken, postJson } from './request.js';
import { OtherScript, loadWorker } from './worker.js';

/**
 * @typedef {{question: string, title: string, ballots: number, archive: string,
 *   strong: string}} Box
 * @typedef {{round: string, public_key: string, released: boolean, there: number, needed: number,
 *   minimum: number, missing: string[], questions: Box[], address: string}} Waiting missing: the
 *   names of those whose part is not there
 * @typedef {{title: string, hash: string}} Sum
 */

const PAUSE_MS = 2000;
const TRIES = 5;
const TIMEOUT_MS = 60_000;
const MOST_WORKERS = 4;
/** The least by which progress moves: drawing the bar takes time from the check. */
const STEP = 0.01;
/** What may be otherwise a moment later: no network, a busy server, a part that came meanwhile. */
const PASSING = /^(?:count\.answer_(?:0|429|5\d\d)|strong\.missing)$/;

/**
 * Check every box of a round whole, then open them all. Nothing is handed in for one of them alone.
 * @param {Waiting} waiting
 * @param {bigint} exponent
 * @param {HTMLElement} root says which script the workers run
 * @param {(share: number) => void} onProgress
 * @param {(trustees: string) => void} [requireTrustees] throws for keys of strangers
 * @returns {Promise<Sum[]>} what was opened
 */
export async function releaseRound(waiting, exponent, root, onProgress, requireTrustees) {
  const opened = await allOpened();
  const receipt = await findReceipt(waiting.round);
  const parts = [];
  const boxes = await checkAll(waiting, await again(() => workersOf(root)), onProgress);
  for (const box of boxes) {
    requireTrustees?.(box.trustees);
    requireUnopened(opened, box);
    requireContinued(receipt, box);
    parts.push(makePart(box, waiting.public_key, exponent));
    await keepOpened(box.uuid, { hash: box.hash, head: box.heads[box.heads.length - 1] });
  }
  await again(async () => {
    const { status } = await postJson(waiting.address, { parts }, pageToken());
    if (status !== 200) throw new Error(`count.answer_${status}`);
  });
  return boxes.map(({ hash }, at) => ({ title: waiting.questions[at].title, hash }));
}

/** @param {HTMLElement} root */
async function workersOf({ dataset: { worker = '', integrity = '' } }) {
  return loadWorker(worker, integrity).catch((error) => {
    throw new Error(error instanceof OtherScript ? 'count.other_script' : 'count.answer_0');
  });
}

/**
 * Share the boxes out among workers; the answers stand in the order of the boxes.
 * @param {Waiting} waiting
 * @param {() => Worker} startWorker
 * @param {(share: number) => void} onProgress
 */
async function checkAll({ questions, public_key: publicKey, minimum }, startWorker, onProgress) {
  const shares = questions.map(() => 0);
  let told = 0;
  const tell = () => {
    const done = shares.reduce((sum, one) => sum + one) / shares.length;
    if (done < told + STEP) return;
    told = done;
    onProgress(done);
  };
  /** @type {import('./box.js').Checked[]} */
  const checked = [];
  const left = [...questions.keys()];
  const workers = Array.from({
    length: Math.min(navigator.hardwareConcurrency, MOST_WORKERS, questions.length),
  }, startWorker);
  const work = async (/** @type {Worker} */ worker) => {
    for (let at = left.shift(); at !== undefined; at = left.shift()) {
      const place = at;
      const { question, archive, strong } = questions[place];
      const expected = { question, publicKey, minimum };
      checked[place] = await again(async () => (
        check(worker, await download(archive, strong), expected, (share) => {
          shares[place] = share;
          tell();
        })
      ));
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    workers.forEach((worker) => worker.terminate());
  }
  return checked;
}

/**
 * @param {Worker} worker
 * @param {import('./box.js').Box} box
 * @param {import('./box.js').Expected} expected
 * @param {(share: number) => void} tell
 * @returns {Promise<import('./box.js').Checked>}
 */
function check(worker, box, expected, tell) {
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('count.worker'));
    worker.onmessage = ({ data: { share, checked, reason } }) => {
      if (share !== undefined) tell(share);
      else if (checked) resolve(checked);
      else reject(new Error(reason));
    };
    worker.postMessage({ box, expected });
  });
}

/**
 * Try again what may be otherwise a moment later, because the network in a hall is bad.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function again(work, tries = TRIES) {
  try {
    return await work();
  } catch (error) {
    const isPassing = error instanceof Error && PASSING.test(error.message);
    if (tries <= 1 || !isPassing) throw error;
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    return again(work, tries - 1);
  }
}

/** A box and the proofs of those who were there, which may be nobody.
 * @param {string} archive @param {string} strong addresses */
async function download(archive, strong) {
  const box = await fetchBytes(archive);
  const proofs = await fetchBytes(strong);
  return { archive: box, strong: proofs.length ? new TextDecoder().decode(proofs) : null };
}

/** @param {string} address */
async function fetchBytes(address) {
  const response = await fetch(address, {
    cache: 'no-store', credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (!response?.ok) throw new Error(`count.answer_${response?.status ?? 0}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** List the questions that wait, with how many voted. @param {ParentNode} root
 * @param {Waiting[]} asked */
export function fillBoxes(root, asked) {
  const lines = asked.flatMap(({ questions }) => questions).map(({ title, ballots }) => {
    const line = document.createElement('li');
    const name = document.createElement('bdi');
    name.textContent = title;
    line.append(name, ` (${ballots})`);
    return line;
  });
  root.querySelector('[data-list]')?.replaceChildren(...lines);
}

/** Name the sums that this device has opened, so that they can be compared with the board's.
 * @param {ParentNode} root @param {Sum[]} sums */
export function fillSums(root, sums) {
  root.querySelectorAll('[data-sums]').forEach((part) => {
    /** @type {HTMLElement} */ (part).hidden = sums.length === 0;
    part.querySelector('ul')?.replaceChildren(...sums.map(sumLine));
  });
}

/** @param {Sum} sum */
function sumLine({ title, hash }) {
  const line = document.createElement('li');
  const name = document.createElement('bdi');
  const code = document.createElement('code');
  name.textContent = title;
  code.textContent = hash;
  line.append(name, document.createElement('br'), code);
  return line;
}
