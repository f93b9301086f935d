/**
 * Counting a closed round again in the reader's browser.
 *
 * What this script needs of the page: a [data-recount] with one
 *   [data-box="<question>"][data-archive="<address>"] for each question, [data-strong="<address>"]
 *   where it was counted; button[data-start] (hidden without script); [data-state="working|right|
 *   early|wrong|offline"] with progress, [data-slot="ballots"], [data-slot="reason"], [data-counts]
 */
import { verify } from './checker/verify.js';
import { fill, showState } from './page.js';

/** @typedef {import('./checker/verify.js').Accepted} Accepted */

const SLICE_MS = 40;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-recount]'));
const progress = root?.querySelector('progress');
const start = /** @type {HTMLElement | null} */ (root?.querySelector('[data-start]'));

/** @param {string} address */
async function download(address) {
  const response = await fetch(address, { cache: 'no-store' });
  if (!response.ok) throw new TypeError(`status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {HTMLElement} box @param {(done: number) => void} tell */
async function recountBox(box, tell) {
  const { archive = '', strong } = box.dataset;
  const bytes = await download(archive);
  const proof = strong ? new TextDecoder().decode(await download(strong)) : null;
  let last = performance.now();
  const found = await verify(bytes, proof, {
    onEvent: (done, all) => {
      tell(done / all);
      if (performance.now() - last < SLICE_MS) return undefined;
      return new Promise((resolve) => {
        setTimeout(() => { last = performance.now(); resolve(undefined); });
      });
    },
  });
  if (found.verdict === 'refused') throw new Error(found.reason);
  if (found.board.setup.election.uuid !== box.dataset.box) throw new Error('ballot.election');
  return found;
}

/** @param {Accepted[]} found */
function show(found) {
  const ballots = found.reduce((sum, { counted }) => sum + counted, 0);
  fill(root, 'ballots', String(ballots));
  root.querySelector('[data-counts]')?.replaceChildren(...found.map(({ board, result }) => {
    const line = document.createElement('li');
    const name = document.createElement('bdi');
    name.textContent = board.setup.election.questions[0].question;
    const counts = document.createElement('strong');
    counts.textContent = (result?.[0] ?? []).join(', ');
    line.append(name, ' ', counts);
    return line;
  }));
  showState(root, found.every(({ result }) => result) ? 'right' : 'early');
}

async function recount() {
  showState(root, 'working');
  const boxes = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-box]')]);
  try {
    const found = [];
    for (const [index, box] of boxes.entries()) {
      found.push(await recountBox(box, (done) => {
        if (progress) progress.value = (index + done) / boxes.length;
      }));
    }
    show(found);
  } catch (error) {
    if (error instanceof TypeError) showState(root, 'offline');
    else {
      fill(root, 'reason', error instanceof Error ? error.message : '');
      showState(root, 'wrong');
    }
  }
}

if (start) {
  start.hidden = false;
  start.addEventListener('click', recount);
}
