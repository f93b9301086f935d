/**
 * The receipt page's machine check: "Ist meine Stimme dabei?"
 *
 * What this script needs of the page:
 *   [data-receipt="<receipt id>"][data-round="<round id>"]    root of everything below
 *   [data-board="<address of the .bel>"][data-question="<question id>"]    one for each question
 *   button[data-check] (hidden without script)
 *   [data-state="working|yes|unknown|no|replaced"]    one shown at a time; replaced: a later vote
 *     of the same voter counts instead
 */
import { compare, verdictOf } from './inclusion.js';
import { findReceipt, keepReceipt } from './keystore.js';
import { showState } from './page.js';

/**
 * @typedef {import('./keystore.js').StoredReceipt} StoredReceipt
 * @typedef {import('./inclusion.js').Finding} Finding
 */

const root = /** @type {HTMLElement} */ (document.querySelector('[data-receipt]'));
const button = /** @type {HTMLElement} */ (root.querySelector('[data-check]'));

/** @param {string} address @returns {Promise<Uint8Array | null>} */
async function download(address) {
  try {
    const response = await fetch(address, { cache: 'no-store' });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/**
 * @param {StoredReceipt} stored
 * @param {HTMLElement} part
 * @returns {Promise<Finding>}
 */
async function examine(stored, part) {
  const { board = '', question = '' } = part.dataset;
  const archive = await download(board);
  return archive ? compare(stored, question, archive) : { question, verdict: 'unknown' };
}

async function check() {
  const { receipt, round = '' } = root.dataset;
  showState(root, 'working');
  const stored = await findReceipt(round).catch(() => undefined);
  if (!stored || stored.receipt !== receipt) {
    showState(root, 'unknown');
    return;
  }
  const parts = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-board]')]);
  const findings = await Promise.all(parts.map((part) => examine(stored, part)));
  await remember(stored, round, findings);
  showState(root, verdictOf(stored, findings));
}

/** The next check demands that the box has only grown. @param {StoredReceipt} stored
 * @param {string} round @param {Finding[]} findings */
async function remember(stored, round, findings) {
  const seen = findings.filter(({ head }) => head).map(({ question, head }) => [question, head]);
  const heads = { ...stored.heads, ...Object.fromEntries(seen) };
  await keepReceipt(round, { ...stored, heads });
}

button.hidden = false;
button.addEventListener('click', check);
