/**
 * On every page of a member: a finished ballot still waits on this phone, what became of the
 * voting key on the page before, and the key that leaves with the member.
 *
 * What this script needs of the page:
 *   [data-pending-banner hidden][data-booth="/booth/<version>/"]   with a[data-open] inside and
 *     [data-slot="closes"] for the closing time (its parent [data-closes] is hidden without one)
 *   [data-key-line="made" hidden], [data-key-line="restored" hidden]   optional, one shown once
 *   [data-sign-out] form   optional; the key is gone from this device before it is sent
 */
import { clockTime } from './closing.js';
import { allPending, forgetKeys } from './keystore.js';
import { fill } from './page.js';

/** @typedef {import('./keystore.js').Pending} Pending */

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
    await forgetKeys().finally(() => form.submit());
  });
}

showKeyLine();
showPending();
forgetOnSignOut();
