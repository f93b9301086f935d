/**
 * A page of the desk that follows an open round: its line of numbers is renewed, and the page is
 * fetched anew when the round has moved on. Without script there is a link that does the same.
 *
 * What this script needs of the page:
 *   [data-live="<address of the pulse>"][data-mark="<mark>"] with a [data-slot="turnout"] inside;
 *     the pulse is {"turnout": "7 von 12 haben abgestimmt", "mark": "open False …"}
 */
import { fill } from './page.js';

const EVERY_MS = 2000;
const SLOWER_MS = 10_000;
const part = /** @type {HTMLElement} */ (document.querySelector('[data-live]'));
let tag = '';
let shown = '';
let isLeaving = false;

async function ask() {
  const headers = { Accept: 'application/json', ...(tag ? { 'If-None-Match': tag } : {}) };
  const response = await fetch(part.dataset.live ?? '', { cache: 'no-store', headers });
  if (response.status === 304) return;
  if (!response.ok) throw new Error('pulse');
  // A form on its way leads elsewhere: fetching this page anew would cut that way off.
  if (isLeaving) return;
  tag = response.headers.get('ETag') ?? '';
  show(await response.json());
}

/** @param {{turnout: string, mark: string}} pulse */
function show({ turnout, mark }) {
  if (mark !== part.dataset.mark) {
    location.reload();
    return;
  }
  // Writing the same words again would make a screen reader repeat them.
  if (turnout !== shown) fill(part, 'turnout', turnout);
  shown = turnout;
}

async function follow() {
  let pause = EVERY_MS;
  if (!document.hidden) await ask().catch(() => { pause = SLOWER_MS; });
  setTimeout(follow, pause);
}

document.addEventListener('submit', ({ defaultPrevented }) => { isLeaving = !defaultPrevented; });
setTimeout(follow, EVERY_MS);
