/**
 * The receipt page's machine check: "Ist meine Stimme dabei?"
 *
 * What this script needs of the page:
 *   [data-receipt="<receipt id>"][data-round="<round id>"]    root of everything below
 *   [data-board="<address of the .bel>"][data-question="<question id>"]    one for each question
 *   button[data-check] (hidden without script)
 *   [data-state="working|yes|unknown|no|other|replaced"]    one shown at a time; replaced: a later
 *     vote of the same voter counts instead; other: the box is not the one this phone has seen
 *   a[data-evidence] in "no" and "other"
 */
import { offer, writeEvidence } from './evidence.js';
import { compare, verdictOf, withHeads } from './inclusion.js';
import { findReceipt, keepReceipt } from './keystore.js';
import { showState } from './page.js';

/** @typedef {import('./keystore.js').StoredReceipt} StoredReceipt */

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
 * @param {HTMLElement} part
 * @returns {Promise<{question: string, archive: Uint8Array | null}>}
 */
async function load(part) {
  const { board = '', question = '' } = part.dataset;
  return { question, archive: await download(board) };
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
  const loaded = await Promise.all(parts.map(load));
  const given = loaded.flatMap(({ question, archive }) => (archive ? [{ question, archive }] : []));
  const findings = given.map(({ question, archive }) => compare(stored, question, archive));
  await keepReceipt(round, withHeads(stored, findings));
  const shown = showState(root, verdictOf(stored, findings));
  const link = /** @type {HTMLAnchorElement | null | undefined} */ (
    shown?.querySelector('a[data-evidence]')
  );
  if (link) offer(link, writeEvidence(round, stored, given, new Date()));
}

button.hidden = false;
button.addEventListener('click', check);
