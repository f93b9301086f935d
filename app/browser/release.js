/** A round is opened with one's key: every box is checked whole, then all parts are handed in. */
import { checkBox, makePart, requireUnopened, trusteesOf } from './count.js';
import { allOpened, keepOpened } from './keystore.js';
import { pageToken, postJson } from './request.js';

/**
 * @typedef {{question: string, title: string, ballots: number, archive: string,
 *   strong: string}} Box
 * @typedef {{round: string, public_key: string, released: boolean, there: number, needed: number,
 *   minimum: number, questions: Box[], address: string}} Waiting
 */

const PAUSE_MS = 2000;
const TRIES = 5;
const TIMEOUT_MS = 60_000;
const SLICE_MS = 40;
/** What may be otherwise a moment later: no network, a busy server, a part that came meanwhile. */
const PASSING = /^(?:count\.answer_(?:0|429|5\d\d)|strong\.missing)$/;

/**
 * Check every box of a round whole, then open them all. Nothing is handed in for one of them alone.
 * @param {Waiting} waiting
 * @param {bigint} exponent
 * @param {(share: number) => void} onProgress
 * @param {(trustees: string) => void} [requireTrustees] throws for keys of strangers
 */
export async function releaseRound(waiting, exponent, onProgress, requireTrustees) {
  const opened = await allOpened();
  const { public_key: publicKey, minimum, questions } = waiting;
  const parts = [];
  for (const [index, { question, archive, strong }] of questions.entries()) {
    const onEvent = progressOf((share) => onProgress((index + share) / questions.length));
    const { board, bytes } = await again(async () => {
      const box = await download(archive, strong);
      requireTrustees?.(trusteesOf(box.archive));
      const found = await checkBox(box, { question, publicKey, minimum }, onEvent);
      return { board: found, bytes: box.archive };
    });
    requireUnopened(opened, board, bytes);
    parts.push(makePart(board, { exponent, publicKey, document: '' }));
    await keepOpened(question, { hash: board.tally?.hash ?? '', head: board.head });
  }
  await again(async () => {
    const { status } = await postJson(waiting.address, { parts }, pageToken());
    if (status !== 200) throw new Error(`count.answer_${status}`);
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

/** Show how far the check is and leave the page time to breathe.
 * @param {(share: number) => void} tell */
function progressOf(tell) {
  let last = performance.now();
  return (/** @type {number} */ done, /** @type {number} */ all) => {
    tell(done / all);
    if (performance.now() - last < SLICE_MS) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => { last = performance.now(); resolve(undefined); });
    });
  };
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
