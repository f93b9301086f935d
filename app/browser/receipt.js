/**
 * The receipt page's machine check: "Ist meine Stimme dabei?"
 *
 * What this script needs of the page:
 *   [data-receipt="<receipt id>"][data-round="<round id>"]    root of everything below; with
 *     [data-over] after the end: then the phone looks unasked and speaks up where something is wrong
 *   [data-board="<address of the .bel>"][data-question="<question id>"]    one for each question
 *   button[data-check] (hidden without script)
 *   [data-state="working|yes|unknown|no|other|replaced"]    one shown at a time; replaced: a later
 *     vote of the same voter counts instead; other: the box is not the one this phone has seen
 *   a[data-report] and a[data-evidence] in "no" and "other"
 */
import { carry, offer, writeEvidence } from './evidence.js';
import { readEvents } from './events.js';
import { compare, firstOther, verdictOf, withHeads } from './inclusion.js';
import { findReceipt, keepReceipt } from './keystore.js';
import { showState } from './page.js';
import { getBytes } from './request.js';

/** @typedef {import('./keystore.js').StoredReceipt} StoredReceipt */

const COMPLAINTS = ['no', 'other'];
const root = /** @type {HTMLElement} */ (document.querySelector('[data-receipt]'));
const button = /** @type {HTMLElement} */ (root.querySelector('[data-check]'));

/**
 * @param {HTMLElement} part
 * @returns {Promise<{question: string, archive: Uint8Array | null}>}
 */
async function load(part) {
  const { board = '', question = '' } = part.dataset;
  return { question, archive: await getBytes(board) };
}

/** What this phone keeps of the receipt that is shown. */
async function findShown() {
  const { receipt, round = '' } = root.dataset;
  const stored = await findReceipt(round).catch(() => undefined);
  return stored?.receipt === receipt ? stored : undefined;
}

/** Look at every box of the round, and keep what was seen of them. @param {StoredReceipt} stored */
async function look(stored) {
  const { round = '' } = root.dataset;
  const parts = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-board]')]);
  const loaded = await Promise.all(parts.map(load));
  const given = loaded.flatMap(({ question, archive }) => (archive ? [{ question, archive }] : []));
  const findings = given.map(({ question, archive }) => compare(stored, question, archive));
  await keepReceipt(round, withHeads(stored, findings));
  return { verdict: verdictOf(stored, findings), given };
}

/** @param {StoredReceipt} stored @param {Awaited<ReturnType<typeof look>>} looked */
function say(stored, { verdict, given }) {
  const shown = showState(root, verdict);
  const link = /** @type {HTMLAnchorElement | null | undefined} */ (
    shown?.querySelector('a[data-evidence]')
  );
  if (link) offer(link, writeEvidence(root.dataset.round ?? '', stored, given, new Date()));
  if (verdict === 'other') carryOther(shown?.querySelector('a[data-report]'), stored, given);
}

/** What was seen and what is there now, for whoever reads the report.
 * @param {Element | null | undefined} link
 * @param {StoredReceipt} stored
 * @param {{question: string, archive: Uint8Array}[]} given */
function carryOther(link, stored, given) {
  const boxes = given.map(({ question, archive }) => (
    { question, heads: [...readEvents(archive)].map(({ hash }) => hash) }
  ));
  const other = firstOther(stored, boxes);
  if (other) carry(link, other);
}

async function check() {
  showState(root, 'working');
  const stored = await findShown();
  if (stored) say(stored, await look(stored));
  else showState(root, 'unknown');
}

/** After the end nobody has to ask. */
async function checkUnasked() {
  const stored = 'over' in root.dataset ? await findShown() : undefined;
  if (!stored) return;
  const looked = await look(stored);
  if (COMPLAINTS.includes(looked.verdict)) say(stored, looked);
}

button.hidden = false;
button.addEventListener('click', check);
checkUnasked();
