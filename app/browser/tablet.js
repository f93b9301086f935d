/**
 * Every page that a member sees on the tablet in the hall.
 *
 * What this script needs of the page:
 *   [data-tablet][data-sentence="… {seconds} …"]    root of everything below
 *   form[data-leave]          ends the session; the server tells the browser to forget the rest
 *   [data-idle]               shown while the last seconds run, with [data-slot=alert],
 *                             [data-slot=countdown] and button[data-stay]
 *   [data-receipt]            anywhere: this is the receipt, after which everything goes
 */
import { forgetEverything } from './keystore.js';
import { fill } from './page.js';
import { watchIdle } from './tablet_idle.js';

const root = /** @type {HTMLElement} */ (document.querySelector('[data-tablet]'));
const form = /** @type {HTMLFormElement} */ (root.querySelector('form[data-leave]'));
const notice = /** @type {HTMLElement} */ (root.querySelector('[data-idle]'));

async function leave() {
  await forgetEverything();
  form.submit();
}

/** The sentence is read out once, the seconds below it change silently. @param {number} seconds */
function warn(seconds) {
  const sentence = (root.dataset.sentence ?? '').replace('{seconds}', String(seconds));
  if (notice.hidden) {
    notice.hidden = false;
    fill(notice, 'alert', sentence);
    /** @type {HTMLElement} */ (notice.querySelector('[data-stay]')).focus();
  }
  fill(notice, 'countdown', String(seconds));
}

/** Whoever goes on from the receipt needs the card again. */
function leaveBehind() {
  forgetEverything();
  fetch(form.action, { method: 'POST', body: new FormData(form), keepalive: true });
}

const watch = watchIdle({ warn, calm: () => { notice.hidden = true; }, leave });
notice.querySelector('[data-stay]')?.addEventListener('click', watch.stay);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  leave();
});
if (document.querySelector('[data-receipt]')) addEventListener('pagehide', leaveBehind);
