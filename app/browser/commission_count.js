/**
 * The page on which a trustee opens the sums that wait for the commission's key.
 *
 * What this script needs of the page:
 *   [data-count="<address of the state>"][data-worker][data-integrity]
 *   [data-state="idle|needed|working|thanks|opened|failed"]   one shown at a time
 *   form[data-release] with passphrase, copy and file, [data-problem=wrong], [data-list] and
 *   [data-slot=body], [data-known] and [data-foreign] for devices with and without the own copy;
 *   progress, [data-reason="<code>"] one shown, [data-slot=reason]
 */
import { readCopy, takeScanned } from './ceremony_copy.js';
import { hexHash } from './canonical.js';
import { pointOf } from './credential.js';
import { checkKey, gatherExponent, isOf } from './dkg.js';
import { secretGroup } from './group/secret.js';
import { findSeed } from './keystore.js';
import { fill, showState } from './page.js';
import { fillBoxes, releaseRound } from './release.js';
import { getJson } from './request.js';
import { openSeed } from './seed.js';

/**
 * @typedef {import('./release.js').Waiting & {body: string, commission: string, group: string,
 *   position: number, certificates: string[], posted: import('./dkg.js').Posted[]}} Waiting
 */

const PAUSE_MS = 3000;
/** How much of the progress bar the passphrase takes. */
const OPENING = 0.1;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-count]'));
const form = /** @type {HTMLFormElement} */ (root.querySelector('form[data-release]'));
const progress = /** @type {HTMLProgressElement} */ (root.querySelector('progress'));
let shown = '';
let isBusy = false;
let hasReleased = false;
/** @type {Waiting[]} the rounds that wait for this person's part, all of one commission */
let asked = [];

/** @param {string} name */
function show(name) {
  if (name !== shown) showState(root, name);
  shown = name;
}

async function refresh() {
  const answer = await getJson(root.dataset.count ?? '');
  if (answer.status !== 200 || !answer.data) return;
  const rounds = /** @type {Waiting[]} */ (answer.data.rounds);
  const missing = rounds.filter(({ released }) => !released);
  const here = missing.filter(({ commission }) => commission === missing[0].commission);
  const kept = here.length ? await findSeed(here[0].commission) : undefined;
  if (isBusy) return;
  asked = here;
  if (here.length) ask(Boolean(kept));
  else if (rounds.length) show('thanks');
  else show(hasReleased ? 'opened' : 'idle');
}

/** @param {boolean} isKnown whether this device has the own copy */
function ask(isKnown) {
  if (shown === 'needed') return;
  fill(root, 'body', asked[0].body);
  fillBoxes(root, asked);
  setHidden('[data-known]', !isKnown);
  setHidden('[data-foreign]', isKnown);
  show('needed');
}

/** @param {string} selector @param {boolean} isHidden */
function setHidden(selector, isHidden) {
  root.querySelectorAll(selector).forEach((each) => {
    /** @type {HTMLElement} */ (each).hidden = isHidden;
  });
}

/** The own seed, out of the copy on this device or another one; null where nothing fits. */
async function openOwn() {
  const [{ commission, certificates, position }] = asked;
  const copy = await readCopy(form) ?? (await findSeed(commission))?.copy ?? '';
  const passphrase = /** @type {HTMLInputElement} */ (form.elements.namedItem('passphrase')).value;
  const seed = await openSeed(copy, passphrase, (share) => { progress.value = share * OPENING; });
  return seed && isOf(certificates[position - 1], seed) ? seed : null;
}

/**
 * Restore the own part of the key and open every round that waits for it.
 * @param {string} seed
 */
async function openAll(seed) {
  for (const [index, round] of asked.entries()) {
    const { certificates, posted, group, position: index, public_key: publicKey } = round;
    const exponent = await gatherExponent({ group, seed, index }, certificates, posted);
    if (pointOf(secretGroup(group), exponent) !== publicKey) throw new Error('count.other_key');
    await releaseRound(round, exponent, root, (share) => {
      progress.value = OPENING + (1 - OPENING) * (index + share) / asked.length;
    }, await requireOwnKey(round));
  }
}

/** Refuse keys that are not of the own ceremony. @param {Waiting} round */
async function requireOwnKey({ commission, group, certificates }) {
  const compared = (await findSeed(commission))?.key;
  /** @type {Set<string>} checked once, it is the same in every box */
  const known = new Set();
  return (/** @type {string} */ trustees) => {
    if (known.has(trustees)) return;
    checkKey(group, trustees, certificates);
    if (compared && compared !== hexHash(trustees)) throw new Error('count.other_key');
    known.add(trustees);
  };
}

async function release() {
  isBusy = true;
  show('working');
  const seed = await openOwn();
  setHidden('[data-problem=wrong]', seed !== null);
  if (!seed) return show('needed');
  await openAll(seed);
  hasReleased = true;
  form.reset();
  shown = '';
}

/** @param {unknown} error */
function explain(error) {
  const reason = error instanceof Error ? error.message : '';
  const sentences = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-reason]')]);
  const known = sentences.find((each) => each.dataset.reason === reason);
  sentences.forEach((each) => {
    each.hidden = each !== (known ?? sentences[sentences.length - 1]);
  });
  fill(root, 'reason', reason);
  show('failed');
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (isBusy) return;
  try {
    await release();
    isBusy = false;
    if (shown !== 'needed') await refresh();
  } catch (error) {
    explain(error);
  }
});

async function follow() {
  try {
    if (document.visibilityState === 'visible' && !isBusy) await refresh();
  } finally {
    setTimeout(follow, PAUSE_MS);
  }
}

takeScanned(root);
follow();
