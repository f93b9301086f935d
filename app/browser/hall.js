/**
 * The screen in the hall: it asks for itself often enough to follow within two seconds, and takes
 * over what has changed. It says when the server does not answer, shows the time and counts a last
 * call down. Without script the page is fetched anew by itself.
 *
 * What this script needs of the page:
 *   <main> with a class; both are taken from the answer
 *   [data-clock]                    the time is written here
 *   [data-lost="<words>"]           shown with the time of the last answer while there is none
 *   [data-ends="<moment>"][data-left="<words with #>"][data-over="<words>"] in <main>: a last call
 */
const EVERY_MS = 1750;
const PATIENCE_MS = 5000;
const TICK_MS = 250;
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const lost = /** @type {HTMLElement} */ (document.querySelector('[data-lost]'));
const clock = /** @type {HTMLElement} */ (document.querySelector('[data-clock]'));
const time = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin',
});
let tag = '';
let ahead = 0;
let answered = Date.now();

async function ask() {
  const response = await fetch(location.href, {
    cache: 'no-store',
    credentials: 'omit',
    headers: tag ? { 'If-None-Match': tag } : {},
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status !== 304 && !response.ok) throw new Error('hall');
  answered = Date.now();
  ahead = Date.parse(response.headers.get('Date') ?? '') - answered || 0;
  if (response.status === 304) return;
  show(await response.text());
  tag = response.headers.get('ETag') ?? '';
}

/** @param {string} html the whole page */
function show(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
  if (!fresh) throw new Error('hall');
  if (main.className === fresh.className && main.innerHTML === fresh.innerHTML) return;
  main.className = fresh.className;
  main.replaceChildren(...fresh.childNodes);
  tick();
}

/** @param {boolean} isLost */
function tell(isLost) {
  lost.hidden = !isLost;
  lost.textContent = isLost ? `${lost.dataset.lost} ${time.format(answered)}` : '';
}

function tick() {
  const now = Date.now() + ahead;
  clock.textContent = time.format(now);
  const part = /** @type {HTMLElement | null} */ (main.querySelector('[data-ends]'));
  if (!part) return;
  const left = Math.ceil((Date.parse(part.dataset.ends ?? '') - now) / 1000);
  const words = left > 0 ? part.dataset.left?.replaceAll('#', String(left)) : part.dataset.over;
  if (part.textContent !== words) part.textContent = words ?? '';
}

async function follow() {
  await ask().then(() => tell(false), () => tell(true));
  setTimeout(follow, EVERY_MS);
}

setInterval(tick, TICK_MS);
follow();
