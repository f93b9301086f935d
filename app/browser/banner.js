/**
 * On every page of a member: a finished ballot still waits on this phone, what became of the
 * voting key on the page before, the keys that leave with the member and with the meeting, that
 * a count waits for the evening key on this phone, and that a box this phone knows is another now.
 *
 * What this script needs of the page:
 *   [data-pending-banner hidden][data-booth="/booth/<version>/"]   with a[data-open] inside and
 *     [data-slot="closes"] for the closing time (its parent [data-closes] is hidden without one)
 *   [data-key-line="made" hidden], [data-key-line="restored" hidden]   optional, one shown once
 *   [data-count-call hidden] with a[data-open] inside; [data-counting] goes where this is shown
 *   [data-other-box hidden] with a[data-report] and a[data-evidence hidden] inside
 *   [data-sign-out] form   optional; the key is gone from this device before it is sent
 */
import { clockTime } from './closing.js';
import { tidyCountKeys } from './evening_key.js';
import { carry, offer, writeEvidence } from './evidence.js';
import { allPending, forgetKeys } from './keystore.js';
import { fill } from './page.js';
import { findOther, loadGiven, placeToReport } from './witness.js';

/** @typedef {import('./keystore.js').Pending} Pending */
/** @typedef {import('./witness.js').Other} Other */

const PAUSE_MS = 3000;
const leaving = new AbortController();

/** @param {Pending} pending */
function isWaiting({ over, closes_at: end }) {
  return !over && (end === null || Date.parse(end) > Date.now());
}

async function showPending() {
  const banner = /** @type {HTMLElement | null} */ (
    document.querySelector('[data-pending-banner]')
  );
  const pending = banner && (await allPending()).find(isWaiting);
  if (!banner || !pending) return;
  const language = document.documentElement.lang;
  const closes = /** @type {HTMLElement | null} */ (banner.querySelector('[data-closes]'));
  if (closes) closes.hidden = pending.closes_at === null;
  fill(banner, 'closes', clockTime(pending.closes_at, language));
  banner.querySelector('[data-open]')?.setAttribute(
    'href', `${banner.dataset.booth}#${pending.round}/${language}`,
  );
  banner.hidden = false;
}

/** Said once, after the card made or restored the key. */
function showKeyLine() {
  const line = sessionStorage.getItem('key-line');
  const part = /** @type {HTMLElement | null} */ (
    document.querySelector(`[data-key-line="${line}"]`)
  );
  if (!part) return;
  sessionStorage.removeItem('key-line');
  part.hidden = false;
}

/** Signing out leaves nothing behind; without script the server still ends the session. */
function forgetOnSignOut() {
  const form = /** @type {HTMLFormElement | null} */ (
    document.querySelector('[data-sign-out] form')
  );
  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    leaving.abort();
    await forgetKeys().finally(() => form.submit());
  });
}

/** @param {string | null} address where the key on this phone is asked for */
function showCall(address) {
  const call = /** @type {HTMLElement | null} */ (document.querySelector('[data-count-call]'));
  if (!call) return;
  call.querySelector('[data-open]')?.setAttribute('href', address ?? '/');
  call.hidden = address === null;
  document.querySelectorAll('[data-counting]').forEach((other) => {
    /** @type {HTMLElement} */ (other).hidden = address !== null;
  });
}

/** Only a phone with an evening key asks; the page of those who count looks for itself. */
async function followCount() {
  if (document.querySelector('[data-evening]')) return;
  let kept = 1;
  if (document.visibilityState === 'visible') {
    const found = await tidyCountKeys();
    kept = found.kept;
    showCall(found.asked);
  }
  if (kept) setTimeout(followCount, PAUSE_MS);
}

/** The page of a receipt looks into its own boxes after the end. @param {Other} other */
function isSaidHere({ stored }) {
  const page = /** @type {HTMLElement | null} */ (document.querySelector('[data-receipt]'));
  return page?.dataset.receipt === stored.receipt && 'over' in page.dataset;
}

/** The tablet in the hall keeps nothing. */
async function showOther() {
  if (document.querySelector('[data-tablet]')) return;
  const banner = /** @type {HTMLElement | null} */ (document.querySelector('[data-other-box]'));
  const other = banner && await findOther(leaving.signal);
  if (!banner || !other || isSaidHere(other)) return;
  const report = banner.querySelector('a[data-report]');
  if (other.isThere) report?.setAttribute('href', placeToReport(other));
  carry(report, other);
  banner.hidden = false;
  const link = /** @type {HTMLAnchorElement | null} */ (banner.querySelector('a[data-evidence]'));
  if (!link) return;
  offer(link, writeEvidence(other.round, other.stored, await loadGiven(other), new Date()));
  link.hidden = false;
}

followCount();
showOther().catch(() => undefined);
showKeyLine();
showPending();
forgetOnSignOut();
