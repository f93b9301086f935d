/**
 * The page on which a trustee opens the sums that wait for the commission's key.
 *
 * What this script needs of the page:
 *   [data-count="<address of the state>"][data-worker][data-integrity]
 *   [data-state="idle|needed|working|thanks|opened|over|failed|silent|signed_out"]   one shown
 *   form[data-release] with passphrase, copy and file, [data-problem=wrong], [data-list] and
 *   [data-slot=body], [data-known] and [data-foreign] for devices with and without the own copy,
 *   [data-one-lost] where another part is lost, a[data-report-lost]; progress;
 *   [data-slot=missing] in "thanks", [data-sums] for the sums that were opened;
 *   [data-opened="none|some|unknown"] one shown, [data-reason="<codes>"], [data-slot=reason]
 */
import { readCopy, takeScanned } from './ceremony_copy.js';
import { hexHash } from './canonical.js';
import { pointOf } from './credential.js';
import { checkKey, gatherExponent, isOf } from './dkg.js';
import { secretGroup } from './group/secret.js';
import { findSeed } from './keystore.js';
import { fill, showReason, showState, stayAwake } from './page.js';
import { fillBoxes, fillSums, releaseRound } from './release.js';
import { getJson } from './request.js';
import { openSeed } from './seed.js';
import { placeWithout } from './silence.js';

/**
 * @typedef {import('./release.js').Waiting & {body: string, commission: string, group: string,
 *   position: number, certificates: string[], posted: import('./dkg.js').Posted[],
 *   one_lost: boolean, report_lost: string}} Waiting
 */

const PAUSE_MS = 3000;
/** How much of the progress bar the passphrase takes. */
const OPENING = 0.1;
/** The server refused or did not answer; it says nothing of the box. */
const ANSWER = /^count\.answer_/;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-count]'));
const form = /** @type {HTMLFormElement} */ (root.querySelector('form[data-release]'));
const progress = /** @type {HTMLProgressElement} */ (root.querySelector('progress'));
let shown = '';
let isBusy = false;
/** @type {import('./release.js').Sum[]} what this device has opened */
let sums = [];
/** @type {Waiting[]} the rounds that wait for this person's part, all of one commission */
let asked = [];

/** @param {string} name */
function show(name) {
  if (name !== shown) showState(root, name);
  shown = name;
}

/** The rounds that wait for this person's commissions; null where nothing was answered. */
async function askServer() {
  const { status, data } = await getJson(root.dataset.count ?? '');
  return { status, rounds: /** @type {Waiting[] | null} */ (status === 200 ? data.rounds : null) };
}

async function refresh() {
  const { status, rounds } = await askServer();
  const missing = rounds?.filter(({ released }) => !released) ?? [];
  const here = missing.filter(({ commission }) => commission === missing[0].commission);
  const kept = here.length ? await findSeed(here[0].commission) : undefined;
  if (isBusy) return;
  if (!rounds) return show(placeWithout(status, shown));
  const wasAsked = asked.length > 0;
  asked = here;
  if (here.length) ask(Boolean(kept));
  else showDone(rounds, wasAsked);
}

/** Nothing waits for this part any more. @param {Waiting[]} rounds @param {boolean} wasAsked */
function showDone([given], wasAsked) {
  if (given) {
    fill(root, 'missing', given.missing.join(', '));
    show('thanks');
  } else if (sums.length) show('opened');
  else if (shown !== 'over') show(wasAsked ? 'over' : 'idle');
}

/** @param {boolean} isKnown whether this device has the own copy */
function ask(isKnown) {
  if (shown === 'needed') return;
  fill(root, 'body', asked[0].body);
  fillBoxes(root, asked);
  setHidden('[data-known]', !isKnown);
  setHidden('[data-foreign]', isKnown);
  setHidden('[data-one-lost]', !asked[0].one_lost);
  root.querySelector('a[data-report-lost]')?.setAttribute('href', asked[0].report_lost);
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
  for (const [at, round] of asked.entries()) {
    const { certificates, posted, group, position: index, public_key: publicKey } = round;
    const exponent = await gatherExponent({ group, seed, index }, certificates, posted);
    if (pointOf(secretGroup(group), exponent) !== publicKey) throw new Error('count.other_key');
    sums.push(...await releaseRound(round, exponent, root, (share) => {
      progress.value = OPENING + (1 - OPENING) * (at + share) / asked.length;
    }, await requireOwnKey(round)));
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
  sums = [];
  await openAll(seed);
  fillSums(root, sums);
  form.reset();
  shown = '';
}

/**
 * Say what went wrong and what is true of the rounds all the same: a part may have come although its
 * answer was lost, and two others may have been faster.
 * @param {unknown} error
 */
async function explain(error) {
  const { rounds } = await askServer();
  const left = rounds && asked.filter(({ round }) => (
    rounds.some((each) => each.round === round && !each.released)
  ));
  if (rounds && !left?.length && error instanceof Error && ANSWER.test(error.message)) {
    showDone(rounds, true);
    return;
  }
  sayOpened(left);
  showReason(root, error);
  show('failed');
}

/** Whether this device opened a round beside those that are left; null: nobody can say.
 * @param {Waiting[] | null} left */
function sayOpened(left) {
  const some = (left?.length ?? 0) < asked.length ? 'some' : 'none';
  setHidden('[data-opened]', true);
  setHidden(`[data-opened=${left ? some : 'unknown'}]`, false);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (isBusy) return;
  try {
    await release();
    isBusy = false;
    if (shown !== 'needed') await refresh();
  } catch (error) {
    await explain(error);
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
stayAwake();
follow();
